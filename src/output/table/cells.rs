//! The texts of a table's cells, row after row, and how wide the columns are: known only when all rows have come.

use std::borrow::Cow;

use super::layout::width_of;
use crate::model::error::Error;
use crate::model::sanitize::escape;
use crate::output::held::Held;

#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Each cell on a line of its own: once a text is made escape, it has no line breaks.
    held: Held,
    /// The width of each column's widest cell, in terminal columns.
    pub(super) widths: Vec<usize>,
}

impl Cells {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            held: Held::default(),
            widths: vec![0; columns],
        }
    }

    /// Takes a row, a cell for each column.
    pub(super) fn add<'cell>(
        &mut self,
        row: impl Iterator<Item = Cow<'cell, str>>,
    ) -> Result<(), Error> {
        self.held.write(|text| {
            for (cell, width) in row.zip(&mut self.widths) {
                let cell = escape(&cell);
                *width = width_of(&cell).max(*width);
                text.push_str(&cell);
                text.push('\n');
            }
        })
    }

    /// Hands out all rows, in pieces of many.
    pub(super) fn read(
        self,
        mut take: impl FnMut(Rows<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let columns = self.widths.len();
        self.held.read(|text| take(Rows { text, columns }))
    }
}

/// The rows of one piece.
pub(super) struct Rows<'text> {
    text: &'text str,
    columns: usize,
}

impl<'text> Iterator for Rows<'text> {
    type Item = Vec<&'text str>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Vec::with_capacity(self.columns);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', self.text.as_bytes()).take(self.columns) {
            row.push(&self.text[start..end]);
            start = end + 1;
        }
        self.text = &self.text[start..];
        (!row.is_empty()).then_some(row)
    }
}
