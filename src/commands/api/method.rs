//! The HTTP methods that a raw request may have.

use std::str::FromStr;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Method(&'static str);

const ALL: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

impl Method {
    /// The name, in upper case.
    pub(super) fn name(self) -> &'static str {
        self.0
    }

    /// Whether it changes something, as far as HTTP is kept to.
    pub(super) fn changes(self) -> bool {
        !matches!(self.0, "GET" | "HEAD")
    }
}

impl FromStr for Method {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let known = ALL
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(typed));
        known
            .map(Self)
            .ok_or_else(|| "expected GET, HEAD, POST, PUT, PATCH or DELETE".to_owned())
    }
}
