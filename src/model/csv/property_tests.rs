use std::convert::Infallible;

use arbtest::arbtest;

use super::escape::escape_pieces;
use super::{records, unescape, write_field, write_text};
use crate::model::samples;
use crate::model::sanitize::is_unsafe;

type PassOn<'a> = dyn FnMut(&str) -> Result<(), Infallible> + 'a;

pub(super) fn escaped(text: &str) -> String {
    let mut cell = String::new();
    let Ok(()) = escape_pieces(text, |piece| {
        cell.push_str(piece);
        Ok::<(), Infallible>(())
    });
    cell
}

/// A line of these cells.
fn line(cells: &[String], write: fn(&str, &mut PassOn<'_>) -> Result<(), Infallible>) -> String {
    let mut line = String::new();
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let Ok(()) = write(cell, &mut |piece| {
            line.push_str(piece);
            Ok(())
        });
    }
    line.push_str("\r\n");
    line
}

#[test]
fn what_was_escaped_is_read_back() {
    arbtest(|u| {
        let text = samples::text(u, 12)?;
        assert_eq!(unescape(&escaped(&text)), text);
        Ok(())
    });
}

/// The text `\u{…}` itself, and apostrophes where they mean something.
#[test]
fn what_looks_escaped_is_read_back() {
    const PARTS: [&str; 14] = [
        "\\", "\\u{", "u{", "1b", "5c", "41", "}", "'", "'", "=", ";", " ", "\"", "\u{1b}",
    ];
    arbtest(|u| {
        let parts = u.int_in_range(0..=10)?;
        let text = (0..parts)
            .map(|_| u.choose(&PARTS).copied())
            .collect::<Result<String, _>>()?;
        assert_eq!(unescape(&escaped(&text)), text);
        Ok(())
    });
}

#[test]
fn a_line_of_texts_is_read_back() {
    arbtest(|u| {
        let count = u.int_in_range(1..=4)?;
        let cells = (0..count)
            .map(|_| samples::text(u, 8))
            .collect::<Result<Vec<String>, _>>()?;
        let written = format!(
            "a,b\r\n{}",
            line(&cells, |cell, pass_on| write_text(cell, pass_on))
        );
        let has_control = cells.iter().any(|cell| cell.contains(['\n', '\t']));
        match records(&written).nth(1) {
            Some(Ok(record)) => {
                let read: Vec<_> = record.cells.iter().map(|cell| unescape(cell)).collect();
                assert_eq!(
                    (record.line, read.as_slice()),
                    (2, &cells.iter().map(Into::into).collect::<Vec<_>>()[..])
                );
            }
            // Line breaks and tabs are written as RFC 4180 has them, and never read as anything else.
            Some(Err(_)) => assert!(has_control, "{written:?}"),
            None => assert!(
                cells.iter().all(|cell| cell.trim().is_empty()),
                "{written:?}"
            ),
        }
        Ok(())
    });
}

/// The grammar of RFC 4180, by a reader that is not ours.
#[test]
fn other_readers_find_the_same_cells() {
    arbtest(|u| {
        let count = u.int_in_range(2..=4)?;
        // A byte-order mark is always escaped in texts, and no number has one.
        let cells = (0..count)
            .map(|_| Ok(samples::text(u, 6)?.replace('\u{feff}', "")))
            .collect::<Result<Vec<String>, _>>()?;
        let read = |written: &str| -> Vec<Vec<String>> {
            csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(written.as_bytes())
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect()
        };
        let written = line(&cells, |cell, pass_on| write_field(cell, pass_on));
        assert_eq!(read(&written), std::slice::from_ref(&cells), "{written:?}");
        let texts: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        assert_eq!(
            read(&line(&cells, |cell, pass_on| write_text(cell, pass_on))),
            [texts]
        );
        Ok(())
    });
}

/// Whether a spreadsheet could run this as a formula, by the first character that it looks at.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

#[test]
fn no_text_is_a_formula_or_drives_a_terminal() {
    arbtest(|u| {
        let text = samples::text(u, 12)?;
        let safe = escaped(&text);
        assert!(!is_formula(&safe), "{text:?}: {safe:?}");
        // The same after each sign that some spreadsheets take for the border of a cell or a line.
        for part in safe.split([';', '\t', '\n']).skip(1) {
            assert!(
                !is_formula(part.trim_start_matches([' ', '"'])),
                "{text:?}: {safe:?}"
            );
        }
        assert!(
            !safe.contains(|character| is_unsafe(character) && !matches!(character, '\n' | '\t')),
            "{text:?}: {safe:?}"
        );
        Ok(())
    });
}

#[test]
fn nothing_in_a_file_breaks_the_reader() {
    arbtest(|u| {
        let text = samples::text(u, 24)?;
        let mut last = 0;
        for record in records(&text) {
            let line = record.map_or_else(|error| error.line, |record| record.line);
            assert!(line > last, "{text:?}");
            last = line;
        }
        Ok(())
    });
}
