//! The peer itself, before anything is believed because of it: asked over a bare socket.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::dialect::{Dialect, Envelope, Fact, Filters, Hints};
use crate::support::fleet::large;
use crate::support::{Canned, Fault, KEY, Peer, compact, id, pretty, quoted, uid};

/// Sends one request, and gives the whole answer.
fn ask(url: &str, method: &str, path: &str, key: &str, body: &str) -> String {
    let address = url.trim_start_matches("http://").trim_end_matches("/v1");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(stream, "{method} /v1{path} HTTP/1.1\r\nHost: peer\r\nAuthorization: {key}\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn a_listing_comes_in_pages_with_its_hints() {
    let dialect = Dialect {
        envelope: Envelope::Within("data", "items"),
        hints: Hints::Body(&[
            ("total", Fact::Total),
            ("next", Fact::NextUrl),
            ("more", Fact::More),
        ]),
        page: "p",
        first_page: 0,
        cap: 3,
        ..Dialect::default()
    };
    let peer = Peer::new(dialect, large(7));
    let rows: Vec<String> = peer
        .rows()
        .iter()
        .map(super::support::fleet::Row::json)
        .collect();
    let first = ask(&peer.url(), "GET", "/computers?p=0&limit=5", KEY, "");
    let next = r#""http://peer/v1/computers?p=1&limit=3""#;
    let wanted = format!(
        r#"{{"ok":true,"data":{{"items":[{}],"total":7,"next":{next},"more":true}}}}"#,
        rows[..3].join(",")
    );
    assert_eq!(body(&first), wanted);
    let last = ask(&peer.url(), "GET", "/computers?p=2&limit=5", KEY, "");
    let wanted = format!(
        r#"{{"ok":true,"data":{{"items":[{}],"total":7,"next":null,"more":false}}}}"#,
        rows[6]
    );
    assert_eq!(body(&last), wanted);
}

#[test]
fn filters_do_what_the_dialect_says() {
    for (filters, query, status, found) in [
        (Filters::Exact, "name=double", 200, 2),
        (Filters::Exact, "hostname=atelier-01", 200, 0),
        (Filters::Loose, "hostname=atelier-0", 200, 2),
        (Filters::Loose, "name=%C3%A9t", 200, 1),
        (Filters::Ignored, "name=double", 200, 6),
        (Filters::Refused, "name=double", 400, 0),
        (Filters::Bracketed, "filter%5Bname%5D=double", 200, 2),
        (Filters::Bracketed, "name=double", 200, 6),
    ] {
        let peer = Peer::speaking(Dialect {
            filters,
            ..Dialect::default()
        });
        let answer = ask(
            &peer.url(),
            "GET",
            &format!("/computers?limit=100&{query}"),
            KEY,
            "",
        );
        let rows = body(&answer).matches("\"_id\"").count();
        assert_eq!(
            (answer.starts_with(&format!("HTTP/1.1 {status} ")), rows),
            (true, found),
            "{filters:?} {query}"
        );
    }
}

#[test]
fn changes_change_the_fleet() {
    let peer = Peer::start();
    let path = format!("/computers/{}", id(3));
    assert!(ask(&peer.url(), "PUT", &path, KEY, r#"{"name":"new"}"#).ends_with(&peer.row(3)));
    assert!(peer.row(3).contains(r#""name":"new""#));
    assert!(
        ask(&peer.url(), "POST", &format!("{path}/connect"), KEY, "")
            .contains(r#""_id":"hashed-00000003""#)
    );
    assert!(ask(&peer.url(), "DELETE", &path, KEY, "").starts_with("HTTP/1.1 204 "));
    assert!(
        ask(
            &peer.url(),
            "DELETE",
            &format!("/computers/{}", id(2)),
            KEY,
            ""
        )
        .starts_with("HTTP/1.1 409 ")
    );
    assert!(ask(&peer.url(), "GET", &path, KEY, "").ends_with(r#"{"error":"no such computer"}"#));
    let wish = format!(r#"{{"_id":"{}"}}"#, uid(77));
    assert!(ask(&peer.url(), "POST", "/computers", KEY, &wish).starts_with("HTTP/1.1 201 "));
    assert!(ask(&peer.url(), "POST", "/computers", KEY, &wish).starts_with("HTTP/1.1 409 "));
    assert_eq!(peer.rows().len(), 6);
    assert_eq!(
        peer.changes()[0],
        format!(r#"PUT /v1{path} {{"name":"new"}}"#)
    );
}

#[test]
fn another_key_is_turned_away() {
    let peer = Peer::start();
    for key in ["", "sk_other", &format!("Bearer {KEY}")] {
        assert!(
            ask(&peer.url(), "GET", "/computers", key, "").starts_with("HTTP/1.1 401 "),
            "{key}"
        );
    }
}

#[test]
fn canned_answers_come_in_turn() {
    let server = Canned::script(vec![
        Fault::answer(503, "text/plain", "later"),
        Fault::LoseAnswer,
    ]);
    assert!(ask(&server.url(), "GET", "/computers", KEY, "").ends_with("\r\n\r\nlater"));
    assert_eq!(ask(&server.url(), "GET", "/computers", KEY, ""), "");
    assert_eq!(ask(&server.url(), "GET", "/again", KEY, ""), "");
    assert_eq!(
        server.requests(),
        ["GET /v1/computers", "GET /v1/computers", "GET /v1/again"]
    );
}

#[test]
fn expected_text_keeps_every_token() {
    let raw = r#"{ "a":1.10,"b":[],"c":[{"d":"x, y: [\" \\"}, 1e400],"e":{ } }"#;
    assert_eq!(
        compact(raw),
        r#"{"a":1.10,"b":[],"c":[{"d":"x, y: [\" \\"},1e400],"e":{}}"#
    );
    let wanted = "{\n  \"a\": 1.10,\n  \"b\": [],\n  \"c\": [\n    {\n      \"d\": \"x, y: [\\\" \\\\\"\n    },\n    1e400\n  ],\n  \"e\": {}\n}";
    assert_eq!(pretty(raw), wanted);
    assert_eq!(quoted("a\"b"), r#""a\"b""#);
}
