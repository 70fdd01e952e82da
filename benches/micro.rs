//! `cargo bench --bench micro [NAME]`: what a listing goes through, piece by piece, on pages of 100 computers.
//!
//! The pieces are private, so their files are taken in by path. That works because they need nothing but the plain data
//! of `model`. The formats are measured by `benches/run`, as a whole program.
#![allow(dead_code, unused_imports, missing_docs, clippy::unwrap_used)]

#[path = "../src/model/mod.rs"]
mod model;

#[path = "../src/api"]
mod api {
    pub(crate) mod wire;
}

use api::wire;
use divan::Bencher;
use divan::counter::BytesCount;
use model::computer::Computer;
use model::filter::{Filter, Filters};
use model::property::{Lookup, PropertyPath};
use model::sanitize::visible_json;

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
    let filters = Filters::new(vec![text.parse::<Filter>().unwrap()], &[], wire::filter_key);
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
