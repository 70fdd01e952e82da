//! `computers delete`: OFFLINE computers only, and never by surprise.

use crate::support::{DOUBLE_IS_AMBIGUOUS, Fault, Peer, Session, compact, id, pretty, uid};

fn record(outcome: &str, row: &str) -> String {
    format!("{{\"outcome\":\"{outcome}\",\"computer\":{row}}}")
}

fn deleted(n: usize) -> String {
    format!("DELETE /v1/computers/{}", id(n))
}

#[test]
fn an_offline_computer_is_deleted() {
    for word in [
        id(1),
        "atelier-01".to_owned(),
        "hostname:atelier-01".to_owned(),
    ] {
        let peer = Peer::start();
        let wanted = pretty(&record("deleted", &peer.row(1))) + "\n";
        Session::with(&peer)
            .run(["computers", "delete", &word, "--yes", "--json"])
            .stdout(wanted);
        assert_eq!(peer.changes(), [deleted(1)]);
        assert_eq!(peer.rows().len(), 5);
    }
}

#[test]
fn other_formats() {
    let session = |peer: &Peer| Session::with(peer);
    let table = format!(
        "OUTCOME  NAME        {:36}  ID\ndeleted  atelier-01  {}  {}\n",
        "_ID",
        uid(1),
        id(1)
    );
    session(&Peer::start())
        .run(["computers", "delete", &id(1), "--yes"])
        .stdout(table);
    session(&Peer::start())
        .run(["computers", "rm", &id(1), "--yes", "-o", "id"])
        .stdout(id(1) + "\n");
    let peer = Peer::start();
    let wanted = compact(&record("deleted", &peer.row(1))) + "\n";
    session(&peer)
        .run(["computer", "rm", &id(1), "--yes", "-o", "jsonl"])
        .stdout(wanted);
}

#[test]
fn without_a_terminal_it_needs_yes() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "delete", &id(1), "--json"])
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    session
        .run(["computers", "delete", &id(1), "--no-input"])
        .stderr(
            "error: deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question\n",
        )
        .code(5);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn piped_answers_are_no_confirmation() {
    let peer = Peer::start();
    Session::with(&peer)
        .stdin("y\nyes\n")
        .run(["computers", "delete", &id(1), "--json"])
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn an_online_computer_is_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "delete", &id(2), "--yes", "--json"])
        .fails_with("not_offline", 5, "computer \"atelier-02\" (00000002-1111-4111-8111-1d1d1d1d1d1d) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted");
    session
        .run(["computers", "delete", &id(2), "--yes"])
        .stderr(format!(
            "error: computer \"atelier-02\" ({}) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted\n",
            id(2)
        ))
        .code(5);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_state_that_is_not_known_is_not_offline() {
    let row = |status| crate::support::Row::new(1, "a", status);
    for (row, state) in [
        (row("offline-ish"), "is offline-ish"),
        (row(""), "has no state"),
        (row("").raw("status", "null"), "has no state"),
        (row("x").without("status"), "has no state"),
    ] {
        let peer = Peer::with(vec![row]);
        let told = format!(
            "computer \"a\" ({}) {state}, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted",
            id(1)
        );
        Session::with(&peer)
            .run(["computers", "delete", &id(1), "--yes", "--json"])
            .fails_with("not_offline", 5, told);
        assert_eq!(peer.changes(), [""; 0]);
    }
}

#[test]
fn a_computer_that_came_online_since_the_listing_is_refused() {
    let peer = Peer::start();
    let online = peer.rows()[0].clone().text("status", "ONLINE").json();
    peer.mishap(move |request, _| {
        let read = request.method == "GET" && request.path().ends_with(&id(1));
        read.then(|| Fault::answer(200, "application/json", &online))
    });
    Session::with(&peer)
        .run("computers delete atelier-01 --yes --json")
        .fails_with("not_offline", 5, "computer \"atelier-01\" (00000001-1111-4111-8111-1d1d1d1d1d1d) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn an_absent_computer_is_an_error_without_ignore_missing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "delete", &id(99), "--yes", "--json"])
        .fails_with(
            "not_found",
            4,
            "no computer has the id or _id 00000063-1111-4111-8111-1d1d1d1d1d1d\n\
             hint: reemo computers list",
        );
    session
        .run([
            "computers",
            "delete",
            &id(99),
            "--yes",
            "--json",
            "--ignore-missing",
        ])
        .stdout(pretty(&record("absent", &format!("{{\"id\":\"{}\"}}", id(99)))) + "\n");
    session
        .run("computers delete nobody --yes --json --ignore-missing")
        .stdout(pretty(&record("absent", "{\"name\":\"nobody\"}")) + "\n");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn an_ambiguous_name_deletes_nothing() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers delete double --yes --json")
        .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    Session::with(&peer)
        .run("computers delete double --yes --json --ignore-missing")
        .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_name_acts_on_a_whole_listing_only() {
    let peer = Peer::with(crate::support::fleet::large(250));
    peer.mishap(|request, _| {
        request
            .target
            .contains("page=2")
            .then(|| Fault::answer(200, "application/json", r#"{"computers":[],"total":250}"#))
    });
    Session::with(&peer)
        .run("computers delete hostname:atelier-01 --yes --json")
        .fails_with("listing_not_whole", 7, "the listing may be incomplete: the API reports 250 computers in total\n\
             - seen: 150 computers in 4 pages\n\
             hint: the API may use other paging parameters than `page` and `limit` (first page 1); to detect and store them: reemo doctor --write");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn nothing_named_is_a_usage_error() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers delete --yes --json")
        .fails_with(
            "usage",
            2,
            "the following required arguments were not provided:\n\
             - <COMPUTER>...\n\
             hint: reemo computers delete --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "access = \"read\"");
    session
        .run(["computers", "delete", &id(1), "--yes", "--json"])
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    session
        .run(["computers", "delete", &id(1), &id(3), "--yes"])
        .stderr(
            "error: changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set\n",
        )
        .code(5);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let peer = Peer::start();
    peer.mishap(|request, _| (request.method == "DELETE").then_some(Fault::LoseAnswer));
    let wanted = pretty(&record("deleted", &peer.row(1))) + "\n";
    Session::with(&peer)
        .run(["computers", "delete", &id(1), "--yes", "--json"])
        .stdout(wanted);
    assert_eq!(peer.changes(), [deleted(1)]);
}
