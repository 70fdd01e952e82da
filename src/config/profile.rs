//! One profile, typed: the one table of settings, what each may be, and how it is read from TOML.
//!
//! Reading the file and `config set` both come through `Profile::apply`, so they can't differ. No message has a value in it:
//! what stands in the wrong place may be a key.

use std::path::PathBuf;
use std::time::Duration;

use toml_edit::Value;
use uuid::Uuid;

use crate::config::api_url::ApiUrl;
use crate::config::duration::parse_timeout;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;

/// The built-in profile, which no file can define.
pub const SANDBOX: &str = "sandbox";

/// Every setting that a profile can have, by the name it has in the file.
pub const SETTINGS: [&str; 13] = [
    "secret_key",
    "secret_key_file",
    "secret_key_command",
    "secret_key_origin",
    "api_url",
    "ca_file",
    "request_timeout",
    "access",
    "namespace",
    "wire.page",
    "wire.limit",
    "wire.first_page",
    "wire.filter",
];

/// The settings that say where the key is. A profile has one of them at most.
pub const KEY_SETTINGS: [&str; 3] = ["secret_key", "secret_key_file", "secret_key_command"];

/// What a profile allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    Full,
    /// No change.
    Read,
}

/// A profile as the file has it: paths are not resolved yet, and what is absent is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The key itself.
    pub secret_key: Option<SecretKey>,
    /// A file that has the key.
    pub secret_key_file: Option<PathBuf>,
    /// A program, and its arguments, that prints the key.
    pub secret_key_command: Option<Vec<String>>,
    /// The origin that the key was stored for, as [`ApiUrl::origin`] writes it.
    pub secret_key_origin: Option<String>,
    /// The API's base URL.
    pub api_url: Option<ApiUrl>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time that one request may take.
    pub request_timeout: Option<Duration>,
    /// What the profile allows.
    pub access: Option<Access>,
    /// The namespace of derived `_id`s.
    pub namespace: Option<Uuid>,
    /// Where the instance differs from the default.
    pub wire: WireOverrides,
}

impl Profile {
    /// Takes one setting's value.
    ///
    /// # Errors
    /// What is expected in its place.
    pub fn apply(&mut self, setting: &str, value: &Value) -> Result<(), String> {
        match setting {
            "secret_key" => {
                let key = SecretKey::parse(text(value)?, "the config file")
                    .map_err(|failure| failure.message)?;
                self.secret_key = Some(key);
            }
            "secret_key_file" => self.secret_key_file = Some(path(value)?),
            "secret_key_command" => self.secret_key_command = Some(command(value)?),
            "secret_key_origin" => {
                self.secret_key_origin = Some(text(value)?.parse::<ApiUrl>()?.origin().to_owned());
            }
            "api_url" => self.api_url = Some(text(value)?.parse()?),
            "ca_file" => self.ca_file = Some(path(value)?),
            "request_timeout" => self.request_timeout = Some(parse_timeout(text(value)?)?),
            "access" => self.access = Some(access(text(value)?)?),
            "namespace" => {
                self.namespace = Some(Uuid::try_parse(text(value)?).map_err(|_| "expected a UUID")?)
            }
            "wire.page" => self.wire.page = Some(parameter(value)?),
            "wire.limit" => self.wire.limit = Some(parameter(value)?),
            "wire.first_page" => self.wire.first_page = Some(number(value)?),
            "wire.filter" => self.wire.filter = Some(template(value)?),
            _ => return Err("is not a setting".to_owned()),
        }
        Ok(())
    }

    /// Which settings say where the key is.
    pub fn key_settings(&self) -> Vec<&'static str> {
        let there = [
            self.secret_key.is_some(),
            self.secret_key_file.is_some(),
            self.secret_key_command.is_some(),
        ];
        KEY_SETTINGS
            .into_iter()
            .zip(there)
            .filter_map(|(name, there)| there.then_some(name))
            .collect()
    }

    /// The base URL that the profile itself names.
    pub fn own_url(&self) -> ApiUrl {
        self.api_url.clone().unwrap_or_default()
    }

    /// The origin that the profile's key was given for: the one that was stored with it, else that of the URL beside it.
    pub fn key_origin(&self) -> String {
        self.secret_key_origin
            .clone()
            .unwrap_or_else(|| self.own_url().origin().to_owned())
    }

    /// Whether the key comes from the same place as another profile's.
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.secret_key == other.secret_key
            && self.secret_key_file == other.secret_key_file
            && self.secret_key_command == other.secret_key_command
    }

    /// Checks what no setting shows alone.
    ///
    /// # Errors
    /// Where there is more than one place for the key.
    pub fn check(&self) -> Result<(), String> {
        match self.key_settings().as_slice() {
            [] | [_] => Ok(()),
            several => Err(format!("only one of {} can be set", several.join(", "))),
        }
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value
        .as_str()
        .ok_or_else(|| format!("expected a string in quotes, not {}", kind(value)))
}

