//! Messages at a terminal: lines that end between words, not in them.

use crate::output::table::layout::width_of;

/// The blanks before what goes on from the line above.
const INDENT: usize = 2;
/// What a line begins with that has a command to copy: broken in two, it would be another command.
const TO_COPY: &str = "hint:";

/// Returns a message whose lines take at most `width` columns, where its words allow it.
pub(super) fn wrap_message(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.lines().map(|line| wrap_line(line, width)).collect();
    lines.join("\n")
}

fn wrap_line(line: &str, width: usize) -> String {
    let plain = without_colors(line);
    if width_of(&plain) <= width || plain.starts_with(TO_COPY) {
        return line.to_owned();
    }
    let indent = plain.len() - plain.trim_start_matches(' ').len() + INDENT;
    let (mut wrapped, mut taken) = (String::new(), 0);
    for (place, word) in line.split(' ').enumerate() {
        let wide = width_of(&without_colors(word));
        if place > 0 && taken + 1 + wide > width && taken > indent {
            wrapped.truncate(wrapped.trim_end_matches(' ').len());
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            taken = indent;
        } else if place > 0 {
            wrapped.push(' ');
            taken += 1;
        }
        wrapped.push_str(word);
        taken += wide;
    }
    wrapped
}

/// Returns the text without the escape sequences of colours.
fn without_colors(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| {
        plain + piece.split_once('m').map_or(piece, |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::wrap_message;

    #[test]
    fn lines_end_between_words_and_commands_stay_whole() {
        for (text, wrapped) in [
            ("note: short", "note: short"),
            (
                "note: the terminal is too narrow",
                "note: the terminal is\n  too narrow",
            ),
            (
                "error: it failed here today\n  GET http://127.0.0.1:9/v1/computers\nhint: reemo computers list --sort name",
                "error: it failed here\n  today\n  GET\n    http://127.0.0.1:9/v1/computers\nhint: reemo computers list --sort name",
            ),
            (
                "\u{1b}[36mnote:\u{1b}[0m the terminal is too",
                "\u{1b}[36mnote:\u{1b}[0m the terminal is\n  too",
            ),
        ] {
            assert_eq!(wrap_message(text, 21), wrapped, "{text:?}");
        }
    }
}
