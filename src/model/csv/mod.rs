//! Comma-separated values (RFC 4180), written so that a spreadsheet runs no cell as a formula, and read back exactly.

mod escape;
#[cfg(test)]
mod property_tests;
mod reader;
mod writer;

pub(crate) use escape::unescape;
pub(crate) use reader::{CsvRecord, records};
pub(crate) use writer::{write_field, write_text};
