//! The cells of a table, row after row, and the widths of its columns, which are known only when all rows have come.

use std::borrow::Cow;

use super::layout::width_of;
use crate::model::error::Error;
use crate::model::sanitize::{escape, pieces};
use crate::output::spool::{SpoolBuffer, SpoolReader};

#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The text of each cell, not escaped: that would make it up to six times as long.
    spool: SpoolBuffer,
    /// The width of each column's widest cell, in terminal columns.
    pub(super) widths: Vec<usize>,
    /// How many cells of each column are not empty.
    pub(super) filled: Vec<usize>,
    pub(super) rows: usize,
}

impl Cells {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            widths: vec![0; columns],
            filled: vec![0; columns],
            ..Self::default()
        }
    }

    /// Adds a row, a cell for each column.
    pub(super) fn add<'cell>(
        &mut self,
        row: impl Iterator<Item = Cow<'cell, str>>,
    ) -> Result<(), Error> {
        self.rows += 1;
        for ((cell, width), filled) in row.zip(&mut self.widths).zip(&mut self.filled) {
            *width = escaped_width(&cell).max(*width);
            *filled += usize::from(!cell.is_empty());
            self.spool.write_text(&cell)?;
        }
        Ok(())
    }

    /// Returns a reader of the cells in the order in which they came.
    pub(super) fn into_reader(self) -> Result<SpoolReader, Error> {
        self.spool.into_reader()
    }
}

/// Returns the columns that a text takes once it is escaped.
pub(super) fn escaped_width(text: &str) -> usize {
    pieces(text).map(|piece| width_of(&escape(piece))).sum()
}
