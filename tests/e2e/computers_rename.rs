//! `computers rename`.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use crate::support::dialect::{Answered, Dialect};
use crate::support::{DOUBLE_IS_AMBIGUOUS, Fault, Peer, Row, Session, compact, id, pretty, uid};

fn record(outcome: &str, row: &str) -> String {
    pretty(&format!("{{\"outcome\":\"{outcome}\",\"computer\":{row}}}")) + "\n"
}

/// The record of a computer that was renamed.
fn renamed(previous: &str, row: &str) -> String {
    let record =
        format!("{{\"outcome\":\"renamed\",\"computer\":{row},\"previous_name\":{previous}}}");
    pretty(&record) + "\n"
}

#[test]
fn it_sends_the_name_and_prints_a_record() {
    for word in [id(2), uid(2), "atelier-02".to_owned()] {
        let peer = Peer::start();
        let mut outcome =
            Session::with(&peer).run(["computers", "rename", &word, "Bureau \"7\"", "--json"]);
        assert_eq!(
            outcome.take_stdout(),
            renamed("\"atelier-02\"", &peer.row(2)),
            "{}",
            outcome.transcript()
        );
        assert_eq!(
            peer.changes(),
            [format!(
                r#"PUT /v1/computers/{} {{"name":"Bureau \"7\""}}"#,
                id(2)
            )]
        );
        assert_eq!(
            peer.seen().last().unwrap().header("content-type"),
            Some("application/json")
        );
    }
}

#[test]
fn other_formats() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let table = format!(
        "OUTCOME  NAME  PREVIOUS_NAME  {:36}  ID\nrenamed  a     atelier-02     {}  {}\n",
        "_ID",
        uid(2),
        id(2)
    );
    session
        .run(["computers", "rename", &id(2), "a"])
        .stdout(table);
    session
        .run(["computers", "rename", &id(2), "b", "-o", "id"])
        .stdout(id(2) + "\n");
    session
        .run(["computers", "rename", &id(2), "c", "-o", "_id"])
        .stdout(uid(2) + "\n");
    let mut outcome = session.run(["computers", "rename", &id(2), "d", "-o", "jsonl"]);
    assert_eq!(
        outcome.take_stdout(),
        compact(&renamed("\"c\"", &peer.row(2))) + "\n"
    );
}

#[test]
fn a_computer_may_have_had_no_name() {
    for row in [
        Row::new(1, "", "OFFLINE").raw("name", "null"),
        Row::new(1, "", "OFFLINE").without("name"),
    ] {
        let peer = Peer::with(vec![row]);
        let mut outcome =
            Session::with(&peer).run(["computers", "rename", &id(1), "new", "--json"]);
        assert_eq!(outcome.take_stdout(), renamed("null", &peer.row(1)));
    }
}

#[test]
fn the_same_name_changes_nothing() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers rename atelier-02 atelier-02 --json")
        .stdout(record("unchanged", &peer.row(2)));
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn no_match_and_several_matches() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session.run("computers rename nobody x --json").fails_with(
        "not_found",
        4,
        "no computer has the name or hostname \"nobody\"\n\
             hint: reemo computers list",
    );
    session
        .run("computers rename double x --json")
        .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    session
        .run(["computers", "rename", &id(99), "x", "--json"])
        .fails_with(
            "not_found",
            4,
            "no computer has the id or _id 00000063-1111-4111-8111-1d1d1d1d1d1d\n\
             hint: reemo computers list",
        );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn an_empty_name_is_a_usage_error() {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "rename", &id(2), "", "--json"])
        .fails_with(
            "usage",
            2,
            "invalid value '' for '[NAME]': a computer needs a name\n\
             hint: reemo computers rename --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    Session::profile(&peer, "access = \"read\"")
        .run("computers rename atelier-01 x --json")
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    Session::with(&peer)
        .env("REEMO_READ_ONLY", "1")
        .run("computers rename atelier-01 x --json")
        .fails_with("read_only", 5, "changes are forbidden by REEMO_READ_ONLY\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let peer = Peer::speaking(Dialect {
        rename: Answered::Empty(204),
        ..Dialect::default()
    });
    peer.mishap(|request, _| (request.method == "PUT").then_some(Fault::LoseAnswer));
    let mut outcome = Session::with(&peer).run(["computers", "rename", &id(2), "x", "--json"]);
    assert_eq!(
        outcome.take_stdout(),
        renamed("\"atelier-02\"", &peer.row(2))
    );
    assert_eq!(peer.changes().len(), 1);
}

#[test]
fn an_error_after_which_nothing_was_changed_is_sent_once_more() {
    let peer = Peer::start();
    peer.mishap(|request, number| {
        let first = request.method == "PUT" && number <= 2;
        first.then(|| Fault::answer(502, "text/html", "<html>bad gateway</html>"))
    });
    let mut outcome = Session::with(&peer).run(["computers", "rename", &id(2), "x", "--json"]);
    assert_eq!(
        outcome.take_stdout(),
        renamed("\"atelier-02\"", &peer.row(2)),
        "{}",
        outcome.transcript()
    );
    assert_eq!(peer.changes().len(), 2);
}

#[test]
fn an_outcome_that_cannot_be_settled_is_unknown() {
    let peer = Peer::start();
    let sent = AtomicBool::new(false);
    peer.mishap(move |request, _| {
        let lost = sent.fetch_or(request.method == "PUT", SeqCst) || request.method == "PUT";
        lost.then_some(Fault::LoseAnswer)
    });
    Session::with(&peer)
        .run([
            "computers",
            "rename",
            &id(2),
            "x",
            "--json",
            "--retries",
            "0",
        ])
        .fails_with("outcome_unknown", 9, "could not confirm whether computer 00000002-1111-4111-8111-1d1d1d1d1d1d was renamed: [HOST] can't be reached: the connection was closed before a response arrived\n\
             hint: check: reemo computers get id:00000002-1111-4111-8111-1d1d1d1d1d1d");
}

/// `--retries 0` means one request of each kind.
#[test]
fn without_retries_a_change_is_sent_once() {
    let peer = Peer::start();
    peer.mishap(|request, _| {
        (request.method != "GET")
            .then(|| Fault::answer(502, "text/html", "<html>bad gateway</html>"))
    });
    let session = Session::with(&peer);
    session
        .run([
            "computers",
            "rename",
            &id(2),
            "x",
            "--retries",
            "0",
            "--json",
        ])
        .fails_with("outcome_unknown", 9, "could not confirm whether computer 00000002-1111-4111-8111-1d1d1d1d1d1d was renamed: the API failed (status 502)\n\
             hint: check: reemo computers get id:00000002-1111-4111-8111-1d1d1d1d1d1d");
    session
        .run([
            "computers",
            "delete",
            &id(1),
            "--yes",
            "--retries",
            "0",
            "--json",
        ])
        .fails_with("outcome_unknown", 9, "could not confirm whether computer 00000001-1111-4111-8111-1d1d1d1d1d1d was deleted: the API failed (status 502)\n\
             hint: check: reemo computers get id:00000001-1111-4111-8111-1d1d1d1d1d1d");
    session
        .run(["computers", "reserve", &uid(70), "--retries", "0", "--json"])
        .fails_with("outcome_unknown", 9, "could not confirm whether the _id 00000046-2222-4222-9222-2e2e2e2e2e2e was reserved: the API failed (status 502)\n\
             hint: check: reemo computers get _id:00000046-2222-4222-9222-2e2e2e2e2e2e");
    assert_eq!(peer.changes().len(), 3, "{:?}", peer.changes());
}
