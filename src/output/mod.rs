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

pub(crate) use crate::model::format::Format;
pub(crate) use color::ColorChoice;
pub(crate) use columns::{Column, computer_columns, record_columns};
pub(crate) use jq::{Filter, Jq, WORKER, serve as serve_jq};
pub(crate) use progress::Progress;
pub(crate) use record::{Outcome, Record};
pub(crate) use rows::{RowOptions, Rows, Shape};
pub(crate) use secret_prompt::SecretPrompt;
pub(crate) use terminal::{Style, Terminal};
