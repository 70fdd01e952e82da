//! Configuration: flags, environment and config file, resolved once into [`Settings`].
//!
//! Reads and writes the program's own files. Never connects, prints or prompts, and knows neither the command line's
//! definitions nor HTTP: it returns warnings as [`Note`]s.

mod all_settings;
mod api_url;
mod duration;
mod env;
mod file;
mod key;
mod key_command;
mod parse;
mod paths;
mod resolve;
mod secret;
mod setting;
mod settings;
mod source;
mod trusted;

pub(crate) use all_settings::{ACCESS, NO_INPUT, PROFILE, SANDBOX, SECRET_KEY, SECRET_KEY_FILE};
pub(crate) use api_url::ApiUrl;
pub(crate) use duration::{parse_duration, parse_timeout};
pub(crate) use env::Environment;
pub(crate) use file::{ConfigFile, change, check_folder};
pub(crate) use key::{SettingKey, check_storable};
pub(crate) use parse::access_name;
pub(crate) use paths::{config_path, journal_path, sandbox_folder};
pub(crate) use resolve::{
    chosen_profile, known_secrets, resolve, selected_profile, terminal_defaults,
};
pub(crate) use secret::SecretSource;
pub(crate) use setting::AnySetting;
pub(crate) use settings::{Defaults, Flags, Settings};
pub(crate) use source::Source;
pub(crate) use trusted::read_ca_file;

/// A warning or a remark: a stable name for scripts, and one sentence in lower case.
pub(crate) type Note = (&'static str, String);

/// Returns the environment variables that set something.
#[cfg(test)]
pub(crate) fn variables() -> impl Iterator<Item = &'static str> {
    all_settings::ALL
        .iter()
        .filter_map(|setting| setting.variable())
}

/// Returns a config file's text, which contains the keys.
#[cfg(any(test, fuzzing))]
pub(crate) fn text_of(file: &ConfigFile) -> String {
    file.text()
}
