//! The one error at the end of a change of several: what it counts, and that its hint is true.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::{Fault, Peer, Session, id, uid};

/// The command ends with this error about all of its computers.
#[track_caller]
fn ends_with(session: &Session, words: &str, error: (&str, i32), message: &str, hint: &str) {
    session
        .run(words)
        .fails_with(error.0, error.1, format!("{message}\nhint: {hint}"))
        .take_stdout();
}

/// No answer arrives to a change of what this path ends with, and nothing can be read after it.
fn unsettled(peer: &Peer, path: String) {
    let was_changed = AtomicBool::new(false);
    peer.mishap(move |request, _| {
        if request.method == "GET" {
            let is_unread = was_changed.load(Ordering::SeqCst) && request.path().ends_with(&path);
            return is_unread.then(|| Fault::instead(500, "", ""));
        }
        let is_it = request.path().ends_with(&path);
        was_changed.fetch_or(is_it, Ordering::SeqCst);
        is_it.then_some(Fault::LoseAnswer)
    });
}

#[test]
fn unknown_ones_are_counted_apart_and_are_to_be_checked() {
    let peer = Peer::start();
    unsettled(&peer, "/computers".to_owned());
    let session = Session::with(&peer);
    let ids = format!("{} {} {}", uid(70), uid(71), uid(72));
    let words = format!("computers reserve {ids} --retries 0 -o jsonl");
    ends_with(
        &session,
        &words,
        ("outcome_unknown", 9),
        "not all computers were reserved: 0 done, 0 failed, 3 unknown, 0 not started",
        &format!(
            "check each target with an unknown outcome, starting with: reemo computers get _id:{}",
            uid(70)
        ),
    );
    assert_eq!(peer.done().len(), 3);
}

#[test]
fn one_unknown_outcome_decides_the_exit_code() {
    let peer = Peer::start();
    unsettled(&peer, id(3));
    let session = Session::with(&peer);
    // Deleted; refused, since it is ONLINE; unknown.
    let ids = format!("{} {} {}", id(4), id(2), id(3));
    let words = format!("computers delete {ids} --yes --retries 0 -o jsonl");
    ends_with(
        &session,
        &words,
        ("outcome_unknown", 9),
        "not all computers were deleted: 1 done, 1 failed, 1 unknown, 0 not started",
        &format!(
            "check the one that is unknown: reemo computers get id:{}",
            id(3)
        ),
    );
}

#[test]
fn failed_ones_can_be_tried_again() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let words = format!("computers delete {} {} --yes -o jsonl", id(4), id(2));
    ends_with(
        &session,
        &words,
        ("partly_failed", 8),
        "not all computers were deleted: 1 done, 1 failed, 0 unknown, 0 not started",
        "the records say why; running the command again for those that failed is safe",
    );
}

/// The same command would generate new `_id`s, for those that are reserved too.
#[test]
fn generated_ids_are_not_to_be_generated_again() {
    for words in [
        "computers reserve --count 3 -o jsonl",
        "computers reserve --from machines.csv -o jsonl",
    ] {
        let peer = Peer::start();
        peer.mishap(|request, number| {
            (request.method == "POST" && number == 1).then(|| Fault::instead(422, "", "{}"))
        });
        let note = "reserving the new _id [*]";
        Session::with(&peer)
            .file("machines.csv", "name\na\nb\nc\n")
            .run(words)
            .notes(&[note; 3])
            .fails_with(
                "partly_failed",
                8,
                "not all computers were reserved: 2 done, 1 failed, 0 unknown, 0 not started\n\
                 hint: the records say why; reserve those that failed by the _id in their record, \
                 since the same command would generate new ones",
            )
            .take_stdout();
    }
}
