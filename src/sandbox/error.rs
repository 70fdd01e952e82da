//! What can go wrong in the sandbox, as one type. It knows no HTTP status: `reply` maps them.

use std::fmt;

use crate::fs;

/// Why the sandbox could not do something, with a text for people. It says what to do next where that helps.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SandboxError {
    /// No computer matches.
    NotFound(String),
    /// Several computers match; the text lists them with their ids.
    Ambiguous(String),
    /// The request itself is at fault: a missing or malformed parameter.
    Invalid(String),
    /// The computer's present state does not allow it: its `_id` is in use, or it is or is not ONLINE.
    Refused(String),
    /// The content of the state file is invalid.
    State(String),
    /// Another process has held the lock of the state file for 10 seconds, and nothing was changed.
    Locked(String),
    /// A file could not be read or written, and nothing was changed.
    Io(String),
    /// The change is made, but could be lost in a power cut.
    NotDurable(String),
}

impl From<fs::FileError> for SandboxError {
    fn from(error: fs::FileError) -> Self {
        match error.kind {
            fs::FileErrorKind::Locked => Self::Locked(error.message),
            fs::FileErrorKind::NotDurable => Self::NotDurable(error.message),
            _ => Self::Io(error.message),
        }
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NotFound(text)
        | Self::Ambiguous(text)
        | Self::Invalid(text)
        | Self::Refused(text)
        | Self::State(text)
        | Self::Locked(text)
        | Self::Io(text)
        | Self::NotDurable(text)) = self;
        f.write_str(text)
    }
}

impl std::error::Error for SandboxError {}
