//! `json` and `jsonl`: what the API returned, to the digit; only white space and dangerous characters are re-spelt.

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::sanitize::visible_json;
use crate::output::held::Held;
use crate::output::json_text::{compact, indent};
use crate::output::rows::{Rows, Shape};
use crate::output::screen::Terminal;

/// An array for a list, an object for one, indented. Printed only when whole.
pub(super) struct Json<'screen> {
    screen: &'screen Terminal,
    shape: Shape,
    held: Held,
    count: usize,
}

impl<'screen> Json<'screen> {
    pub(super) fn new(screen: &'screen Terminal, shape: Shape) -> Self {
        Self {
            screen,
            shape,
            held: Held::default(),
            count: 0,
        }
    }
}

impl Rows for Json<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        let (lead, level) = match (self.shape, self.count) {
            (Shape::One, _) => ("", 0),
            (Shape::Many, 0) => ("[\n  ", 1),
            (Shape::Many, _) => (",\n  ", 1),
        };
        self.count += 1;
        self.held.write(|text| {
            text.push_str(lead);
            indent(&visible_json(row.text()), level, text);
        })?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let end = match (self.shape, self.count) {
            (Shape::One, _) => "\n",
            (Shape::Many, 0) => "[]\n",
            (Shape::Many, _) => "\n]\n",
        };
        self.held.write(|text| text.push_str(end))?;
        self.held.read(|text| self.screen.data(text.as_bytes()))
    }
}

/// An object a line, as rows come.
pub(super) struct Jsonl<'screen> {
    screen: &'screen Terminal,
    line: String,
}

impl<'screen> Jsonl<'screen> {
    pub(super) fn new(screen: &'screen Terminal) -> Self {
        Self {
            screen,
            line: String::new(),
        }
    }
}

impl Rows for Jsonl<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        self.line.clear();
        compact(&visible_json(row.text()), &mut self.line);
        self.line.push('\n');
        self.screen.data(self.line.as_bytes())?;
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