fn path(value: &Value) -> Result<PathBuf, String> {
    match text(value)? {
        "" => Err("expected the path of a file".to_owned()),
        path if path.contains('\0') => Err("no path has a NUL in it".to_owned()),
        path => Ok(path.into()),
    }
}

fn command(value: &Value) -> Result<Vec<String>, String> {
    let usage = r#"expected an array of strings, a program and its arguments, such as ["pass", "show", "reemo"]"#;
    let words = value
        .as_array()
        .ok_or(usage)?
        .iter()
        .map(|word| word.as_str().map(str::to_owned));
    let words: Vec<String> = words.collect::<Option<_>>().ok_or(usage)?;
    let usable = words
        .first()
        .is_some_and(|program| !program.trim().is_empty())
        && words.iter().all(|word| !word.contains('\0'));
    if usable {
        Ok(words)
    } else {
        Err(usage.to_owned())
    }
}

fn access(text: &str) -> Result<Access, String> {
    match text {
        "full" => Ok(Access::Full),
        "read" => Ok(Access::Read),
        _ => Err(r#"expected "full" or "read""#.to_owned()),
    }
}

fn parameter(value: &Value) -> Result<String, String> {
    let name = text(value)?;
    let usable = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"&=#?%+".contains(&byte));
    if usable {
        Ok(name.to_owned())
    } else {
        Err("expected the name of a query parameter".to_owned())
    }
}

fn number(value: &Value) -> Result<u64, String> {
    let number = value
        .as_integer()
        .ok_or_else(|| format!("expected a whole number, not {}", kind(value)))?;
    u64::try_from(number).map_err(|_| "expected a number that is not negative".to_owned())
}

fn template(value: &Value) -> Result<String, String> {
    let template = text(value)?;
    if template.is_empty() || template.matches("{property}").count() == 1 {
        return Ok(template.to_owned());
    }
    Err(r#"expected a text with {property} in it once, such as "filter[{property}]", or "" to filter here alone"#.to_owned())
}

/// What a value is, said in place of the value.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "an array",
        Value::InlineTable(_) => "a table",
    }
}

/// Whether a text can name a profile.
///
/// # Errors
/// One sentence for the user where it can't.
pub fn check_name(name: &str) -> Result<(), String> {
    if !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    {
        return Ok(());
    }
    Err("a profile's name has letters from a to z, digits, - and _ alone".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Profile, SETTINGS, check_name};

    /// Applies a setting written as TOML.
    fn apply(setting: &str, toml: &str) -> Result<Profile, String> {
        let mut profile = Profile::default();
        profile.apply(setting, &toml.parse().unwrap())?;
        Ok(profile)
    }

    #[test]
    fn every_setting_is_read() {
        let examples = [
            r#""sk_1""#,
            r#""~/key""#,
            r#"["pass", "show"]"#,
            r#""https://x""#,
            r#""https://x""#,
            r#""ca.pem""#,
            r#""5s""#,
            r#""read""#,
            r#""6f2c1b1e-0000-4000-8000-000000000001""#,
            r#""p""#,
            r#""l""#,
            "0",
            r#""f[{property}]""#,
        ];
        for (setting, example) in SETTINGS.iter().zip(examples) {
            assert_ne!(apply(setting, example), Ok(Profile::default()), "{setting}");
            apply(setting, example).unwrap();
        }
        assert!(apply("wire", "1").is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused_without_being_shown() {
        for (setting, toml) in [
            ("secret_key", "424242"),
            ("secret_key", r#"" ""#),
            ("secret_key", r#""424242 1""#),
            ("secret_key_file", r#""""#),
            ("secret_key_command", r#""pass 424242""#),
            ("secret_key_command", "[]"),
            ("secret_key_command", r#"["a", 424242]"#),
            ("secret_key_command", r#"["", "424242"]"#),
            ("api_url", r#""http://424242.example""#),
            ("ca_file", "[424242]"),
            ("request_timeout", "424242"),
            ("request_timeout", r#""424242""#),
            ("access", r#""424242""#),
            ("access", r#""Full""#),
            ("namespace", r#""424242""#),
            ("wire.page", r#""424242&b""#),
            ("wire.limit", r#""""#),
            ("wire.first_page", "-424242"),
            ("wire.first_page", r#""1""#),
            ("wire.filter", r#""424242""#),
            ("wire.filter", r#""{property}{property}""#),
        ] {
            let error = apply(setting, toml).unwrap_err();
            assert!(!error.contains("424242"), "{setting}: {error}");
        }
    }

    #[test]
    fn one_place_for_the_key() {
        let mut profile = apply("secret_key", r#""sk_1""#).unwrap();
        assert_eq!(profile.check(), Ok(()));
        profile.secret_key_file = Some("key".into());
        assert_eq!(
            profile.check().unwrap_err(),
            "only one of secret_key, secret_key_file can be set"
        );
    }

    #[test]
    fn names_are_plain() {
        for (name, good) in [
            ("production", true),
            ("a-B_3", true),
            ("", false),
            ("a.b", false),
            ("a b", false),
            ("ü", false),
        ] {
            assert_eq!(check_name(name).is_ok(), good, "{name}");
        }
    }
}
