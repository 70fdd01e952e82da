//! `--jq`: the JSON that would be printed goes through a filter, and its results are printed instead.
//!
//! With `json` the filter gets the whole array or object, and its results are indented. With `jsonl` it gets one row at a
//! time, and each result is a line. A number that the filter passes through keeps every digit, but `-0` becomes `0`.
//! Arithmetic is exact for whole numbers and in 64-bit floats for others. As in jq, `nan` is printed as null and an infinity
//! as the largest float. A lone surrogate becomes U+FFFD.
//!
//! With `--raw-output` a result that is a string is printed as it is. In a pipe that is every byte of it; at a terminal it
//! is escaped, except for line breaks and tabs.
//!
//! The library recurses on the stack, may take any amount of memory, and can panic. So a filter runs in a process of its own
//! (`process` is the parent's side, `worker` the child's), and whatever happens to that process is an error like any other.

mod error;
mod frame;
mod library;
pub(super) mod process;
mod program;
mod regex;
#[cfg(test)]
mod tests;
mod value;
mod worker;

pub(crate) use process::{Jq, JqFilter, WORKER};
pub(crate) use worker::serve;

use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::sanitize::visible_json;
use crate::output::jq::frame::Tag;
use crate::output::json::{Json, Jsonl};
use crate::output::json_text::indent;
use crate::output::rows::{RowOptions, Rows, Shape};
use crate::output::spool::SpoolBuffer;
use crate::output::terminal::Terminal;

/// A filter with more bytes of results than this is ended, as it may run forever.
const MAX_RESULT_BYTES: usize = 1 << 30;
/// How many rows of a listing may wait for their results, so that the filter works while further rows are fetched.
const READ_AHEAD: usize = 256;

impl Jq {
    /// Prints the results for a JSON value.
    pub(super) fn print(&self, json: &str, terminal: &Terminal) -> Result<(), Error> {
        self.filter.send(Tag::Input, json);
        self.print_next(terminal)
    }

    /// Prints the results for the next input: all of them or none, so that a failure leaves standard output empty.
    fn print_next(&self, terminal: &Terminal) -> Result<(), Error> {
        let (mut results, mut bytes) = (SpoolBuffer::default(), 0);
        let mut each = |tag: Tag, text: &str| {
            bytes += text.len();
            if bytes > MAX_RESULT_BYTES {
                let message = "the results are more than 1 GiB, so the filter may never end";
                return Err(Error::new(ErrorKind::Usage, message));
            }
            let result = self.result(tag, text, terminal);
            results.write(result.as_bytes())?;
            results.write(b"\n")
        };
        let read = self.filter.results(&terminal.stop, &mut each);
        read.map_err(|error| match error.kind {
            ErrorKind::Usage => Error {
                message: format!("--jq: {}", error.message),
                ..error
            },
            _ => error,
        })?;
        results.print(terminal)
    }

    fn result(&self, tag: Tag, text: &str, terminal: &Terminal) -> String {
        let json = match tag {
            Tag::Text if self.raw => return terminal.escaped_lines(text).into_owned(),
            Tag::Text => serde_json::Value::from(text).to_string(),
            _ => text.to_owned(),
        };
        let json = visible_json(&json);
        if terminal.style().format != Format::Json {
            return json.into_owned();
        }
        indent(&json)
    }
}

/// Rows that go through a filter.
pub(super) struct Filtered<'terminal> {
    terminal: &'terminal Terminal,
    jq: &'terminal Jq,
    shape: Shape,
    /// Where rows are printed that must be printed even if the filter fails.
    unfiltered: Option<Box<dyn Rows + 'terminal>>,
    /// The row, if it is the only one.
    only: Option<String>,
    /// How many rows may wait for their results.
    read_ahead: usize,
    /// How many rows wait for their results.
    waiting: usize,
    /// The first failure of the filter.
    failure: Option<Error>,
}

impl<'terminal> Filtered<'terminal> {
    pub(super) fn new(
        terminal: &'terminal Terminal,
        jq: &'terminal Jq,
        options: &RowOptions,
    ) -> Self {
        let shape = options.shape;
        let unfiltered = || -> Box<dyn Rows + 'terminal> {
            match terminal.style().format {
                Format::Json => Box::new(Json::new(terminal, shape)),
                _ => Box::new(Jsonl::new(terminal)),
            }
        };
        let filtered = Self {
            terminal,
            jq,
            shape,
            unfiltered: options.must_print.then(unfiltered),
            only: None,
            read_ahead: if options.batched { READ_AHEAD } else { 0 },
            waiting: 0,
            failure: None,
        };
        if filtered.is_whole() && shape == Shape::Many {
            jq.filter.send(Tag::NewArray, "");
        }
        filtered
    }

    /// Adds what to do about a failure of the filter.
    fn explain(&self, failure: Error) -> Error {
        if failure.kind != ErrorKind::Usage {
            return failure;
        }
        if self.unfiltered.is_some() {
            return failure
                .detail("the command was carried out; only filtering its output failed")
                .hint("a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
        }
        failure.hint("the same command with --json instead of --jq shows the filter's input")
    }

    /// Prints results until at most `max_waiting` rows wait for theirs. Returns whether the filter succeeded.
    fn print_waiting(&mut self, max_waiting: usize) -> Result<bool, Error> {
        while self.waiting > max_waiting {
            self.waiting -= 1;
            let Err(failure) = self.jq.print_next(self.terminal) else {
                continue;
            };
            // Nothing is printed for the rows after this one.
            self.waiting = 0;
            let failure = self.explain(failure);
            if failure.kind == ErrorKind::OutputFailed {
                return Err(failure);
            }
            self.failure.get_or_insert(failure);
            return Ok(false);
        }
        Ok(true)
    }

    /// Whether the filter gets one document at the end instead of one row at a time.
    fn is_whole(&self) -> bool {
        self.terminal.style().format == Format::Json
    }
}

impl Rows for Filtered<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        if self.is_whole() {
            match self.shape {
                Shape::One => self.only = Some(object.to_owned()),
                Shape::Many => self.jq.filter.send(Tag::Element, object),
            }
            if let Some(unfiltered) = &mut self.unfiltered {
                unfiltered.row(object)?;
            }
            return Ok(true);
        }
        self.jq.filter.send(Tag::Input, object);
        self.waiting += 1;
        if self.print_waiting(self.read_ahead)? {
            return Ok(self.terminal.has_reader());
        }
        // The record of a change is printed even if the filter fails.
        match &mut self.unfiltered {
            Some(unfiltered) => unfiltered.row(object),
            None => Ok(false),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        if !self.is_whole() || self.shape == Shape::One && self.only.is_none() {
            if self.failure.is_none() {
                self.print_waiting(0)?;
            }
            return self.failure.take().map_or(Ok(()), Err);
        }
        match &self.only {
            Some(object) => self.jq.filter.send(Tag::Input, object),
            None => self.jq.filter.send(Tag::Array, ""),
        }
        let Err(failure) = self.jq.print_next(self.terminal) else {
            return Ok(());
        };
        let failure = self.explain(failure);
        if failure.kind != ErrorKind::OutputFailed
            && let Some(unfiltered) = self.unfiltered.take()
        {
            unfiltered.finish()?;
        }
        Err(failure)
    }
}

impl Drop for Filtered<'_> {
    /// Prints the results for the rows that came before a listing failed.
    fn drop(&mut self) {
        let _ = self.print_waiting(0);
    }
}
