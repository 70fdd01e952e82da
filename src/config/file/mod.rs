//! The config file: its text, which keeps its comments, and the values in it. All of it has been checked.

mod change;
mod check;
mod edit;

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::config::Note;
use crate::config::all_settings::{API_URL, KEY_SETTINGS, PROFILE, SECRET_KEY_ORIGIN};
use crate::config::api_url::ApiUrl;
use crate::config::key::SettingKey;
use crate::config::setting::Setting;
use crate::config::trusted;
use crate::model::error::Error;
use crate::model::secret::REDACTED;

pub(crate) use change::{change, check_folder};

/// A valid config file.
#[derive(Clone, Default)]
pub(crate) struct ConfigFile {
    pub(in crate::config) path: PathBuf,
    toml: DocumentMut,
}

impl ConfigFile {
    /// Reads the file. One that does not exist is empty.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::model::error::ErrorKind::Config) if it can't be read, is not valid, or other users could have
    /// changed it.
    pub(crate) fn load(path: &Path, notes: &mut Vec<Note>) -> Result<Self, Error> {
        let text = trusted::read_text(path, trusted::CONFIG_FILE, notes)?;
        Self::parse(path, &text.unwrap_or_default())
    }

    /// Reads the text of a file. The path is for messages.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::model::error::ErrorKind::Config) if it is not valid. The message has no value of it.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        Ok(Self {
            path: path.to_owned(),
            toml: check::parse(path, text)?.into_mut(),
        })
    }

    /// Returns the file's text, which contains the keys.
    pub(in crate::config) fn text(&self) -> String {
        self.toml.to_string()
    }

    /// Returns `default_profile`.
    pub(crate) fn default_profile(&self) -> Option<String> {
        self.parsed(&PROFILE, &[PROFILE.name])
    }

    /// Returns the profiles' names, in the order of the file.
    pub(crate) fn profile_names(&self) -> impl Iterator<Item = &str> {
        let profiles = self.toml.get("profiles").and_then(Item::as_table_like);
        profiles
            .into_iter()
            .flat_map(|table| table.iter().map(|(name, _)| name))
    }

    /// Whether the file has a profile of this name.
    pub(crate) fn has_profile(&self, name: &str) -> bool {
        self.profile_names().any(|known| known == name)
    }

    /// Returns the value of a setting in a profile.
    pub(crate) fn get<T>(&self, profile: &str, setting: &Setting<T>) -> Option<T> {
        let path: Vec<&str> = ["profiles", profile]
            .into_iter()
            .chain(setting.name.split('.'))
            .collect();
        self.parsed(setting, &path)
    }

    /// A value that is there is valid, as all of the file is.
    fn parsed<T>(&self, setting: &Setting<T>, path: &[&str]) -> Option<T> {
        (setting.parse)(self.item(path)?).ok()
    }

    fn item(&self, path: &[&str]) -> Option<&Item> {
        edit::entry(self.toml.as_item(), path).map(|(_, item)| item)
    }

    /// Returns which of [`KEY_SETTINGS`] a profile has.
    pub(crate) fn key_settings(&self, profile: &str) -> Vec<&'static str> {
        let is_set = |name: &&str| self.item(&["profiles", profile, name]).is_some();
        KEY_SETTINGS.into_iter().filter(is_set).collect()
    }

    /// Returns the base URL that a profile names.
    pub(crate) fn api_url(&self, profile: &str) -> ApiUrl {
        self.get(profile, &API_URL).unwrap_or_default()
    }

    /// Returns the origin that a profile's key was given for: the one stored with it, or that of the profile's URL.
    pub(crate) fn key_origin(&self, profile: &str) -> String {
        let stored = self.get(profile, &SECRET_KEY_ORIGIN);
        stored.unwrap_or_else(|| self.api_url(profile).origin().to_owned())
    }

    /// Returns one setting as text. A key or header is masked.
    pub(crate) fn show(&self, key: &SettingKey) -> Option<String> {
        let path = key.path();
        Some(shown(&path, self.item(&path)?.as_value()?))
    }

    /// Returns all settings as dotted name and text, in the order of the file. Keys and headers are masked.
    pub(crate) fn list(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        flatten(self.toml.as_table(), &[], &mut settings);
        settings
    }
}

/// Shows no value: one is a key, and others may hold one by mistake.
impl std::fmt::Debug for ConfigFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("ConfigFile")
            .field(&self.path)
            .finish()
    }
}

fn flatten(table: &dyn TableLike, path: &[&str], settings: &mut Vec<(String, String)>) {
    for (name, item) in table.iter() {
        let path = [path, &[name]].concat();
        if let Some(table) = item.as_table_like() {
            flatten(table, &path, settings);
        } else if let Some(value) = item.as_value() {
            settings.push((path.join("."), shown(&path, value)));
        }
    }
}

/// Returns a value for people: a string without its quotes, anything else as TOML.
fn shown(path: &[&str], value: &Value) -> String {
    match (path, value) {
        (["profiles", _, "secret_key"], _) => REDACTED.to_owned(),
        (["profiles", _, "headers", _], _) => "…".to_owned(),
        (_, Value::String(text)) => text.value().clone(),
        // A command may have a key among its words.
        (_, other) => match other.clone().decorated("", "").to_string() {
            text if text.contains("sk_") => REDACTED.to_owned(),
            text => text,
        },
    }
}

#[cfg(test)]
mod tests;
