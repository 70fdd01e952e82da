//! Rows, whatever their format: each is the JSON text of an object, printed at once or after the last one. `formats` selects
//! the format.

use crate::model::error::Error;
use crate::model::property::PropertyPath;

/// Whether a command prints one thing or a list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Exactly one: an object in JSON.
    One,
    /// A list, whatever its length: an array in JSON.
    Many,
}

/// How a column adapts to a narrow terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Long texts are cut and end in `…`.
    Cut,
    /// UUIDs are shortened to their first 8 digits.
    Shorten,
    /// The column is shown in full or not at all.
    Whole,
}

/// One column of a table or of csv.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// The name as in `--columns` and in the header of csv; tables show it in upper case.
    pub name: String,
    /// Where a row has its value.
    pub path: PropertyPath,
    /// How it adapts to a narrow terminal.
    pub fit: Fit,
    /// Whether it stays where other columns are dropped.
    pub is_kept: bool,
    /// Whether a table leaves it out if it is empty in every row.
    pub hides_empty: bool,
    /// The value that is shown in green on a terminal.
    pub green: Option<&'static str>,
}

impl Column {
    /// Creates a column of texts.
    pub(crate) fn new(name: impl Into<String>, path: PropertyPath) -> Self {
        Self {
            name: name.into(),
            path,
            fit: Fit::Cut,
            is_kept: false,
            hides_empty: false,
            green: None,
        }
    }
}

/// What of the rows is shown, and how.
#[derive(Debug, Clone)]
pub(crate) struct RowOptions {
    /// One row or many.
    pub shape: Shape,
    /// The columns of table, wide and csv.
    pub columns: Vec<Column>,
    /// Whether `wide`, and the description of a single row, show the other properties of the rows as well.
    pub extends: bool,
    /// Whether csv has a column for each simple property instead, nested ones included.
    pub all_columns: bool,
    /// Whether headers are printed.
    pub headers: bool,
    /// The property with the object whose `id` or `_id` is printed, where that is not the row itself.
    pub ids_in: Option<&'static str>,
    /// Whether tables show a single row downwards, a property a line.
    pub describes: bool,
    /// Whether the rows are printed even if a jq filter fails on them.
    pub must_print: bool,
    /// Whether the command has `--columns`.
    pub has_columns_flag: bool,
    /// Whether rows may be printed some time after they came. If not, each is printed at once.
    pub batched: bool,
}

impl RowOptions {
    /// Prints rows in these columns alone, with headers.
    pub(crate) fn new(shape: Shape, columns: Vec<Column>) -> Self {
        Self {
            shape,
            columns,
            extends: false,
            all_columns: false,
            headers: true,
            ids_in: None,
            describes: false,
            must_print: false,
            has_columns_flag: false,
            batched: false,
        }
    }
}

/// Prints rows in one format.
pub(crate) trait Rows {
    /// Takes the next row, the JSON text of an object. Returns whether more rows are wanted: not if the reader has gone.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`](crate::model::error::ErrorKind::OutputFailed) if it can't be written.
    fn row(&mut self, object: &str) -> Result<bool, Error>;

    /// Ends the rows. A format that is printed only as a whole prints nothing without this call.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`](crate::model::error::ErrorKind::OutputFailed) if they can't be written.
    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
