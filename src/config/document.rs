//! The config file in memory: its text, which keeps its comments, and what it says. Disk and locks are `store`'s business.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, TableLike, Value};

use crate::config::api_url::ApiUrl;
use crate::config::note::Note;
use crate::config::profile::{KEY_SETTINGS, Profile, SANDBOX, check_name};
use crate::config::reader::{Contents, read};
use crate::config::setting_key::{self, SettingKey, check_storable};
use crate::config::{edit, files};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::{REDACTED, SecretKey};

/// A config file that is valid as a whole.
#[derive(Clone, Default)]
pub struct Document {
    path: PathBuf,
    toml: DocumentMut,
    contents: Contents,
}

impl Document {
    /// Reads the file; one that is absent is empty.
    ///
    /// # Errors
    /// `Config` where it can't be read or used.
    pub fn load(path: &Path, notes: &mut Vec<Note>) -> Result<Self, Error> {
        Self::parse(
            path,
            &files::read_private(path, files::CONFIG_FILE, notes)?.unwrap_or_default(),
        )
    }

    /// Reads a text as the file's.
    ///
    /// # Errors
    /// `Config` where it can't be used; the message has no value of it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let contents = read(path, text)?;
        let toml = text.parse().map_err(|_| {
            Error::new(
                ErrorKind::Config,
                format!("{} is not valid TOML", path.display()),
            )
        })?;
        Ok(Self {
            path: path.to_owned(),
            toml,
            contents,
        })
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's text. Has the keys in it.
    pub(super) fn text(&self) -> String {
        self.toml.to_string()
    }

    /// `default_profile`.
    pub fn default_profile(&self) -> Option<&str> {
        self.contents.default_profile.as_deref()
    }

