//! Ctrl-C in bulk work: what was done, what was not begun, and what nobody knows.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Fault, Peer, Session, uid};

/// More than is in flight at once.
const MANY: usize = 40;
/// How many requests are answered before the API holds its breath.
const ANSWERED: usize = 10;

/// A run that an interrupt ended.
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Reserves many at an API that goes silent, and sends this many interrupts, once nothing comes any more.
fn interrupted(peer: &Peer, format: &str, interrupts: usize, in_flight: usize) -> Ended {
    let session = Session::with(peer);
    let ids: Vec<String> = (0..MANY).map(|n| uid(70 + n)).collect();
    let words: Vec<&str> = ["computers", "reserve", "-o", format]
        .into_iter()
        .chain(ids.iter().map(String::as_str))
        .collect();
    let mut command = session.interruptible(words.as_slice());
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until(|| peer.requests().len() >= in_flight);
    for nth in 0..interrupts {
        // A second press counts only after the first was seen.
        sleep(Duration::from_millis(if nth == 0 { 50 } else { 400 }));
        interrupt(&child);
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| session.told(&String::from_utf8_lossy(bytes));
    Ended {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

fn until(done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "it never came to that"
        );
        sleep(Duration::from_millis(5));
    }
}

fn interrupt(child: &Child) {
    let pid = child.id().to_string();
    let sent = std::process::Command::new("sh")
        .args(["-c", "kill -INT \"$1\"", "sh", &pid])
        .status()
        .unwrap();
    assert!(sent.success());
}

/// An API that answers the first requests and then never again.
fn silent_after(answered: usize) -> Peer {
    let peer = Peer::start();
    peer.mishap(move |_, number| (number > answered).then_some(Fault::Hang));
    peer
}

/// An API that takes half a second for each request after the first.
fn slow_after(answered: usize) -> Peer {
    let peer = Peer::start();
    peer.mishap(move |_, number| {
        if number > answered {
            sleep(Duration::from_millis(500));
        }
        None
    });
    peer
}

fn records(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn count(records: &[Value], outcome: &str) -> usize {
    records
        .iter()
        .filter(|record| record["outcome"] == outcome)
        .count()
}

#[test]
fn the_first_lets_what_is_in_flight_finish() {
    let peer = slow_after(ANSWERED);
    let ended = interrupted(&peer, "jsonl", 1, ANSWERED + 4);
    let records = records(&ended.stdout);
    let (made, left) = (peer.done().len(), MANY - peer.requests().len());
    assert_eq!(ended.code, Some(130), "{}", ended.stderr);
    assert_eq!((records.len(), count(&records, "created")), (made, made));
    assert!(left > 0 && made >= ANSWERED + 4, "{made} made, {left} left");
    let wanted = format!(
        "{{\"note\":{{\"code\":\"interrupted\",\"message\":\"ending after the requests in flight; Ctrl-C again leaves them\"}}}}\n\
         {{\"error\":{{\"code\":\"interrupted\",\"exit\":130,\"message\":\"interrupted: {made} done, 0 failed, 0 unknown, {left} not begun\",\
         \"hint\":\"running the same command again goes on where this one ended\"}}}}\n"
    );
    assert_eq!(ended.stderr, wanted);
}

#[test]
fn the_second_leaves_them_and_calls_them_unknown() {
    let peer = silent_after(ANSWERED);
    let ended = interrupted(&peer, "jsonl", 2, ANSWERED + 8);
    let records = records(&ended.stdout);
    assert_eq!(ended.code, Some(130), "{}", ended.stderr);
    assert_eq!(
        (
            count(&records, "created"),
            count(&records, "unknown"),
            records.len()
        ),
        (ANSWERED, 8, ANSWERED + 8)
    );
    let unknown: Vec<&Value> = records
        .iter()
        .filter(|record| record["outcome"] == "unknown")
        .collect();
    assert!(
        unknown
            .iter()
            .all(|record| record["error"]["code"] == "outcome_unknown"
                && record["computer"]["_id"].is_string())
    );
    let last = ended.stderr.lines().last().unwrap();
    let told = format!(
        "interrupted: {ANSWERED} done, 0 failed, 8 unknown, {} not begun",
        MANY - ANSWERED - 8
    );
    assert_eq!(
        serde_json::from_str::<Value>(last).unwrap()["error"]["message"],
        told
    );
}

/// Whatever the format, what was done by then is told: a machine's `_id` that was reserved must not be lost.
#[test]
fn every_format_tells_what_was_done() {
    let mut lost = Vec::new();
    for format in ["table", "wide", "json", "csv", "_id"] {
        let peer = slow_after(ANSWERED);
        let ended = interrupted(&peer, format, 1, ANSWERED + 4);
        assert_eq!(ended.code, Some(130), "{format}: {}", ended.stderr);
        let made = peer.done();
        let uid =
            |change: &String| change["POST /v1/computers {\"_id\":\"".len()..][..36].to_owned();
        let missing = made
            .iter()
            .filter(|change| !ended.stdout.contains(&uid(change)))
            .count();
        let whole = format != "json"
            || serde_json::from_str::<Value>(&ended.stdout).is_ok_and(|records| records.is_array());
        if missing > 0 || !whole {
            lost.push(format!(
                "{format}: {missing} of {} that were reserved are not told",
                made.len()
            ));
        }
    }
    assert_eq!(lost, [""; 0]);
}

#[test]
fn the_same_command_again_goes_on() {
    let peer = slow_after(ANSWERED);
    interrupted(&peer, "jsonl", 1, ANSWERED + 4);
    peer.mishap(|_, _| None);
    let ids: Vec<String> = (0..MANY).map(|n| uid(70 + n)).collect();
    let more = ["computers", "reserve", "--ensure", "-o", "_id"];
    let words: Vec<&str> = more
        .into_iter()
        .chain(ids.iter().map(String::as_str))
        .collect();
    Session::with(&peer)
        .run(words.as_slice())
        .stdout(crate::support::lines(&ids));
    assert_eq!((peer.rows().len(), peer.done().len()), (6 + MANY, MANY));
}

/// Before anything is changed, Ctrl-C ends the program as it ends any other.
#[test]
fn a_listing_ends_at_once() {
    let peer = silent_after(0);
    let session = Session::with(&peer);
    let mut command = session.command("computers list --json");
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until(|| !peer.requests().is_empty());
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
    assert!(
        output.status.code() == Some(130) || signal == Some(2),
        "{:?}",
        output.status
    );
    assert!(output.stdout.is_empty());
}
