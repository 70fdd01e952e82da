//! Input files: csv with a heading, and text; checked as a whole before anything is sent.

use std::fmt::Display;
use std::io::IsTerminal;

use crate::commands::computers::selector::Selector;
use crate::commands::input_file;
use crate::context::Context;
use crate::model::count::counted;
use crate::model::csv::{self, CsvRecord};
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;

/// The columns by which a row names its computer; the first that is filled in counts.
pub(super) const COMPUTER_COLUMNS: [&str; 4] = ["computer", "id", "_id", "hostname"];

/// A row of a csv file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InputRow {
    /// The number of its line in the file.
    pub line: usize,
    /// The cells in the order of the columns asked for; `None` where blank or absent.
    pub cells: Vec<Option<String>>,
}

impl InputRow {
    /// Returns how the row names its computer, if [`COMPUTER_COLUMNS`] are the first of its columns.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if none of them is filled in, or the first that is has no valid value.
    pub(super) fn selector(&self) -> Result<Selector, Error> {
        let filled = COMPUTER_COLUMNS
            .iter()
            .zip(&self.cells)
            .find_map(|(column, cell)| Some((*column, cell.as_ref()?)));
        match filled {
            None => Err(self.error("the row names no computer")),
            Some(("computer", cell)) => cell.parse().map_err(|why| self.error(why)),
            Some((property, cell)) => format!("{property}:{cell}")
                .parse()
                .map_err(|why| self.error(why)),
        }
    }

    /// Returns an error about this row.
    pub(super) fn error(&self, why: impl Display) -> Error {
        Error::new(ErrorKind::Usage, format!("line {}: {why}", self.line))
    }
}

/// Reads a csv file with a heading, or standard input for `-`. Headings match ignoring case, and other columns than these are
/// ignored with a note. `from_row` reads a row.
///
/// # Errors
/// [`ErrorKind::Usage`] with the file and the line if it can't be read, is not csv, has a heading twice, has none of the
/// columns of one of the groups in `needed`, has no rows, or `from_row` refuses one.
pub(super) fn table<T>(
    path: &str,
    columns: &[&str],
    needed: &[&[&str]],
    context: &Context,
    from_row: impl Fn(&InputRow) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let text = read(path, context)?;
    let (rows, ignored) = parse(&text, columns, needed).map_err(in_file(path))?;
    if !ignored.is_empty() {
        let (s, are) = if ignored.len() == 1 {
            ("", "is")
        } else {
            ("s", "are")
        };
        let note = format!(
            "{}: the column{s} {} {are} ignored",
            escape(path),
            ignored.join(", ")
        );
        context.terminal.note("columns_ignored", &note);
    }
    let rows = rows.iter().map(from_row).collect::<Result<_, _>>();
    rows.map_err(in_file(path))
}

/// Names the file in an error about one of its lines; errors of another kind are not about the file.
pub(super) fn in_file(path: &str) -> impl Fn(Error) -> Error {
    move |error| match error.kind {
        ErrorKind::Usage => Error {
            message: format!("{}: {}", input_file::name(path), error.message),
            ..error
        },
        _ => error,
    }
}

/// Returns the text of a file, or of standard input for `-`. If that is a terminal, a note says that input is awaited.
///
/// # Errors
/// [`ErrorKind::Usage`] if it can't be read or is not UTF-8.
pub(super) fn read(path: &str, context: &Context) -> Result<String, Error> {
    if path == "-" && std::io::stdin().is_terminal() {
        let end = if cfg!(windows) {
            "Ctrl-Z and Enter"
        } else {
            "Ctrl-D"
        };
        let text = format!("reading standard input; end it with {end} on a line of its own");
        context.terminal.note("input_awaited", &text);
    }
    utf8(input_file::read(path, u64::MAX)?).map_err(in_file(path))
}

/// Takes bytes as UTF-8. UTF-16, which spreadsheets write as "Unicode text", is recognized by its byte-order mark, or by the
/// zero byte that one of the first two characters has as long as both are ASCII.
fn utf8(bytes: Vec<u8>) -> Result<String, Error> {
    let save_again =
        "save it as UTF-8; in a spreadsheet, as \"CSV UTF-8\" or with the character set UTF-8";
    let is_utf16 = matches!(
        bytes[..],
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..]
    );
    if is_utf16 {
        return Err(Error::new(ErrorKind::Usage, "the text is UTF-16, not UTF-8").hint(save_again));
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        let message = format!("line {line}: the text is not UTF-8");
        Error::new(ErrorKind::Usage, message).hint(save_again)
    })
}

