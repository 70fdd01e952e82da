//! A signal during the change of a single computer.

use std::thread::sleep;
use std::time::Duration;

use crate::support::running::{Ended, Gate, Running, until};
use crate::support::{Fault, Peer, Session, id, uid};

/// Starts a change, and interrupts it while the API does this with it.
fn interrupted(
    words: &str,
    presses: usize,
    fault: impl Fn(&Gate) -> Option<Fault> + Send + Sync + 'static,
) -> (Peer, Ended) {
    let (peer, gate) = (Peer::start(), Gate::default());
    let held = gate.clone();
    peer.mishap(move |request, _| {
        if request.method == "GET" {
            return None;
        }
        fault(&held)
    });
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words);
    until(|| !peer.changes().is_empty());
    running.stop_by("INT");
    if presses > 1 {
        sleep(Duration::from_millis(400));
        running.send("INT");
    } else {
        gate.open();
    }
    let ended = running.end();
    (peer, ended)
}

/// Waits at the gate, and then goes on as usual.
fn late(gate: &Gate) -> Option<Fault> {
    gate.pass();
    None
}

#[allow(clippy::unnecessary_wraps, reason = "the fault of a gate is optional")]
fn hang(_: &Gate) -> Option<Fault> {
    Some(Fault::Hang)
}

#[test]
fn an_answer_that_comes_in_time_is_reported() {
    for (words, outcome) in [
        (
            format!("computers delete {} --yes --json", id(3)),
            "deleted",
        ),
        (format!("computers rename {} new --json", id(3)), "renamed"),
        (format!("computers reserve {} --json", uid(70)), "created"),
    ] {
        let (peer, ended) = interrupted(&words, 1, late);
        assert_eq!((peer.changes().len(), peer.done().len()), (1, 1), "{words}");
        let record: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(record["outcome"], outcome);
        ended.is_interrupted("1 done, 0 failed, 0 unknown, 0 not started", None);
    }
}

#[test]
fn without_a_response_the_outcome_is_unknown() {
    for (words, what, target, verb) in [
        (
            format!("computers delete {} --yes --json", id(3)),
            format!("computer {}", id(3)),
            format!("id:{}", id(3)),
            "deleted",
        ),
        (
            format!("computers rename {} new --json", id(3)),
            format!("computer {}", id(3)),
            format!("id:{}", id(3)),
            "renamed",
        ),
        (
            format!("computers reserve {} --json", uid(70)),
            format!("the _id {}", uid(70)),
            format!("_id:{}", uid(70)),
            "reserved",
        ),
    ] {
        let (peer, ended) = interrupted(&words, 2, hang);
        assert_eq!((peer.changes().len(), ended.stdout.as_str()), (1, ""));
        ended.is_interrupted(
            &format!("could not confirm whether {what} was {verb}: interrupted before the response arrived"),
            Some(&format!("check: reemo computers get {target}")),
        );
    }
}

/// Its `_id` was generated, and is nowhere but in the error.
#[test]
fn a_generated_id_that_is_unknown_is_named() {
    let (peer, ended) = interrupted("computers reserve --json", 2, hang);
    let sent = peer.changes().pop().unwrap();
    let id = &sent["POST /v1/computers {\"_id\":\"".len()..][..36];
    ended.is_interrupted(
        &format!(
            "could not confirm whether the _id {id} was reserved: interrupted before the response arrived"
        ),
        Some(&format!("check: reemo computers get _id:{id}")),
    );
}

#[test]
fn a_retry_is_not_made() {
    let words = format!("computers delete {} --yes --json", id(3));
    let peer = Peer::start();
    peer.mishap(|request, _| {
        let later = Fault::instead(429, "Retry-After: 20\r\n", r#"{"error":"later"}"#);
        (request.method == "DELETE").then_some(later)
    });
    let session = Session::with(&peer);
    let running = Running::start(&session, &[], words.as_str());
    running.until_told("trying again in 20.0 s", 1);
    running.send("TERM");
    let ended = running.end();
    assert_eq!(peer.changes().len(), 1);
    ended.is_interrupted("too many requests: later", None);
    assert_eq!(
        ended.error()["details"][0],
        "not retried: the command was interrupted"
    );
}
