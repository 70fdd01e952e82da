use arbtest::arbtest;
use serde_json::value::RawValue;

use super::{escape, is_unsafe, joins_emoji, visible_json};
use crate::model::json_reader::decode;
use crate::model::samples;

/// Bidirectional, invisible and formatting characters by the names that Unicode gives them, apart from the table: a gap in
/// the table shows here.
const MUST_BE_UNSAFE: [char; 39] = [
    '\0',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{9d}',
    '\u{ad}',
    '\u{61c}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{feff}',
    '\u{fffb}',
    '\u{2800}',
    '\u{e000}',
    '\u{fdd0}',
    '\u{110bd}',
    '\u{1bca0}',
    '\u{1d173}',
    '\u{1ffff}',
    '\u{e0001}',
    '\u{e0020}',
    '\u{e007f}',
    '\u{e0100}',
    '\u{f0000}',
];

#[test]
fn all_that_must_be_unsafe_is() {
    for character in MUST_BE_UNSAFE {
        assert!(is_unsafe(character), "{character:?}");
    }
    for character in (char::MIN..=char::MAX).filter(|character| character.is_control()) {
        assert!(is_unsafe(character), "{character:?}");
    }
    for character in " ~éß東🖥あ한ع".chars() {
        assert!(!is_unsafe(character), "{character:?}");
    }
}

#[test]
fn every_character_alone_and_between_others() {
    for character in char::MIN..=char::MAX {
        let text = format!("a{character}b");
        let shown = escape(&text);
        assert!(!shown.contains(is_unsafe), "{character:?}");
        assert_eq!(shown == text, !is_unsafe(character), "{character:?}");
    }
}

#[test]
fn shown_text_is_safe_and_shown_again_unchanged() {
    arbtest(|u| {
        let text = samples::text(u, 80)?;
        let shown = escape(&text);
        let is_left = |(at, character)| is_unsafe(character) && !joins_emoji(&shown, at, character);
        assert!(!shown.char_indices().any(is_left), "{text:?}");
        assert_eq!(escape(&shown), shown);
        if !text.contains(is_unsafe) {
            assert_eq!(shown, text);
        }
        Ok(())
    });
}

#[test]
fn shown_json_is_safe_and_keeps_its_value() {
    arbtest(|u| {
        let json = samples::json(u, 3)?;
        serde_json::from_str::<&RawValue>(&json).expect("samples are valid");
        let shown = visible_json(&json);
        assert!(
            !shown.contains(
                |character| is_unsafe(character) && !matches!(character, '\n' | '\r' | '\t')
            ),
            "{json:?}"
        );
        assert_eq!(visible_json(&shown), shown);
        serde_json::from_str::<&RawValue>(&shown).expect("it stays valid");
        // Numbers stay text, and lone surrogates can't be decoded: so values are compared where serde_json has them.
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&json) {
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
                value,
                "{json:?}"
            );
        }
        Ok(())
    });
}

#[test]
fn a_string_reads_the_same_however_it_is_spelt() {
    arbtest(|u| {
        let string = samples::string(u)?;
        assert_eq!(
            decode(&visible_json(&string)),
            decode(&string),
            "{string:?}"
        );
        Ok(())
    });
}
