//! One cell at a time, written without being held.

use std::io::{self, Write};

use super::escape::{escape_pieces, is_escaped};
use crate::model::sanitize::is_printable_ascii;

/// Writes a cell that is no text, such as a number, as it stands: a negative number is no formula.
///
/// # Errors
/// What `out` fails with.
pub(crate) fn write_field(out: &mut impl Write, field: &str) -> io::Result<()> {
    if !needs_quotes(field, |_| false) {
        return out.write_all(field.as_bytes());
    }
    out.write_all(b"\"")?;
    write_quoted(out, field)?;
    out.write_all(b"\"")
}

/// Writes a cell of text so that a spreadsheet runs nothing of it and a terminal is not driven by it; reading it back
/// with [`unescape`](super::unescape) gives the same text.
///
/// # Errors
/// What `out` fails with.
pub(crate) fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    if is_plain(text.as_bytes()) {
        return out.write_all(text.as_bytes());
    }
    if !needs_quotes(text, is_escaped) {
        return escape_pieces(text, |piece| out.write_all(piece.as_bytes()));
    }
    out.write_all(b"\"")?;
    escape_pieces(text, |piece| write_quoted(out, piece))?;
    out.write_all(b"\"")
}

/// Whether the text is what most cells are: printable ASCII that is neither escaped nor quoted.
fn is_plain(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else {
        return true;
    };
    !b" '=+-@".contains(first)
        && *last != b' '
        && is_printable_ascii(text)
        && memchr::memchr3(b'"', b',', b';', text).is_none()
        && !text.contains(&b'\\')
}

/// Whether the cell is enclosed in quotes: also where blanks at its ends would be trimmed by a reader. A character that is
/// written as an escape needs none.
fn needs_quotes(field: &str, is_escaped: impl Fn(char) -> bool) -> bool {
    let is_blank = |character: char| character.is_whitespace() && !is_escaped(character);
    field.starts_with(is_blank)
        || field.ends_with(is_blank)
        || field.contains(|character| {
            matches!(character, '"' | ',' | '\r' | '\n') && !is_escaped(character)
        })
}

/// Writes what stands between the quotes: a quote is doubled.
fn write_quoted(out: &mut impl Write, mut text: &str) -> io::Result<()> {
    while let Some(quote) = memchr::memchr(b'"', text.as_bytes()) {
        out.write_all(&text.as_bytes()[..=quote])?;
        out.write_all(b"\"")?;
        text = &text[quote + 1..];
    }
    out.write_all(text.as_bytes())
}
