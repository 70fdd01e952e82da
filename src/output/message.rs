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
    let (mut wrapped, mut taken, mut blanks) = (String::new(), 0, 0);
    for word in line.split(' ') {
        if word.is_empty() {
            blanks += 1;
            continue;
        }
        let wide = width_of(&without_colors(word));
        if taken + blanks + wide > width && taken > indent {
            wrapped.push('\n');
            (taken, blanks) = (0, indent);
        }
        wrapped.push_str(&" ".repeat(blanks));
        wrapped.push_str(word);
        taken += blanks + wide;
        blanks = 1;
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
                "  id:12  Video Editing  ONLINE",
                "  id:12  Video\n    Editing  ONLINE",
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
