//! One way to print rows, whatever the format: each row as it comes, then the end.

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::output::columns::Column;

/// Whether a command prints one thing or a list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Exactly one: an object in JSON.
    One,
    /// A list, whatever its length: an array in JSON.
    Many,
}

/// What of the rows is shown, and how.
#[derive(Debug, Clone)]
pub(crate) struct RowOptions {
    /// One or many.
    pub shape: Shape,
    /// The columns of table, wide and csv.
    pub columns: Vec<Column>,
    /// Whether `columns` were chosen by the user; if not, formats may add to them.
    pub chosen: bool,
    /// Whether headers are printed.
    pub headers: bool,
    /// Where a row has its `id`.
    pub id: PropertyPath,
    /// Where a row has its `_id`.
    pub underscore_id: PropertyPath,
    /// Whether one row in a table is shown property by property, downwards.
    pub describe: bool,
    /// Whether the rows are records of changes.
    pub records: bool,
    /// Whether rows may be printed some time after they came. If not, each is to be seen at once.
    pub batched: bool,
}

/// Prints rows in one format.
pub(crate) trait Rows {
    /// Takes the next row; `false` where no further ones are wanted, since nobody reads them.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written.
    fn row(&mut self, row: &Computer) -> Result<bool, Error>;

    /// All rows have been given, and they are all there are. Without this call a format that must be whole prints nothing.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written.
    fn finish(self: Box<Self>) -> Result<(), Error>;
}
