//! What people and programs see: the formats, standard output and standard error.
//!
//! Rows are JSON objects here, and columns are paths into them. This module knows no computers, network or configuration.

mod checks;
mod color;
mod csv;
mod describe;
mod document;
mod failure;
mod formats;
mod ids;
mod jq;
mod json;
mod json_text;
mod message;
mod picker;
mod progress;
mod prompt;
mod rows;
mod secret_prompt;
mod spool;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use crate::model::format::Format;
pub(crate) use checks::CheckLine;
pub(crate) use color::ColorChoice;
pub(crate) use failure::error_object;
pub(crate) use jq::{Jq, JqFilter, WORKER, serve as serve_jq};
pub(crate) use json_text::compact;
pub(crate) use progress::Progress;
pub(crate) use rows::{Column, Fit, RowOptions, Rows, Shape};
pub(crate) use secret_prompt::SecretPrompt;
pub(crate) use table::layout::{cut, width_of};
pub(crate) use terminal::{Style, Terminal};
