//! `--jq`: the JSON that would be printed goes through a filter, and its results are printed instead.
//!
//! Under `json` the filter gets the whole array or object, and its results are indented; under `jsonl` it gets row by row,
//! and each result is a line. A number that the filter hands on keeps its text, every digit of it; a whole number loses
//! a minus before its zero, and what is calculated is calculated in 64-bit floats (whole numbers: exactly). As with jq,
//! `nan` is printed as null and an infinity as the largest number. Half a surrogate pair becomes U+FFFD.
//!
//! With `--raw-output` a result that is text is printed as it is. In a pipe that is the value, to the byte; at a terminal
//! all but its line breaks and tabs is made harmless, as everywhere.

mod error;
mod filter;
mod library;
mod regex;
#[cfg(test)]
mod tests;
mod text;
mod value;

use jaq_json::Val;

pub use filter::Filter;

use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::visible_json;
use crate::output::format::Format;
use crate::output::json_text::indent;
use crate::output::rows::{Rows, Shape};
use crate::output::screen::Terminal;

/// Results of more bytes than this are a filter that does not end.
const LARGEST: usize = 1 << 30;

/// A filter, and how its results are printed.
#[derive(Debug, Clone)]
pub struct Jq {
    /// The filter.
    pub filter: Filter,
    /// Whether text is printed without quotes and escapes.
    pub raw: bool,
}

impl Jq {
    /// What is printed for one input: all results or none, so that a failure leaves standard output empty.
    fn printed(&self, input: Val, screen: &Terminal) -> Result<String, Error> {
        let mut printed = String::new();
        self.filter.run(input, &mut |result| {
            match &result {
                Val::TStr(bytes) if self.raw => {
                    printed.push_str(&screen.shown(&String::from_utf8_lossy(bytes)))
                }
                _ => {
                    let json = value::write(&result)?;
                    let json = visible_json(&json);
                    if screen.style().format == Format::Json {
                        indent(&json, 0, &mut printed)
                    } else {
                        printed.push_str(&json)
                    }
                }
            }
            printed.push('\n');
            if printed.len() > LARGEST {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "--jq: the results are more than 1 GiB, so the filter may never end",
                ));
            }
            Ok(())
        })?;
        Ok(printed)
    }

    /// Prints the results for one document.
    pub(super) fn document(&self, json: &str, screen: &Terminal) -> Result<(), Error> {
        screen.data(self.printed(value::read(json)?, screen)?.as_bytes())
    }
}

/// Rows that go through a filter.
pub(super) struct Filtered<'screen> {
    screen: &'screen Terminal,
    jq: &'screen Jq,
    shape: Shape,
    /// Whether the rows tell of changes.
    records: bool,
    rows: Vec<Val>,
    failure: Option<Error>,
}

impl<'screen> Filtered<'screen> {
    pub(super) fn new(
        screen: &'screen Terminal,
        jq: &'screen Jq,
        shape: Shape,
        records: bool,
    ) -> Self {
        Self {
            screen,
            jq,
            shape,
            records,
            rows: Vec::new(),
            failure: None,
        }
    }

    fn told(&self, failure: Error) -> Error {
        if failure.kind != ErrorKind::Usage {
            return failure;
        }
        if self.records {
            return failure
                .detail("the command itself was carried out: what failed is the filter of its output")
                .hint("a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
        }
        failure.hint("the same command with --json in the place of --jq shows what is filtered")
    }
}

impl Rows for Filtered<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        let value = value::read(row.text())?;
        if self.screen.style().format == Format::Json {
            self.rows.push(value);
            return Ok(true);
        }
        match self.jq.printed(value, self.screen) {
            Ok(line) => self.screen.data(line.as_bytes())?,
            // Whoever makes changes goes on, and tells of those that were not printed.
            Err(failure) if self.records => return Err(self.told(failure)),
            Err(failure) => {
                self.failure.get_or_insert(failure);
                return Ok(false);
            }
        }
        Ok(self.screen.has_reader())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        if let Some(failure) = self.failure.take() {
            return Err(self.told(failure));
        }
        let rows = std::mem::take(&mut self.rows);
        let input = match (self.screen.style().format, self.shape) {
            (Format::Json, Shape::Many) => Some(rows.into_iter().collect()),
            (Format::Json, Shape::One) => rows.into_iter().next(),
            _ => None,
        };
        let Some(input) = input else { return Ok(()) };
        let printed = self
            .jq
            .printed(input, self.screen)
            .map_err(|failure| self.told(failure))?;
        self.screen.data(printed.as_bytes())
    }
}
