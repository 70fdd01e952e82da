//! Reading strictly: what is not unmistakably csv is an error with its line, so that no quote left open swallows the
//! rows behind it.
//!
//! A record is one line. RFC 4180 lets a quoted cell go on over several, but then a quote that is forgotten on one line
//! and one on a later line make a single cell of all that is between; nothing that this program reads has line breaks.

use std::borrow::Cow;
use std::fmt;

/// The characters that may separate cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The cells of one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CsvRecord<'text> {
    /// The number of the line in the file, the first being 1.
    pub line: usize,
    /// The cells, without their quotes; blanks around an unquoted one are left out.
    pub cells: Vec<Cow<'text, str>>,
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The number of the line in the file, the first being 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

/// The records of a file, in which blank lines are skipped. Cells are separated by a comma, a semicolon or a tab,
/// whichever separates most cells of the first record. A byte-order mark is skipped, and a line ends with LF, CRLF or CR.
pub(crate) fn records(text: &str) -> impl Iterator<Item = Result<CsvRecord<'_>, SyntaxError>> {
    let mut separator = None;
    lines(text.strip_prefix('\u{feff}').unwrap_or(text))
        .zip(1..)
        .filter(|(text, _)| !text.trim().is_empty())
        .map(move |(text, line)| {
            let separator = *separator.get_or_insert_with(|| separator_of(text));
            match cells(text, separator) {
                Ok(cells) => Ok(CsvRecord { line, cells }),
                Err(message) => Err(SyntaxError { line, message }),
            }
        })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(end) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else {
            return Some(text);
        };
        let after = &text[end..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..end])
    })
}

/// The separator that occurs most often outside of quotes; a comma where none occurs.
fn separator_of(line: &str) -> char {
    let mut counts = [0; SEPARATORS.len()];
    for unquoted in line.split('"').step_by(2) {
        for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
            *count += unquoted.matches(separator).count();
        }
    }
    let most = counts.iter().max();
    SEPARATORS
        .into_iter()
        .zip(&counts)
        .find(|(_, count)| Some(*count) == most)
        .map_or(',', |(separator, _)| separator)
}

fn cells(line: &str, separator: char) -> Result<Vec<Cow<'_, str>>, String> {
    let is_control = |character: &char| character.is_control() && *character != separator;
    if let Some(control) = line.chars().find(is_control) {
        return Err(format!(
            "a cell contains the control character U+{:04X}",
            u32::from(control)
        ));
    }
    let (mut cells, mut rest) = (Vec::new(), line);
    loop {
        let (cell, after) = if let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('"') {
            quoted_cell(quoted)?
        } else {
            let end = rest.find(separator).unwrap_or(rest.len());
            if rest[..end].contains('"') {
                return Err(
                    "a cell contains a quote, but does not begin with one: enclose the cell in quotes, and double those inside"
                        .to_owned(),
                );
            }
            (Cow::Borrowed(rest[..end].trim()), &rest[end..])
        };
        cells.push(cell);
        let after = after.trim_start_matches(' ');
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(cells),
            None => return Err("text follows the quote that closes a cell".to_owned()),
        }
    }
}

/// The cell up to the quote that closes it, and what follows that.
fn quoted_cell(text: &str) -> Result<(Cow<'_, str>, &str), String> {
    let (mut cell, mut rest) = (Cow::Borrowed(""), text);
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            return Err("a quote is not closed on this line".to_owned());
        };
        cell += before;
        let Some(next) = after.strip_prefix('"') else {
            return Ok((cell, after));
        };
        cell += "\"";
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::records;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        let cells = |cells: Vec<_>| cells.into_iter().map(Into::into).collect();
        records(text)
            .map(|record| {
                record.map_or_else(
                    |error| (error.line, vec![format!("! {}", error.message)]),
                    |record| (record.line, cells(record.cells)),
                )
            })
            .collect()
    }

    #[test]
    fn a_record_has_the_number_of_its_line() {
        for text in [
            "\u{feff}a,b\n\n \nc,\"d, \"\"e\"\"\" \n , f",
            "a;b\r\n\r\n\r\nc;\"d, \"\"e\"\"\"\r\n;f\r\n",
            "a\tb\r\r\rc\t \"d, \"\"e\"\"\"\r\tf\r",
        ] {
            let record = |line, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
            assert_eq!(
                read(text),
                [
                    record(1, ["a", "b"]),
                    record(4, ["c", "d, \"e\""]),
                    record(5, ["", "f"])
                ],
                "{text:?}"
            );
        }
        assert_eq!(
            read("a\n\" b \"\n"),
            [(1, vec!["a".to_owned()]), (2, vec![" b ".to_owned()])]
        );
        assert_eq!(read(""), []);
        assert_eq!(read("\"a;b\",c\n")[0].1, ["a;b", "c"]);
    }

    #[test]
    fn what_is_not_csv_is_an_error_of_its_line() {
        for (line, told) in [
            ("\"a", "a quote is not closed on this line"),
            ("b,\"a\"\"", "a quote is not closed on this line"),
            ("\"a\"b", "text follows the quote that closes a cell"),
            ("\"a\" \"b\"", "text follows the quote that closes a cell"),
            (
                "a\"b\"",
                "a cell contains a quote, but does not begin with one",
            ),
            ("a\u{7}", "a cell contains the control character U+0007"),
            ("a\tb", "a cell contains the control character U+0009"),
            ("\"\u{85}\"", "a cell contains the control character U+0085"),
        ] {
            let found = read(&format!("x,y\n\n{line}\nnext,\"row\"\n"));
            let (number, message) = (found[1].0, &found[1].1[0]);
            assert_eq!(number, 3, "{line:?}");
            assert!(
                message.starts_with(&format!("! {told}")),
                "{line:?}: {message}"
            );
        }
    }
}
