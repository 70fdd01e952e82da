//! What was chosen must still be what is there: just before a change the computer is read again.

use serde_json::Value;

use crate::support::{Fault, Peer, Row, Session, id, uid};

/// A peer at which the first computer, asked for by its id, is no longer as it was listed.
fn changed(change: impl Fn(Row) -> Row) -> Peer {
    let peer = Peer::start();
    let now = change(peer.rows()[0].clone()).json();
    peer.mishap(move |request, _| {
        let asked = request.method == "GET" && request.path().ends_with(&id(1));
        asked.then(|| Fault::instead(200, "Content-Type: application/json\r\n", &now))
    });
    peer
}

fn renamed() -> Peer {
    changed(|row| row.text("name", "other"))
}

/// Each way to choose the first computer, with a peer at which it is another one by now, and what is told.
fn ways() -> Vec<(&'static str, Peer, String)> {
    let told = |what: &str| format!("computer {} was chosen {what}", id(1));
    vec![
        (
            "atelier-01",
            renamed(),
            told("by its name \"atelier-01\", which is now \"other\""),
        ),
        (
            "name:atelier-01",
            changed(|row| row.without("name")),
            told("by its name \"atelier-01\", which is now \"\""),
        ),
        (
            "hostname:atelier-01",
            changed(|row| row.text("hostname", "B")),
            told("by its hostname \"ATELIER-01\", which is now \"B\""),
        ),
        (
            "_id:00000001-2222-4222-9222-2e2e2e2e2e2e",
            changed(|row| row.text("_id", &uid(9))),
            told(&format!(
                "by its _id {:?}, which is now {:?}",
                uid(1),
                uid(9)
            )),
        ),
        (
            "00000001-2222-4222-9222-2e2e2e2e2e2e",
            changed(|row| row.text("_id", &uid(9))),
            told(&format!(
                "by its _id {:?}, which is now {:?}",
                uid(1),
                uid(9)
            )),
        ),
    ]
}

#[test]
fn it_is_not_deleted() {
    for (word, peer, told) in ways() {
        Session::with(&peer)
            .run(["computers", "delete", word, "--yes"])
            .stderr(format!(
                "error: {told}\nhint: check it: reemo computers get id:{}\n",
                id(1)
            ))
            .code(5);
        assert_eq!(peer.changes(), [""; 0], "{word}");
    }
}

#[test]
fn it_is_not_renamed() {
    for (word, peer, told) in ways() {
        Session::with(&peer)
            .run(["computers", "rename", word, "new", "--json"])
            .fails_with(
                "conflict",
                5,
                format!("{told}\nhint: check it: reemo computers get id:{}", id(1)),
            );
        assert_eq!(peer.changes(), [""; 0], "{word}");
    }
}

#[test]
fn a_computer_that_no_longer_matches_the_filters_is_not_deleted() {
    for (filters, done, change, told) in [
        (
            &["name=atelier-0*", "status=OFFLINE"][..],
            0,
            ("name", "other"),
            "its name is now \"other\"",
        ),
        (
            &["status=OFFLINE", "ip!=10.9.9.9"],
            3,
            ("ip", "10.9.9.9"),
            "its ip is now \"10.9.9.9\"",
        ),
        (
            &["hostname~^ATELIER", "status=OFFLINE"],
            0,
            ("status", "ONLINE"),
            "its status is now \"ONLINE\"",
        ),
    ] {
        let peer = changed(|row| row.text(change.0, change.1));
        let mut words = vec!["computers", "delete", "--yes", "-o", "jsonl"];
        for filter in filters {
            words.extend(["--filter", filter]);
        }
        let mut outcome = Session::with(&peer)
            .run(&words[..])
            .fails_with(
                "partly_failed",
                8,
                format!(
                    "not all computers were deleted: {done} done, 1 failed, 0 unknown, 0 not started\n\
                     hint: the records say why; running the command again for those that failed is safe"
                ),
            );
        let printed = outcome.take_stdout();
        let refused: Vec<Value> = printed
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .filter(|record: &Value| record["computer"]["id"] == id(1))
            .collect();
        assert_eq!(refused.len(), 1, "{printed}");
        assert_eq!(refused[0]["outcome"], "refused");
        assert_eq!(
            refused[0]["error"]["message"],
            format!("computer {} was chosen by --filter, but {told}", id(1))
        );
        let of_first = |line: &String| line.contains(&id(1));
        assert!(!peer.changes().iter().any(of_first), "{:?}", peer.changes());
    }
}