    /// One profile.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.contents
            .profiles
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, profile)| profile)
    }

    /// The profiles' names, in the order of the file.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.contents.profiles.iter().map(|(name, _)| name.as_str())
    }

    /// One setting as text; a key never is.
    pub fn get(&self, key: &SettingKey) -> Option<String> {
        let path = key.path();
        edit::look(&self.toml, &path)
            .map(|value| shown(path.last().copied().unwrap_or_default(), value))
    }

    /// All settings, as dotted name and text, in the order of the file.
    pub fn list(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        flatten(self.toml.as_table(), "", &mut settings);
        settings
    }

    /// Changes one setting. What is stored has passed the checks of reading.
    ///
    /// # Errors
    /// `Usage` where the value does not fit, or is a key: that goes through `auth login` alone.
    pub fn set(&mut self, key: &SettingKey, text: &str) -> Result<(), Error> {
        let usage = |message: String| Error::new(ErrorKind::Usage, format!("{key}: {message}"));
        let value = match key {
            SettingKey::DefaultProfile => {
                check_name(text).map_err(usage)?;
                if text != SANDBOX && self.profile(text).is_none() {
                    return Err(
                        usage(format!("there is no profile {}", setting_key::shown(text))).hint(
                            CommandLine::reemo("auth login").in_profile(setting_key::shown(text)),
                        ),
                    );
                }
                Value::from(text)
            }
            SettingKey::OfProfile {
                setting: "secret_key",
                profile,
            } => {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "a secret key is never set on a command line, where others could read it",
                )
                .hint(CommandLine::reemo("auth login").in_profile(profile)));
            }
            SettingKey::OfProfile {
                setting: "secret_key_origin",
                profile,
            } => {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "secret_key_origin is what auth login notes with the key, so that it goes nowhere else",
                )
                .hint(login_hint(profile, text)));
            }
            SettingKey::OfProfile { profile, setting } => {
                let value = value(setting, text).map_err(usage)?;
                let mut changed = self.profile(profile).cloned().unwrap_or_default();
                changed.apply(setting, &value).map_err(usage)?;
                changed.check().map_err(|message| {
                    usage(message).hint(other_key_hint(profile, &changed, setting))
                })?;
                value
            }
        };
        let before = self.contents.clone();
        self.put(key, value)?;
        self.check_origins(key, &before)
    }

    /// Takes one setting away; whether it was there.
    ///
    /// # Errors
    /// `Config` where the file can't be changed so.
    pub fn unset(&mut self, key: &SettingKey) -> Result<bool, Error> {
        let before = self.contents.clone();
        let taken = edit::take(&mut self.toml, &key.path());
        if let SettingKey::OfProfile {
            profile,
            setting: "secret_key",
        } = key
        {
            edit::take(&mut self.toml, &["profiles", profile, "secret_key_origin"]);
        }
        self.read_again()?;
        self.check_origins(key, &before)?;
        Ok(taken)
    }

    /// Puts a key into a profile with the URL it was checked against; names the settings that had to make room.
    ///
    /// # Errors
    /// `Usage` where no profile can have the name.
    pub fn store_secret(
        &mut self,
        profile: &str,
        key: &SecretKey,
        api_url: &ApiUrl,
    ) -> Result<Vec<&'static str>, Error> {
        check_storable(profile)?;
        let of = |setting| SettingKey::OfProfile {
            profile: profile.to_owned(),
            setting,
        };
        let replaced: Vec<_> = KEY_SETTINGS
            .into_iter()
            .skip(1)
            .filter(|setting| edit::take(&mut self.toml, &of(setting).path()))
            .collect();
        self.put(&of("secret_key"), key.expose().into())?;
        self.put(&of("secret_key_origin"), api_url.origin().into())?;
        self.put(&of("api_url"), api_url.as_str().into())?;
        Ok(replaced)
    }

    /// Takes a stored key out of a profile; whether there was one.
    ///
    /// # Errors
    /// `Config` where the file can't be changed so.
    pub fn forget_secret(&mut self, profile: &str) -> Result<bool, Error> {
        self.unset(&SettingKey::OfProfile {
            profile: profile.to_owned(),
            setting: "secret_key",
        })
    }

    /// Refuses a change after which a key would go to another origin than before. Whatever was changed, it is the outcome
    /// that is compared, so that no setting can be a way around this.
    fn check_origins(&self, changed: &SettingKey, before: &Contents) -> Result<(), Error> {
        for (name, old) in &before.profiles {
            let Some(new) = self.profile(name) else {
                continue;
            };
            let has_same_key = new.has_key_of(old) && !new.key_settings().is_empty();
            let own_url = new.own_url();
            let is_moved = new.key_origin() != old.key_origin()
                || (own_url.origin() != old.own_url().origin()
                    && own_url.origin() != new.key_origin());
            if has_same_key && is_moved {
                return Err(moved_key(changed, name, old, &own_url));
            }
        }
        Ok(())
    }

    fn put(&mut self, key: &SettingKey, value: Value) -> Result<(), Error> {
        if !edit::put(&mut self.toml, &key.path(), value) {
            return Err(Error::new(
                ErrorKind::Config,
                format!("{key} can't be put into {}", self.path.display()),
            ));
        }
        self.read_again()
    }

    /// What was changed must read as it was meant, whatever the layout that the user gave the file.
    fn read_again(&mut self) -> Result<(), Error> {
        self.contents = read(&self.path, &self.text())?;
        Ok(())
    }
}

/// Shows what is set, never a key.
impl std::fmt::Debug for Document {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Document")
            .field("path", &self.path)
            .field("contents", &self.contents)
            .finish_non_exhaustive()
    }
}

/// A setting's text from the command line as the TOML that the file has for it.
fn value(setting: &str, text: &str) -> Result<Value, String> {
    match setting {
        "wire.first_page" => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| "expected a whole number".to_owned()),
        "secret_key_command" => match text.trim().parse::<Value>() {
            Ok(Value::Array(words)) => Ok(Value::Array(words)),
            _ => Err(
                r#"expected a TOML array of strings, such as '["pass", "show", "reemo"]'"#
                    .to_owned(),
            ),
        },
        _ => Ok(Value::from(text)),
    }
}

