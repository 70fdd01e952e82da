//! The definition of a setting: its name in the config file, the environment and on the command line, and its parser.

use toml_edit::{Item, Value};

/// Where in the config file a setting belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// At the root, outside of any profile.
    Root,
    /// In a profile.
    Profile,
    /// Nowhere: it is for the environment and the command line only.
    Outside,
}

/// A setting with values of type `T`. All of them are in the [table](crate::config::all_settings).
pub(crate) struct Setting<T> {
    /// Its name. It is dotted if it belongs in a table within the profile, such as `wire.page`.
    pub name: &'static str,
    /// Where it belongs in the config file.
    pub section: Section,
    /// The environment variable that sets it too.
    pub variable: Option<&'static str>,
    /// Reads a value. The error says what is expected and never repeats the value, which may be a misplaced key.
    pub parse: fn(&Item) -> Result<T, String>,
}

/// A setting of any type.
pub(crate) trait AnySetting: Sync {
    /// Returns [`Setting::name`].
    fn name(&self) -> &'static str;

    /// Returns [`Setting::section`].
    fn section(&self) -> Section;

    /// Returns [`Setting::variable`].
    fn variable(&self) -> Option<&'static str>;

    /// Checks a value from the config file.
    fn check(&self, item: &Item) -> Result<(), String>;
}

impl<T> AnySetting for Setting<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn section(&self) -> Section {
        self.section
    }

    fn variable(&self) -> Option<&'static str> {
        self.variable
    }

    fn check(&self, item: &Item) -> Result<(), String> {
        (self.parse)(item).map(drop)
    }
}

impl dyn AnySetting {
    /// Returns the value that `config set` writes to the file: the text as a string if the setting accepts that, or else as TOML,
    /// such as a number or an array.
    pub(crate) fn value_of(&self, text: &str) -> Result<Value, String> {
        let is_valid = |value: &Value| self.check(&Item::Value(value.clone()));
        let string = Value::from(text);
        let Err(expected) = is_valid(&string) else {
            return Ok(string);
        };
        let toml = text.trim().parse::<Value>().ok();
        let toml = toml.filter(|value| is_valid(value).is_ok());
        toml.ok_or(expected)
    }
}
