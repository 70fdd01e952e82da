//! What people and programs get to see: the formats, and the only door to the screen.
//!
//! Knows no network and no configuration; what it shows is handed to it.

mod color;
mod columns;
mod csv;
mod describe;
mod document;
mod failure;
mod format;
mod ids;
mod jq;
mod json;
mod json_text;
mod line;
mod printer;
mod progress;
mod record;
mod rows;
mod screen;
mod secret_prompt;
mod spool;
mod table;
#[cfg(test)]
mod tests;
mod writer;

pub use color::ColorChoice;
pub use columns::{Column, computer_columns, record_columns};
pub use format::Format;
pub use jq::{Filter, Jq, WORKER, serve as serve_jq};
pub use progress::Progress;
pub use record::{Outcome, Record};
pub use rows::{RowOptions, Rows, Shape};
pub use screen::{Style, Terminal};
pub use secret_prompt::SecretPrompt;
