//! The table against the properties of characters as another library knows them: a gap shows here, also when a new version
//! of Unicode assigns a format character.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, NoncharacterCodePoint};
use icu_properties::{CodePointMapData, CodePointSetData};

use super::*;

/// Assigned characters of other categories that are drawn as nothing.
const BLANK: [char; 3] = ['\u{2800}', '\u{16fe4}', '\u{1d159}'];

#[test]
fn the_table_is_in_ascending_order() {
    assert!(UNSAFE.iter().all(|(first, last)| first <= last));
    assert!(UNSAFE.windows(2).all(|pair| pair[0].1 < pair[1].0));
}

#[test]
fn the_fast_path_agrees_with_the_table() {
    for character in char::MIN..=char::MAX {
        assert_eq!(
            is_unsafe(character),
            is_in_table(character),
            "{character:?}"
        );
    }
}

#[test]
fn every_character_that_can_drive_a_terminal_reorder_a_line_or_hide_is_unsafe() {
    use GeneralCategory as Category;
    let category = CodePointMapData::<GeneralCategory>::new();
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let noncharacter = CodePointSetData::new::<NoncharacterCodePoint>();
    for character in char::MIN..=char::MAX {
        let must_be = match category.get(character) {
            Category::Control
            | Category::Format
            | Category::LineSeparator
            | Category::ParagraphSeparator
            | Category::PrivateUse => true,
            Category::Unassigned if character >= '\u{40000}' => true,
            _ => {
                ignorable.contains(character)
                    || noncharacter.contains(character)
                    || BLANK.contains(&character)
            }
        };
        assert_eq!(is_unsafe(character), must_be, "{character:?}");
    }
}
