//! Changing settings in the config file, and writing it under its lock, completely or not at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::Value;

use super::check::only_one_of;
use super::{ConfigFile, edit};
use crate::config::Note;
use crate::config::all_settings::{
    API_URL, HEADERS, KEY_SETTINGS, PROFILE, SANDBOX, SECRET_KEY, SECRET_KEY_COMMAND,
    SECRET_KEY_FILE, SECRET_KEY_ORIGIN,
};
use crate::config::api_url::ApiUrl;
use crate::config::key::{SettingKey, check_storable, did_you_mean, shown};
use crate::config::paths;
use crate::config::setting::AnySetting;
use crate::config::trusted::unusable;
use crate::fs;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::SecretKey;

/// A change takes milliseconds: a process that holds the lock for longer has been stopped.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Changes the config file under its lock. If `edit` changes nothing, nothing is written, and no file or folder is created.
///
/// # Errors
/// Those of `edit`, and [`ErrorKind::Config`] or [`ErrorKind::OutputFailed`] if the file can't be read or written.
pub(crate) fn change<T>(
    config_file: &Path,
    notes: &mut Vec<Note>,
    edit: impl Fn(&mut ConfigFile) -> Result<T, Error>,
) -> Result<T, Error> {
    // What a killed writer left may contain a key, and is removed with the next change.
    if is_absent(config_file) && is_absent(&fs::temp_path(config_file)) {
        let mut empty = ConfigFile::parse(config_file, "")?;
        let done = edit(&mut empty)?;
        if empty.text().is_empty() {
            return Ok(done);
        }
    }
    fs::refuse_irregular(config_file).map_err(unusable)?;
    check_folder(config_file)?;
    fs::create_private_dir(paths::folder_of(config_file))?;
    let lock = fs::Lock::acquire(&lock_path(config_file), LOCK_TIMEOUT)?;
    lock.remove_stale_temp(config_file)?;
    let mut file = ConfigFile::load(config_file, notes)?;
    let before = file.text();
    let done = edit(&mut file)?;
    let after = file.text();
    if after != before {
        lock.write(config_file, after.as_bytes(), 0o600)?;
    }
    Ok(done)
}

