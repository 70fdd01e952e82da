//! Configuration: flag, then environment, then profile, then default, decided once into `Settings`.
//!
//! The one room that reads and writes the program's own files. It never connects, prints or prompts, and knows neither
//! the command line's definitions nor HTTP: it imports plain data from `model`, and hands warnings up as `Note`s.

pub mod api_url;
pub mod document;
pub mod duration;
mod edit;
pub mod environment;
mod key_command;
pub mod note;
pub mod paths;
pub mod private_file;
pub mod profile;
mod reader;
pub mod secret_source;
pub mod setting_key;
pub mod settings;
pub mod store;
pub mod whole_file;

mod decide;

pub use decide::{decide, decide_for_login, select_profile};
