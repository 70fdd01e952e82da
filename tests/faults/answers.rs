//! Answers as bytes, right and wrong.

use crate::server::Act;
use crate::support::Row;

/// An answer with these header lines, each ended, and a body whose length they do not say.
pub(crate) fn bytes(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} Said\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body.as_ref());
    bytes
}

/// A right answer of any type, after which the connection ends.
pub(crate) fn typed(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Act {
    headed(status, &format!("Content-Type: {content_type}\r\n"), body)
}

/// A right answer in JSON, after which the connection ends.
pub(crate) fn json(status: u16, body: impl AsRef<[u8]>) -> Act {
    typed(status, "application/json", body)
}

/// A right answer with these header lines more, after which the connection ends.
pub(crate) fn headed(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Act {
    let body = body.as_ref();
    Act::Send(bytes(
        status,
        &format!(
            "Connection: close\r\n{headers}Content-Length: {}\r\n",
            body.len()
        ),
        body,
    ))
}

/// The head of an answer in JSON whose body is to have so many bytes.
pub(crate) fn head(status: u16, length: usize) -> Vec<u8> {
    bytes(
        status,
        &format!("Content-Type: application/json\r\nContent-Length: {length}\r\n"),
        "",
    )
}

/// A page of these computers; `beside` stands beside the list.
pub(crate) fn page(rows: &[Row], beside: &str) -> Act {
    json(200, envelope(rows, beside))
}

pub(crate) fn envelope(rows: &[Row], beside: &str) -> String {
    let rows: Vec<String> = rows.iter().map(Row::json).collect();
    format!("{{\"computers\":[{}]{beside}}}", rows.join(","))
}

/// Plain OFFLINE computers, by their places in the fleet.
pub(crate) fn rows(places: impl IntoIterator<Item = usize>) -> Vec<Row> {
    places
        .into_iter()
        .map(|n| Row::new(n, &format!("pc-{n}"), "OFFLINE"))
        .collect()
}
