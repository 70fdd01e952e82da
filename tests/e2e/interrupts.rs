//! Ctrl-C in bulk work: what was done, what was not started, and what is not known.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

use crate::support::running::{Ended, Gate, Running, until};
use crate::support::{Fault, Peer, Row, Session, id, uid};

/// More than is in flight at once.
const MANY: usize = 40;
/// How many requests are answered before the API holds the others back.
const ANSWERED: usize = 10;
/// How many are in flight at once.
const IN_FLIGHT: usize = 8;
/// Longer than the pause by which two interrupts are told apart.
const BETWEEN_PRESSES: Duration = Duration::from_millis(400);

/// `computers reserve` of many `_id`s.
fn reserve(format: &str) -> Vec<String> {
    let words = ["computers", "reserve", "-o", format].map(str::to_owned);
    words.into_iter().chain(ids()).collect()
}

fn ids() -> Vec<String> {
    (0..MANY).map(|n| uid(70 + n)).collect()
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// An API that holds back what comes after the first requests, until the gate is opened.
fn held_back() -> (Peer, Gate) {
    let (peer, gate) = (Peer::start(), Gate::default());
    let held = gate.clone();
    peer.mishap(move |_, number| {
        if number > ANSWERED {
            held.pass();
        }
        None
    });
    (peer, gate)
}

/// An API that answers the first requests and then never again.
fn silent_after(answered: usize) -> Peer {
    let peer = Peer::start();
    peer.mishap(move |_, number| (number > answered).then_some(Fault::Hang));
    peer
}

/// Reserves many at an API that holds them back, interrupts, and then lets it answer.
fn interrupted(peer: &Peer, gate: &Gate, format: &str) -> Ended {
    let session = Session::with(peer);
    let running = Running::start(&session, &[], words(&reserve(format)).as_slice());
    until(|| peer.requests().len() == ANSWERED + IN_FLIGHT);
    running.stop_by("INT");
    gate.open();
    running.end()
}

#[test]
fn the_first_signal_lets_requests_in_flight_finish() {
    let (peer, gate) = held_back();
    let ended = interrupted(&peer, &gate, "jsonl");
    let made = ANSWERED + IN_FLIGHT;
    assert_eq!((peer.done().len(), peer.requests().len()), (made, made));
    assert_eq!(
        (ended.records().len(), ended.count("created")),
        (made, made)
    );
    let wanted = format!(
        "{{\"note\":{{\"code\":\"interrupted\",\"message\":\"finishing requests in flight; press Ctrl-C again to abandon them\"}}}}\n\
         {{\"error\":{{\"code\":\"interrupted\",\"exit\":130,\"message\":\"interrupted: {made} done, 0 failed, 0 unknown, {} not started\",\
         \"hint\":\"running the same command again with --ensure continues where this one ended\"}}}}\n",
        MANY - made
    );
    assert_eq!((ended.code, ended.stderr), (Some(130), wanted));
}

#[test]
fn the_second_abandons_them_and_calls_them_unknown() {
    let peer = silent_after(ANSWERED);
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words(&reserve("jsonl")).as_slice());
    until(|| peer.requests().len() == ANSWERED + IN_FLIGHT);
    running.stop_by("INT");
    sleep(BETWEEN_PRESSES);
    running.send("INT");
    unknown_after(&running.end());
}

#[test]
fn a_request_that_outlasts_five_seconds_is_unknown() {
    let peer = silent_after(ANSWERED);
    let session = Session::with(&peer).always("--request-timeout=10m");
    let running = Running::start(&session, &[], words(&reserve("jsonl")).as_slice());
    until(|| peer.requests().len() == ANSWERED + IN_FLIGHT);
    running.send("INT");
    unknown_after(&running.end());
    assert_eq!(peer.requests().len(), ANSWERED + IN_FLIGHT);
}

