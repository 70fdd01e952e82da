//! Foreign text made harmless: what could drive a terminal or deceive a reader becomes a visible escape.
//!
//! `char::is_control` misses bidirectional and invisible characters, so the table here is our own.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character could drive a terminal, reorder a line, or hide.
pub fn is_unsafe(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'                            // C0, DEL, C1
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'                 // zero width, separators, embeddings
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'    // isolates, fillers, variation selectors
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}') // tags and their kin
}

/// Text for a table, a message or a prompt: one line, every unsafe character as a visible escape.
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe, |character, into| match character {
        '\n' => into.push_str("\\n"),
        '\r' => into.push_str("\\r"),
        '\t' => into.push_str("\\t"),
        other => {
            let _ = write!(into, "\\u{{{:x}}}", u32::from(other));
        }
    })
}

/// Text of several lines for a terminal: as `visible`, but for line breaks and tabs.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let is_unsafe = |character| is_unsafe(character) && !matches!(character, '\n' | '\t');
    escape(text, is_unsafe, |character, into| {
        let _ = write!(into, "\\u{{{:x}}}", u32::from(character));
    })
}

/// JSON text of which every unsafe character is a `\uXXXX` escape: the same value, harmless to look at.
///
/// In valid JSON such characters stand inside strings only, but for the white space between tokens, which is kept.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let is_unsafe = |character| is_unsafe(character) && !matches!(character, '\n' | '\r' | '\t');
    escape(json, is_unsafe, |character, into| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(into, "\\u{unit:04x}");
        }
    })
}

fn escape(text: &str, is_unsafe: impl Fn(char) -> bool, replacement: impl Fn(char, &mut String)) -> Cow<'_, str> {
    // Most text is plain printable ASCII, and is handed on as it is; looked at in blocks, which is many times as fast.
    if text.as_bytes().chunks(32).all(|block| block.iter().fold(true, |plain, byte| plain & (0x20..0x7f).contains(byte))) {
        return Cow::Borrowed(text);
    }
    let Some(first) = text.find(&is_unsafe) else { return Cow::Borrowed(text) };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for character in text[first..].chars() {
        if is_unsafe(character) { replacement(character, &mut escaped) } else { escaped.push(character) }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::{visible, visible_json};

    #[test]
    fn what_could_drive_a_terminal_is_shown_instead() {
        assert_eq!(visible("a\u{1b}[31mb\nc\u{202e}d\u{9b}"), "a\\u{1b}[31mb\\nc\\u{202e}d\\u{9b}");
        assert_eq!(visible("Zürich 東京 🖥"), "Zürich 東京 🖥");
    }

    #[test]
    fn json_keeps_its_value() {
        assert_eq!(visible_json("{\n\t\"a\":\"x\u{7f}\u{e0041}\"}"), "{\n\t\"a\":\"x\\u007f\\udb40\\udc41\"}");
    }
}
