//! One document that is printed as it came, whatever it is.

use std::borrow::Cow;

use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::sanitize::{visible_json, visible_lines};
use crate::output::json_text::{compact, indent};
use crate::output::terminal::Terminal;

impl Terminal {
    /// Prints valid JSON, every digit of it: on one line as `jsonl`, else indented; through the filter if there is one. If
    /// that fails on the response to a change, the response is printed unfiltered, so that it is not lost.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written, [`ErrorKind::Usage`] if the filter fails.
    pub(crate) fn document(&self, json: &str, is_of_change: bool) -> Result<(), Error> {
        let Some(jq) = &self.style().jq else {
            return self.unfiltered(json);
        };
        let filtered = jq.print(json, self);
        if let Err(error) = &filtered
            && is_of_change
            && error.kind != ErrorKind::OutputFailed
        {
            self.unfiltered(json)?;
        }
        filtered
    }

    fn unfiltered(&self, json: &str) -> Result<(), Error> {
        let json = visible_json(json);
        self.line(&if self.style().format == Format::Jsonl {
            compact(&json)
        } else {
            indent(&json)
        })
    }

    /// Prints text that is not JSON. In a pipe no byte of it changes; for a terminal it is escaped.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written.
    pub(crate) fn text(&self, text: &str) -> Result<(), Error> {
        self.data(self.escaped_lines(text).as_bytes())?;
        if self.is_tty && !text.is_empty() && !text.ends_with('\n') {
            self.data(b"\n")
        } else {
            Ok(())
        }
    }

    /// Returns text as it is for a pipe, and escaped for a terminal.
    pub(super) fn escaped_lines<'text>(&self, text: &'text str) -> Cow<'text, str> {
        if self.is_tty {
            visible_lines(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}
