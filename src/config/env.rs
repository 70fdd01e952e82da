//! The environment variables of the settings, read once. How they outrank other places is in [`resolve`](mod@super::resolve).
//!
//! `NO_COLOR`, `TERM` and the proxy variables are not here: the modules that use them read them under their own rules.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use toml_edit::{Item, Value};

use crate::config::all_settings::{self, SECRET_KEY_VARIABLE};
use crate::config::setting::{AnySetting, Setting};
use crate::model::error::{Error, ErrorKind};
use crate::model::secret::{REDACTED, mask_keys};

/// A snapshot of the variables in the table of settings. An empty one counts as unset.
#[derive(Clone, Default)]
pub(crate) struct Environment(BTreeMap<&'static str, OsString>);

impl Environment {
    /// Reads the variables of this process.
    pub(crate) fn from_process() -> Self {
        let names = all_settings::ALL
            .iter()
            .filter_map(|setting| setting.variable());
        Self::new(names.filter_map(|name| Some((name, std::env::var_os(name)?))))
    }

    /// Takes variables one by one.
    pub(crate) fn new<Text: Into<OsString>>(
        variables: impl IntoIterator<Item = (&'static str, Text)>,
    ) -> Self {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name, value.into()));
        Self(variables.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Whether a setting's variable is set.
    pub(crate) fn has(&self, setting: &dyn AnySetting) -> bool {
        setting
            .variable()
            .is_some_and(|name| self.0.contains_key(name))
    }

    /// Returns the same variables without those of some settings.
    #[must_use]
    pub(crate) fn without(&self, settings: &[&dyn AnySetting]) -> Self {
        let mut kept = self.clone();
        for name in settings.iter().filter_map(|setting| setting.variable()) {
            kept.0.remove(name);
        }
        kept
    }

    /// Returns each setting whose variable is set, with the variable and its text. Secrets are masked.
    pub(crate) fn list(&self) -> impl Iterator<Item = (&'static str, &'static str, String)> {
        all_settings::ALL.iter().filter_map(|setting| {
            let variable = setting.variable()?;
            let text = self.0.get(variable)?.to_string_lossy();
            let shown = match variable {
                SECRET_KEY_VARIABLE => REDACTED.to_owned(),
                _ => mask_keys(&text).into_owned(),
            };
            Some((setting.name(), variable, shown))
        })
    }

    /// Returns a setting's value, if its variable is set.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if the value is not valid. The message does not repeat it.
    pub(crate) fn get<T>(&self, setting: &Setting<T>) -> Result<Option<T>, Error> {
        let parse = |text: &str| (setting.parse)(&Item::Value(Value::from(text)));
        self.text(setting)?
            .map(|text| parse(text).map_err(|message| invalid(setting, &message)))
            .transpose()
    }

    /// Returns the text of a setting's variable.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if it is not valid UTF-8.
    pub(crate) fn text(&self, setting: &dyn AnySetting) -> Result<Option<&str>, Error> {
        let value = setting.variable().and_then(|name| self.0.get(name));
        let not_text = || invalid(setting, "it is not valid UTF-8");
        value
            .map(|value| value.to_str().ok_or_else(not_text))
            .transpose()
    }

    /// Returns a setting's path, which need not be valid UTF-8.
    pub(crate) fn path(&self, setting: &Setting<PathBuf>) -> Option<PathBuf> {
        self.0.get(setting.variable?).map(PathBuf::from)
    }
}

fn invalid(setting: &dyn AnySetting, message: &str) -> Error {
    let name = setting.variable().unwrap_or_default();
    let message = format!("the environment variable {name} is not valid: {message}");
    Error::new(ErrorKind::Config, message).hint(format!("correct or unset {name}"))
}

/// Shows which variables are set, and no value: one is a key, and others may hold one by mistake.
impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Environment;
    use crate::config::all_settings::{API_URL, NO_INPUT, PROFILE, READ_ONLY, SECRET_KEY};

    #[test]
    fn a_boolean_has_few_spellings() {
        for (text, meaning) in [
            ("1", Some(true)),
            ("true", Some(true)),
            ("YES", Some(true)),
            ("0", Some(false)),
            ("No", Some(false)),
            ("", None),
        ] {
            let environment = Environment::new([("REEMO_READ_ONLY", text)]);
            assert_eq!(environment.get(&READ_ONLY), Ok(meaning), "{text}");
        }
        for text in ["2", "on", "off", " 1", "y", "yep"] {
            let environment = Environment::new([("REEMO_NO_INPUT", text)]);
            assert!(environment.get(&NO_INPUT).is_err(), "{text}");
        }
    }

    #[test]
    fn no_value_is_ever_shown() {
        let environment = Environment::new([
            ("REEMO_SECRET_KEY", "sk_ab\u{7}cd"),
            ("REEMO_API_URL", "https://me:sk_ab@x"),
        ]);
        for error in [
            environment.get(&SECRET_KEY).unwrap_err(),
            environment.get(&API_URL).unwrap_err(),
        ] {
            assert!(!format!("{environment:?}{error:?}").contains("sk_ab"));
        }
        let listed: Vec<_> = environment.list().collect();
        assert_eq!(
            listed[0],
            ("secret_key", "REEMO_SECRET_KEY", "sk_…".to_owned())
        );
        assert_eq!(listed[1].2, "https://me:sk_…@x");
        assert!(environment.has(&API_URL) && !environment.has(&PROFILE));
        let without = environment.without(&[&API_URL]);
        assert!(without.has(&SECRET_KEY) && !without.has(&API_URL));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_text_is_refused() {
        use std::os::unix::ffi::OsStringExt;
        let value = std::ffi::OsString::from_vec(vec![0xff]);
        let error = Environment::new([("REEMO_PROFILE", value)]).get(&PROFILE);
        assert!(error.unwrap_err().message.contains("REEMO_PROFILE"));
    }
}
