//! Escapes text in a cell, so that it is harmless in a spreadsheet and at a terminal, and unescapes it exactly.
//!
//! - An apostrophe is written before text that a spreadsheet would run as a formula, and before an apostrophe.
//! - A character that could drive a terminal or hide is written as `\u{…}`; a backslash that would be read as the
//!   beginning of such an escape is written as `\u{5c}`.

use std::borrow::Cow;

use crate::model::sanitize::is_unsafe;

/// What makes a formula of the text behind it, in ASCII and in the full width that some spreadsheets accept as well.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Whether the next character may be the first of a cell.
///
/// Where a semicolon or a tab separates cells, as it does for Excel in most of Europe, quotes inside a line mean nothing:
/// a cell then begins behind each of these and behind each line break too, after any blanks and quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At the beginning of the text.
    Start,
    /// Where another cell could begin.
    CellStart,
    /// Inside a cell.
    Inside,
}

impl Position {
    fn after(self, character: char) -> Self {
        match character {
            ';' | '\t' | '\n' => Self::CellStart,
            ' ' | '"' if self != Self::Inside => Self::CellStart,
            _ => Self::Inside,
        }
    }

    /// Returns whether an apostrophe is written before `character`, which `next` follows. Never inside a cell.
    fn needs_apostrophe(self, character: char, next: Option<char>) -> bool {
        match character {
            '\t' | '\r' | '\n' => self == Self::Start,
            '\'' if self == Self::Start => true,
            '\'' => next.is_some_and(|next| next == '\'' || FORMULA.contains(&next)),
            _ => FORMULA.contains(&character),
        }
    }
}

/// Whether the character is written as an escape.
pub(super) fn is_escaped(character: char) -> bool {
    is_unsafe(character) && !matches!(character, '\n' | '\t')
}

/// Passes on the escaped text in pieces: none of them is much longer than the text's own runs of harmless characters.
pub(super) fn escape_pieces<E>(
    text: &str,
    mut pass_on: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let (mut place, mut passed_on) = (Position::Start, 0);
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if place != Position::Inside
            && place.needs_apostrophe(character, text[end..].chars().next())
        {
            pass_on(&text[passed_on..at])?;
            pass_on("'")?;
            passed_on = at;
        }
        if is_escaped(character) || character == '\\' && escape_at(&text[at..]).is_some() {
            pass_on(&text[passed_on..at])?;
            pass_on(&format!("\\u{{{:x}}}", u32::from(character)))?;
            passed_on = end;
        }
        place = place.after(character);
    }
    pass_on(&text[passed_on..])
}

/// Returns the text that was escaped: exactly what was given to [`write_text`](super::write_text).
///
/// An apostrophe or a backslash that writing would not have put there is kept, so that a name typed by hand, such as
/// `'t Gooi`, is read as it stands.
pub(crate) fn unescape(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\'', '\\']) {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let (mut place, mut rest) = (Position::Start, cell);
    while let Some((mut character, mut length)) = first_unit(rest) {
        if character == '\''
            && let Some((led, led_length)) = first_unit(&rest[length..])
            && is_led(place, led)
        {
            character = led;
            length += led_length;
        }
        text.push(character);
        place = place.after(character);
        rest = &rest[length..];
    }
    Cow::Owned(text)
}

/// Whether an apostrophe at this place was put there because of the character behind it.
fn is_led(place: Position, character: char) -> bool {
    match character {
        _ if place == Position::Inside => false,
        '\t' | '\r' | '\n' => place == Position::Start,
        _ => character == '\'' || FORMULA.contains(&character),
    }
}

/// The character that the text begins with, escaped or not, and how many bytes it takes.
fn first_unit(text: &str) -> Option<(char, usize)> {
    let character = text.chars().next()?;
    let escape = if character == '\\' {
        escape_at(text)
    } else {
        None
    };
    escape.or(Some((character, character.len_utf8())))
}

/// The escape that the text begins with, if it is one that writing makes, and how many bytes it takes.
fn escape_at(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("\\u{")?;
    let end = digits.bytes().take(7).position(|byte| byte == b'}')?;
    let digits = &digits[..end];
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    let is_ours = is_escaped(character) || character == '\\';
    (is_ours && digits == format!("{:x}", u32::from(character)))
        .then_some((character, end + "\\u{}".len()))
}

#[cfg(test)]
mod tests {
    use super::unescape;
    use crate::model::csv::property_tests::escaped;

    #[test]
    fn formulas_and_apostrophes_are_led_by_an_apostrophe() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-x", "'-x"),
            ("+33", "'+33"),
            ("\tx", "'\tx"),
            ("a=b", "a=b"),
            ("", ""),
            ("a\nb", "a\nb"),
            ("a\u{1b}[0m", "a\\u{1b}[0m"),
            ("\rx", "'\\u{d}x"),
            ("＝1+1", "'＝1+1"),
            (" =1", " '=1"),
            ("a;=1;\"@b\n-c\t+d", "a;'=1;\"'@b\n'-c\t'+d"),
            ("a; b = c - d", "a; b = c - d"),
            ("'t Gooi", "''t Gooi"),
            ("''", "'''"),
            ("'=1", "''=1"),
            ("the 'a'; 'b'", "the 'a'; 'b'"),
            ("a;'=1", "a;''=1"),
            ("C:\\reports\\u", "C:\\reports\\u"),
            ("\\u{1b}", "\\u{5c}u{1b}"),
            ("\\u{5c}u{1b}", "\\u{5c}u{5c}u{1b}"),
            ("\\u{41}\\u{001b}\\u{zz}\\u{", "\\u{41}\\u{001b}\\u{zz}\\u{"),
        ] {
            assert_eq!(escaped(text), cell, "{text:?}");
            assert_eq!(unescape(cell), text, "{cell:?}");
        }
    }

    #[test]
    fn what_writing_does_not_make_is_read_as_it_stands() {
        for (cell, text) in [
            ("'t Gooi", "'t Gooi"),
            ("=1", "=1"),
            ("a'=1", "a'=1"),
            ("'", "'"),
            ("\u{1b}", "\u{1b}"),
            ("\\u{1B}", "\\u{1B}"),
        ] {
            assert_eq!(unescape(cell), text, "{cell:?}");
        }
    }
}
