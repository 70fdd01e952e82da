//! Writing one cell at a time, in pieces, so that a long one is never held.

use super::escape::{escape_pieces, is_escaped};
use crate::model::sanitize::is_printable_ascii;

/// Passes on a cell that is not text, such as a number, as it is: a negative number is no formula.
pub(crate) fn write_field<E>(
    field: &str,
    mut pass_on: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    if !needs_quotes(field, |_| false) {
        return pass_on(field);
    }
    pass_on("\"")?;
    double_quotes(field, &mut pass_on)?;
    pass_on("\"")
}

/// Passes on a cell of text. It is escaped, so that no spreadsheet runs it as a formula and it can't control a terminal;
/// [`unescape`](super::unescape) returns the original text.
pub(crate) fn write_text<E>(
    text: &str,
    mut pass_on: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    if is_plain(text.as_bytes()) {
        return pass_on(text);
    }
    if !needs_quotes(text, is_escaped) {
        return escape_pieces(text, pass_on);
    }
    pass_on("\"")?;
    escape_pieces(text, |piece| double_quotes(piece, &mut pass_on))?;
    pass_on("\"")
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
        && memchr::memchr(b'\\', text).is_none()
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

/// Passes on the inside of a quoted cell.
fn double_quotes<E>(
    mut text: &str,
    pass_on: &mut impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    while let Some(quote) = memchr::memchr(b'"', text.as_bytes()) {
        pass_on(&text[..=quote])?;
        pass_on("\"")?;
        text = &text[quote + 1..];
    }
    pass_on(text)
}

#[cfg(test)]
mod tests {
    use super::write_text;

    #[test]
    fn blanks_at_the_ends_of_a_cell_are_quoted() {
        for (text, cell) in [
            ("a b", "a b"),
            ("a ", "\"a \""),
            (" a", "\" a\""),
            (" ", "\" \""),
            ("", ""),
        ] {
            let mut written = String::new();
            let Ok(()) = write_text(text, |piece| {
                written.push_str(piece);
                Ok::<(), std::convert::Infallible>(())
            });
            assert_eq!(written, cell, "{text:?}");
        }
    }
}
