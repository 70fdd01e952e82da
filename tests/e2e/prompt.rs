//! The prompt for the key at a terminal: nothing that is typed is shown, and the terminal is as before however it ends.
#![cfg(target_os = "linux")]

use std::process::{Child, Command};

use crate::support::running::until;
use crate::support::terminal::Terminal;
use crate::support::{KEY, Peer, Session};

const LOGIN: &str = "auth login --color never";
const LOGGED_IN: &str = "note: logged in to [API]: stored the key in profile \"default\" in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n\
                         next: reemo computers list\n";
const QUESTION: &str = "Secret key for [API] (not shown): \n";

/// Starts a login, with these signals ignored, and waits until it asks.
fn asking(session: &Session, ignored: &[&str], words: &str) -> (Terminal, Child) {
    let mut terminal = Terminal::new(200);
    let child = terminal.start(&session.ignoring(ignored, words));
    terminal.waits_for("(not shown): ");
    until(|| !terminal.echoes());
    (terminal, child)
}

fn send(child: &Child, signal: &str) {
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-s", signal, &pid]).status();
    assert!(sent.unwrap().success());
}

/// As on a terminal, the control character that a key sends.
fn key_of(signal: &str) -> Option<&'static str> {
    match signal {
        "Ctrl-C" => Some("\u{3}"),
        "Ctrl-\\" => Some("\u{1c}"),
        _ => None,
    }
}

#[test]
fn any_signal_gives_the_echo_back() {
    let peer = Peer::start();
    for (ignored, signals) in [
        (
            &[][..],
            &["Ctrl-C", "Ctrl-\\", "INT", "QUIT", "TERM", "HUP"][..],
        ),
        (&["HUP"], &["Ctrl-C", "Ctrl-\\", "TERM"]),
        (&["INT"], &["Ctrl-\\", "TERM", "HUP"]),
        (&["INT", "QUIT"], &["TERM", "HUP"]),
    ] {
        for signal in signals {
            let session = Session::new().api(&peer.url());
            let (mut terminal, child) = asking(&session, ignored, LOGIN);
            match key_of(signal) {
                Some(key) => terminal.types(key),
                None => send(&child, signal),
            }
            let (shown, code) = terminal.ends(child);
            assert_eq!(code, Some(130), "{signal} with {ignored:?}: {shown}");
            assert!(terminal.echoes(), "{signal} with {ignored:?}");
            assert_eq!(session.config_text(), "");
        }
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn an_ignored_signal_is_ignored_by_the_prompt_too() {
    let peer = Peer::start();
    for signal in ["INT", "QUIT", "HUP"] {
        let session = Session::new().api(&peer.url());
        let (mut terminal, child) = asking(&session, &[signal], LOGIN);
        send(&child, signal);
        terminal.types(&format!("{KEY}\n"));
        let (shown, code) = terminal.ends(child);
        assert_eq!(
            (session.told(&shown), code),
            (format!("{QUESTION}{LOGGED_IN}"), Some(0)),
            "{signal}"
        );
        assert!(terminal.echoes(), "{signal}");
    }
}

/// Ctrl-Z: the shell gets its terminal with the echo on, and the question is asked again.
#[test]
fn a_suspended_prompt_gives_the_echo_back() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url());
    let (mut terminal, child) = asking(&session, &[], LOGIN);
    terminal.types("\u{1a}");
    let stat = format!("/proc/{}/stat", child.id());
    until(|| std::fs::read_to_string(&stat).unwrap().contains(") T "));
    assert!(terminal.echoes());
    send(&child, "CONT");
    until(|| !terminal.echoes());
    terminal.types(&format!("{KEY}\n"));
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    assert!(
        session
            .told(&shown)
            .ends_with(&format!("{QUESTION}{LOGGED_IN}"))
    );
    assert!(terminal.echoes());
}

#[test]
fn a_key_that_is_typed_to_standard_input_is_not_shown() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url());
    let words = "auth login --secret-key-stdin --color never";
    let (mut terminal, child) = asking(&session, &[], words);
    terminal.types(&format!("{KEY}\n"));
    let (shown, code) = terminal.ends(child);
    assert_eq!(
        (session.told(&shown), code),
        (format!("{QUESTION}{LOGGED_IN}"), Some(0))
    );
    assert!(terminal.echoes());
}

/// The command that usually follows names the profile; it is for people at a terminal alone.
#[test]
fn the_next_command_is_named_at_a_terminal_only() {
    let peer = Peer::start();
    for (words, next) in [
        (
            "--profile work auth login --color never",
            "next: reemo --profile work computers list\n",
        ),
        ("--profile work auth login --color never -q", ""),
        ("--profile work auth login --color never --json", ""),
    ] {
        let session = Session::profile(&peer, "");
        let (mut terminal, child) = asking(&session, &[], words);
        terminal.types(&format!("{KEY}\n"));
        let (shown, code) = terminal.ends(child);
        let shown = session.told(&shown);
        assert_eq!(code, Some(0), "{shown}");
        assert_eq!(shown.contains("next:"), !next.is_empty(), "{shown}");
        assert!(shown.ends_with(next), "{shown}");
    }
}

/// A key or a password of something else, typed before the question appeared, is no answer to it.
#[test]
fn input_typed_before_the_question_is_ignored() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url());
    let mut terminal = Terminal::new(200);
    terminal.types("sk_wrong\nsk_too\n");
    let child = terminal.start(&session.ignoring(&[], LOGIN));
    terminal.waits_for("(not shown): ");
    until(|| !terminal.echoes());
    terminal.types(&format!("{KEY}\n"));
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    assert!(session.told(&shown).ends_with(LOGGED_IN), "{shown}");
    assert_eq!(peer.requests().len(), 4);
}