#[test]
fn in_bulk_the_others_are_changed() {
    let peer = renamed();
    let mut outcome = Session::with(&peer)
        .run("computers delete atelier-01 DOUBLE-A --yes --json")
        .fails_with(
            "partly_failed",
            8,
            "not all computers were deleted: 1 done, 1 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let records: Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    assert_eq!(records[0]["outcome"], "refused");
    assert_eq!(records[1]["outcome"], "deleted");
    assert_eq!(peer.changes(), [format!("DELETE /v1/computers/{}", id(3))]);
    let peer = renamed();
    let rows = "computer,name\natelier-01,a\nDOUBLE-A,b\n";
    let mut outcome = Session::with(&peer)
        .file("n.csv", rows)
        .run("computers rename --from n.csv --json")
        .fails_with(
            "partly_failed",
            8,
            "not all computers were renamed: 1 done, 1 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let records: Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    assert_eq!(records[0]["outcome"], "refused");
    assert_eq!(records[1]["outcome"], "renamed");
    assert_eq!(peer.changes().len(), 1);
}

/// An id is the computer, whatever its name is now.
#[test]
fn a_computer_chosen_by_id_may_have_another_name() {
    let peer = renamed();
    Session::with(&peer)
        .run(["computers", "delete", &id(1), &id(3), "--yes", "-o", "id"])
        .stdout(format!("{}\n{}\n", id(1), id(3)));
    assert_eq!(peer.rows().len(), 4);
}

/// A hostname is compared ignoring case, and what has not changed is no reason to refuse.
#[test]
fn an_unchanged_selection_is_changed() {
    let peer = changed(|row| row.text("hostname", "Atelier-01").text("lastSeen", "now"));
    Session::with(&peer)
        .run("computers delete hostname:ATELIER-01 --yes -o id")
        .stdout(id(1) + "\n");
    // It has the new name already: somebody was faster.
    let peer = renamed();
    Session::with(&peer)
        .run("computers rename hostname:ATELIER-01 other -o jsonl --jq .outcome")
        .stdout("\"unchanged\"\n");
    assert_eq!(peer.changes(), [""; 0]);
}

/// After a lost answer the change is sent again only to what was chosen.
#[test]
fn a_retry_is_not_sent_to_a_computer_that_changed() {
    let answers = [
        (Fault::answer(500, "application/json", "{}"), "conflict", 5),
        (Fault::Raw(Vec::new()), "outcome_unknown", 9),
    ];
    for (fault, code, exit) in answers {
        for (words, changed) in [
            ("delete hostname:atelier-01 --yes", "deleted"),
            ("rename hostname:atelier-01 new", "renamed"),
        ] {
            let peer = Peer::start();
            let moved = peer.rows()[0].clone().text("hostname", "B").json();
            let fault = fault.clone();
            let sent = std::sync::atomic::AtomicBool::new(false);
            peer.mishap(move |request, _| {
                use std::sync::atomic::Ordering::SeqCst;
                if request.method != "GET" {
                    sent.store(true, SeqCst);
                    return Some(fault.clone());
                }
                let again = sent.load(SeqCst) && request.path().ends_with(&id(1));
                again.then(|| Fault::answer(200, "application/json", &moved))
            });
            let (before, check) = if exit == 9 {
                let unknown = format!(
                    "could not confirm whether computer {} was {changed}: ",
                    id(1)
                );
                (unknown, "check")
            } else {
                (String::new(), "check it")
            };
            let told = format!(
                "{before}computer {0} was chosen by its hostname \"ATELIER-01\", which is now \"B\"\n\
                 hint: {check}: reemo computers get id:{0}",
                id(1)
            );
            Session::with(&peer)
                .run(&format!("computers {words} --json"))
                .fails_with(code, exit, told);
            assert_eq!(peer.changes().len(), 1, "{words}");
        }
    }
}
