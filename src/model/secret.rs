//! The secret key as a value that can't be shown by accident.

use std::fmt;

use crate::model::failure::{Failure, Kind};

/// A secret key: printable ASCII, never in `Debug`, without `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(String);

impl SecretKey {
    /// Takes the text of a key as a user, a file or a command wrote it; surrounding white space is cut off.
    ///
    /// # Errors
    /// `NoCredentials` where it is empty, `Config` where it has a character that no HTTP header can carry.
    /// Neither message contains any of the text. `from` names the source.
    pub fn parse(text: &str, from: &str) -> Result<Self, Failure> {
        let key = text.trim();
        if key.is_empty() {
            return Err(Failure::new(Kind::NoCredentials, format!("the secret key from {from} is empty")));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::new(
                Kind::Config,
                format!("the secret key from {from} has characters other than printable ASCII, so it can't be a Reemo key"),
            )
            .hint("copy the key once more, on one line and without quotes"));
        }
        Ok(Self(key.to_owned()))
    }

    /// The key itself, for the `Authorization` header and the config file alone.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `text` with every occurrence of the key replaced, whoever put it there.
    pub fn redact<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        // Every body passes here: this search is many times as fast as that of the standard library.
        let is_there = memchr::memmem::find(text.as_bytes(), self.0.as_bytes()).is_some();
        if is_there { text.replace(&self.0, REDACTED).into() } else { text.into() }
    }
}

/// What stands in the place of a key wherever one would be shown.
pub const REDACTED: &str = "sk_…";

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}
