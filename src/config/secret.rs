//! The source of the key. It is resolved with the other settings, but the key is loaded only when a request is made.

use std::path::{Path, PathBuf};

use crate::config::Note;
use crate::config::all_settings::{
    SANDBOX, SECRET_KEY, SECRET_KEY_COMMAND, SECRET_KEY_FILE,
    SECRET_KEY_FILE_VARIABLE as FILE_VARIABLE, SECRET_KEY_VARIABLE as KEY_VARIABLE,
};
use crate::config::api_url::ApiUrl;
use crate::config::env::Environment;
use crate::config::file::ConfigFile;
use crate::config::key_command::KeyCommand;
use crate::config::source::{Source, Sourced};
use crate::config::{paths, trusted};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::SecretKey;

/// The source of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// `REEMO_SECRET_KEY`, or why it is not valid.
    Environment(Result<SecretKey, Error>),
    /// The profile's `secret_key`.
    Profile(SecretKey),
    /// A file, and the setting or variable that names it.
    File(&'static str, PathBuf),
    /// The profile's `secret_key_command`.
    Command(KeyCommand),
    /// The sandbox, whose key is built in.
    Sandbox,
    /// There is no key to use.
    Missing {
        /// A description for `auth status`.
        description: String,
        /// The error of [`SecretSource::load`].
        error: Box<Error>,
    },
}

impl SecretSource {
    /// Determines the source of the key for `api_url`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if a path in the profile starts with `~/` and there is no home folder.
    pub(super) fn resolve(
        environment: &Environment,
        file: &ConfigFile,
        profile: &Sourced<String>,
        api_url: &Sourced<ApiUrl>,
    ) -> Result<Self, Error> {
        if profile.value == SANDBOX {
            return Ok(Self::Sandbox);
        }
        if let Some(source) = Self::in_environment(environment) {
            return Ok(source);
        }
        let Some(source) = Self::in_profile(file, &profile.value)? else {
            return Ok(Self::missing(profile, file));
        };
        // A key goes only to the origin that it was given for.
        let key_origin = file.key_origin(&profile.value);
        if key_origin == api_url.value.origin() {
            Ok(source)
        } else {
            Ok(Self::for_other_origin(&profile.value, &key_origin, api_url))
        }
    }

    fn in_environment(environment: &Environment) -> Option<Self> {
        let key = environment.text(&SECRET_KEY).transpose();
        match (key, environment.path(&SECRET_KEY_FILE)) {
            (Some(_), Some(_)) => {
                let message = format!(
                    "{KEY_VARIABLE} and {FILE_VARIABLE} are both set and may be different keys"
                );
                let error = Error::new(ErrorKind::Config, message).hint("unset one of them");
                Some(Self::Environment(Err(error)))
            }
            (Some(text), None) => Some(Self::Environment(
                text.and_then(|text| SecretKey::parse(text, KEY_VARIABLE)),
            )),
            (None, path) => path.map(|path| Self::File(FILE_VARIABLE, path)),
        }
    }

    fn in_profile(file: &ConfigFile, profile: &str) -> Result<Option<Self>, Error> {
        if let Some(key) = file.get(profile, &SECRET_KEY) {
            return Ok(Some(Self::Profile(key)));
        }
        if let Some(path) = file.get(profile, &SECRET_KEY_FILE) {
            let path = paths::from_config(&file.path, &path)?;
            return Ok(Some(Self::File(SECRET_KEY_FILE.name, path)));
        }
        let words = file.get(profile, &SECRET_KEY_COMMAND);
        let command = words.map(|words| KeyCommand::new(&words, &file.path));
        Ok(command.transpose()?.map(Self::Command))
    }

    fn missing(profile: &Sourced<String>, file: &ConfigFile) -> Self {
        let name = &profile.value;
        let message = format!("there is no secret key for profile {name:?}");
        let mut error = Error::new(ErrorKind::NoCredentials, message);
        let others: Vec<&str> = file.profile_names().filter(|other| other != name).collect();
        if !others.is_empty() {
            let others = others.join(", ");
            error = error.detail(format!(
                "other profiles: {others}; select one with --profile"
            ));
        }
        let mut hint = Hint::from(CommandLine::reemo("auth login"));
        // A profile that was named on the command line takes precedence over a key in the environment.
        if !matches!(profile.source, Source::Flag(_)) {
            hint = hint.text(format!(", or set {KEY_VARIABLE}"));
        }
        let try_it = CommandLine::reemo("computers list").in_profile(SANDBOX);
        let hint = hint.text("; to try without an account: ").command(try_it);
        Self::Missing {
            description: "none".to_owned(),
            error: Box::new(error.hint(hint)),
        }
    }

