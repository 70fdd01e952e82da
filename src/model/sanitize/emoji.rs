//! The invisible characters that are part of an emoji: U+200D joins two into one, U+FE0F selects the coloured form.

/// Whether the character at this position is part of an emoji. Between or after letters it is not.
pub(super) fn joins_emoji(text: &str, at: usize, character: char) -> bool {
    let next = || text[at + character.len_utf8()..].chars().next();
    let mut before = text[..at].chars().rev();
    match (character, before.next()) {
        ('\u{fe0f}', Some('0'..='9' | '#' | '*')) => next() == Some('\u{20e3}'),
        ('\u{fe0f}', Some(previous)) => is_emoji(previous),
        ('\u{200d}', Some(previous)) => {
            let emoji = match previous {
                '\u{fe0f}' => before.next().unwrap_or(previous),
                _ => previous,
            };
            is_emoji(emoji) && next().is_some_and(is_emoji)
        }
        _ => false,
    }
}

/// Whether a character can be an emoji, alone or with U+FE0F, or changes the colour of one. All of them are visible.
fn is_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
            | '\u{2194}'..='\u{21aa}'
            | '\u{231a}'..='\u{23ff}'
            | '\u{24c2}'
            | '\u{25aa}'..='\u{27bf}'
            | '\u{2934}'..='\u{2935}'
            | '\u{2b05}'..='\u{2b55}'
            | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}
