//! `computers delete` of several, and `--dry-run`: each target is told of.

use crate::support::{Peer, Session, id, pretty};

fn record(outcome: &str, row: &str) -> String {
    format!("{{\"outcome\":\"{outcome}\",\"computer\":{row}}}")
}

fn deleted(n: usize) -> String {
    format!("DELETE /v1/computers/{}", id(n))
}

#[test]
fn of_several_each_is_reported() {
    let peer = Peer::start();
    let wanted = format!(
        "[{},{}]",
        record("deleted", &peer.row(1)),
        record("deleted", &peer.row(3))
    );
    Session::with(&peer)
        .run(["computers", "delete", &id(1), &id(3), "--yes", "--json"])
        .stdout(pretty(&wanted) + "\n");
    assert_eq!(peer.changes_sorted(), [deleted(1), deleted(3)]);
}

#[test]
fn bulk_continues_after_a_failure() {
    let peer = Peer::start();
    let mut outcome = Session::with(&peer)
        .run([
            "computers",
            "delete",
            &id(1),
            &id(5),
            &id(99),
            &id(3),
            "--yes",
            "--json",
        ])
        .fails_with(
            "partly_failed",
            8,
            "not all computers were deleted: 2 done, 2 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let records: serde_json::Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    let outcomes: Vec<&str> = records
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["deleted", "refused", "failed", "deleted"]);
    assert!(
        records[1]["error"]["message"].is_string() && records[2]["error"]["code"] == "not_found",
        "{records:#}"
    );
    assert_eq!(peer.changes_sorted(), [deleted(1), deleted(3)]);
}

#[test]
fn the_same_computer_twice_is_deleted_once() {
    let peer = Peer::start();
    let wanted = format!("[{}]", record("deleted", &peer.row(1)));
    Session::with(&peer)
        .run([
            "computers",
            "delete",
            &id(1),
            "atelier-01",
            "--yes",
            "--json",
        ])
        .stdout(pretty(&wanted) + "\n");
    assert_eq!(peer.changes(), [deleted(1)]);
}

/// Whatever the format, the reason of each failure reaches the user.
#[test]
fn bulk_says_why_in_every_format() {
    for format in ["table", "wide", "json", "jsonl", "csv", "id"] {
        let peer = Peer::start();
        let mut outcome = Session::with(&peer)
            .run(["computers", "delete", &id(1), &id(5), "--yes", "-o", format])
            .code(8);
        let told = outcome.take_stdout() + &outcome.take_stderr();
        let reason = match format {
            "table" | "wide" => "  is ONLINE\n",
            _ => "is ONLINE, so it is not deleted",
        };
        assert!(told.contains(reason), "{format}:\n{told}");
    }
}

/// A target that is not there fails in a dry run as it does in a run.
#[test]
fn dry_run_tells_of_absent_ones_too() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let missing = session.run(["computers", "delete", &id(99), "--dry-run", "--json"]);
    missing.fails_with(
        "not_found",
        4,
        "no computer has the id or _id 00000063-1111-4111-8111-1d1d1d1d1d1d\n\
         hint: reemo computers list",
    );
    let mut bulk = session
        .run([
            "computers",
            "delete",
            &id(1),
            &id(99),
            "--dry-run",
            "--json",
        ])
        .notes(&["dry run: nothing was changed"])
        .fails_with(
            "partly_failed",
            8,
            "1 of 2 computers can't be deleted\n\
             hint: the records say why",
        );
    let printed: serde_json::Value =
        serde_json::from_str(&bulk.take_stdout()).expect("one JSON value");
    assert!(printed.is_array(), "{printed:#}");
}

#[test]
fn dry_run_skips_an_absent_computer_with_ignore_missing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run("computers delete nobody --ignore-missing --dry-run --json")
        .stdout(pretty(&record("absent", "{\"name\":\"nobody\"}")) + "\n")
        .stderr("{\"note\":{\"code\":\"dry_run\",\"message\":\"dry run: nothing was changed\"}}\n");
}
