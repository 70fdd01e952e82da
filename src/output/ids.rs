//! `id` and `_id`: just that, one a line.

use crate::model::computer::Computer;
use crate::model::failure::Failure;
use crate::model::property::{Lookup, PropertyPath, plain};
use crate::model::sanitize::visible;
use crate::output::rows::Rows;
use crate::output::screen::Screen;

pub(super) struct Ids<'screen> {
    screen: &'screen Screen,
    lookup: Lookup,
}

impl<'screen> Ids<'screen> {
    pub(super) fn new(screen: &'screen Screen, path: &PropertyPath) -> Self {
        Self {
            screen,
            lookup: Lookup::new([path]),
        }
    }
}

impl Rows for Ids<'_> {
    fn row(&mut self, row: &Computer<'_>) -> Result<bool, Failure> {
        for id in self
            .lookup
            .find(row.text())
            .into_iter()
            .flatten()
            .map(plain)
            .filter(|id| !id.is_empty())
        {
            self.screen.line(&visible(&id))?;
        }
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}
