//! `computers plan` and `computers apply`: the account becomes what a file says, within guards.

use serde_json::Value;

use crate::support::{Fault, Peer, Row, Session, id, lines, uid};

fn offline(count: usize) -> Vec<Row> {
    let row = |n| Row::new(n, &format!("pc-{n}"), "OFFLINE");
    (1..=count).map(row).collect()
}

/// A fleet file with the computers of these numbers under their own names.
fn listing(numbers: impl IntoIterator<Item = usize>) -> String {
    let row = |n| format!("{},pc-{n}\n", uid(n));
    "_id,name\n".to_owned() + &numbers.into_iter().map(row).collect::<String>()
}

fn outcomes(printed: &str) -> Vec<String> {
    let outcome = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        record["outcome"].as_str().unwrap().to_owned()
    };
    printed.lines().map(outcome).collect()
}

/// Computers 1 to 3; the file has 2 under another name, not 3, and 4 and 5 as well.
fn drifted() -> (Peer, String) {
    let (two, four, five) = (uid(2), uid(4), uid(5));
    let file = format!("{}{four},four\n{five},\n{two},two\n", listing([1]));
    (Peer::with(offline(3)), file)
}

#[test]
fn a_plan_shows_each_change_and_sends_none() {
    let (peer, file) = drifted();
    let session = Session::with(&peer).file("fleet.csv", &file);
    session
        .run("computers plan fleet.csv")
        .stdout(format!(
            "OUTCOME       NAME  NEW_NAME  _ID                                   ID\n\
             would_create  four            {}\n\
             would_create                  {}\n\
             would_rename  pc-2  two       {}  {}\n",
            uid(4),
            uid(5),
            uid(2),
            id(2)
        ))
        .stderr(
            "note: 1 computer is not in the file; --prune would delete it\n\
             note: 2 to reserve, 1 to rename, 0 to delete\n\
             note: dry run: nothing was changed\n",
        );
    let mut plan = session
        .run("computers plan fleet.csv --prune --exit-code -o jsonl -q")
        .code(10);
    let printed = plan.take_stdout();
    assert_eq!(
        outcomes(&printed),
        [
            "would_create",
            "would_create",
            "would_rename",
            "would_delete"
        ]
    );
    let mut dry_run = session.run("computers apply fleet.csv --prune --dry-run -o jsonl -q");
    assert_eq!(dry_run.take_stdout(), printed);
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn it_reserves_then_renames_then_deletes_and_a_second_run_does_nothing() {
    let (peer, file) = drifted();
    let session = Session::with(&peer).file("fleet.csv", &file);
    let mut applied = session
        .run("computers apply fleet.csv --prune --yes -o jsonl")
        .stderr("");
    let printed = applied.take_stdout();
    assert_eq!(
        outcomes(&printed),
        ["created", "created", "renamed", "deleted"]
    );
    let mut changes = peer.changes();
    changes[..2].sort();
    assert_eq!(
        changes,
        [
            format!(
                "POST /v1/computers {{\"_id\":\"{}\",\"name\":\"four\"}}",
                uid(4)
            ),
            format!("POST /v1/computers {{\"_id\":\"{}\"}}", uid(5)),
            format!("PUT /v1/computers/{} {{\"name\":\"two\"}}", id(2)),
            format!("DELETE /v1/computers/{}", id(3)),
        ]
    );
    let note = "nothing to change: the account is as the file says";
    session
        .run("computers apply fleet.csv --prune --yes")
        .stderr(format!("note: {note}\n"));
    session
        .run("computers plan fleet.csv --prune --exit-code --json -q")
        .stdout("[]\n");
    assert_eq!(peer.changes().len(), 4);
}

/// Without `--prune`, nothing is asked and nothing deleted.
#[test]
fn without_prune_nothing_is_deleted() {
    let (peer, file) = drifted();
    Session::with(&peer)
        .stdin(&file)
        .run("computers apply - -o _id")
        .stdout(lines(&[4, 5, 2].map(uid)))
        .stderr("note: 1 computer is not in the file; --prune would delete it\n");
    assert!(peer.find("_id", &uid(3)).is_some());
}

#[test]
fn a_deletion_needs_a_confirmation_and_nothing_is_sent_without_one() {
    let (peer, file) = drifted();
    Session::with(&peer)
        .file("fleet.csv", &file)
        .run("computers apply fleet.csv --prune --json")
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    assert_eq!(peer.connections(), 0);
}

/// An export that failed, or a column that was lost, must not delete an account.
#[test]
fn an_empty_file_never_prunes() {
    let peer = Peer::with(offline(3));
    for text in ["_id,name\n", "[]"] {
        for words in ["plan f --prune", "apply f --prune --yes --max 100"] {
            Session::with(&peer)
                .file("f", text)
                .run(&format!("computers {words} --json"))
                .fails_with(
                    "usage",
                    2,
                    "the file lists no computers, so --prune would delete all of the account\n\
                     hint: to delete computers without a file, use computers delete --filter",
                );
        }
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn many_deletions_need_max() {
    let peer = Peer::with(offline(40));
    let refused = |listed: usize, max: &str, told: &str| {
        Session::with(&peer)
            .file("f.csv", &listing(1..=listed))
            .run(&format!("computers apply f.csv --prune --yes --json {max}"))
            .fails_with("not_confirmed", 5, told);
    };
    refused(
        27,
        "",
        "13 of 40 computers are not in the file and match, more than 12; nothing was changed\n\
         hint: check that the file is complete; if they may all be deleted, add --max 13",
    );
    refused(
        38,
        "--max 1",
        "2 of 40 computers are not in the file and match, more than --max 1; nothing was changed",
    );
    let session = Session::with(&peer).file("f.csv", &listing(1..=27));
    let mut plan = session
        .run("computers plan f.csv --prune -o id")
        .stderr(
            "warning: 13 of 40 computers are not in the file and match, more than 12: apply needs --max 13\n\
             note: dry run: nothing was changed\n",
        );
    assert_eq!(
        plan.take_stdout(),
        lines(&(28..=40).map(id).collect::<Vec<_>>())
    );
    assert_eq!(peer.changes(), [""; 0]);
    let mut applied = session.run("computers apply f.csv --prune --yes --max 13 -o id");
    assert_eq!(applied.take_stdout().lines().count(), 13);
    // Of a small account, ten are no reason to ask again.
    let session = Session::with(&peer).file("f.csv", &listing(1..=17));
    let mut applied = session.run("computers apply f.csv --prune --yes -o id");
    assert_eq!(applied.take_stdout().lines().count(), 10);
    assert_eq!(peer.rows().len(), 17);
}

#[test]
fn a_filter_bounds_what_is_deleted_and_nothing_else() {
    let peer = Peer::with(vec![
        Row::new(1, "ci-1", "OFFLINE"),
        Row::new(2, "desk", "OFFLINE"),
        Row::new(3, "ci-3", "OFFLINE"),
    ]);
    let mut applied = Session::with(&peer)
        .file(
            "f.csv",
            &format!("_id,name\n{},CI 3\n{},new\n", uid(3), uid(4)),
        )
        .run("computers apply f.csv --prune --filter name=ci-* --yes -o jsonl");
    assert_eq!(
        outcomes(&applied.take_stdout()),
        ["created", "renamed", "deleted"]
    );
    let names: Vec<_> = peer
        .rows()
        .iter()
        .filter_map(|row| row.get("name"))
        .collect();
    assert_eq!(names, ["desk", "CI 3", "new"]);
}

#[test]
fn only_offline_computers_are_deleted() {
    let peer = Peer::with(vec![
        Row::new(1, "one", "ONLINE"),
        Row::new(2, "two", "OFFLINE"),
        Row::new(3, "three", "OFFLINE"),
    ]);
    let session = Session::with(&peer).file("f.csv", &listing([3]).replace("pc-3", ""));
    for done in [1, 0] {
        let mut applied = session.run("computers apply f.csv --prune --yes -o jsonl").fails_with(
            "partly_failed",
            8,
            format!(
                "not all computers were changed: {done} done, 1 failed, 0 unknown, 0 not started\n\
                 hint: the records say why; running the command again for those that failed is safe"
            ),
        );
        assert!(applied.take_stdout().contains("is ONLINE"));
    }
    assert_eq!(peer.changes(), [format!("DELETE /v1/computers/{}", id(2))]);
}

/// Between the listing and the change, another machine may have come to the same place.
#[test]
fn each_computer_is_read_again_just_before() {
    let (peer, file) = drifted();
    peer.mishap(|request, _| {
        let is_read = request.method == "GET" && request.target.contains("/computers/0000000");
        let other = Row::new(2, "pc", "OFFLINE").text("_id", &uid(9));
        let other = other.text("id", request.target.rsplit('/').next().unwrap_or_default());
        is_read.then(|| Fault::answer(200, "application/json", &other.json()))
    });
    let mut applied = Session::with(&peer)
        .file("fleet.csv", &file)
        .run("computers apply fleet.csv --prune --yes -o jsonl")
        .fails_with(
            "partly_failed",
            8,
            "not all computers were changed: 2 done, 2 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    assert_eq!(
        outcomes(&applied.take_stdout()),
        ["created", "created", "refused", "refused"]
    );
}

/// Someone else reserved it between the listing and the request.
#[test]
fn an_id_that_was_reserved_meanwhile_gets_the_name_of_the_file() {
    let peer = Peer::with(vec![Row::new(1, "other", "OFFLINE")]);
    let hides = std::sync::atomic::AtomicBool::new(true);
    peer.mishap(move |request, _| {
        let is_first =
            request.method == "GET" && hides.swap(false, std::sync::atomic::Ordering::SeqCst);
        let empty = r#"{"computers":[],"page":1,"limit":100,"total":0}"#;
        is_first.then(|| Fault::answer(200, "application/json", empty))
    });
    let mut applied = Session::with(&peer)
        .file("f.csv", &listing([1]))
        .run("computers apply f.csv -o jsonl");
    assert_eq!(outcomes(&applied.take_stdout()), ["renamed"]);
    assert_eq!(peer.rows()[0].get("name").unwrap(), "pc-1");
}

#[test]
fn a_listing_that_is_not_proven_whole_changes_nothing() {
    let peer = Peer::with(offline(3));
    peer.mishap(|request, _| {
        let cut = r#"{"computers":[],"page":1,"limit":100,"total":5}"#;
        (request.method == "GET").then(|| Fault::answer(200, "application/json", cut))
    });
    let session = Session::with(&peer).file("f.csv", &listing([1, 7]));
    let mut outcome = session
        .run("computers apply f.csv --prune --yes --json")
        .code(7);
    assert!(outcome.take_stderr().contains("listing_not_whole"));
    assert_eq!(peer.changes(), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_question_shows_what_would_be_deleted() {
    use crate::support::terminal::Terminal;

    for (answer, code) in [("1\n", 0), ("y\n", 5)] {
        let (peer, file) = drifted();
        let session = Session::profile(&peer, "").file("fleet.csv", &file);
        let mut terminal = Terminal::new(100);
        let words = "computers apply fleet.csv --prune --color never";
        let child = terminal.start(&session.command(words));
        terminal.waits_for("Type 1 to confirm: ");
        terminal.types(answer);
        let (shown, ended) = terminal.ends(child);
        let told = session.told(&shown);
        assert_eq!(ended, Some(code), "{told}");
        assert!(
            told.contains("note: 2 to reserve, 1 to rename, 1 to delete\n"),
            "{told}"
        );
        assert!(
            told.contains("Delete 1 computer in profile \"work\" at [HOST]?"),
            "{told}"
        );
        assert_eq!(peer.changes().len(), if code == 0 { 4 } else { 0 });
    }
}

/// After Ctrl-C nothing new is begun, and the same command goes on.
#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on() {
    use crate::support::running::{Gate, Running};

    let peer = Peer::with(offline(1));
    let gate = Gate::default();
    let held = gate.clone();
    peer.mishap(move |request, _| {
        if request.method == "POST" {
            held.pass();
        }
        None
    });
    let session = Session::with(&peer).file("f.csv", &listing(2..=40));
    let words = "computers apply f.csv --prune --yes -o jsonl";
    let running = Running::start(&session, &[], words);
    crate::support::running::until(|| peer.changes().len() >= 8);
    running.send("INT");
    running.until_told("finishing requests", 1);
    gate.open();
    let ended = running.end();
    assert_eq!(ended.code, Some(130), "{}", ended.stderr);
    assert_eq!(
        peer.find("_id", &uid(1)).unwrap().get("name").unwrap(),
        "pc-1"
    );
    let mut again = session.run(words);
    drop(again.take_stdout());
    let mut ids: Vec<_> = peer
        .rows()
        .iter()
        .filter_map(|row| row.get("_id"))
        .collect();
    ids.sort();
    assert_eq!(ids, (2..=40).map(uid).collect::<Vec<_>>());
}
