//! Why a file can't be used, as it is told to the user.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The kind of a [`FileError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileErrorKind {
    /// The system refused to read, write, lock or create something, and nothing was changed.
    Io,
    /// The path leads to a symbolic link, a folder, a pipe or a device where a regular file is needed.
    NotRegular,
    /// The file is longer than it can sensibly be.
    TooLong,
    /// Another process held the lock for longer than it was waited for.
    Locked,
    /// The file is written, but a power cut could undo that.
    NotDurable,
    /// Other users can write the file.
    NotPrivate,
}

/// What to do about an error. A command is kept in parts, so that it can be quoted for a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Words.
    Advice(String),
    /// Check what is at the path, then change its mode.
    Chmod {
        /// As `chmod` takes it.
        mode: &'static str,
        /// The file or folder.
        path: PathBuf,
    },
}

/// An error whose message contains the path.
///
/// It does not implement [`std::error::Error`], so that `?` can't turn it into an unexpected error: the caller says what it
/// means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileError {
    /// The kind of the error.
    pub kind: FileErrorKind,
    /// One sentence in lower case.
    pub message: String,
    /// A further line.
    pub detail: Option<String>,
    /// What to do next.
    pub remedy: Option<Remedy>,
}

impl FileError {
    pub(super) fn new(kind: FileErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            detail: None,
            remedy: None,
        }
    }

    /// For `map_err`: `PATH can't be …: the system's words`.
    pub(super) fn io<'a>(path: &'a Path, problem: &'a str) -> impl Fn(io::Error) -> Self + 'a {
        move |error| {
            let path = path.display();
            Self::new(FileErrorKind::Io, format!("{path} {problem}: {error}"))
        }
    }

    pub(super) fn detail(mut self, line: impl Into<String>) -> Self {
        self.detail = Some(line.into());
        self
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.remedy = Some(Remedy::Advice(advice.into()));
        self
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}
