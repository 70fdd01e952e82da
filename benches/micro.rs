//! `cargo bench --bench micro [NAME]`: what a listing goes through, piece by piece, on pages of 100 computers.
//!
//! The pieces are private, and stay so: their files are taken in by path. That works because imports go down only, so
//! that the formats and the reader need nothing but the plain data below them. The one thing replaced is the terminal.
#![allow(dead_code, unused_imports, missing_docs, clippy::unwrap_used)]
#![allow(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the terminal here has the signatures of the real one"
)]

#[path = "../src/model/mod.rs"]
mod model;

#[path = "../src/api"]
mod api {
    pub(crate) mod wire;
}

#[path = "../src/output"]
mod output {
    mod columns;
    mod csv;
    mod describe;
    use crate::model::format;
    mod ids;
    mod json;
    mod json_text;
    mod line;
    mod rows;
    mod spool;
    mod table;
    mod writer;

    pub(crate) use columns::computer_columns;
    pub(crate) use format::Format;
    pub(crate) use rows::{RowOptions, Rows, Shape};

    /// As `printer.rs` chooses, which knows more formats than are measured here.
    pub(crate) fn printer<'terminal>(
        terminal: &'terminal terminal::Terminal,
        view: RowOptions,
    ) -> Box<dyn Rows + 'terminal> {
        match terminal.format {
            Format::Table | Format::Wide => Box::new(table::Table::new(terminal, view)),
            Format::Json => Box::new(json::Json::new(terminal, view.shape)),
            Format::Jsonl => Box::new(json::Jsonl::new(terminal)),
            Format::Csv => Box::new(csv::Csv::new(terminal, view)),
            Format::Id | Format::UnderscoreId => Box::new(ids::Ids::new(terminal, &view.id)),
        }
    }

    /// A terminal that counts what it is given.
    pub(crate) mod terminal {
        use std::cell::Cell;

        use super::format::Format;
        use crate::model::error::Error;

        pub(crate) struct Style {
            pub format: Format,
        }

        pub(crate) struct Terminal {
            pub format: Format,
            pub bytes: Cell<usize>,
        }

        impl Terminal {
            pub(crate) fn style(&self) -> Style {
                Style {
                    format: self.format,
                }
            }

            pub(crate) fn data(&self, bytes: &[u8]) -> Result<(), Error> {
                self.bytes
                    .set(self.bytes.get() + divan::black_box(bytes).len());
                Ok(())
            }

            pub(crate) fn line(&self, text: &str) -> Result<(), Error> {
                self.data(text.as_bytes())?;
                self.data(b"\n")
            }

            pub(crate) fn has_reader(&self) -> bool {
                true
            }

            pub(crate) fn width(&self) -> Option<usize> {
                None
            }

            pub(crate) fn paints_data(&self) -> bool {
                false
            }

            pub(crate) fn note(&self, _: &str, _: &str) {}
        }
    }
}

use std::cell::Cell;

use api::wire;
use divan::Bencher;
use divan::counter::BytesCount;
use model::computer::Computer;
use model::filter::{Filter, Filters};
use model::property::{Lookup, PropertyPath};
use model::sanitize::visible_json;
use output::terminal::Terminal;
use output::{Format, RowOptions, Shape, computer_columns, printer};

fn main() {
    divan::main();
}

/// A computer as an API sends it.
fn row(number: usize, name: &str) -> String {
    format!(
        "{{\"id\":\"ee521d7a-0f4d-4872-8f4a-{number:012x}\",\"_id\":\"8574e642-17f5-46b4-807e-{number:012x}\",\
         \"name\":\"{name} {number}\",\"hostname\":\"PC-{number:07}\",\"ip\":\"10.0.0.{number}\",\"status\":\"ONLINE\",\
         \"os\":\"Windows 11\",\"version\":\"4.12.0\",\"createdAt\":\"2024-03-05T09:30:00.000Z\",\
         \"screens\":[{{\"w\":1920,\"h\":1080}},{{\"w\":2560,\"h\":1440}}],\"ratio\":0.25,\"tags\":[],\"note\":null}}"
    )
}

fn rows(name: &str) -> Vec<String> {
    (0..100).map(|number| row(number, name)).collect()
}

fn bytes(rows: &[String]) -> BytesCount {
    BytesCount::new(rows.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn envelope(bencher: Bencher) {
    let rows = rows("Zürich");
    let page = format!(
        "{{\"computers\":[{}],\"page\":1,\"limit\":100,\"total\":100}}",
        rows.join(",")
    );
    bencher.counter(bytes(&rows)).bench(|| {
        wire::read_listing(divan::black_box(&page))
            .unwrap()
            .rows
            .len()
    });
}

#[divan::bench]
fn five_properties(bencher: Bencher) {
    let rows = rows("Zürich");
    let paths = ["name", "hostname", "ip", "status", "id"].map(PropertyPath::new);
    let lookup = Lookup::new(&paths);
    bencher
        .counter(bytes(&rows))
        .bench(|| rows.iter().map(|row| lookup.find(row).len()).sum::<usize>());
}

#[divan::bench(args = [10, 1000, 100_000])]
fn all_properties(bencher: Bencher, count: usize) {
    let names: Vec<String> = (0..count)
        .map(|number| format!("property{number}"))
        .collect();
    let row = format!(
        "{{{}}}",
        names
            .iter()
            .map(|name| format!("\"{name}\":0"))
            .collect::<Vec<_>>()
            .join(",")
    );
    let paths: Vec<PropertyPath> = names.iter().map(PropertyPath::new).collect();
    bencher
        .counter(BytesCount::new(row.len()))
        .bench(|| Lookup::new(&paths).find(divan::black_box(&row)).len());
}

#[divan::bench(args = ["status=OFFLINE", "hostname=PC-*9", "os~^Win.*11$", "screens.1.w=1920"])]
fn filter(bencher: Bencher, text: &str) {
    let rows = rows("Zürich");
    let filters = Filters::new(vec![text.parse::<Filter>().unwrap()], wire::property);
    let fits = |row: &&String| filters.fit(&Computer::new(row.as_str()));
    bencher
        .counter(bytes(&rows))
        .bench(|| rows.iter().filter(fits).count());
}

#[divan::bench(args = ["Paris", "Zürich", "東京", "right\u{202e}left"])]
fn escape(bencher: Bencher, name: &str) {
    let rows = rows(name);
    bencher.counter(bytes(&rows)).bench(|| {
        rows.iter()
            .map(|row| visible_json(row).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = ["table", "wide", "json", "jsonl", "csv", "id"])]
fn format(bencher: Bencher, name: &str) {
    let rows = rows("Zürich");
    let format: Format = name.parse().unwrap();
    bencher.counter(bytes(&rows)).bench(|| {
        let terminal = Terminal {
            format,
            bytes: Cell::new(0),
        };
        let view = RowOptions {
            shape: Shape::Many,
            columns: computer_columns(format, None, wire::property),
            chosen: false,
            headers: true,
            id: PropertyPath::new("id"),
            underscore_id: PropertyPath::new("_id"),
            describe: false,
            records: false,
            batched: false,
        };
        let mut printer = printer(&terminal, view);
        for row in &rows {
            printer.row(&Computer::new(row.as_str())).unwrap();
        }
        printer.finish().unwrap();
        terminal.bytes.get()
    });
}
