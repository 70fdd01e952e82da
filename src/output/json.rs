//! `json` and `jsonl`: what the API returned, to the digit; only white space changes, and unsafe characters are escaped.

use crate::model::error::Error;
use crate::model::sanitize::{pieces, visible_json};
use crate::output::json_text::{compact_pieces, indent_pieces};
use crate::output::rows::{Rows, Shape};
use crate::output::spool::SpoolBuffer;
use crate::output::terminal::Terminal;
use crate::output::writer::TerminalWriter;

/// An array for a list, an object for one, indented. Printed only when whole.
pub(super) struct Json<'terminal> {
    terminal: &'terminal Terminal,
    shape: Shape,
    spool: SpoolBuffer,
    count: usize,
}

impl<'terminal> Json<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, shape: Shape) -> Self {
        Self {
            terminal,
            shape,
            spool: SpoolBuffer::default(),
            count: 0,
        }
    }
}

impl Rows for Json<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        let (lead, level) = match (self.shape, self.count) {
            (Shape::One, _) => ("", 0),
            (Shape::Many, 0) => ("[\n  ", 1),
            (Shape::Many, _) => (",\n  ", 1),
        };
        self.count += 1;
        self.spool.write(lead.as_bytes())?;
        indent_pieces(object, level, |text| {
            pieces(text).try_for_each(|piece| self.spool.write(visible_json(piece).as_bytes()))
        })?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        let end = match (self.shape, self.count) {
            (Shape::One, _) => "\n",
            (Shape::Many, 0) => "[]\n",
            (Shape::Many, _) => "\n]\n",
        };
        self.spool.write(end.as_bytes())?;
        self.spool.print(self.terminal)
    }
}

/// An object a line, as rows come.
pub(super) struct Jsonl<'terminal> {
    terminal: &'terminal Terminal,
    out: TerminalWriter<'terminal>,
}

impl<'terminal> Jsonl<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            out: TerminalWriter::new(terminal),
        }
    }
}

impl Rows for Jsonl<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        compact_pieces(object, |text| {
            pieces(text).try_for_each(|piece| self.out.push(&visible_json(piece)))
        })?;
        self.out.end_line("\n")?;
        Ok(self.terminal.has_reader())
    }
}
