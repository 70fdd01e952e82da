//! Which characters are unsafe to show. `char::is_control` misses those that reorder a line or are invisible, so the table
//! is our own.

use std::cmp::Ordering;

/// Ranges of characters that could drive a terminal, reorder a line or hide, in ascending order.
///
/// They are Unicode's control and format characters (`Cc`, `Cf`), line and paragraph separators, everything that is
/// `Default_Ignorable` (so that a renderer may leave it out), private use, noncharacters, and letters and symbols that are
/// drawn as nothing. Characters that Unicode has yet to assign are left alone in the planes that it assigns from: terminals
/// draw a box for them, and new emoji would otherwise be unreadable until the next release.
const UNSAFE: [(char, char); 35] = [
    ('\u{0}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),       // soft hyphen
    ('\u{34f}', '\u{34f}'),     // combining grapheme joiner
    ('\u{600}', '\u{605}'),     // Arabic number signs
    ('\u{61c}', '\u{61c}'),     // Arabic letter mark
    ('\u{6dd}', '\u{6dd}'),     // Arabic end of ayah
    ('\u{70f}', '\u{70f}'),     // Syriac abbreviation mark
    ('\u{890}', '\u{891}'),     // Arabic currency marks above
    ('\u{8e2}', '\u{8e2}'),     // Arabic disputed end of ayah
    ('\u{115f}', '\u{1160}'),   // Hangul fillers
    ('\u{17b4}', '\u{17b5}'),   // Khmer inherent vowels
    ('\u{180b}', '\u{180f}'),   // Mongolian variation selectors and vowel separator
    ('\u{200b}', '\u{200f}'),   // zero width characters, directional marks
    ('\u{2028}', '\u{202e}'),   // separators, directional embeddings and overrides
    ('\u{2060}', '\u{206f}'),   // word joiner, invisible operators, directional isolates
    ('\u{2800}', '\u{2800}'),   // Braille blank
    ('\u{3164}', '\u{3164}'),   // Hangul filler
    ('\u{e000}', '\u{f8ff}'),   // private use
    ('\u{fdd0}', '\u{fdef}'),   // noncharacters
    ('\u{fe00}', '\u{fe0f}'),   // variation selectors
    ('\u{feff}', '\u{feff}'),   // byte order mark
    ('\u{ffa0}', '\u{ffa0}'),   // halfwidth Hangul filler
    ('\u{fff0}', '\u{fffb}'),   // interlinear annotation
    ('\u{fffe}', '\u{ffff}'),   // noncharacters
    ('\u{110bd}', '\u{110bd}'), // Kaithi number sign
    ('\u{110cd}', '\u{110cd}'), // Kaithi number sign above
    ('\u{13430}', '\u{1343f}'), // Egyptian hieroglyph controls
    ('\u{16fe4}', '\u{16fe4}'), // Khitan small script filler
    ('\u{1bca0}', '\u{1bca3}'), // shorthand controls
    ('\u{1d159}', '\u{1d159}'), // musical null notehead
    ('\u{1d173}', '\u{1d17a}'), // musical controls
    ('\u{1fffe}', '\u{1ffff}'), // noncharacters
    ('\u{2fffe}', '\u{2ffff}'),
    // Noncharacters, planes without characters, tags and variation selectors, private use.
    ('\u{3fffe}', char::MAX),
];

/// Whether a character could drive a terminal, reorder a line or hide.
pub(crate) fn is_unsafe(character: char) -> bool {
    match character {
        // Most text is in these ranges, and none of them has an unsafe character.
        ' '..='~' | '\u{ae}'..='\u{34e}' | '\u{350}'..='\u{5ff}' | '\u{3165}'..='\u{d7ff}' => false,
        _ => is_in_table(character),
    }
}

fn is_in_table(character: char) -> bool {
    let place = |(first, last): &(char, char)| match character {
        _ if *last < character => Ordering::Less,
        _ if *first > character => Ordering::Greater,
        _ => Ordering::Equal,
    };
    UNSAFE.binary_search_by(place).is_ok()
}

#[cfg(test)]
mod tests;
