//! The texts of a table's cells in one piece of memory, row after row.

use super::layout::width_of;

#[derive(Debug, Default)]
pub(super) struct Cells {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
}

impl Cells {
    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Whole rows of that many columns.
    pub(super) fn count(&self, columns: usize) -> usize {
        self.ends.len().checked_div(columns).unwrap_or(0)
    }

    /// Rows of that many columns, from one on.
    pub(super) fn rows(&self, columns: usize, first: usize) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        let cell = move |position: usize| {
            let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[start..self.ends[position]]
        };
        (first..self.count(columns)).map(move |row| (row * columns..(row + 1) * columns).map(cell))
    }

    /// The width of each column's widest cell, in terminal columns.
    pub(super) fn widths(&self, columns: usize) -> Vec<usize> {
        let mut widths = vec![0; columns];
        for row in self.rows(columns, 0) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = width_of(cell).max(*width);
            }
        }
        widths
    }
}
