//! `computers connect`: short-lived tokens, to hand on at once.

use crate::support::routes::with_tokens;
use crate::support::{DOUBLE_IS_AMBIGUOUS, Fault, Peer, Session, compact, id, plan, pretty, uid};

#[test]
fn the_object_is_shown_as_it_came() {
    let peer = Peer::start();
    let wanted = pretty(&with_tokens(&peer.rows()[1]).json()) + "\n";
    let session = Session::with(&peer);
    for word in [
        id(2),
        uid(2),
        "atelier-02".to_owned(),
        "hostname:atelier-02".to_owned(),
    ] {
        session
            .run(["computers", "connect", &word, "--json"])
            .stdout(&wanted);
    }
    assert_eq!(
        peer.changes(),
        vec![format!("POST /v1/computers/{}/connect", id(2)); 4]
    );
}

/// Tokens are secrets: a terminal and the log of a job keep what they show.
#[test]
fn tokens_are_printed_only_if_asked_for() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let hidden = "note: the tokens are hidden; print them with --json, or write them to a file with --out FILE\n";
    for format in ["table", "wide"] {
        let shown = session
            .run(["computers", "get", &id(2), "-o", format])
            .take_stdout();
        session
            .run(["computers", "connect", &id(2), "-o", format])
            .stdout(&shown)
            .stderr(hidden);
        assert!(shown.contains(&uid(2)), "{shown}");
    }
    for (format, printed) in [
        (
            "csv",
            format!(
                "id,_id,name,hostname,ip,status\r\n{},hashed-00000002,atelier-02,ATELIER-02,10.0.0.2,ONLINE\r\n",
                id(2)
            ),
        ),
        ("id", id(2) + "\n"),
    ] {
        session
            .run(["computers", "connect", &id(2), "-o", format])
            .stdout(printed);
    }
    session
        .run(["computers", "connect", &id(2), "--columns", "name,token"])
        .stdout("PROPERTY  VALUE\nname      atelier-02\ntoken     tok-4f1c\n");
}

#[test]
fn out_may_be_standard_output() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let connected = with_tokens(&peer.rows()[1]).json();
    for (format, printed) in [
        ("table", compact(&connected)),
        ("csv", compact(&connected)),
        ("jsonl", compact(&connected)),
        ("json", pretty(&connected)),
    ] {
        session
            .run(["computers", "connect", &id(2), "--out", "-", "-o", format])
            .stdout(printed + "\n");
    }
    assert_eq!(session.read("-"), None);
}

#[test]
fn out_writes_a_file_that_only_its_owner_reads() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let note = "note: the tokens are in computer.json and expire soon\n";
    session
        .run(["computers", "connect", &id(2), "--out", "computer.json"])
        .stderr(note);
    let written = session.read("computer.json").unwrap();
    assert_eq!(
        compact(&written),
        compact(&with_tokens(&peer.rows()[1]).json())
    );
    #[cfg(unix)]
    assert_eq!(
        crate::support::files::mode(&session.path("computer.json")),
        0o600
    );
}

#[test]
fn out_leaves_nothing_behind_when_the_request_fails() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run([
            "computers",
            "connect",
            &id(99),
            "--out",
            "computer.json",
            "--json",
        ])
        .fails_with(
            "not_found",
            4,
            "no computer has the id or _id 00000063-1111-4111-8111-1d1d1d1d1d1d\n\
             hint: reemo computers list",
        );
    assert_eq!(session.read("computer.json"), None);
}

#[test]
fn out_to_a_missing_folder_is_refused_before_anything_is_sent() {
    let peer = Peer::start();
    Session::with(&peer)
        .run([
            "computers",
            "connect",
            &id(2),
            "--out",
            "no/such/folder/x.json",
        ])
        .stderr("error: no/such/folder/x.json can't be written: there is no such folder\n")
        .code(1);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_lost_response_is_never_requested_again() {
    let peer = Peer::start();
    peer.mishap(|request, _| (request.method == "POST").then_some(Fault::LoseAnswer));
    Session::with(&peer)
        .run(["computers", "connect", &id(2)])
        .stderr(format!(
            "error: [HOST] can't be reached: the connection was closed before a response arrived\n  POST [API]/computers/{}/connect\n  \
             no token was received\nhint: running the same command again is safe\n",
            id(2)
        ))
        .code(6);
    assert_eq!(peer.changes().len(), 1);
}

#[test]
fn a_server_error_is_not_retried() {
    let peer = Peer::start();
    peer.mishap(|request, _| {
        (request.method == "POST")
            .then(|| Fault::answer(500, "application/json", r#"{"error":"down"}"#))
    });
    Session::with(&peer)
        .run(["computers", "connect", &id(2), "--json"])
        .fails_with(
            "server_error",
            7,
            "the API failed: down\n\
             - no token was received\n\
             hint: running the same command again is safe",
        );
    assert_eq!(peer.changes().len(), 1);
}

#[test]
fn several_or_none_send_nothing() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers connect double --json")
        .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    Session::with(&peer)
        .run("computers connect nobody --json")
        .fails_with(
            "not_found",
            4,
            "no computer has the name or hostname \"nobody\"\n\
             hint: reemo computers list",
        );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn dry_run_sends_nothing() {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "connect", &id(2), "--dry-run"])
        .stdout(plan(
            &peer.url(),
            "POST",
            &format!("/computers/{}/connect", id(2)),
            "",
        ))
        .stderr("note: dry run: nothing was changed\n");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    Session::profile(&peer, "access = \"read\"")
        .run(["computers", "connect", &id(2), "--json"])
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    Session::with(&peer)
        .env("REEMO_READ_ONLY", "1")
        .run(["computers", "connect", &id(2), "--json"])
        .fails_with("read_only", 5, "changes are forbidden by REEMO_READ_ONLY\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    assert_eq!(peer.connections(), 0);
}
