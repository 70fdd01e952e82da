//! Targets from standard input and from csv files, checked as a whole before anything is sent.

use std::fs::File;
use std::io::{self, Read};

use crate::context::Context;
use crate::model::csv::{self, Record};
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
            Error::new(ErrorKind::Usage, "standard input has no targets").hint("pass one per line"),
        );
    }
    Ok(lines)
}

/// A row of a csv file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The number of its line in the file.
    pub line: usize,
    /// The cells in the order of the columns asked for; `None` where blank or absent.
    pub cells: Vec<Option<String>>,
}

impl Row {
    /// An error about this row.
    pub(super) fn wrong(&self, why: impl std::fmt::Display) -> Error {
        Error::new(ErrorKind::Usage, format!("line {}: {why}", self.line))
    }
}

/// Returns the rows of a csv file with a heading, or of standard input for `-`. Headings are found in any case; columns
/// that are not asked for are ignored, with a note.
///
/// # Errors
/// [`ErrorKind::Usage`] if the file can't be read, is not csv, has a heading twice, has none of the columns of one of the
/// groups in `needed`, or has no rows.
pub(super) fn table(
    path: &str,
    columns: &[&str],
    needed: &[&[&str]],
    context: &Context,
) -> Result<Vec<Row>, Error> {
    let mut bytes = Vec::new();
    let source: io::Result<Box<dyn Read>> = if path == "-" {
        Ok(Box::new(io::stdin()))
    } else {
        File::open(path).map(|file| Box::new(file) as Box<dyn Read>)
    };
    source
        .and_then(|mut source| source.read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error))?;
    let shown = escape(path);
    let (rows, ignored) = utf8(&bytes)
        .and_then(|text| parse(text, columns, needed))
        .map_err(|error| Error {
            message: format!("{shown}: {}", error.message),
            ..error
        })?;
    if !ignored.is_empty() {
        let (s, are) = if ignored.len() == 1 {
            ("", "is")
        } else {
            ("s", "are")
        };
        let text = format!(
            "{shown}: the column{s} {} {are} ignored",
            ignored.join(", ")
        );
        context.terminal.note("columns_ignored", &text);
    }
    Ok(rows)
}

fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Error::new(ErrorKind::Usage, format!("line {line}: not UTF-8 text"))
            .hint("save it as \"CSV UTF-8\"")
    })
}

/// Returns the rows, and the headings that were not asked for.
fn parse(
    text: &str,
    columns: &[&str],
    needed: &[&[&str]],
) -> Result<(Vec<Row>, Vec<String>), Error> {
    let usage = |message: String| Error::new(ErrorKind::Usage, message);
    let mut records =
        csv::records(text).map(|record| record.map_err(|error| usage(error.to_string())));
    let heading = records
        .next()
        .ok_or_else(|| usage("no rows".to_owned()))??;
    let (places, ignored) = places(&heading, columns, needed)?;
    let rows = records
        .map(|record| row(&record?, heading.cells.len(), &places))
        .collect::<Result<Vec<Row>, Error>>()?;
    if rows.is_empty() {
        return Err(usage("no rows".to_owned()));
    }
    Ok((rows, ignored))
}

/// Where each of the columns is, and the headings of all others.
fn places(
    heading: &Record<'_>,
    columns: &[&str],
    needed: &[&[&str]],
) -> Result<(Vec<Option<usize>>, Vec<String>), Error> {
    let wrong = |why: String| Error::new(ErrorKind::Usage, format!("line {}: {why}", heading.line));
    let mut places = vec![None; columns.len()];
    let mut ignored: Vec<String> = Vec::new();
    for (place, cell) in heading.cells.iter().enumerate() {
        let name = csv::unescape(cell);
        let known = columns
            .iter()
            .position(|column| column.eq_ignore_ascii_case(&name));
        let is_twice = match known {
            Some(column) => places[column].replace(place).is_some(),
            None => ignored.iter().any(|ignored| *ignored == name),
        };
        if is_twice {
            return Err(wrong(format!("column {name} appears twice")));
        }
        if known.is_none() && !name.is_empty() {
            ignored.push(name.into_owned());
        }
    }
    let is_there = |name: &&str| {
        let column = columns.iter().position(|column| column == name);
        column.is_some_and(|column| places[column].is_some())
    };
    match needed.iter().find(|names| !names.iter().any(is_there)) {
        Some(names) => Err(wrong(format!("missing column: {}", one_of(names)))
            .hint("the first line must name the columns")),
        None => Ok((places, ignored)),
    }
}

/// Such as `id, _id or hostname`.
fn one_of(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn row(record: &Record<'_>, width: usize, places: &[Option<usize>]) -> Result<Row, Error> {
    let cell = |place: &Option<usize>| {
        let cell = record.cells.get((*place)?)?;
        (!cell.trim().is_empty()).then(|| csv::unescape(cell).into_owned())
    };
    let row = Row {
        line: record.line,
        cells: places.iter().map(cell).collect(),
    };
    if record.cells.len() == width {
        Ok(row)
    } else {
        Err(row.wrong(format!(
            "the row has {}, but the heading has {}",
            count(record.cells.len()),
            count(width)
        )))
    }
}

/// Such as `1 cell`.
fn count(cells: usize) -> String {
    format!("{cells} cell{}", if cells == 1 { "" } else { "s" })
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

    const COLUMNS: [&str; 3] = ["_id", "name", "derive"];

    fn read(text: &str) -> Result<(Vec<Row>, Vec<String>), String> {
        parse(text, &COLUMNS, &[&["_id", "derive"], &["name"]]).map_err(|error| error.message)
    }

    #[test]
    fn columns_come_in_any_order_and_case_and_may_be_absent() {
        let text = "\u{feff}Name; os ;_ID\r\n\r\n\"a; b\";x; 1\r\n'=2;;2\r\n \";\";;\r\n";
        let cell = |text: &str| Some(text.to_owned());
        let row = |line, id: Option<String>, name: &str| Row {
            line,
            cells: vec![id, cell(name), None],
        };
        let rows = vec![
            row(3, cell("1"), "a; b"),
            row(4, cell("2"), "=2"),
            row(5, None, ";"),
        ];
        assert_eq!(read(text), Ok((rows, vec!["os".to_owned()])));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, message) in [
            ("", "no rows"),
            ("_id,name\n", "no rows"),
            ("\nid,name\n1,a\n", "line 2: missing column: _id or derive"),
            ("_id,names\n1,a\n", "line 1: missing column: name"),
            ("_id,name,_ID\n1,a,1\n", "line 1: column _ID appears twice"),
            ("_id,name,x,x\n1,a,,\n", "line 1: column x appears twice"),
            (
                "_id,name\n\n1\n",
                "line 3: the row has 1 cell, but the heading has 2 cells",
            ),
            (
                "_id,name\n1,a,b\n",
                "line 2: the row has 3 cells, but the heading has 2 cells",
            ),
            (
                "_id,name\n1,\"a\n2,b\"\n",
                "line 2: a quote that is not closed on this line",
            ),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text:?}");
        }
        // A spreadsheet may leave empty columns behind the others.
        assert!(read("_id,name,,\n1,a,,\n").is_ok_and(|(_, ignored)| ignored.is_empty()));
    }
}
