//! Where the key comes from: decided with the other settings, loaded only when a request is made.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::api_url::ApiUrl;
use crate::config::environment::{SECRET_KEY, SECRET_KEY_FILE};
use crate::config::files;
use crate::config::key_command::KeyCommand;
use crate::config::note::Note;
use crate::config::settings::{Setting, Source};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::SecretKey;

/// Where the key comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// `REEMO_SECRET_KEY`, or why it can't be used.
    EnvironmentKey(Result<SecretKey, Error>),
    /// The file that `REEMO_SECRET_KEY_FILE` names.
    EnvironmentFile(PathBuf),
    /// The profile's `secret_key`.
    ProfileKey(SecretKey),
    /// The profile's `secret_key_file`, its path resolved.
    ProfileFile(PathBuf),
    /// The profile's `secret_key_command`.
    ProfileCommand(KeyCommand),
    /// The profile has a key, but for another origin than the one in use.
    Withheld {
        /// The origin that the profile's key was given for.
        given_for: String,
        /// The URL in use, and who names it.
        api_url: Setting<ApiUrl>,
    },
    /// The sandbox brings its own.
    Sandbox,
    /// There is none.
    Missing {
        /// The profiles there are, where the one in use is not among them.
        others: Vec<String>,
        /// Whether a key in the environment would be used: not where `--profile` was given, which outranks it.
        reads_environment: bool,
    },
}

impl SecretSource {
    /// For `auth status` and `doctor`.
    pub fn describe(&self) -> String {
        match self {
            Self::EnvironmentKey(_) => SECRET_KEY.to_owned(),
            Self::EnvironmentFile(path) => format!("{SECRET_KEY_FILE}: {}", path.display()),
            Self::ProfileKey(_) => "secret_key in the config file".to_owned(),
            Self::ProfileFile(path) => format!("secret_key_file: {}", path.display()),
            Self::ProfileCommand(command) => {
                format!("secret_key_command: {}", command.program())
            }
            Self::Withheld { given_for, .. } => {
                format!("not used: the profile's key is for {given_for}")
            }
            Self::Sandbox => "the sandbox's own".to_owned(),
            Self::Missing { .. } => "none".to_owned(),
        }
    }

    /// Whether there is a key to load, though loading it may fail.
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::Withheld { .. } | Self::Missing { .. })
    }

    /// Whether it is a key stored in the config file itself.
    pub fn is_stored(&self) -> bool {
        matches!(self, Self::ProfileKey(_))
    }

    /// The key, where nothing has to be read or run for it.
    pub fn known_key(&self) -> Option<&SecretKey> {
        match self {
            Self::EnvironmentKey(key) => key.as_ref().ok(),
            Self::ProfileKey(key) => Some(key),
            _ => None,
        }
    }

    /// Gets the key: reads its file, runs its command. `profile` is for messages.
    ///
    /// # Errors
    /// `NoCredentials` where there is none to use, `Config` where its file or command can't be used.
    pub fn load(&self, profile: &str, notes: &mut Vec<Note>) -> Result<SecretKey, Error> {
        match self {
            Self::EnvironmentKey(key) => key.clone(),
            Self::ProfileKey(key) => Ok(key.clone()),
            Self::EnvironmentFile(path) | Self::ProfileFile(path) => from_file(path, notes),
            Self::ProfileCommand(command) => {
                SecretKey::parse(&command.run()?, "secret_key_command")
            }
            Self::Withheld { given_for, api_url } => Err(withheld(profile, given_for, api_url)),
            Self::Sandbox => Err(Error::new(
                ErrorKind::Unexpected,
                "the sandbox brings its own key, so none is loaded for it",
            )),
            Self::Missing {
                others,
                reads_environment,
            } => Err(missing(profile, others, *reads_environment)),
        }
    }
}

/// Never shows a key, nor the arguments of a command, which may have one.
impl fmt::Debug for SecretSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretSource({})", self.describe())
    }
}

