//! Listings: pages and filters.

use std::collections::HashSet;
use std::fs;

use reemo::sandbox::MAX_COMPUTERS;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Session, id};

#[test]
fn a_listing_is_an_envelope_around_the_fleet() {
    let mut session = Session::new(25);
    let answer = session.get("/v1/computers");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert!(Uuid::parse_str(answer.header("x-request-id").unwrap()).is_ok());
    let list = answer.ok(200);
    assert_eq!(
        (&list["page"], &list["limit"], &list["total"]),
        (&json!(1), &json!(100), &json!(25))
    );
    assert_eq!(list["computers"].as_array().unwrap().len(), 25);
    assert!(
        fs::read_dir(session.folder.path())
            .unwrap()
            .next()
            .is_none(),
        "reading writes nothing"
    );
}

#[test]
fn the_pages_together_are_the_fleet() {
    let mut session = Session::new(1_000);
    let mut ids = HashSet::new();
    for page in 1..=10 {
        let list = session
            .get(&format!("/v1/computers?page={page}&limit=999"))
            .ok(200);
        assert_eq!(
            (&list["page"], &list["limit"], &list["total"]),
            (&json!(page), &json!(100), &json!(1_000))
        );
        ids.extend(list["computers"].as_array().unwrap().iter().map(id));
    }
    assert_eq!(ids.len(), 1_000);
    for page in ["11", "18446744073709551615", "99999999999999999999999"] {
        let list = session.get(&format!("/v1/computers?page={page}")).ok(200);
        assert_eq!(
            (&list["computers"], &list["total"]),
            (&json!([]), &json!(1_000))
        );
    }
    for query in [
        "page=0",
        "page=",
        "page=one",
        "limit=0",
        "limit=-1",
        "limit=1.5",
    ] {
        let answer = session.get(&format!("/v1/computers?{query}"));
        assert!(
            answer
                .error(400)
                .contains("must be a whole number from 1 on"),
            "{query}"
        );
    }
}

#[test]
fn a_smaller_fleet_is_the_beginning_of_a_larger_one() {
    let small = Session::new(25).get("/v1/computers").ok(200);
    let large = Session::new(MAX_COMPUTERS)
        .get("/v1/computers?limit=25")
        .ok(200);
    assert_eq!(small["computers"], large["computers"]);
    assert_eq!(large["total"], json!(MAX_COMPUTERS));
}

#[test]
fn filters_are_decoded_exact_and_limited_to_known_properties() {
    let mut session = Session::new(250);
    let all = session.get("/v1/computers").ok(200);
    let sample = all["computers"][7].as_object().unwrap().clone();
    for (property, value) in &sample {
        let Some(value) = value.as_str() else {
            continue;
        };
        let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let list = session
            .get(&format!("/v1/computers?{property}={encoded}"))
            .ok(200);
        let found = list["computers"].as_array().unwrap();
        assert!(
            !found.is_empty() && found.iter().all(|computer| computer[property] == value),
            "{property}"
        );
        assert!(list["total"].as_u64().unwrap() < 250, "{property}");
    }
    let mut total = |query: &str| {
        session.get(&format!("/v1/computers?{query}")).ok(200)["total"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(total("name=Reception+Paris"), 1);
    assert_eq!(total("name=reception+paris"), 0);
    assert_eq!(total("name=Reception"), 0);
    assert_eq!(total("name=Reception+Paris&name=Reception+Lyon"), 2);
    assert_eq!(total("name=Reception+Paris&site=Lyon"), 0);
    assert_eq!(total("status=ONLINE") + total("status=OFFLINE"), 250);
    assert_eq!(total("colour=red&screens=x&=&&"), 250);
    assert_eq!(total("name=%zz%ff%00"), 0);
}