fn moved_key(changed: &SettingKey, profile: &str, old: &Profile, new_url: &ApiUrl) -> Error {
    let (old_origin, new_origin) = (old.key_origin(), new_url.origin());
    let error = Error::new(
        ErrorKind::Usage,
        format!("{changed}: the secret key of this profile was given for {old_origin}, and would be sent to {new_origin}"),
    )
    .hint(login_hint(profile, new_url.as_str()));
    match old.key_settings().first() {
        Some(&"secret_key") | None => error,
        Some(setting) => error.detail(format!(
            "to keep {setting}, unset it, set api_url, then set it again"
        )),
    }
}

fn login_hint(profile: &str, api_url: &str) -> Hint {
    Hint::new("log in there: ").command(
        CommandLine::reemo("auth login --api-url")
            .arg(api_url.to_owned())
            .in_profile(profile),
    )
}

fn other_key_hint(profile: &str, changed: &Profile, setting: &str) -> Hint {
    let command = match changed
        .key_settings()
        .into_iter()
        .find(|other| *other != setting)
    {
        Some("secret_key") | None => CommandLine::reemo("auth logout").in_profile(profile),
        Some(other) => {
            CommandLine::reemo("config unset").arg(format!("profiles.{profile}.{other}"))
        }
    };
    Hint::new("first: ").command(command)
}

fn flatten(table: &dyn TableLike, prefix: &str, settings: &mut Vec<(String, String)>) {
    for (name, item) in table.iter() {
        if let Some(table) = item.as_table_like() {
            flatten(table, &format!("{prefix}{name}."), settings);
        } else if let Some(value) = item.as_value() {
            settings.push((format!("{prefix}{name}"), shown(name, value)));
        }
    }
}

