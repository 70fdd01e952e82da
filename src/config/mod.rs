//! Configuration: flag, then environment, then profile, then default, decided once into `Settings`.
//!
//! The one room that reads and writes the program's own files. It never connects, prints or prompts, and knows neither
//! the command line's definitions nor HTTP: it imports plain data from `model`, and hands warnings up as `Note`s.

mod api_url;
mod document;
mod duration;
mod edit;
mod environment;
mod files;
mod key_command;
mod note;
mod paths;
mod profile;
mod reader;
mod secret_source;
mod setting_key;
mod settings;
mod store;

mod decide;

pub use api_url::ApiUrl;
pub use decide::{chosen_profile, decide, decide_for_login, known_keys, select_profile};
pub use document::Document;
pub use duration::{parse_duration, parse_timeout};
pub use environment::Environment;
pub use files::read_ca_file;
pub use note::Note;
pub use paths::{config_file, sandbox_folder};
pub use setting_key::{SettingKey, check_storable};
pub use settings::{Flags, Settings};
pub use store::{check_folder, forget_secret, set, store_secret, unset};

/// A document's text, with the keys in it.
#[cfg(any(test, fuzzing))]
pub fn text_of(document: &Document) -> String {
    document.text()
}
