//! `csv`: RFC 4180 with a header, as rows come; safe to open in a spreadsheet.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::model::property::{Lookup, plain};
use crate::model::sanitize::is_unsafe;
use crate::output::rows::{Rows, View};
use crate::output::screen::Screen;

pub(super) struct Csv<'screen> {
    screen: &'screen Screen,
    lookup: Lookup,
    header: Option<Vec<String>>,
}

impl<'screen> Csv<'screen> {
    pub(super) fn new(screen: &'screen Screen, view: View) -> Self {
        let lookup = Lookup::new(view.columns.iter().map(|column| &column.path));
        let header = view.headers.then(|| view.columns.into_iter().map(|column| column.name).collect());
        Self { screen, lookup, header }
    }

    fn line<'cell>(&self, cells: impl IntoIterator<Item = Cow<'cell, str>>) -> Result<(), Failure> {
        let mut line = Vec::new();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut line);
        let written =
            writer.write_record(cells.into_iter().map(|cell| cell.into_owned().into_bytes())).and_then(|()| Ok(writer.flush()?));
        written.map_err(|error| Failure::new(Kind::OutputFailed, format!("a line of csv can't be made: {error}")))?;
        drop(writer);
        self.screen.data(&line)
    }

    fn header(&mut self) -> Result<(), Failure> {
        match self.header.take() {
            Some(names) => self.line(names.iter().map(|name| defused(Cow::Borrowed(name)))),
            None => Ok(()),
        }
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, row: &Computer<'_>) -> Result<bool, Failure> {
        self.header()?;
        self.line(self.lookup.find(row.text()).into_iter().map(|value| value.map(cell).unwrap_or_default()))?;
        Ok(self.screen.has_reader())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        self.header()
    }
}

/// A number stays as it is, even a negative one: only text can be a formula.
fn cell(value: &RawValue) -> Cow<'_, str> {
    if value.get().starts_with('"') { defused(plain(value)) } else { plain(value) }
}

/// Text that a spreadsheet would run as a formula is led by an apostrophe; what could drive a terminal is a visible escape.
fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    let dangerous = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let hidden = |character: char| is_unsafe(character) && character != '\n' && character != '\t';
    if !dangerous && !text.contains(hidden) {
        return text;
    }
    let mut safe = String::from(if dangerous { "'" } else { "" });
    for character in text.chars() {
        if hidden(character) {
            safe.push_str(&crate::model::sanitize::visible(character.encode_utf8(&mut [0; 4])));
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

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
        ] {
            assert_eq!(defused(text.into()), safe, "{text:?}");
        }
    }
}