    fn for_other_origin(profile: &str, key_origin: &str, api_url: &Sourced<ApiUrl>) -> Self {
        let origin = api_url.value.origin();
        let (named_by, hint) = match api_url.source {
            Source::Environment(name) => {
                let hint = format!("set {KEY_VARIABLE} to a key for {origin}, or unset {name}");
                (name, Hint::from(hint))
            }
            _ => {
                let login = CommandLine::reemo("auth login").in_profile(profile);
                (
                    "api_url in the config file",
                    Hint::new("log in there: ").command(login),
                )
            }
        };
        let message = format!(
            "the secret key of profile {profile:?} is for {key_origin}, but {named_by} names {origin}: the key is not sent there"
        );
        let error = Error::new(ErrorKind::NoCredentials, message).hint(hint);
        Self::Missing {
            description: format!("not used: the profile's key is for {key_origin}"),
            error: Box::new(error),
        }
    }

    /// Returns a description without the key, for `auth status`.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Environment(_) => KEY_VARIABLE.to_owned(),
            Self::Profile(_) => "secret_key in the config file".to_owned(),
            Self::File(named_by, path) => format!("{named_by}: {}", path.display()),
            Self::Command(command) => format!("secret_key_command: {}", command.program()),
            Self::Sandbox => "the sandbox's own".to_owned(),
            Self::Missing { description, .. } => description.clone(),
        }
    }

    /// Whether there is a key to load, though loading it may fail.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::Missing { .. })
    }

    /// Whether the key is stored in the config file itself.
    pub(crate) fn is_stored(&self) -> bool {
        matches!(self, Self::Profile(_))
    }

    /// Returns the key if nothing has to be read or run for it.
    pub(crate) fn known_key(&self) -> Option<&SecretKey> {
        match self {
            Self::Environment(key) => key.as_ref().ok(),
            Self::Profile(key) => Some(key),
            _ => None,
        }
    }

    /// Loads the key: reads its file or runs its command.
    ///
    /// # Errors
    /// [`ErrorKind::NoCredentials`] if there is none to use, [`ErrorKind::Config`] if its file or command can't be used.
    pub(crate) fn load(&self, notes: &mut Vec<Note>) -> Result<SecretKey, Error> {
        match self {
            Self::Environment(key) => key.clone(),
            Self::Profile(key) => Ok(key.clone()),
            Self::File(_, path) => read_key_file(path, notes),
            Self::Command(command) => SecretKey::parse(&command.run()?, SECRET_KEY_COMMAND.name),
            Self::Sandbox => Err(Error::new(
                ErrorKind::Unexpected,
                "the sandbox's key is not loaded from the configuration",
            )),
            Self::Missing { error, .. } => Err((**error).clone()),
        }
    }
}

fn read_key_file(path: &Path, notes: &mut Vec<Note>) -> Result<SecretKey, Error> {
    let absent = || {
        let message = format!("there is no key file {}", path.display());
        Error::new(ErrorKind::NoCredentials, message)
            .hint("write the key to that file, or name another one")
    };
    let text = trusted::read_text(path, trusted::KEY_FILE, notes)?.ok_or_else(absent)?;
    SecretKey::parse(&text, &format!("the key file {}", path.display()))
}
#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{KeyCommand, SecretSource};
    use crate::model::error::ErrorKind;
    use crate::model::secret::SecretKey;

    #[test]
    fn nothing_shows_the_key() {
        let key = SecretKey::parse("sk_42", "a test").unwrap();
        for source in [
            SecretSource::Environment(Ok(key.clone())),
            SecretSource::Profile(key.clone()),
            SecretSource::Command(
                KeyCommand::new(
                    &["echo".to_owned(), "sk_42".to_owned()],
                    Path::new("config.toml"),
                )
                .unwrap(),
            ),
        ] {
            assert!(!format!("{source:?}{}", source.describe()).contains("sk_42"));
            #[cfg(unix)]
            assert_eq!(source.load(&mut Vec::new()).as_ref(), Ok(&key));
        }
    }

    #[test]
    fn a_file_has_the_key_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let load = || SecretSource::File("secret_key_file", path.clone()).load(&mut Vec::new());
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
}
