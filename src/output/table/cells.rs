//! The cells of a table, row after row, and the widths of its columns, which are known only when all rows have come.

use std::borrow::Cow;

use super::layout::width_of;
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::{escape, pieces};
use crate::output::spool::{SpoolBuffer, SpoolReader};

#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Each cell as its length and its text, not escaped: that would make it up to six times as long.
    spool: SpoolBuffer,
    /// The width of each column's widest cell, in terminal columns.
    pub(super) widths: Vec<usize>,
    pub(super) rows: usize,
}

impl Cells {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            widths: vec![0; columns],
            ..Self::default()
        }
    }

    /// Adds a row, a cell for each column.
    pub(super) fn add<'cell>(
        &mut self,
        row: impl Iterator<Item = Cow<'cell, str>>,
    ) -> Result<(), Error> {
        self.rows += 1;
        for (cell, width) in row.zip(&mut self.widths) {
            *width = escaped_width(&cell).max(*width);
            self.spool.write(&cell.len().to_le_bytes())?;
            self.spool.write(cell.as_bytes())?;
        }
        Ok(())
    }

    /// Returns a reader of the cells in the order in which they came.
    pub(super) fn into_reader(self) -> Result<CellReader, Error> {
        Ok(CellReader {
            spool: self.spool.into_reader()?,
            cell: Vec::new(),
        })
    }
}

/// Returns the columns that a text takes once it is escaped.
pub(super) fn escaped_width(text: &str) -> usize {
    pieces(text).map(|piece| width_of(&escape(piece))).sum()
}

pub(super) struct CellReader {
    spool: SpoolReader,
    cell: Vec<u8>,
}

impl CellReader {
    /// Returns the next cell, not escaped.
    pub(super) fn next(&mut self) -> Result<&str, Error> {
        let mut length = [0; size_of::<usize>()];
        self.spool.read(&mut length)?;
        self.cell.resize(usize::from_le_bytes(length), 0);
        self.spool.read(&mut self.cell)?;
        std::str::from_utf8(&self.cell).map_err(|error| {
            Error::new(ErrorKind::Unexpected, format!("a cell is no text: {error}"))
        })
    }
}