/// A value for people: a string without its quotes, anything else as TOML.
fn shown(name: &str, value: &Value) -> String {
    match value {
        _ if name == "secret_key" => REDACTED.to_owned(),
        Value::String(text) => text.value().clone(),
        // A command may have a key among its words.
        other => match other.clone().decorated("", "").to_string() {
            text if text.contains("sk_") => REDACTED.to_owned(),
            text => text,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Document;
    use crate::config::setting_key::SettingKey;
    use crate::model::error::ErrorKind;
    use crate::model::secret::SecretKey;

    const TEXT: &str = "# mine\ndefault_profile = 'a' # the usual\n\n[profiles.a]\nsecret_key = \"sk_42\" # do not share\n\
                        api_url = \"https://x/v1\"\n\n[profiles.b]\nsecret_key_command = [ \"pass\", 'show' ]\nwire.first_page = 0\n";

    fn document() -> Document {
        Document::parse(Path::new("c.toml"), TEXT).unwrap()
    }

    fn key(name: &str) -> SettingKey {
        SettingKey::parse(name, "a").unwrap()
    }

    #[test]
    fn a_key_is_never_shown() {
        let document = document();
        assert_eq!(document.get(&key("secret_key")).as_deref(), Some("sk_…"));
        let list: Vec<String> = document
            .list()
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(
            list,
            [
                "default_profile=a",
                "profiles.a.secret_key=sk_…",
                "profiles.a.api_url=https://x/v1",
                "profiles.b.secret_key_command=[ \"pass\", 'show' ]",
                "profiles.b.wire.first_page=0",
            ]
        );
        assert!(!format!("{document:?}").contains("sk_42"));
        let silly = Document::parse(
            Path::new("c.toml"),
            "profiles.a.secret_key_command = ['echo', 'sk_42']",
        )
        .unwrap();
        assert_eq!(
            silly.get(&key("secret_key_command")).as_deref(),
            Some("sk_…")
        );
    }

    #[test]
    fn set_and_unset_keep_the_rest() {
        let mut document = document();
        document.set(&key("api_url"), "https://x/v2").unwrap();
        document
            .set(&key("profiles.b.wire.first_page"), "1")
            .unwrap();
        document
            .set(&key("profiles.b.secret_key_command"), r#"["a"]"#)
            .unwrap();
        assert!(document.unset(&key("default_profile")).unwrap());
        assert!(!document.unset(&key("wire.page")).unwrap());
        assert_eq!(
            document
                .profile("a")
                .unwrap()
                .api_url
                .as_ref()
                .unwrap()
                .as_str(),
            "https://x/v2"
        );
        let expected = TEXT
            .replace("default_profile = 'a' # the usual\n", "")
            .replace("https://x/v1", "https://x/v2")
            .replace("= 0", "= 1")
            .replace("[ \"pass\", 'show' ]", "[\"a\"]");
        assert_eq!(document.text(), expected);
    }

    #[test]
    fn what_reading_would_refuse_is_refused() {
        for (name, value) in [
            ("secret_key", "sk_1"),
            ("api_url", "http://x"),
            ("access", "all"),
            ("wire.first_page", "x"),
            ("wire.filter", "x"),
            ("secret_key_file", "key"),
            ("profiles.b.secret_key_file", "key"),
            ("profiles.b.secret_key_command", "pass"),
            ("profiles.b.secret_key_command", "'pass'"),
            ("default_profile", "c"),
            ("default_profile", "a b"),
            ("request_timeout", "30"),
        ] {
            let mut document = document();
            assert_eq!(
                document.set(&key(name), value).unwrap_err().kind,
                ErrorKind::Usage,
                "{name} {value}"
            );
            assert_eq!(document.text(), TEXT);
        }
        document().set(&key("default_profile"), "sandbox").unwrap();
    }

    #[test]
    fn a_key_stays_with_its_origin() {
        let url = |profile: &str| format!("profiles.{profile}.api_url");
        let bound = TEXT.replace("api_url", "secret_key_origin = 'https://x'\napi_url");
        let edited = bound.replace("https://x/v1", "https://y/v1");
        for (text, profile, new_url, is_kept) in [
            (TEXT, "a", "https://x/v2", true),
            (TEXT, "a", "https://x:444/v1", false),
            (TEXT, "a", "https://y/v1", false),
            (TEXT, "b", "https://restapi.reemo.io", true),
            (TEXT, "b", "https://x/v1", false),
            (TEXT, "c", "https://y/v1", true),
            (&bound, "a", "https://x/v2", true),
            (&bound, "a", "https://y/v1", false),
            (&edited, "a", "https://z/v1", false),
            (&edited, "a", "https://y/v2", true),
            (&edited, "a", "https://x/v1", true),
        ] {
            let mut document = Document::parse(Path::new("c.toml"), text).unwrap();
            let set = document.set(&key(&url(profile)), new_url);
            assert_eq!(set.is_ok(), is_kept, "{text} {profile} {new_url}");
        }
        for (text, name, is_kept) in [
            (TEXT, "api_url", false),
            (TEXT, "secret_key", true),
            (&bound, "secret_key_origin", true),
            (&edited, "secret_key_origin", false),
            (&edited, "request_timeout", true),
        ] {
            let mut document = Document::parse(Path::new("c.toml"), text).unwrap();
            assert_eq!(document.unset(&key(name)).is_ok(), is_kept, "{text} {name}");
        }
    }

    #[test]
    fn a_key_is_stored_and_forgotten() {
        let secret = SecretKey::parse("sk_77", "a test").unwrap();
        let mut document = document();
        assert_eq!(
            document.store_secret("a", &secret, &"https://x/v1".parse().unwrap()),
            Ok(vec![])
        );
        let bound = "https://x/v1\"\nsecret_key_origin = \"https://x\"\n";
        assert_eq!(
            document.text(),
            TEXT.replace("sk_42", "sk_77")
                .replace("https://x/v1\"\n", bound)
        );
        assert_eq!(
            document.store_secret("b", &secret, &"https://z".parse().unwrap()),
            Ok(vec!["secret_key_command"])
        );
        assert_eq!(
            document.store_secret("c", &secret, &"https://z".parse().unwrap()),
            Ok(vec![])
        );
        assert_eq!(
            document.profile("c"),
            document
                .profile("b")
                .map(|b| super::Profile {
                    wire: Default::default(),
                    ..b.clone()
                })
                .as_ref()
        );
        assert!(
            document
                .store_secret("sandbox", &secret, &"https://z".parse().unwrap())
                .is_err()
        );
        assert_eq!(
            (
                document.forget_secret("c"),
                document.forget_secret("c"),
                document.forget_secret("d")
            ),
            (Ok(true), Ok(false), Ok(false))
        );
        assert!(document.profile("c").unwrap().api_url.is_some());
    }
}
