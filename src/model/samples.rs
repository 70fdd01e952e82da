//! Text and JSON for property tests: rich in what breaks things, not in what is usual.

use arbtest::arbitrary::{Result, Unstructured};

/// Characters that mean something to a terminal, a spreadsheet, a filter or a JSON reader, and some that mean nothing.
const ODD: [char; 60] = [
    'a',
    'b',
    'Z',
    '0',
    '7',
    ' ',
    ' ',
    '"',
    '"',
    '\\',
    '\\',
    '\'',
    ',',
    ';',
    ':',
    '.',
    '/',
    '{',
    '}',
    '[',
    ']',
    '<',
    '=',
    '+',
    '-',
    '@',
    '!',
    '~',
    '*',
    '?',
    '$',
    '|',
    '\0',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    'é',
    '\u{301}',
    '東',
    '\u{ad}',
    '\u{200b}',
    '\u{200d}',
    '\u{2028}',
    '\u{202e}',
    '\u{2066}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ff1d}',
    '🖥',
    '👩',
    '\u{e0041}',
    '\u{10ffff}',
    '\u{2800}',
    '\u{e000}',
    '\u{fdd0}',
    '\u{1d173}',
];

/// One character: mostly an odd one, at times any at all.
pub(crate) fn character(u: &mut Unstructured<'_>) -> Result<char> {
    if u.ratio(7, 8)? {
        u.choose(&ODD).copied()
    } else {
        u.arbitrary()
    }
}

/// Text of at most that many characters.
pub(crate) fn text(u: &mut Unstructured<'_>, most: usize) -> Result<String> {
    (0..u.int_in_range(0..=most)?)
        .map(|_| character(u))
        .collect()
}

/// A JSON value with a spelling of its own: white space between tokens, escapes that are not needed, long numbers.
pub(crate) fn json(u: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    let mut spelt = blank(u)?;
    match u.int_in_range(0..=if depth == 0 { 3 } else { 5 })? {
        0 => spelt.push_str(u.choose(&["null", "true", "false"])?),
        1 => spelt.push_str(u.choose(&[
            "0",
            "-0",
            "1.10",
            "1e400",
            "-2E-7",
            "123456789012345678901234567890",
            "0.10",
        ])?),
        2 | 3 => spelt.push_str(&string(u)?),
        4 => {
            let items = (0..u.int_in_range(0..=3)?)
                .map(|_| json(u, depth - 1))
                .collect::<Result<Vec<_>>>()?;
            spelt.push('[');
            spelt.push_str(&if items.is_empty() {
                blank(u)?
            } else {
                items.join(",")
            });
            spelt.push(']');
        }
        _ => {
            spelt.push_str(&object(u, depth - 1)?);
        }
    }
    spelt.push_str(&blank(u)?);
    Ok(spelt)
}

/// A JSON object, at times with the same name twice.
pub(crate) fn object(u: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    let member = |u: &mut Unstructured<'_>| {
        Ok(format!(
            "{}{}{}:{}",
            blank(u)?,
            string(u)?,
            blank(u)?,
            json(u, depth)?
        ))
    };
    let members = (0..u.int_in_range(0..=3)?)
        .map(|_| member(u))
        .collect::<Result<Vec<_>>>()?;
    Ok(format!(
        "{{{}}}",
        if members.is_empty() {
            blank(u)?
        } else {
            members.join(",")
        }
    ))
}

/// A JSON string in which each character may be escaped in any way that JSON allows, lone surrogates included.
pub(crate) fn string(u: &mut Unstructured<'_>) -> Result<String> {
    let mut spelt = String::from('"');
    for _ in 0..u.int_in_range(0..=6)? {
        let character = character(u)?;
        match character {
            '"' | '\\' if u.arbitrary()? => spelt.extend(['\\', character]),
            '/' if u.arbitrary()? => spelt.push_str("\\/"),
            '\n' if u.arbitrary()? => spelt.push_str("\\n"),
            '"' | '\\' | '\0'..='\u{1f}' => spelt.push_str(&units(character)),
            _ if u.ratio(1, 8)? => spelt.push_str(&units(character)),
            _ if u.ratio(1, 16)? => spelt.push_str("\\ud83d"),
            _ => spelt.push(character),
        }
    }
    spelt.push('"');
    Ok(spelt)
}

fn units(character: char) -> String {
    character
        .encode_utf16(&mut [0; 2])
        .iter()
        .map(|unit| format!("\\u{unit:04X}"))
        .collect()
}

fn blank(u: &mut Unstructured<'_>) -> Result<String> {
    let text = ["", "", "", " ", "\n\t", "\r\n  "];
    u.choose(&text).map(|blank| (*blank).to_owned())
}
