//! One document, whatever it is: for what is printed as it came.

use std::borrow::Cow;

use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::sanitize::{visible_json, visible_lines};
use crate::output::json_text::{compact, indent};
use crate::output::terminal::Terminal;

impl Terminal {
    /// Prints valid JSON to the digit: on one line as `jsonl`, else indented; through the filter where there is one. If
    /// that fails, the answer to a change is printed as it is, so that it is not lost.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written, `Usage` where the filter fails.
    pub(crate) fn document(&self, json: &str, is_of_change: bool) -> Result<(), Error> {
        let Some(jq) = &self.style().jq else {
            return self.unfiltered(json);
        };
        let filtered = jq.document(json, self);
        match &filtered {
            Err(error) if is_of_change && error.kind != ErrorKind::OutputFailed => {
                self.unfiltered(json)?;
            }
            _ => {}
        }
        filtered
    }

    fn unfiltered(&self, json: &str) -> Result<(), Error> {
        let mut text = String::new();
        let json = visible_json(json);
        if self.style().format == Format::Jsonl {
            compact(&json, &mut text);
        } else {
            indent(&json, 0, &mut text);
        }
        self.line(&text)
    }

    /// Prints text that is no JSON. In a pipe it stays as it came, to the byte; a terminal is kept safe from it.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written.
    pub(crate) fn text(&self, text: &str) -> Result<(), Error> {
        self.data(self.shown(text).as_bytes())?;
        if self.at_terminal() && !text.is_empty() && !text.ends_with('\n') {
            self.data(b"\n")
        } else {
            Ok(())
        }
    }

    /// Text as it is in a pipe; at a terminal without what could drive it.
    pub(super) fn shown<'text>(&self, text: &'text str) -> Cow<'text, str> {
        if self.at_terminal() {
            visible_lines(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}