fn unknown_after(ended: &Ended) {
    let unknown: Vec<_> = ended
        .records()
        .into_iter()
        .filter(|record| record["outcome"] == "unknown")
        .collect();
    assert_eq!(ended.count("created"), ANSWERED);
    assert_eq!(unknown.len(), IN_FLIGHT);
    for record in &unknown {
        let id = record["computer"]["_id"].as_str().unwrap();
        let error = &record["error"];
        assert_eq!(error["code"], "outcome_unknown");
        assert_eq!(
            (error["message"].as_str(), error["hint"].as_str()),
            (
                Some(&*format!(
                    "could not confirm whether the _id {id} was reserved: interrupted before the response arrived"
                )),
                Some(&*format!("check: reemo computers get _id:{id}"))
            )
        );
    }
    let left = MANY - ANSWERED - IN_FLIGHT;
    let first = unknown[0]["computer"]["_id"].as_str().unwrap();
    ended.is_interrupted(
        &format!("{ANSWERED} done, 0 failed, {IN_FLIGHT} unknown, {left} not started"),
        Some(&format!(
            "check each target with an unknown outcome, starting with: reemo computers get _id:{first}"
        )),
    );
}

/// Whatever the format, what was done by then is told: a machine's `_id` that was reserved must not be lost.
#[test]
fn every_format_prints_the_outcome() {
    for format in ["table", "wide", "json", "csv", "_id"] {
        let (peer, gate) = held_back();
        let ended = interrupted(&peer, &gate, format);
        assert_eq!(ended.code, Some(130), "{format}: {}", ended.stderr);
        let told = ids().iter().filter(|id| ended.stdout.contains(*id)).count();
        assert_eq!(told, ANSWERED + IN_FLIGHT, "{format}: {}", ended.stdout);
        if format == "json" {
            let records: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
            assert!(records.is_array());
        }
    }
}

#[test]
fn the_same_command_again_continues() {
    let (peer, gate) = held_back();
    interrupted(&peer, &gate, "jsonl");
    peer.mishap(|_, _| None);
    let more = ["computers", "reserve", "--ensure", "-o", "_id"].map(str::to_owned);
    let again: Vec<String> = more.into_iter().chain(ids()).collect();
    Session::with(&peer)
        .run(words(&again).as_slice())
        .stdout(crate::support::lines(&ids()));
    assert_eq!((peer.rows().len(), peer.done().len()), (6 + MANY, MANY));
}

/// A dozen computers to delete.
fn a_dozen() -> (Peer, Vec<String>) {
    let rows = (1..=12).map(|n| Row::new(n, &format!("pc-{n}"), "OFFLINE"));
    let words = ["computers", "delete", "--yes", "-o", "jsonl"].map(str::to_owned);
    let ids = (1..=12).map(|n| format!("id:{}", id(n)));
    (
        Peer::with(rows.collect()),
        words.into_iter().chain(ids).collect(),
    )
}

/// The deletions that the API was asked for.
fn deletions(peer: &Peer) -> usize {
    peer.changes().len()
}

#[test]
fn nothing_is_sent_again_after_retry_after() {
    let (peer, delete) = a_dozen();
    let later = Fault::instead(429, "Retry-After: 20\r\n", r#"{"error":"later"}"#);
    peer.mishap(move |request, _| (request.method == "DELETE").then(|| later.clone()));
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words(&delete).as_slice());
    running.until_told("trying again in 20.0 s", IN_FLIGHT);
    running.send("INT");
    let ended = running.end();
    assert_eq!(deletions(&peer), IN_FLIGHT);
    assert_eq!(ended.count("failed"), IN_FLIGHT);
    for record in ended.records() {
        assert_eq!(record["error"]["code"], "rate_limited");
        assert_eq!(
            record["error"]["details"][0],
            "not retried: the command was interrupted"
        );
    }
    ended.is_interrupted(
        "0 done, 8 failed, 0 unknown, 4 not started",
        Some("running the same command again with --ignore-missing continues where this one ended"),
    );
}

