//! Csv from its rows to what the terminal was given.

use super::csv::Csv;
use super::{Column, RowOptions, Rows, Shape, Style, Terminal};
use crate::model::property::PropertyPath;

/// What rows become in the columns `a` and `=b`.
fn printed(rows: &[&str], headers: bool) -> String {
    let path = |name: &str| PropertyPath::new(name);
    let columns = ["a", "=b"]
        .map(|name| Column::new(name, path(name)))
        .to_vec();
    let options = RowOptions {
        headers,
        ..RowOptions::new(Shape::Many, columns)
    };
    let terminal = Terminal::new(Style::default());
    let mut csv = Box::new(Csv::new(&terminal, options));
    for row in rows {
        assert_eq!(csv.row(row), Ok(true));
    }
    let mut printed = terminal.held();
    if rows.is_empty() {
        csv.finish().unwrap();
        printed = terminal.held();
    } else {
        terminal.lose_reader();
        assert_eq!(csv.row(rows[0]), Ok(false), "the reader is gone");
    }
    printed
}

#[test]
fn a_header_comes_first_and_always_unless_it_is_not_wanted() {
    for (rows, headers, csv) in [
        (
            &[r#"{"a":1,"=b":null}"#, r#"{"a":"x,y","c":2}"#][..],
            true,
            "a,'=b\r\n1,\r\n\"x,y\",\r\n",
        ),
        (
            &[r#"{"a":{ "b" : [1] }}"#],
            false,
            "\"{\"\"b\"\":[1]}\",\r\n",
        ),
        (&[], true, "a,'=b\r\n"),
        (&[], false, ""),
    ] {
        assert_eq!(printed(rows, headers), csv, "{rows:?}");
    }
}
