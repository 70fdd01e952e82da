//! `id` and `_id`: just that, one a line.

use crate::model::computer::Computer;
use crate::model::failure::Failure;
use crate::model::property::PropertyPath;
use crate::model::sanitize::visible;
use crate::output::rows::Rows;
use crate::output::screen::Screen;

pub(super) struct Ids<'screen> {
    screen: &'screen Screen,
    path: PropertyPath,
}

impl<'screen> Ids<'screen> {
    pub(super) fn new(screen: &'screen Screen, path: PropertyPath) -> Self {
        Self { screen, path }
    }
}

impl Rows for Ids<'_> {
    fn row(&mut self, row: &Computer<'_>) -> Result<bool, Failure> {
        if let Some(id) = row.property(&self.path).filter(|id| !id.is_empty()) {
            self.screen.line(&visible(&id))?;
        }
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}
