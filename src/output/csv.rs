//! `csv`: RFC 4180 with a header, as rows come; safe to open in a spreadsheet, and read back exactly.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::csv::{write_field, write_text};
use crate::model::error::{Error, ErrorKind};
use crate::model::json_reader::{elements, members};
use crate::model::property::{Lookup, display_text};
use crate::model::sanitize::visible_json;
use crate::output::json_text::compact;
use crate::output::rows::{Column, RowOptions, Rows};
use crate::output::spool::SpoolBuffer;
use crate::output::terminal::Terminal;
use crate::output::writer::TerminalWriter;

/// As many as a sheet has in most programs.
const MAX_COLUMNS: usize = 16_384;

pub(super) struct Csv<'terminal> {
    terminal: &'terminal Terminal,
    out: TerminalWriter<'terminal>,
    lookup: Lookup,
    /// Until it is printed.
    header: Option<Vec<String>>,
}

impl<'terminal> Csv<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, options: RowOptions) -> Self {
        let columns = options.columns;
        Self {
            terminal,
            out: TerminalWriter::new(terminal),
            lookup: Lookup::new(columns.iter().map(|column| &column.path)),
            header: options
                .headers
                .then(|| columns.into_iter().map(|column| column.name).collect()),
        }
    }

    fn header(&mut self) -> Result<(), Error> {
        match self.header.take() {
            Some(names) => write_row(
                &mut self.out,
                names.iter().map(|name| Cell::Text(Cow::Borrowed(name))),
            ),
            None => Ok(()),
        }
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        self.header()?;
        let values = self.lookup.find(object);
        write_row(&mut self.out, values.into_iter().map(Cell::of))?;
        Ok(self.terminal.has_reader())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        self.header()
    }
}

/// csv with a column for each simple property, nested ones included: which there are is known when all rows have come.
pub(super) struct AllCsv<'terminal> {
    terminal: &'terminal Terminal,
    options: RowOptions,
    rows: SpoolBuffer,
    count: usize,
    /// The dotted path of each column, with its place.
    columns: HashMap<String, usize>,
}

impl<'terminal> AllCsv<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, options: RowOptions) -> Self {
        Self {
            terminal,
            options,
            rows: SpoolBuffer::default(),
            count: 0,
            columns: HashMap::new(),
        }
    }

    /// Adds the columns of a value that is found at the path.
    fn add_columns(&mut self, path: &str, value: &str) {
        let below = |name: &str| match path {
            "" => name.to_owned(),
            _ => format!("{path}.{name}"),
        };
        let mut is_leaf = true;
        for (name, value) in members(value) {
            is_leaf = false;
            self.add_columns(&below(&name), value);
        }
        for (position, value) in elements(value).enumerate() {
            is_leaf = false;
            self.add_columns(&below(&position.to_string()), value);
        }
        let is_new = is_leaf && !path.is_empty();
        if is_new && self.columns.len() <= MAX_COLUMNS && !self.columns.contains_key(path) {
            self.columns.insert(path.to_owned(), self.columns.len());
        }
    }
}

impl Rows for AllCsv<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        self.add_columns("", object);
        if self.columns.len() > MAX_COLUMNS {
            let message = format!("the rows have more than {MAX_COLUMNS} properties");
            return Err(Error::new(ErrorKind::Usage, message)
                .hint("name the columns with --columns, or print -o jsonl"));
        }
        self.rows.write_text(object)?;
        self.count += 1;
        Ok(self.terminal.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let mut columns: Vec<(String, usize)> = self.columns.into_iter().collect();
        columns.sort_unstable_by_key(|(_, place)| *place);
        let column = |(path, _): (String, usize)| Column::new(path.as_str(), path.as_str().into());
        let options = RowOptions {
            columns: columns.into_iter().map(column).collect(),
            ..self.options
        };
        let mut csv = Box::new(Csv::new(self.terminal, options));
        let mut rows = self.rows.into_reader()?;
        for _ in 0..self.count {
            csv.row(rows.next_text()?)?;
        }
        csv.finish()
    }
}

/// The text of a cell.
enum Cell<'text> {
    /// Text that a spreadsheet might run as a formula.
    Text(Cow<'text, str>),
    /// Anything else. A number stays as it is, even a negative one: only text can be a formula.
    Other(Cow<'text, str>),
}

impl<'json> Cell<'json> {
    /// Returns the cell of a value. An object or an array is its JSON, on one line.
    fn of(value: Option<&'json str>) -> Self {
        let value = value.unwrap_or("null");
        match value.as_bytes().first() {
            Some(b'"') => Self::Text(display_text(value)),
            Some(b'{' | b'[') => Self::Text(compact(&visible_json(value)).into()),
            _ => Self::Other(display_text(value)),
        }
    }

    fn write(&self, pass_on: impl FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Self::Text(text) => write_text(text, pass_on),
            Self::Other(text) => write_field(text, pass_on),
        }
    }

    fn is_empty(&self) -> bool {
        let (Self::Text(text) | Self::Other(text)) = self;
        text.is_empty()
    }
}

fn write_row<'text>(
    out: &mut TerminalWriter<'_>,
    cells: impl ExactSizeIterator<Item = Cell<'text>>,
) -> Result<(), Error> {
    let is_only = cells.len() == 1;
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(",")?;
        }
        if is_only && cell.is_empty() {
            // A blank line would be no row.
            out.push("\"\"")?;
        }
        cell.write(|piece| out.push(piece))?;
    }
    out.end_line("\r\n")
}

#[cfg(test)]
mod tests {
    use arbtest::arbtest;
    use serde_json::value::RawValue;

    use super::Cell;
    use crate::model::csv::{records, unescape};
    use crate::model::property::display_text;
    use crate::model::samples;

    /// A value's cell as it is written, with its quotes.
    fn written(value: &str) -> String {
        let mut cell = String::new();
        let write = |piece: &str| {
            cell.push_str(piece);
            Ok(())
        };
        Cell::of(Some(value)).write(write).unwrap();
        cell
    }

    #[test]
    fn a_value_of_any_type_is_read_back() {
        arbtest(|u| {
            let json = samples::json(u, 2)?;
            let value = json.trim();
            let cell = written(value);
            // The separator is the first line's.
            let line = format!("a,b\r\nx,{cell}\r\n");
            let Some(Ok(record)) = records(&line).nth(1) else {
                assert!(display_text(value).contains(['\n', '\t']), "{line:?}");
                return Ok(());
            };
            let read = unescape(&record.cells[1]);
            if value.starts_with(['{', '[']) {
                serde_json::from_str::<&RawValue>(&read).expect("it is JSON still");
            } else {
                assert_eq!(read, display_text(value), "{line:?}");
            }
            if value.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
                assert_eq!(cell, value);
            }
            Ok(())
        });
    }
}
