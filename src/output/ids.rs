//! `id` and `_id`: just that, one a line.

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text};
use crate::model::sanitize::escape;
use crate::output::rows::Rows;
use crate::output::terminal::Terminal;

pub(super) struct Ids<'terminal> {
    terminal: &'terminal Terminal,
    lookup: Lookup,
}

impl<'terminal> Ids<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, path: &PropertyPath) -> Self {
        Self {
            terminal,
            lookup: Lookup::new([path]),
        }
    }
}

impl Rows for Ids<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        for id in self
            .lookup
            .find(row.text())
            .into_iter()
            .flatten()
            .map(display_text)
            .filter(|id| !id.is_empty())
        {
            self.terminal.line(&escape(&id))?;
        }
        Ok(self.terminal.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
