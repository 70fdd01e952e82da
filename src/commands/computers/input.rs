//! Targets from standard input and from csv files, checked as a whole before anything is sent.

use std::fs::File;
use std::io::{self, Read};

use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;

/// The lines of standard input with their numbers, without white space around them; blank ones are left out.
///
/// # Errors
/// `Usage` where it can't be read or has nothing.
pub(super) fn lines() -> Result<Vec<(usize, String)>, Error> {
    let mut text = String::new();
    io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| unreadable("standard input", &error))?;
    let lines = (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty());
    let lines: Vec<(usize, String)> = lines
        .map(|(number, line)| (number, line.to_owned()))
        .collect();
    if lines.is_empty() {
        return Err(
            Error::new(ErrorKind::Usage, "standard input names no targets")
                .hint("give them one a line"),
        );
    }
    Ok(lines)
}

/// A row of a csv file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub number: usize,
    /// The cells in the order of the columns asked for; `None` where empty or absent.
    pub cells: Vec<Option<String>>,
}

impl Row {
    /// A failure about this row.
    pub(super) fn wrong(&self, why: impl std::fmt::Display) -> Error {
        Error::new(ErrorKind::Usage, format!("row {}: {why}", self.number))
    }
}

/// The rows of a csv file with a header, or of standard input for `-`.
///
/// # Errors
/// `Usage` where it can't be read, has a column that is not known, or no rows.
pub(super) fn table(path: &str, columns: &[&str]) -> Result<Vec<Row>, Error> {
    let source: Box<dyn Read> = if path == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| unreadable(path, &error))?)
    };
    parse(source, columns).map_err(|failure| Error {
        message: format!("{}: {}", escape(path), failure.message),
        ..failure
    })
}

fn parse(source: impl Read, columns: &[&str]) -> Result<Vec<Row>, Error> {
    let malformed =
        |error: csv::Error| Error::new(ErrorKind::Usage, format!("not csv with a header: {error}"));
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(source);
    let header = reader.headers().map_err(malformed)?.clone();
    let names: Vec<&str> = header
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}'))
        .collect();
    if let Some(name) = names.iter().find(|name| !columns.contains(name)) {
        let failure = Error::new(
            ErrorKind::Usage,
            format!("there is no column {:?}", escape(name)),
        );
        return Err(failure.hint(format!(
            "the first line names the columns: {}",
            columns.join(", ")
        )));
    }
    let places: Vec<Option<usize>> = columns
        .iter()
        .map(|column| names.iter().position(|name| name == column))
        .collect();
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(malformed)?;
        let cell = |place: &Option<usize>| {
            place
                .and_then(|place| record.get(place))
                .filter(|cell| !cell.is_empty())
                .map(str::to_owned)
        };
        rows.push(Row {
            number: index + 2,
            cells: places.iter().map(cell).collect(),
        });
    }
    if rows.is_empty() {
        Err(Error::new(ErrorKind::Usage, "there are no rows"))
    } else {
        Ok(rows)
    }
}

fn unreadable(what: &str, error: &io::Error) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("{} can't be read: {error}", escape(what)),
    )
}

#[cfg(test)]
mod tests {
    use super::{Row, parse};

    #[test]
    fn columns_come_in_any_order_and_may_be_absent() {
        let text = "\u{feff}name,_id\r\n\"a, b\", 1\r\n,2\r\n";
        let cell = |text: &str| Some(text.to_owned());
        assert_eq!(
            parse(text.as_bytes(), &["_id", "name", "derive"]),
            Ok(vec![
                Row {
                    number: 2,
                    cells: vec![cell("1"), cell("a, b"), None]
                },
                Row {
                    number: 3,
                    cells: vec![cell("2"), None, None]
                }
            ])
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, message) in [
            ("", "there is no column"),
            ("id\n1\n", "there is no column \"id\""),
            ("_id\n", "there are no rows"),
            ("_id,name\n1\n", "not csv with a header"),
        ] {
            let failure = parse(text.as_bytes(), &["_id", "name"]);
            assert!(
                text.is_empty() || failure.unwrap_err().message.starts_with(message),
                "{text}"
            );
        }
    }
}
