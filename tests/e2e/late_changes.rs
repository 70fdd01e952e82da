//! An API that is slower than the program waits: what it does after the program has ended never contradicts what was said.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use serde_json::Value;

use crate::support::http::Request;
use crate::support::{Fault, Gate, Peer, Row, Session, id, uid};

/// The program gives up soon, and says nothing but the error.
const SHORT: &str = "--request-timeout 2s --retries 1 -q";

/// The first so many changes are carried out only when the gate is opened.
fn late(peer: &Peer, changes: usize) -> Gate {
    let (gate, seen) = (Gate::default(), AtomicUsize::new(0));
    let shut = gate.clone();
    peer.mishap(move |request: &Request, _| {
        let is_late = request.method != "GET" && seen.fetch_add(1, SeqCst) < changes;
        is_late.then(|| Fault::Late(shut.clone()))
    });
    gate
}

/// The outcomes of the records on standard output, an object a line.
fn outcomes(printed: &str) -> Vec<String> {
    printed
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            record["outcome"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// Waits for the changes of these words that come after the program has ended, and hands out the peer then.
fn unknown(words: &str, change: &str, check: &str, changes: usize) -> Peer {
    let peer = Peer::start();
    let gate = late(&peer, usize::MAX);
    let session = Session::with(&peer);
    let told = format!(
        "could not confirm whether {change}: [HOST] did not respond within 2s\n\
         hint: check: reemo computers get {check}"
    );
    session
        .run(&format!("computers {words} {SHORT} --json"))
        .fails_with("outcome_unknown", 9, told);
    assert_eq!((session.read("_id"), peer.changes().len()), (None, 2));
    gate.open();
    peer.await_done(changes);
    peer
}

#[test]
fn a_change_after_the_time_limit_is_unknown() {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let words = format!("reserve {} --id-file _id", uid(70));
            let reserved = format!("the _id {} was reserved", uid(70));
            let peer = unknown(&words, &reserved, &format!("_id:{}", uid(70)), 1);
            assert!(peer.find("_id", &uid(70)).is_some());
        });
        scope.spawn(|| {
            let words = format!("rename {} new", id(1));
            let renamed = format!("computer {} was renamed", id(1));
            let peer = unknown(&words, &renamed, &format!("id:{}", id(1)), 2);
            assert_eq!(peer.rows()[0].get("name").as_deref(), Some("new"));
        });
        scope.spawn(|| {
            let words = format!("delete {} --yes", id(1));
            let deleted = format!("computer {} was deleted", id(1));
            let peer = unknown(&words, &deleted, &format!("id:{}", id(1)), 1);
            assert!(peer.find("id", &id(1)).is_none());
        });
    });
}

/// The second attempt is made at once, and the first one changes nothing any more.
#[test]
fn a_second_attempt_that_is_made_settles_the_first() {
    for (words, outcome, changes) in [
        (format!("reserve {}", uid(70)), "created", 1),
        (format!("rename {} new", id(1)), "renamed", 2),
        (format!("delete {} --yes", id(1)), "deleted", 1),
    ] {
        let peer = Peer::start();
        let gate = late(&peer, 1);
        let mut run = Session::with(&peer).run(&format!("computers {words} {SHORT} -o jsonl"));
        assert_eq!(outcomes(&run.take_stdout()), [outcome], "{words}");
        gate.open();
        peer.await_done(changes);
        assert_eq!(peer.changes().len(), 2, "{words}");
    }
}

#[test]
fn in_bulk_each_is_unknown_and_named() {
    let once = SHORT.replace("--retries 1", "--retries 0");
    let ids = [70, 71, 72].map(uid);
    for words in [
        format!("reserve {}", ids.join(" ")),
        "rename --from names.csv".to_owned(),
        format!("delete {} {} {} --yes", id(1), id(3), id(4)),
    ] {
        let peer = Peer::start();
        late(&peer, usize::MAX);
        let rows = format!("computer,name\n{},a\n{},b\n{},c\n", id(1), id(3), id(4));
        let session = Session::with(&peer).file("names.csv", &rows);
        let mut run = session.run(&format!("computers {words} {once} -o jsonl"));
        let (printed, told) = (run.take_stdout(), run.take_stderr());
        run.ends(9);
        assert_eq!(outcomes(&printed), ["unknown"; 3], "{words}\n{told}");
        for line in printed.lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let named = ["_id", "id"]
                .iter()
                .filter_map(|name| record["computer"][name].as_str())
                .any(|id| record["error"]["message"].as_str().unwrap().contains(id));
            assert!(named, "{line}");
        }
    }
}

/// The API says 500 to an `_id` that it has already given to another machine.
#[test]
fn a_duplicate_that_is_answered_with_500_is_not_ours() {
    let peer = Peer::with(vec![Row::new(1, "atelier", "ONLINE")]);
    peer.mishap(|request, _| {
        (request.method == "POST")
            .then(|| Fault::answer(500, "application/json", r#"{"error":"duplicate key"}"#))
    });
    let session = Session::with(&peer);
    session
        .run([
            "computers",
            "reserve",
            &uid(1),
            "--id-file",
            "_id",
            "--json",
        ])
        .fails_with("conflict", 5, "the _id 00000001-2222-4222-9222-2e2e2e2e2e2e belongs to another machine: \"atelier\" (id:00000001-1111-4111-8111-1d1d1d1d1d1d)\n\
             hint: if it is reserved in your account, add --ensure");
    assert_eq!(session.read("_id"), None);
    let mut bulk = session.run([
        "computers",
        "reserve",
        &uid(1),
        &uid(70),
        "-o",
        "jsonl",
        "--retries",
        "0",
    ]);
    bulk = bulk.fails_with(
        "partly_failed",
        8,
        "not all computers were reserved: 0 done, 2 failed, 0 unknown, 0 not started\n\
         hint: the records say why; running the command again for those that failed is safe",
    );
    assert_eq!(outcomes(&bulk.take_stdout()), ["refused", "failed"]);
}
