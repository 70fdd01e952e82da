//! Escaping of untrusted text: characters that could control a terminal or deceive a reader become visible escapes. Which
//! characters these are is in `characters`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The size of the pieces that a long text is escaped in.
pub(crate) const MAX_PIECE_BYTES: usize = 64 * 1024;

mod characters;
mod emoji;

pub(crate) use characters::is_unsafe;
use emoji::joins_emoji;

/// Returns text for a table, a message or a prompt: one line, with every unsafe character as a visible escape. The
/// invisible characters inside of an emoji stay as they are.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let is_escaped = |at, character| is_unsafe(character) && !joins_emoji(text, at, character);
    escape_with(text, is_escaped, |character, into| match character {
        '\n' => into.push_str("\\n"),
        '\r' => into.push_str("\\r"),
        '\t' => into.push_str("\\t"),
        other => {
            let _ = write!(into, "\\u{{{:x}}}", u32::from(other));
        }
    })
}

/// Returns text of several lines for a terminal: escaped as by [`escape`], except for line breaks and tabs.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    let is_escaped = |at, character| {
        is_unsafe(character)
            && !matches!(character, '\n' | '\t')
            && !joins_emoji(text, at, character)
    };
    escape_with(text, is_escaped, |character, into| {
        let _ = write!(into, "\\u{{{:x}}}", u32::from(character));
    })
}

/// Returns the same JSON value with every unsafe character as a `\uXXXX` escape.
///
/// In valid JSON, unsafe characters are found in strings alone, apart from white space between tokens, which is kept.
pub(crate) fn visible_json(json: &str) -> Cow<'_, str> {
    let is_escaped =
        |_, character| is_unsafe(character) && !matches!(character, '\n' | '\r' | '\t');
    escape_with(json, is_escaped, |character, into| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(into, "\\u{unit:04x}");
        }
    })
}

/// Returns a text in pieces of at most [`MAX_PIECE_BYTES`]. If they are escaped one by one, a long text is never in memory
/// twice.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(MAX_PIECE_BYTES));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Replaces the characters for which `is_escaped`, which gets their position too, returns true.
fn escape_with(
    text: &str,
    is_escaped: impl Fn(usize, char) -> bool,
    replacement: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    let Some(first) = first_escaped(text, &is_escaped) else {
        return Cow::Borrowed(text);
    };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for (at, character) in text[first..].char_indices() {
        if is_escaped(first + at, character) {
            replacement(character, &mut escaped);
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Returns the position of the first character to escape. Printable ASCII, which most text is, is skipped.
fn first_escaped(text: &str, is_escaped: impl Fn(usize, char) -> bool) -> Option<usize> {
    let mut position = 0;
    loop {
        position += printable(&text.as_bytes()[position..]);
        let character = text[position..].chars().next()?;
        if is_escaped(position, character) {
            return Some(position);
        }
        position += character.len_utf8();
    }
}

/// Whether a text has no other characters than printable ASCII.
pub(crate) fn is_printable_ascii(text: &[u8]) -> bool {
    printable(text) == text.len()
}

/// Returns how many printable ASCII characters the text begins with. Checks blocks of 8, which is many times as fast.
fn printable(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks();
    let whole = blocks
        .iter()
        .take_while(|block| is_printable(**block))
        .count()
        * size_of::<u64>();
    whole
        + bytes[whole..]
            .iter()
            .take_while(|byte| (0x20..0x7f).contains(*byte))
            .count()
}

/// Whether all eight bytes are printable ASCII: no highest bit is set, none is after adding 1 (which excludes DEL), and once
/// set, none is cleared by subtracting a space (which excludes control characters).
fn is_printable(block: [u8; 8]) -> bool {
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let block = u64::from_ne_bytes(block);
    (block | block.wrapping_add(ONES)) & HIGHEST == 0
        && (block | HIGHEST).wrapping_sub(0x20 * ONES) & HIGHEST == HIGHEST
}

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests {
    use super::{escape, is_unsafe, visible_json, visible_lines};

    #[test]
    fn what_could_drive_a_terminal_is_shown_instead() {
        assert_eq!(
            escape("a\u{1b}[31mb\nc\u{202e}d\u{9b}"),
            "a\\u{1b}[31mb\\nc\\u{202e}d\\u{9b}"
        );
        assert_eq!(escape("Zürich 東京 🖥"), "Zürich 東京 🖥");
        // Wherever it is: blocks are of 8 bytes.
        for before in 0..70 {
            for lead in ["x".repeat(before), "é".repeat(before)] {
                assert_eq!(
                    escape(&format!("{lead}\u{7f}é\u{200b}")),
                    format!("{lead}\\u{{7f}}é\\u{{200b}}")
                );
                assert_eq!(escape(&lead), lead);
            }
        }
    }

    #[test]
    fn an_emoji_is_shown_and_what_hides_beside_letters_is_not() {
        for emoji in [
            "👩\u{200d}💻",
            "❤\u{fe0f}",
            "👩🏽\u{200d}🚀",
            "🏳\u{fe0f}\u{200d}🌈",
            "1\u{fe0f}\u{20e3}",
        ] {
            assert_eq!(escape(emoji), emoji);
            assert_eq!(visible_lines(emoji), emoji);
            assert!(visible_json(emoji).is_ascii() || !visible_json(emoji).contains(is_unsafe));
        }
        for (text, shown) in [
            ("pay\u{200d}pal", "pay\\u{200d}pal"),
            ("👩\u{200d}x", "👩\\u{200d}x"),
            ("👩\u{200d}", "👩\\u{200d}"),
            ("\u{200d}👩", "\\u{200d}👩"),
            ("a\u{fe0f}", "a\\u{fe0f}"),
            ("1\u{fe0f}", "1\\u{fe0f}"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
            ("👩\u{200d}\u{200d}💻", "👩\\u{200d}\\u{200d}💻"),
        ] {
            assert_eq!(escape(text), shown);
        }
    }

    #[test]
    fn json_keeps_its_value() {
        assert_eq!(
            visible_json("{\n\t\"a\":\"x\u{7f}\u{e0041}\"}"),
            "{\n\t\"a\":\"x\\u007f\\udb40\\udc41\"}"
        );
    }
}