fn is_absent(path: &Path) -> bool {
    path.symlink_metadata()
        .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Refuses a folder in which other users could replace the config file, even if the file does not exist yet.
///
/// # Errors
/// [`ErrorKind::Config`].
pub(crate) fn check_folder(config_file: &Path) -> Result<(), Error> {
    let folder = paths::folder_of(config_file);
    fs::check_ownership(folder, "config folder", "go-w").map_err(unusable)
}

/// Returns the path of the lock: not the config file itself, because a change replaces that.
fn lock_path(config_file: &Path) -> PathBuf {
    let mut name = config_file.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

impl ConfigFile {
    /// Sets one setting.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the value is not valid, or if a key would go to another origin than before. The key itself is
    /// refused: only `auth login` stores it.
    pub(crate) fn set(&mut self, key: &SettingKey, text: &str) -> Result<(), Error> {
        let usage = |message: String| Error::new(ErrorKind::Usage, format!("{key}: {message}"));
        let profile = key.profile.as_deref().unwrap_or_default();
        let name = key.setting.name();
        if name == SECRET_KEY.name {
            let message = "a secret key is never set on a command line, where others could read it";
            return Err(Error::new(ErrorKind::Usage, message)
                .hint(CommandLine::reemo("auth login").in_profile(profile)));
        }
        if name == SECRET_KEY_ORIGIN.name {
            let message = "only auth login sets secret_key_origin, when it stores the key";
            return Err(Error::new(ErrorKind::Usage, message).hint(login_hint(profile, text)));
        }
        if key.header.is_some() {
            let message = "a header is never set on a command line, where others could read it";
            let hint = Hint::new("write it into the config file: ");
            return Err(Error::new(ErrorKind::Usage, message)
                .hint(hint.command(CommandLine::reemo("config path"))));
        }
        let value = key.setting.value_of(text).map_err(usage)?;
        if name == PROFILE.name && text != SANDBOX && !self.has_profile(text) {
            let text = shown(text);
            return Err(usage(format!("there is no profile {text:?}"))
                .hint(CommandLine::reemo("auth login").in_profile(text)));
        }
        let mut keys = self.key_settings(profile).into_iter();
        if KEY_SETTINGS.contains(&name)
            && let Some(other) = keys.find(|other| *other != name)
        {
            return Err(usage(only_one_of(&[other, name])).hint(unset_hint(profile, other)));
        }
        let before = self.clone();
        self.put(key, value)?;
        self.check_origins(key, &before)
    }

    /// Removes one setting. Returns whether it was set.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if a key would go to another origin than before.
    pub(crate) fn unset(&mut self, key: &SettingKey) -> Result<bool, Error> {
        let before = self.clone();
        let was_set = self.remove(&key.path())?;
        if let (Some(profile), "secret_key") = (&key.profile, key.setting.name()) {
            self.remove(&["profiles", profile, SECRET_KEY_ORIGIN.name])?;
        }
        self.check_origins(key, &before)?;
        Ok(was_set)
    }

    /// Stores a key in a profile, with the URL that it was checked against. Returns the settings that it replaces.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if no profile of this name can be stored.
    pub(crate) fn store_key(
        &mut self,
        profile: &str,
        secret: &SecretKey,
        api_url: &ApiUrl,
    ) -> Result<Vec<&'static str>, Error> {
        check_storable(profile)?;
        let replaced = self.key_settings(profile);
        for name in replaced.iter().filter(|name| **name != SECRET_KEY.name) {
            self.remove(&["profiles", profile, name])?;
        }
        let values: [(&'static dyn AnySetting, &str); 3] = [
            (&SECRET_KEY, secret.expose()),
            (&SECRET_KEY_ORIGIN, api_url.origin()),
            (&API_URL, api_url.as_str()),
        ];
        for (setting, text) in values {
            self.put(&SettingKey::of_profile(profile, setting), text.into())?;
        }
        Ok(replaced)
    }

    /// Removes a profile, and `default_profile` if that names it. Returns whether it did.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such profile, [`ErrorKind::Usage`] for the sandbox.
    pub(crate) fn remove_profile(&mut self, profile: &str) -> Result<bool, Error> {
        self.check_exists(profile)?;
        if profile == SANDBOX {
            let message = format!("the profile {SANDBOX:?} is built in and can't be removed");
            return Err(
                Error::new(ErrorKind::Usage, message).hint(CommandLine::reemo("profile list"))
            );
        }
        let mut toml = self.toml.clone();
        edit::remove(&mut toml, &["profiles", profile]);
        self.replace(&toml.to_string())?;
        if self.default_profile().as_deref() != Some(profile) {
            return Ok(false);
        }
        self.remove(&[PROFILE.name])
    }

    /// Makes a profile the default one.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such profile.
    pub(crate) fn use_profile(&mut self, profile: &str) -> Result<(), Error> {
        self.check_exists(profile)?;
        self.put(&SettingKey::root(&PROFILE), profile.into())
    }

    fn check_exists(&self, profile: &str) -> Result<(), Error> {
        if profile == SANDBOX || self.has_profile(profile) {
            return Ok(());
        }
        let name = shown(profile);
        let existing: Vec<&str> = self.profile_names().chain([SANDBOX]).collect();
        let near = did_you_mean(profile, existing.iter().copied());
        let message = format!("there is no profile {name:?}{near}");
        Err(Error::new(ErrorKind::NotFound, message)
            .detail(format!("available profiles: {}", existing.join(", ")))
            .hint(CommandLine::reemo("profile list")))
    }

    fn put(&mut self, key: &SettingKey, value: Value) -> Result<(), Error> {
        let mut toml = self.toml.clone();
        edit::put(&mut toml, &key.path(), value).ok_or_else(|| {
            let message = format!("{key} can't be stored in {}", self.path.display());
            Error::new(ErrorKind::Config, message)
        })?;
        self.replace(&toml.to_string())
    }

    fn remove(&mut self, path: &[&str]) -> Result<bool, Error> {
        let removed = edit::without(&self.text(), path);
        removed
            .as_deref()
            .map(|text| self.replace(text))
            .transpose()?;
        Ok(removed.is_some())
    }

    /// Replaces the text by a changed one, which is checked as if it were read, whatever layout the user gave the file.
    fn replace(&mut self, text: &str) -> Result<(), Error> {
        *self = Self::parse(&self.path, text)?;
        Ok(())
    }

    /// Refuses a change after which a key would go to another origin than before. The results are compared, so no setting is a
    /// way around this.
    fn check_origins(&self, changed: &SettingKey, before: &Self) -> Result<(), Error> {
        for profile in before.profile_names() {
            let (old_url, new_url) = (before.api_url(profile), self.api_url(profile));
            let new_origin = self.key_origin(profile);
            let is_moved = new_origin != before.key_origin(profile)
                || (new_url.origin() != old_url.origin() && new_url.origin() != new_origin);
            if is_moved && self.has_key_of(before, profile) {
                return Err(moved_key(changed, profile, before, &new_url));
            }
            let has_headers = self
                .get(profile, &HEADERS)
                .is_some_and(|all| !all.is_empty());
            if has_headers && new_url.origin() != old_url.origin() {
                return Err(moved_headers(changed, &old_url, &new_url));
            }
        }
        Ok(())
    }

    /// Whether a profile has a key, and it comes from the same place as in `before`.
    fn has_key_of(&self, before: &Self, profile: &str) -> bool {
        !self.key_settings(profile).is_empty()
            && self.get(profile, &SECRET_KEY) == before.get(profile, &SECRET_KEY)
            && self.get(profile, &SECRET_KEY_FILE) == before.get(profile, &SECRET_KEY_FILE)
            && self.get(profile, &SECRET_KEY_COMMAND) == before.get(profile, &SECRET_KEY_COMMAND)
    }
}

fn moved_key(changed: &SettingKey, profile: &str, before: &ConfigFile, new_url: &ApiUrl) -> Error {
    let (old_origin, new_origin) = (before.key_origin(profile), new_url.origin());
    let message = format!(
        "{changed}: the secret key of this profile was given for {old_origin} and would be sent to {new_origin}"
    );
    let error = Error::new(ErrorKind::Usage, message).hint(login_hint(profile, new_url.as_str()));
    match before.key_settings(profile).first() {
        Some(&"secret_key") | None => error,
        Some(setting) => error.detail(format!(
            "to keep {setting}, unset it, set api_url, then set it again"
        )),
    }
}

fn moved_headers(changed: &SettingKey, old_url: &ApiUrl, new_url: &ApiUrl) -> Error {
    let (old_origin, new_origin) = (old_url.origin(), new_url.origin());
    let message = format!(
        "{changed}: the headers of this profile are for {old_origin} and would be sent to {new_origin}"
    );
    Error::new(ErrorKind::Usage, message)
        .hint("remove the headers first, or use a separate profile for the other API")
}

fn login_hint(profile: &str, api_url: &str) -> Hint {
    let login = CommandLine::reemo("auth login --api-url").arg(api_url.to_owned());
    Hint::new("log in there: ").command(login.in_profile(profile))
}

fn unset_hint(profile: &str, setting: &str) -> Hint {
    let command = match setting {
        "secret_key" => CommandLine::reemo("auth logout").in_profile(profile),
        other => CommandLine::reemo("config unset").arg(format!("profiles.{profile}.{other}")),
    };
    Hint::new("first: ").command(command)
}
