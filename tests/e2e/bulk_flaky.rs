//! A thousand computers at an API of which one request in twenty goes wrong: each change is made exactly once, and nobody
//! notices.

use std::collections::BTreeMap;

use crate::support::http::Request;
use crate::support::{Fault, Peer, Row, Session};

const MANY: usize = 1000;

/// The `_id` of the n-th computer.
fn machine(n: usize) -> String {
    format!("{n:08x}-3333-4333-8333-3f3f3f3f3f3f")
}

/// One request in twenty is turned away, or its answer lost: before it was carried out, or after.
fn one_in_twenty(_: &Request, number: usize) -> Option<Fault> {
    let turned_away = |status| Fault::instead(status, "Retry-After: 0\r\n", r#"{"error":"later"}"#);
    (number % 20 == 7).then(|| match number / 20 % 5 {
        0 => turned_away(429),
        1 => turned_away(503),
        2 => Fault::LoseAnswer,
        3 => Fault::Raw(Vec::new()),
        _ => Fault::CutAnswer,
    })
}

/// A csv file with a row for each machine.
fn csv(header: &str, row: impl Fn(usize) -> String) -> String {
    header.to_owned() + &(0..MANY).map(row).collect::<String>()
}

/// The machines' `_id`s, one a line.
fn machines() -> String {
    (0..MANY).map(|n| machine(n) + "\n").collect()
}

/// An API that knows all machines, and is flaky.
fn flaky() -> Peer {
    let row = |n: usize| Row::new(n + 1, &format!("pc-{n}"), "OFFLINE").text("_id", &machine(n));
    let peer = Peer::with((0..MANY).map(row).collect());
    peer.mishap(one_in_twenty);
    peer
}

/// The command ends well, prints every machine, and each of its requests was carried out exactly once.
fn each_exactly_once(peer: &Peer, session: &Session, words: &str) {
    let mut outcome = session.run(&format!("{words} -o _id")).stdout(machines());
    outcome.take_stderr();
    drop(outcome);
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    for change in peer.done() {
        *made.entry(change).or_default() += 1;
    }
    assert_eq!(
        (made.len(), made.values().max()),
        (MANY, Some(&1)),
        "{words}"
    );
}

#[test]
fn a_thousand_are_reserved() {
    let peer = Peer::with(Vec::new());
    peer.mishap(one_in_twenty);
    let rows = csv("_id,name\n", |n| format!("{},pc-{n}\n", machine(n)));
    let session = Session::with(&peer).file("machines.csv", &rows);
    each_exactly_once(&peer, &session, "computers reserve --from machines.csv");
    assert_eq!(peer.rows().len(), MANY);
}

#[test]
fn a_thousand_are_renamed() {
    let peer = flaky();
    let rows = csv("computer,name\n", |n| {
        format!("_id:{},desk {n}\n", machine(n))
    });
    let session = Session::with(&peer).file("names.csv", &rows);
    each_exactly_once(&peer, &session, "computers rename --from names.csv");
    let names: Vec<Option<String>> = peer.rows().iter().map(|row| row.get("name")).collect();
    assert_eq!(
        names,
        (0..MANY)
            .map(|n| Some(format!("desk {n}")))
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_thousand_are_deleted() {
    let peer = flaky();
    let ids: String = (0..MANY).map(|n| format!("_id:{}\n", machine(n))).collect();
    each_exactly_once(
        &peer,
        &Session::with(&peer).stdin(&ids),
        "computers delete - --yes",
    );
    assert!(peer.rows().is_empty());
}

#[test]
fn a_thousand_that_fit_are_deleted() {
    let peer = flaky();
    let words = "computers delete --filter name=pc-* --max 1000 --yes";
    each_exactly_once(&peer, &Session::with(&peer), words);
    assert!(peer.rows().is_empty());
}

/// All requests turned away is more than a retry budget bears: it ends, each target is told of, none is lost.
#[test]
fn the_retry_budget_bounds_requests_to_an_api_that_is_down() {
    let peer = Peer::with(Vec::new());
    peer.mishap(|_, _| {
        Some(Fault::instead(
            503,
            "Retry-After: 0\r\n",
            r#"{"error":"down"}"#,
        ))
    });
    let session = Session::with(&peer).file("machines.csv", &format!("_id\n{}", machines()));
    let mut outcome = session
        .run("computers reserve --from machines.csv -o jsonl -q")
        .fails_with(
            "partly_failed",
            8,
            "not all computers were reserved: 0 done, 1000 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let printed = outcome.take_stdout();
    assert_eq!(
        printed
            .lines()
            .filter(|line| line.starts_with("{\"outcome\":\"failed\""))
            .count(),
        MANY
    );
    let asked = peer.requests().len();
    assert!((MANY..=MANY + 50).contains(&asked), "{asked} requests");
}
