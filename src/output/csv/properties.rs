use std::borrow::Cow;

use arbtest::arbtest;
use serde_json::value::RawValue;

use super::{cell, defused, line, writer};
use crate::model::property::display_text;
use crate::model::samples;
use crate::model::sanitize::is_unsafe;

/// The grammar of RFC 4180, read by the letter: `None` where the text is not of it.
fn rfc_4180(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut records, mut fields, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let field = if let Some(inside) = rest.strip_prefix('"') {
            let mut field = String::new();
            rest = inside;
            loop {
                let (before, after) = rest.split_once('"')?;
                field.push_str(before);
                rest = after;
                let Some(escaped) = rest.strip_prefix('"') else {
                    break field;
                };
                field.push('"');
                rest = escaped;
            }
        } else {
            let (field, after) = rest.split_at(rest.find([',', '\r', '\n', '"'])?);
            rest = after;
            field.to_owned()
        };
        fields.push(field);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else {
            rest = rest.strip_prefix("\r\n")?;
            records.push(std::mem::take(&mut fields));
        }
    }
    fields.is_empty().then_some(records)
}

fn text(cells: &[String]) -> String {
    let mut bytes = Vec::new();
    line(
        &mut writer(&mut bytes),
        cells.iter().map(|cell| Cow::Borrowed(cell.as_str())),
    )
    .unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_is_written_is_read_back() {
    arbtest(|u| {
        let columns = u.int_in_range(1..=4)?;
        let rows = u.int_in_range(1..=4)?;
        // A byte order mark never gets as far as here, and readers drop it.
        let mut cell = || samples::text(u, 6).map(|text| text.replace('\u{feff}', ""));
        let mut cells = || (0..columns).map(|_| cell()).collect::<Result<Vec<_>, _>>();
        let records = (0..rows)
            .map(|_| cells())
            .collect::<Result<Vec<Vec<String>>, _>>()?;
        let written: String = records.iter().map(|cells| text(cells)).collect();
        assert_eq!(rfc_4180(&written).as_ref(), Some(&records), "{written:?}");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(written.as_bytes());
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        assert_eq!(read, records, "{written:?}");
        Ok(())
    });
}

/// Whether a spreadsheet could take this for a formula, by the first character that it looks at.
fn is_formula(cell: &str) -> bool {
    cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

#[test]
fn no_text_is_a_formula_or_drives_a_terminal() {
    arbtest(|u| {
        let text = samples::text(u, 12)?;
        let safe = defused(Cow::Borrowed(&text));
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
        assert_eq!(defused(Cow::Borrowed(&safe)), safe, "{text:?}");
        Ok(())
    });
}

#[test]
fn a_value_of_any_type_makes_a_safe_cell() {
    arbtest(|u| {
        let json = samples::json(u, 2)?;
        let value: &RawValue = serde_json::from_str(&json).unwrap();
        let shown = cell(value);
        if value
            .get()
            .starts_with(|first: char| first == '-' || first.is_ascii_digit())
        {
            assert_eq!(shown, value.get());
        } else {
            assert!(!is_formula(&shown), "{json:?}: {shown:?}");
        }
        assert!(
            !shown.contains(|character| is_unsafe(character) && !matches!(character, '\n' | '\t')),
            "{json:?}: {shown:?}"
        );
        if value.get().starts_with(['{', '[']) {
            serde_json::from_str::<&RawValue>(&shown).expect("it is JSON still");
        } else if !display_text(value)
            .contains(|character| is_unsafe(character) || ";=+-@＝＋－＠".contains(character))
        {
            assert_eq!(shown, display_text(value));
        }
        Ok(())
    });
}