/// A lost answer is settled by a read and then the request is sent again, but not after a request to stop.
#[test]
fn nothing_is_sent_again_after_a_lost_answer() {
    let (peer, delete) = a_dozen();
    let (gate, lost) = (Gate::default(), Mutex::new(Vec::new()));
    let read_back = Arc::new(AtomicUsize::new(0));
    let (held, count) = (gate.clone(), Arc::clone(&read_back));
    peer.mishap(move |request, _| {
        if request.method == "DELETE" {
            lost.lock().unwrap().push(request.target.clone());
            return Some(Fault::Raw(Vec::new()));
        }
        let is_read_back = lost.lock().unwrap().contains(&request.target);
        if is_read_back {
            count.fetch_add(1, Ordering::SeqCst);
            held.pass();
        }
        None
    });
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words(&delete).as_slice());
    until(|| read_back.load(Ordering::SeqCst) == IN_FLIGHT);
    running.stop_by("INT");
    gate.open();
    let ended = running.end();
    assert_eq!((deletions(&peer), peer.done().len()), (IN_FLIGHT, 0));
    assert_eq!(ended.count("unknown"), IN_FLIGHT);
    ended.is_interrupted(
        "0 done, 0 failed, 8 unknown, 4 not started",
        Some(&format!(
            "check each target with an unknown outcome, starting with: reemo computers get id:{}",
            id(1)
        )),
    );
}

/// What was in flight was a read: the change itself was not started, and never will be.
#[test]
fn a_target_that_was_only_read_counts_as_not_begun() {
    let (peer, delete) = a_dozen();
    peer.mishap(|request, _| {
        let is_one = request.target.matches('/').count() == 3;
        is_one.then_some(Fault::Hang)
    });
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words(&delete).as_slice());
    until(|| peer.requests().len() > IN_FLIGHT);
    running.stop_by("INT");
    sleep(BETWEEN_PRESSES);
    running.send("INT");
    let ended = running.end();
    assert_eq!((deletions(&peer), ended.stdout.as_str()), (0, ""));
    ended.is_interrupted(
        "0 done, 0 failed, 0 unknown, 12 not started",
        Some("running the same command again with --ignore-missing continues where this one ended"),
    );
}

/// What the hint recommends does what it says: nothing that is done is done a second time.
#[test]
fn the_hint_names_a_command_that_works() {
    let again =
        |with: &str| format!("running the same command again{with} continues where this one ended");
    let listed: String = ids().iter().map(|id| format!("{id},\n")).collect();
    let names = "n\n".repeat(MANY);
    for (words, hint) in [
        (
            "reserve --count 40",
            format!("the same command would start over; for the rest: reemo computers reserve --count {}", MANY - IN_FLIGHT),
        ),
        ("reserve --from listed.csv", again(" with --ensure")),
        ("reserve --from listed.csv --ensure", again("")),
        (
            "reserve --from names.csv",
            "the same command would reserve new _ids for all rows without one; first remove the finished rows from the file".to_owned(),
        ),
        ("rename --from renamed.csv", again("")),
        ("delete --filter name=pc-* --yes", again("")),
        ("delete - --yes --ignore-missing", again("")),
        ("delete - --yes", again(" with --ignore-missing")),
    ] {
        let rows = (0..MANY).map(|n| Row::new(n + 1, &format!("pc-{n}"), "OFFLINE"));
        let (peer, gate) = (Peer::with(rows.collect()), Gate::default());
        let held = gate.clone();
        peer.mishap(move |request, _| {
            if request.method != "GET" {
                held.pass();
            }
            None
        });
        let named: String = (1..=MANY).map(|n| format!("id:{}\n", id(n))).collect();
        let renamed: String = (1..=MANY).map(|n| format!("id:{},new {n}\n", id(n))).collect();
        let session = Session::with(&peer)
            .file("listed.csv", &format!("_id,name\n{listed}"))
            .file("names.csv", &format!("name\n{names}"))
            .file("renamed.csv", &format!("computer,name\n{renamed}"))
            .stdin(&named);
        let words = format!("computers {words} -o jsonl");
        let running = Running::start(&session, &[], &words);
        until(|| peer.changes().len() == IN_FLIGHT);
        running.stop_by("INT");
        gate.open();
        let ended = running.end();
        let left = MANY - IN_FLIGHT;
        let summary = format!("{IN_FLIGHT} done, 0 failed, 0 unknown, {left} not started");
        ended.is_interrupted(&summary, Some(&hint));
        assert_eq!(peer.done().len(), IN_FLIGHT, "{words}");
    }
}

/// Before anything is changed, Ctrl-C ends the program as it ends any other.
#[test]
fn a_listing_ends_at_once() {
    let peer = silent_after(0);
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], "computers list --json");
    until(|| !peer.requests().is_empty());
    running.send("INT");
    let ended = running.end();
    assert_eq!((ended.signal, ended.stdout.as_str()), (Some(2), ""));
}
