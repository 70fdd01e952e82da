//! Lays out JSON text that is known to be valid: only the white space between its tokens changes.

use std::convert::Infallible;

use crate::model::json_reader::{string_end, tokens};

/// Passes on the text without any white space between tokens, in pieces.
pub(super) fn compact_pieces<E>(
    json: &str,
    mut pass_on: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    if is_compact(json) {
        return pass_on(json);
    }
    let bytes = json.as_bytes();
    let (mut start, mut position) = (0, 0);
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => position = string_end(bytes, position),
            b' ' | b'\t' | b'\n' | b'\r' => {
                pass_on(json.get(start..position).unwrap_or_default())?;
                position += 1;
                start = position;
            }
            _ => position += 1,
        }
    }
    pass_on(json.get(start..).unwrap_or_default())
}

/// Returns the text without any white space between tokens.
pub(crate) fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let Ok(()) = compact_pieces(json, |piece| {
        text.push_str(piece);
        Ok::<(), Infallible>(())
    });
    text
}

/// Whether a quick look shows that there is no white space between tokens, as in what most APIs send. Between tokens, a
/// blank has a bracket, a quote, a comma, a colon or another blank beside it; inside strings it rarely has. Line breaks and
/// tabs are found between tokens alone.
fn is_compact(json: &str) -> bool {
    let bytes = json.as_bytes();
    let is_in_string =
        |neighbour: Option<&u8>| neighbour.is_some_and(|byte| !b"{}[],:\" ".contains(byte));
    let is_in_strings =
        |blank: usize| is_in_string(bytes[..blank].last()) && is_in_string(bytes.get(blank + 1));
    memchr::memchr3(b'\n', b'\r', b'\t', bytes).is_none()
        && memchr::memchr_iter(b' ', bytes).all(is_in_strings)
}

/// Returns the text indented by two spaces a level, as `jq .` does.
pub(super) fn indent(json: &str) -> String {
    let mut text = String::new();
    let Ok(()) = indent_pieces(json, 0, |piece| {
        text.push_str(piece);
        Ok::<(), Infallible>(())
    });
    text
}

/// Passes on the text indented as by [`indent`], in pieces. `level` is the level of the value itself.
pub(super) fn indent_pieces<E>(
    json: &str,
    mut level: usize,
    mut pass_on: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let mut tokens = tokens(json).map(|(_, token)| token).peekable();
    while let Some(token) = tokens.next() {
        match token {
            "{" | "[" => {
                pass_on(token)?;
                if matches!(tokens.peek(), Some(&("}" | "]"))) {
                    pass_on(tokens.next().unwrap_or_default())?;
                } else {
                    level += 1;
                    new_line(level, &mut pass_on)?;
                }
            }
            "}" | "]" => {
                level = level.saturating_sub(1);
                new_line(level, &mut pass_on)?;
                pass_on(token)?;
            }
            "," => {
                pass_on(",")?;
                new_line(level, &mut pass_on)?;
            }
            ":" => pass_on(": ")?,
            scalar => pass_on(scalar)?,
        }
    }
    Ok(())
}

fn new_line<E>(level: usize, pass_on: &mut impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    const INDENT: &str = "\n                                ";
    if let Some(text) = INDENT.get(..1 + 2 * level) {
        pass_on(text)
    } else {
        pass_on("\n")?;
        (0..level).try_for_each(|_| pass_on("  "))
    }
}

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests {
    use super::{compact, indent};

    #[test]
    fn only_white_space_changes() {
        let json = " { \"a\" : [ 1.10 , {} , [ ] , \"x \\\" {é\" ] , \"b\":{ \"c\":null } } ";
        assert_eq!(
            compact(json),
            "{\"a\":[1.10,{},[],\"x \\\" {é\"],\"b\":{\"c\":null}}"
        );
        assert_eq!(
            indent(json),
            "{\n  \"a\": [\n    1.10,\n    {},\n    [],\n    \"x \\\" {é\"\n  ],\n  \"b\": {\n    \"c\": null\n  }\n}"
        );
    }
}
