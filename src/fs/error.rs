//! The error of everything here: why a file can't be used, in words for the user.

use std::fmt;
use std::io;
use std::path::Path;

/// The kind of a [`FileError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileErrorKind {
    /// The system refused to read, write, lock or create something, and nothing was changed.
    Io,
    /// The path leads to a symbolic link, a folder, a pipe or a device where a regular file is needed.
    NotRegular,
    /// The file is longer than it can sensibly be.
    TooLong,
    /// Another process held the lock until the timeout.
    Locked,
    /// The file is written, but a power cut could undo that.
    NotDurable,
    /// Other users can write the file.
    NotPrivate,
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
    pub hint: Option<String>,
}

impl FileError {
    pub(super) fn new(kind: FileErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            detail: None,
            hint: None,
        }
    }

    /// For `map_err`: `SUBJECT can't be …: the system's words`.
    pub(super) fn io(subject: impl fmt::Display, problem: &str) -> impl Fn(io::Error) -> Self {
        move |error| Self::new(FileErrorKind::Io, format!("{subject} {problem}: {error}"))
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Returns the command that gives a file or folder a mode, quoted for a POSIX shell.
pub(crate) fn chmod_command(mode: &str, path: &Path) -> String {
    let path = path.to_string_lossy();
    let prefix = if path.starts_with('-') { "./" } else { "" };
    // Fails only on a NUL, which can't be in a path.
    let quoted = shlex::try_quote(&format!("{prefix}{path}")).map(String::from);
    format!("chmod {mode} {}", quoted.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::chmod_command;

    #[cfg(unix)]
    #[test]
    fn a_path_is_one_word_for_a_shell() {
        for (path, command) in [
            ("/a/b-c.toml", "chmod 600 /a/b-c.toml"),
            ("/a b", "chmod 600 '/a b'"),
            ("/it's", "chmod 600 \"/it's\""),
            ("-rf", "chmod 600 ./-rf"),
            ("/$(x)", "chmod 600 '/$(x)'"),
        ] {
            assert_eq!(chmod_command("600", Path::new(path)), command);
        }
    }
}