fn from_file(path: &Path, notes: &mut Vec<Note>) -> Result<SecretKey, Error> {
    let text = files::read_private(path, files::KEY_FILE, notes)?.ok_or_else(|| {
        Error::new(
            ErrorKind::NoCredentials,
            format!("there is no key file {}", path.display()),
        )
        .hint("write the key to that file, or name another one")
    })?;
    SecretKey::parse(&text, &format!("the key file {}", path.display()))
}

fn missing(profile: &str, others: &[String], reads_environment: bool) -> Error {
    let failure = Error::new(
        ErrorKind::NoCredentials,
        format!("there is no secret key for the profile {profile}"),
    );
    let failure = if others.is_empty() {
        failure
    } else {
        failure.detail(format!(
            "other profiles there are: {}; name one with --profile",
            others.join(", ")
        ))
    };
    let login = Hint::from(CommandLine::reemo("auth login"));
    let login = if reads_environment {
        login.text(format!(", or set {SECRET_KEY}"))
    } else {
        login
    };
    failure.hint(
        login
            .text("; to try without an account: ")
            .command(CommandLine::reemo("computers list").in_profile("sandbox")),
    )
}

fn withheld(profile: &str, given_for: &str, api_url: &Setting<ApiUrl>) -> Error {
    let in_use = api_url.value.origin();
    let (named_by, hint) = match api_url.source {
        Source::Environment(name) => (
            name.to_owned(),
            Hint::from(format!(
                "set {SECRET_KEY} to a key for {in_use}, or unset {name}"
            )),
        ),
        _ => (
            "api_url in the config file".to_owned(),
            Hint::new("log in there: ")
                .command(CommandLine::reemo("auth login").in_profile(profile)),
        ),
    };
    Error::new(
        ErrorKind::NoCredentials,
        format!("the secret key of the profile {profile} is for {given_for}, and {named_by} names {in_use}: the key is not sent there"),
    )
    .hint(hint)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{KeyCommand, SecretSource};
    use crate::config::settings::{Setting, Source};
    use crate::model::error::ErrorKind;
    use crate::model::secret::SecretKey;

    #[test]
    fn nothing_shows_the_key() {
        let key = SecretKey::parse("sk_42", "a test").unwrap();
        for source in [
            SecretSource::EnvironmentKey(Ok(key.clone())),
            SecretSource::ProfileKey(key.clone()),
            SecretSource::ProfileCommand(
                KeyCommand::new(
                    &["echo".to_owned(), "sk_42".to_owned()],
                    Path::new("config.toml"),
                )
                .unwrap(),
            ),
        ] {
            assert!(!format!("{source:?}{}", source.describe()).contains("sk_42"));
            #[cfg(unix)]
            assert_eq!(source.load("a", &mut Vec::new()).as_ref(), Ok(&key));
        }
    }

    #[test]
    fn a_file_has_the_key_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let load = || SecretSource::ProfileFile(path.clone()).load("a", &mut Vec::new());
        assert_eq!(load().unwrap_err().kind, ErrorKind::NoCredentials);
        for (text, good) in [
            (" sk_42 \r\n", true),
            ("sk_42\nuser: me\n", false),
            ("\n", false),
            ("", false),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(
                load().map(|key| key.expose().to_owned()).ok().as_deref(),
                good.then_some("sk_42"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_missing_is_explained() {
        let missing = SecretSource::Missing {
            others: vec!["b".to_owned()],
            reads_environment: true,
        }
        .load("a", &mut Vec::new())
        .unwrap_err();
        assert_eq!(
            (missing.kind, missing.message.as_str()),
            (
                ErrorKind::NoCredentials,
                "there is no secret key for the profile a"
            )
        );
        assert!(missing.details[0].contains('b'));
        let withheld = SecretSource::Withheld {
            given_for: "https://x".to_owned(),
            api_url: Setting::new("https://y".parse().unwrap(), Source::Default),
        };
        assert!(!withheld.is_there());
        assert_eq!(
            withheld.load("a", &mut Vec::new()).unwrap_err().kind,
            ErrorKind::NoCredentials
        );
    }
}
