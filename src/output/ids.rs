//! `id` and `_id`: just that, one a line.

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text};
use crate::model::sanitize::escape;
use crate::output::rows::Rows;
use crate::output::screen::Terminal;

pub(super) struct Ids<'screen> {
    screen: &'screen Terminal,
    lookup: Lookup,
}

impl<'screen> Ids<'screen> {
    pub(super) fn new(screen: &'screen Terminal, path: &PropertyPath) -> Self {
        Self {
            screen,
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
            self.screen.line(&escape(&id))?;
        }
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
