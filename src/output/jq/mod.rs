//! `--jq`: the JSON that would be printed goes through a filter, and its results are printed instead.
//!
//! Under `json` the filter gets the whole array or object, and its results are indented; under `jsonl` it gets row by row,
//! and each result is a line. A number that the filter hands on keeps its text, every digit of it; a whole number loses
//! a minus before its zero, and what is calculated is calculated in 64-bit floats (whole numbers: exactly). As with jq,
//! `nan` is printed as null and an infinity as the largest number. Half a surrogate pair becomes U+FFFD.
//!
//! With `--raw-output` a result that is text is printed as it is. In a pipe that is the value, to the byte; at a terminal
//! all but its line breaks and tabs is made harmless, as everywhere.

//!
//! The library recurses on the stack, may take any amount of memory, and panics here and there. So a filter runs in a
//! process of its own, and whatever becomes of that is an error like any other.

mod error;
mod filter;
mod frame;
mod library;
mod process;
mod regex;
#[cfg(test)]
mod tests;
mod value;
mod worker;

pub(crate) use process::{Filter, WORKER};
pub(crate) use worker::serve;

use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::sanitize::visible_json;
use crate::output::jq::frame::Tag;
use crate::output::json::{Json, Jsonl};
use crate::output::json_text::indent;
use crate::output::rows::{RowOptions, Rows, Shape};
use crate::output::spool::SpoolBuffer;
use crate::output::terminal::Terminal;

/// Results of more bytes than this are a filter that does not end.
const LARGEST: usize = 1 << 30;
/// So many rows of a listing may wait for their results: the filter then works while further rows are fetched.
const READ_AHEAD: usize = 256;

/// A filter, and how its results are printed.
#[derive(Debug, Clone)]
pub(crate) struct Jq {
    /// The filter.
    pub filter: Filter,
    /// Whether text is printed without quotes and escapes.
    pub raw: bool,
}

impl Jq {
    /// Prints the results for the next input: all of them or none, so that a failure leaves standard output empty.
    fn print_next(&self, terminal: &Terminal) -> Result<(), Error> {
        let (mut results, mut size) = (SpoolBuffer::default(), 0);
        let mut printed = String::new();
        let mut each = |tag: Tag, text: &str| {
            size += text.len();
            if size > LARGEST {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "the results are more than 1 GiB, so the filter may never end",
                ));
            }
            printed.clear();
            self.append(tag, text, terminal, &mut printed);
            printed.push('\n');
            results.write(printed.as_bytes())
        };
        self.filter
            .results(terminal.stop(), &mut each)
            .map_err(|error| match error.kind {
                ErrorKind::Usage => Error {
                    message: format!("--jq: {}", error.message),
                    ..error
                },
                _ => error,
            })?;
        results.print(terminal)
    }

    /// Prints the results for a JSON value, or for the array of what was collected.
    fn print(&self, input: Option<&str>, terminal: &Terminal) -> Result<(), Error> {
        self.filter.input(input);
        self.print_next(terminal)
    }

    fn append(&self, tag: Tag, text: &str, terminal: &Terminal, printed: &mut String) {
        if tag == Tag::Text && self.raw {
            return printed.push_str(&terminal.shown(text));
        }
        let quoted;
        let json = if tag == Tag::Text {
            quoted = serde_json::Value::from(text).to_string();
            &quoted
        } else {
            text
        };
        let json = visible_json(json);
        if terminal.style().format == Format::Json {
            indent(&json, 0, printed);
        } else {
            printed.push_str(&json);
        }
    }

    /// Prints the results for one document.
    pub(super) fn document(&self, json: &str, terminal: &Terminal) -> Result<(), Error> {
        self.print(Some(json), terminal)
    }
}

/// Rows that go through a filter.
pub(super) struct Filtered<'terminal> {
    terminal: &'terminal Terminal,
    jq: &'terminal Jq,
    shape: Shape,
    /// Where records of changes are printed if the filter fails: what was changed is never lost.
    unfiltered: Option<Box<dyn Rows + 'terminal>>,
    /// The row, where it is the only one.
    only: Option<Computer>,
    /// How many rows may wait for their results.
    read_ahead: usize,
    /// How many rows wait for their results.
    waiting: usize,
    /// Why the filter failed first.
    failure: Option<Error>,
}

impl<'terminal> Filtered<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, jq: &'terminal Jq, view: &RowOptions) -> Self {
        let shape = view.shape;
        let unfiltered = || -> Box<dyn Rows + 'terminal> {
            match terminal.style().format {
                Format::Json => Box::new(Json::new(terminal, shape)),
                _ => Box::new(Jsonl::new(terminal)),
            }
        };
        Self {
            terminal,
            jq,
            shape,
            unfiltered: view.records.then(unfiltered),
            only: None,
            read_ahead: if view.batched { READ_AHEAD } else { 0 },
            waiting: 0,
            failure: None,
        }
    }

    /// The filter's failure as it is told.
    fn told(&self, failure: Error) -> Error {
        if failure.kind != ErrorKind::Usage {
            return failure;
        }
        if self.unfiltered.is_some() {
            return failure
                .detail("the command itself was carried out: what failed is the filter of its output")
                .hint("a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
        }
        failure.hint("the same command with --json in the place of --jq shows what is filtered")
    }
}

impl Filtered<'_> {
    /// Prints the results of rows, until not more than `most` wait for theirs. Returns whether the filter did not fail.
    fn print_waiting(&mut self, most: usize) -> Result<bool, Error> {
        while self.waiting > most {
            self.waiting -= 1;
            let Err(failure) = self.jq.print_next(self.terminal) else {
                continue;
            };
            // What came behind the row is not printed.
            self.waiting = 0;
            let failure = self.told(failure);
            if failure.kind == ErrorKind::OutputFailed {
                return Err(failure);
            }
            self.failure.get_or_insert(failure);
            return Ok(false);
        }
        Ok(true)
    }
}

impl Rows for Filtered<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        if self.terminal.style().format == Format::Json {
            match self.shape {
                Shape::One => self.only = Some(row.clone()),
                Shape::Many => self.jq.filter.collect(row.text()),
            }
            if let Some(unfiltered) = &mut self.unfiltered {
                unfiltered.row(row)?;
            }
            return Ok(true);
        }
        self.jq.filter.input(Some(row.text()));
        self.waiting += 1;
        if self.print_waiting(self.read_ahead)? {
            return Ok(self.terminal.has_reader());
        }
        // Whoever makes changes goes on.
        match &mut self.unfiltered {
            Some(unfiltered) => unfiltered.row(row),
            None => Ok(false),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let input = match (self.terminal.style().format, self.shape, &self.only) {
            (Format::Json, Shape::Many, _) => None,
            (Format::Json, Shape::One, Some(row)) => Some(row.text()),
            _ => {
                if self.failure.is_none() {
                    self.print_waiting(0)?;
                }
                return self.failure.take().map_or(Ok(()), Err);
            }
        };
        let Err(failure) = self.jq.print(input, self.terminal) else {
            return Ok(());
        };
        let failure = self.told(failure);
        if failure.kind != ErrorKind::OutputFailed
            && let Some(unfiltered) = self.unfiltered.take()
        {
            unfiltered.finish()?;
        }
        Err(failure)
    }
}

impl Drop for Filtered<'_> {
    /// What came before a listing failed is printed all the same.
    fn drop(&mut self) {
        let _ = self.print_waiting(0);
    }
}
