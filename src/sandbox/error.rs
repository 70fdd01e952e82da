//! What can go wrong in the sandbox, as one type. It knows no HTTP status: `reply` maps them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the sandbox could not do what it was asked. The text says what to do next, where there is something.
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// No computer fits.
    NotFound(String),
    /// Several computers fit; the text lists them with their ids.
    Ambiguous(String),
    /// The request itself is at fault: a missing or malformed parameter.
    Invalid(String),
    /// The computer's present state forbids it: taken, still ONLINE, not ONLINE.
    Refused(String),
    /// The state file holds something that is not a fleet; the text names it and what mends it.
    State(String),
    /// The disk refused, and nothing was changed.
    Io {
        /// The file or folder that was being read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The change is made, but the disk refused what would make it last.
    Shaky {
        /// The file that was written or removed.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl SandboxError {
    /// For `map_err`: an I/O error that remembers its path.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// For `map_err` likewise, once the change is made.
    pub(super) fn shaky(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Shaky {
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(text)
            | Self::Ambiguous(text)
            | Self::Invalid(text)
            | Self::Refused(text)
            | Self::State(text) => f.write_str(text),
            Self::Io { path, source } => {
                write!(f, "sandbox state {}: {source}", path.display())
            }
            Self::Shaky { path, source } => {
                write!(
                    f,
                    "sandbox state {} is changed, but a power cut could undo that: {source}",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for SandboxError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Shaky { source, .. } => Some(source),
            _ => None,
        }
    }
}
