//! `csv`: RFC 4180 with a header, as rows come; safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io;

use serde_json::value::RawValue;

use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::property::{Lookup, display_text};
use crate::model::sanitize::{escape, is_unsafe, visible_json};
use crate::output::json_text::compact;
use crate::output::rows::{RowOptions, Rows};
use crate::output::screen::Terminal;

pub(super) struct Csv<'screen> {
    screen: &'screen Terminal,
    writer: csv::Writer<Door<'screen>>,
    lookup: Lookup,
    header: Option<Vec<String>>,
}

impl<'screen> Csv<'screen> {
    pub(super) fn new(screen: &'screen Terminal, view: RowOptions) -> Self {
        let lookup = Lookup::new(view.columns.iter().map(|column| &column.path));
        let header = view
            .headers
            .then(|| view.columns.into_iter().map(|column| column.name).collect());
        Self {
            screen,
            writer: writer(Door(screen)),
            lookup,
            header,
        }
    }

    fn header(&mut self) -> Result<(), Error> {
        match self.header.take() {
            Some(names) => line(
                &mut self.writer,
                names.iter().map(|name| defused(Cow::Borrowed(name))),
            ),
            None => Ok(()),
        }
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        self.header()?;
        let values = self.lookup.find(row.text());
        line(
            &mut self.writer,
            values
                .into_iter()
                .map(|value| value.map(cell).unwrap_or_default()),
        )?;
        Ok(self.screen.has_reader())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        self.header()
    }
}

fn writer<To: io::Write>(to: To) -> csv::Writer<To> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(to)
}

/// Writes a line to its end.
fn line<'cell>(
    writer: &mut csv::Writer<impl io::Write>,
    mut cells: impl Iterator<Item = Cow<'cell, str>>,
) -> Result<(), Error> {
    let written = cells
        .try_for_each(|cell| writer.write_field(&*cell))
        .and_then(|()| writer.write_record(None::<&[u8]>))
        .and_then(|()| Ok(writer.flush()?));
    written.map_err(failed)
}

/// What the door said, or the writer itself.
fn failed(error: csv::Error) -> Error {
    let unwritable = |why: String| {
        Error::new(
            ErrorKind::OutputFailed,
            format!("a line of csv can't be made: {why}"),
        )
    };
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error
            .downcast::<Error>()
            .unwrap_or_else(|error| unwritable(error.to_string())),
        other => unwritable(format!("{other:?}")),
    }
}

/// The way from the writer to the screen.
struct Door<'screen>(&'screen Terminal);

impl io::Write for Door<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.data(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A number stays as it is, even a negative one: only text can be a formula. An object or an array is its JSON, on one line.
fn cell(value: &RawValue) -> Cow<'_, str> {
    match value.get().as_bytes().first() {
        Some(b'"') => defused(display_text(value)),
        Some(b'{' | b'[') => {
            let mut json = String::with_capacity(value.get().len());
            compact(&visible_json(value.get()), &mut json);
            Cow::Owned(defused(Cow::Owned(json)).into_owned())
        }
        _ => display_text(value),
    }
}

/// What makes a formula of the text behind it, in ASCII and in the full width that some spreadsheets take for it.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Text that a spreadsheet would run as a formula is led by an apostrophe; what could drive a terminal is a visible escape.
///
/// Where a semicolon or a tab separates cells, as it does for Excel in most of Europe, quotes inside a line mean nothing:
/// a cell then begins behind each of these and behind each line break too.
fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    let hidden = |character: char| is_unsafe(character) && character != '\n' && character != '\t';
    // Whether a cell begins behind that character, if one begins before it.
    let begins_behind = |character: char, begins: bool| {
        matches!(character, ';' | '\t' | '\n') || begins && matches!(character, ' ' | '"')
    };
    let mut begins = true;
    let is_changed = |character: char| {
        let formula = begins && FORMULA.contains(&character);
        begins = begins_behind(character, begins);
        formula || hidden(character)
    };
    if !text.starts_with(['\t', '\r', '\n']) && !text.contains(is_changed) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 8);
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    let mut begins = true;
    for character in text.chars() {
        if begins && FORMULA.contains(&character) {
            safe.push('\'');
        }
        begins = begins_behind(character, begins);
        if hidden(character) {
            safe.push_str(&escape(character.encode_utf8(&mut [0; 4])));
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::defused;

    #[test]
    fn formulas_are_defused() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-x", "'-x"),
            ("+33", "'+33"),
            ("\tx", "'\tx"),
            ("a=b", "a=b"),
            ("", ""),
            ("a\nb", "a\nb"),
            ("a\u{1b}[0m", "a\\u{1b}[0m"),
            ("\rx", "'\\rx"),
            ("＝1+1", "'＝1+1"),
            (" =1", " '=1"),
            ("a;=1;\"@b\n-c\t+d", "a;'=1;\"'@b\n'-c\t'+d"),
            ("a; b = c - d", "a; b = c - d"),
        ] {
            assert_eq!(defused(text.into()), safe, "{text:?}");
        }
    }
}
