//! What the user should know although nothing failed. Made down here, printed by whoever owns the terminal.

/// A warning or a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable name for scripts.
    pub code: &'static str,
    /// One sentence in lower case.
    pub message: String,
}

impl Note {
    /// A note with its stable name.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}
