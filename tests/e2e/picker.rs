//! The picker at a terminal, where a command names no computer.
#![cfg(target_os = "linux")]

use std::process::{Child, Command};

use crate::support::running::until;
use crate::support::terminal::Terminal;
use crate::support::{Peer, Row, Session, id};

const MISSING: &str = "error: the following required arguments were not provided:\n  <COMPUTER>\n\
                       hint: reemo computers get --help\n";

/// Starts these words at a terminal of so many columns, and waits for the picker.
fn picking(session: &Session, columns: u16, words: &str) -> (Terminal, Child) {
    let mut terminal = Terminal::new(columns);
    let child = terminal.start(&session.ignoring(&[], &*format!("{words} --color never")));
    terminal.waits_for("esc cancels");
    until(|| !terminal.echoes());
    (terminal, child)
}

#[test]
fn any_part_of_any_column_finds_a_computer() {
    for columns in [40, 80, 120] {
        for (typed, n) in [
            ("", 1),
            ("\u{1b}[B", 2),
            ("double-b", 4),
            ("ate2", 2),
            ("10.0.0.3", 3),
            ("offline reserved", 6),
            ("B double", 4),
        ] {
            let peer = Peer::start();
            let session = Session::with(&peer);
            let (mut terminal, child) = picking(&session, columns, "computers get -o id");
            terminal.types(typed);
            terminal.types("\r");
            let (shown, code) = terminal.ends(child);
            assert!(shown.ends_with(&(id(n) + "\n")), "{typed}: {shown:?}");
            assert_eq!(code, Some(0));
            assert!(terminal.echoes());
            let last = peer.requests().pop();
            assert_eq!(last, Some(format!("GET /v1/computers/{}", id(n))));
        }
    }
}

#[test]
fn whoever_picks_none_has_done_nothing() {
    for way in ["\u{1b}", "\u{3}", "INT", "TERM", "HUP"] {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let (mut terminal, child) = picking(&session, 80, "computers get");
        if way.len() == 1 {
            terminal.types(way);
        } else {
            let pid = child.id().to_string();
            let sent = Command::new("kill").args(["-s", way, &pid]).status();
            assert!(sent.unwrap().success());
        }
        let (shown, code) = terminal.ends(child);
        assert_eq!(code, Some(130), "{way:?}: {shown}");
        assert!(terminal.echoes(), "{way:?}");
        assert!(terminal.raw().contains("\u{1b}[?25h"), "the cursor is back");
        assert!(!shown.contains("error"), "{shown}");
        assert_eq!(peer.requests(), ["GET /v1/computers?page=1&limit=1000"]);
    }
}

#[test]
fn names_are_escaped_and_cut() {
    let long = "x".repeat(100_000);
    let peer = Peer::with(vec![
        Row::new(1, "red\u{1b}[31m\u{202e}", "ONLINE").text("hostname", &long),
        Row::new(2, &long, "OFFLINE"),
    ]);
    let session = Session::with(&peer);
    let (mut terminal, child) = picking(&session, 40, "computers get -o id");
    terminal.waits_for("red\\u{1b}[31m\\u{2…");
    terminal.types("\u{1b}");
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(130), "{shown}");
    let raw = terminal.raw();
    assert!(
        !raw.contains("\u{1b}[31m") && !raw.contains('\u{202e}'),
        "{raw:?}"
    );
    assert!(!raw.contains(&"x".repeat(40)), "{raw:?}");
}

#[test]
fn nobody_is_asked_where_that_is_forbidden_or_impossible() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session.run("computers get").stderr(MISSING).code(2);
    session.run("computers get --json").fails_with("usage", 2, "the following required arguments were not provided:\n- <COMPUTER>\nhint: reemo computers get --help");
    let mut terminal = Terminal::new(80);
    let child = terminal.start(&session.command("computers get --no-input --color never"));
    assert_eq!(terminal.ends(child), (MISSING.to_owned(), Some(2)));
    assert_eq!(peer.connections(), 0);
}

#[test]
fn an_account_without_computers_has_none_to_pick() {
    let peer = Peer::with(Vec::new());
    let session = Session::with(&peer);
    let mut terminal = Terminal::new(80);
    let child = terminal.start(&session.command("computers get --color never"));
    let told = "error: there are no computers to pick from\nhint: reemo computers list\n";
    assert_eq!(terminal.ends(child), (told.to_owned(), Some(4)));
}

/// What is picked is changed as if it had been named: after the question, if there is one.
#[test]
fn what_is_picked_can_be_changed() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (mut terminal, child) = picking(&session, 120, "computers rename -o id");
    terminal.types("double-b\r");
    terminal.waits_for("New name: ");
    terminal.types("single\n");
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.ends_with(&(id(4) + "\n")), "{shown}");
    let (mut terminal, child) = picking(&session, 120, "computers delete -o id");
    terminal.types("single\r");
    terminal.waits_for("[y/N] ");
    terminal.types("y\n");
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    let (mut terminal, child) = picking(&session, 120, "computers connect --json");
    terminal.types("atelier-02\r");
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    assert_eq!(
        peer.changes(),
        [
            format!("PUT /v1/computers/{} {{\"name\":\"single\"}}", id(4)),
            format!("DELETE /v1/computers/{}", id(4)),
            format!("POST /v1/computers/{}/connect", id(2)),
        ]
    );
}

/// Ctrl-C at the question after the picker ends the command as it does in the picker.
#[test]
fn an_interruption_at_a_later_question_changes_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (words, question) in [("delete", "[y/N] "), ("rename", "New name: ")] {
        let (mut terminal, child) = picking(&session, 120, &format!("computers {words}"));
        terminal.types("double-b\r");
        terminal.waits_for(question);
        terminal.types("\u{3}");
        let (shown, code) = terminal.ends(child);
        assert_eq!(code, Some(130), "{shown}");
        assert!(terminal.echoes());
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_read_only_profile_picks_nothing_to_change() {
    let peer = Peer::start();
    let session = Session::with(&peer).env("REEMO_READ_ONLY", "1");
    for words in ["connect", "rename", "delete"] {
        let mut terminal = Terminal::new(120);
        let child = terminal.start(&session.command(&*format!("computers {words} --json")));
        let (shown, code) = terminal.ends(child);
        assert_eq!(code, Some(5), "{shown}");
    }
    assert_eq!(peer.connections(), 0);
}