/// Returns the columns of csv, and its rows, of which there may be none.
///
/// # Errors
/// [`ErrorKind::Usage`] with the line if it is not csv, has a heading twice, or none of the columns of one of the groups in
/// `needed`.
pub(super) fn with_all_columns(
    text: &str,
    needed: &[&[&str]],
) -> Result<(Vec<String>, Vec<InputRow>), Error> {
    let heading = csv::records(text).next().and_then(Result::ok);
    let names = heading.iter().flat_map(|heading| &heading.cells);
    let mut columns: Vec<String> = needed.concat().into_iter().map(str::to_owned).collect();
    for name in names.map(|name| csv::unescape(name)) {
        let is_known = |known: &String| known.eq_ignore_ascii_case(&name);
        if !name.is_empty() && !columns.iter().any(is_known) {
            columns.push(name.into_owned());
        }
    }
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let (rows, _) = parse_rows(text, &names, needed)?;
    Ok((columns, rows))
}

/// Returns the rows, of which there is at least one, and the headings that were not asked for.
fn parse(
    text: &str,
    columns: &[&str],
    needed: &[&[&str]],
) -> Result<(Vec<InputRow>, Vec<String>), Error> {
    let (rows, ignored) = parse_rows(text, columns, needed)?;
    if rows.is_empty() {
        let message = "no rows follow the heading";
        return Err(Error::new(ErrorKind::Usage, message));
    }
    Ok((rows, ignored))
}

/// Returns the rows, and the headings that were not asked for.
fn parse_rows(
    text: &str,
    columns: &[&str],
    needed: &[&[&str]],
) -> Result<(Vec<InputRow>, Vec<String>), Error> {
    let usage = |message: String| Error::new(ErrorKind::Usage, message);
    let mut records =
        csv::records(text).map(|record| record.map_err(|error| usage(error.to_string())));
    let heading = records
        .next()
        .ok_or_else(|| usage("the file is empty".to_owned()))??;
    let (places, ignored) = places(&heading, columns, needed)?;
    let rows = records
        .map(|record| row(&record?, heading.cells.len(), &places))
        .collect::<Result<Vec<InputRow>, Error>>()?;
    Ok((rows, ignored))
}

/// Returns the place of each of the columns, and the headings of all others.
fn places(
    heading: &CsvRecord<'_>,
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

/// Returns such as `id, _id or hostname`.
fn one_of(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn row(record: &CsvRecord<'_>, width: usize, places: &[Option<usize>]) -> Result<InputRow, Error> {
    let cell = |place: &Option<usize>| {
        let cell = record.cells.get((*place)?)?;
        (!cell.trim().is_empty()).then(|| csv::unescape(cell).into_owned())
    };
    let row = InputRow {
        line: record.line,
        cells: places.iter().map(cell).collect(),
    };
    if record.cells.len() == width {
        Ok(row)
    } else {
        Err(row.error(format!(
            "the row has {}, but the heading has {}",
            counted(record.cells.len() as u64, "cell"),
            counted(width as u64, "cell")
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::{InputRow, parse};

    const COLUMNS: [&str; 3] = ["_id", "name", "derive"];

    fn read(text: &str) -> Result<(Vec<InputRow>, Vec<String>), String> {
        parse(text, &COLUMNS, &[&["_id", "derive"], &["name"]]).map_err(|error| error.message)
    }

    #[test]
    fn columns_come_in_any_order_and_case_and_may_be_absent() {
        let text = "\u{feff}Name; os ;_ID\r\n\r\n\"a; b\";x; 1\r\n'=2;;2\r\n \";\";;\r\n";
        let cell = |text: &str| Some(text.to_owned());
        let row = |line, id: Option<String>, name: &str| InputRow {
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
            ("", "the file is empty"),
            ("_id,name\n", "no rows follow the heading"),
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
                "line 2: a quote is not closed on this line",
            ),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text:?}");
        }
        // A spreadsheet may leave empty columns behind the others.
        assert!(read("_id,name,,\n1,a,,\n").is_ok_and(|(_, ignored)| ignored.is_empty()));
    }
}
