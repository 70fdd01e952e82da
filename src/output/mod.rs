//! What people and programs get to see: the formats, and the only door to the terminal.
//!
//! Knows no network and no configuration; what it shows is handed to it.

mod color;
mod columns;
mod csv;
mod describe;
mod document;
mod failure;
mod ids;
mod jq;
mod json;
mod json_text;
mod line;
mod printer;
mod progress;
mod record;
mod rows;
mod secret_prompt;
mod spool;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod writer;

pub use crate::model::format::Format;
pub use color::ColorChoice;
pub use columns::{Column, computer_columns, record_columns};
pub use jq::{Filter, Jq, WORKER, serve as serve_jq};
pub use progress::Progress;
pub use record::{Outcome, Record};
pub use rows::{RowOptions, Rows, Shape};
pub use secret_prompt::SecretPrompt;
pub use terminal::{Style, Terminal};
