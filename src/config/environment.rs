//! The environment variables that this program knows, read once. What they mean together is `decide`'s business.
//!
//! `NO_COLOR`, `TERM` and the proxy variables are not here: the rooms that use them read them under their own rules.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::config::duration::parse_timeout;
use crate::model::error::{Error, ErrorKind};
use crate::model::secret::SecretKey;

/// The variable with the key itself.
pub const SECRET_KEY: &str = "REEMO_SECRET_KEY";
/// The variable with the path of a file that has the key.
pub const SECRET_KEY_FILE: &str = "REEMO_SECRET_KEY_FILE";
/// The variable with the profile's name.
pub const PROFILE: &str = "REEMO_PROFILE";
/// The variable with the API's base URL.
pub const API_URL: &str = "REEMO_API_URL";
/// The variable with the config file's path.
pub const CONFIG: &str = "REEMO_CONFIG";
/// The variable with the time that one request may take.
pub const REQUEST_TIMEOUT: &str = "REEMO_REQUEST_TIMEOUT";
/// The variable that refuses every change.
pub const READ_ONLY: &str = "REEMO_READ_ONLY";
/// The variable that forbids every prompt.
pub const NO_INPUT: &str = "REEMO_NO_INPUT";

const KNOWN: [&str; 8] = [
    SECRET_KEY,
    SECRET_KEY_FILE,
    PROFILE,
    API_URL,
    CONFIG,
    REQUEST_TIMEOUT,
    READ_ONLY,
    NO_INPUT,
];

/// A snapshot of the known variables. An empty one counts as unset.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<&'static str, OsString>);

impl Environment {
    /// The variables of this process.
    pub fn from_process() -> Self {
        Self::new(
            KNOWN
                .into_iter()
                .filter_map(|name| Some((name, std::env::var_os(name)?))),
        )
    }

    /// Variables given one by one.
    pub fn new<Value: Into<OsString>>(
        variables: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name, value.into()));
        Self(variables.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Whether a variable is set to more than nothing.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The same variables without some of them.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(name));
        Self(kept.map(|(name, value)| (*name, value.clone())).collect())
    }

    /// `REEMO_SECRET_KEY`.
    ///
    /// # Errors
    /// Where it can't be a key; the message has none of it.
    pub fn secret_key(&self) -> Result<Option<SecretKey>, Error> {
        self.text(SECRET_KEY)?
            .map(|text| SecretKey::parse(text, SECRET_KEY))
            .transpose()
    }

    /// `REEMO_SECRET_KEY_FILE`.
    pub fn secret_key_file(&self) -> Option<PathBuf> {
        self.0.get(SECRET_KEY_FILE).map(PathBuf::from)
    }

    /// `REEMO_CONFIG`.
    pub fn config(&self) -> Option<PathBuf> {
        self.0.get(CONFIG).map(PathBuf::from)
    }

    /// `REEMO_REQUEST_TIMEOUT`.
    ///
    /// # Errors
    /// `Config` where it is no span of time.
    pub fn request_timeout(&self) -> Result<Option<Duration>, Error> {
        let parse = |text| parse_timeout(text).map_err(|message| refused(REQUEST_TIMEOUT, message));
        self.text(REQUEST_TIMEOUT)?.map(parse).transpose()
    }

    /// `REEMO_READ_ONLY`.
    ///
    /// # Errors
    /// `Config` where it is neither yes nor no.
    pub fn read_only(&self) -> Result<Option<bool>, Error> {
        self.truth(READ_ONLY)
    }

    /// `REEMO_NO_INPUT`.
    ///
    /// # Errors
    /// `Config` where it is neither yes nor no.
    pub fn no_input(&self) -> Result<Option<bool>, Error> {
        self.truth(NO_INPUT)
    }

    /// A variable's text.
    ///
    /// # Errors
    /// `Config` where it is not UTF-8.
    pub fn text(&self, name: &'static str) -> Result<Option<&str>, Error> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        value
            .to_str()
            .map(Some)
            .ok_or_else(|| refused(name, "it is not valid UTF-8".to_owned()))
    }

    fn truth(&self, name: &'static str) -> Result<Option<bool>, Error> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" => Ok(Some(true)),
            "0" | "false" | "no" => Ok(Some(false)),
            _ => Err(refused(
                name,
                "expected 1, true or yes, or else 0, false or no".to_owned(),
            )),
        }
    }
}

/// The failure of a variable that can't be used. Never has its value, which may be a secret in the wrong place.
pub(super) fn refused(name: &str, message: String) -> Error {
    Error::new(
        ErrorKind::Config,
        format!("the environment variable {name} can't be used: {message}"),
    )
    .hint(format!("correct {name}, or unset it"))
}

/// Shows which variables are set, and no value: one is a key, others may hold one by mistake.
impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;

    #[test]
    fn truth_has_few_spellings() {
        for (text, meaning) in [
            ("1", Some(true)),
            ("true", Some(true)),
            ("YES", Some(true)),
            ("0", Some(false)),
            ("No", Some(false)),
            ("", None),
        ] {
            assert_eq!(
                Environment::new([(super::READ_ONLY, text)]).read_only(),
                Ok(meaning),
                "{text}"
            );
        }
        for text in ["2", "on", "off", " 1", "y", "yep"] {
            assert!(
                Environment::new([(super::NO_INPUT, text)])
                    .no_input()
                    .is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn no_value_is_ever_shown() {
        let environment = Environment::new([
            (super::SECRET_KEY, "sk_ab\u{7}cd"),
            (super::API_URL, "https://me:sk_ab@x"),
        ]);
        let error = environment.secret_key().unwrap_err();
        assert!(!format!("{environment:?}{error:?}").contains("sk_ab"));
        assert!(environment.has(super::API_URL) && !environment.has(super::PROFILE));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_text_is_refused() {
        use std::os::unix::ffi::OsStringExt;
        let environment =
            Environment::new([(super::PROFILE, std::ffi::OsString::from_vec(vec![0xff]))]);
        assert!(
            environment
                .text(super::PROFILE)
                .unwrap_err()
                .message
                .contains("REEMO_PROFILE")
        );
    }
}
