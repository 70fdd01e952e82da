//! Long work shows itself at a terminal: how far it is, and nothing of it once it is done.
#![cfg(target_os = "linux")]

use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use crate::support::canned::Gate;
use crate::support::fleet::large;
use crate::support::running::until;
use crate::support::terminal::{CLEARED, Terminal};
use crate::support::{Fault, Peer, Session, id, lines};

/// A peer that holds back the answer to requests whose line has this in it, until the gate is opened.
fn held(count: usize, part: &'static str) -> (Peer, Gate, Session) {
    let peer = Peer::with(large(count));
    let gate = Gate::default();
    let shut = gate.clone();
    peer.mishap(move |request, _| {
        let is_held = request.line().contains(part);
        is_held.then(|| Fault::Late(shut.clone()))
    });
    // Nothing is shown at a terminal of which nothing is known.
    let session = Session::with(&peer).env("TERM", "xterm");
    (peer, gate, session)
}

/// Runs these words at a terminal until it shows this, then opens the gate. Returns what is left, without colours.
fn shown(session: &Session, columns: u16, words: &str, text: &str, gate: &Gate) -> String {
    let mut terminal = Terminal::new(columns);
    let child = terminal.start(&session.ignoring(&[], &*format!("{words} --color never")));
    terminal.waits_for(text);
    gate.open();
    left(&mut terminal, child, session)
}

fn left(terminal: &mut Terminal, child: Child, session: &Session) -> String {
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    session.told(&shown)
}

#[test]
fn a_listing_tells_its_pages_and_computers_and_then_prints_its_rows_alone() {
    for columns in [40, 80, 120] {
        let (_peer, gate, session) = held(250, "page=2");
        let words = "computers list --columns id --no-headers";
        let text = "1 page, 100 of 250 computers";
        let ids: Vec<String> = (1..=250).map(id).collect();
        assert_eq!(shown(&session, columns, words, text, &gate), lines(&ids));
    }
}

#[test]
fn before_the_first_page_a_listing_says_that_it_lists() {
    for (words, left) in [
        ("computers list --columns id --no-headers", lines(&[id(1)])),
        (
            "computers list --sort name --columns id --no-headers",
            lines(&[id(1)]),
        ),
        ("computers count", "1\n".to_owned()),
    ] {
        let (_peer, gate, session) = held(6, "page=1");
        let words = format!("{words} --filter name=atelier-01");
        let words = words.replace("count --filter", "count atelier-01 --filter");
        let text = "listing computers";
        assert_eq!(shown(&session, 80, &words, text, &gate), left);
    }
}

#[test]
fn a_wait_tells_who_is_there_and_who_is_missing() {
    let (_peer, gate, session) = held(6, "page=1");
    let mut terminal = Terminal::new(80);
    let words = "computers wait atelier-02 ghost name:a name:b name:c --for online --interval 10ms";
    let child = terminal.start(&session.ignoring(&[], words));
    terminal.waits_for("0 of 5 online, waiting for atelier-02, ghost, a and 2 more");
    gate.open();
    terminal.waits_for("1 of 5 online, waiting for ghost, a, b and 1 more");
    terminal.types("\u{3}");
    let (shown, code) = terminal.ends(child);
    assert_eq!((shown.trim_end(), code), ("", Some(130)));
}

#[test]
fn bulk_work_of_any_size_tells_how_much_is_done() {
    let (_peer, gate, session) = held(6, "PUT");
    let session = session.file("n.csv", "computer,name\natelier-01,a\nDOUBLE-A,b\n");
    let words = "computers rename --from n.csv --columns outcome --no-headers";
    let left = shown(&session, 80, words, "0 of 2", &gate);
    assert_eq!(left, "renamed\nrenamed\n");
}

#[test]
fn nobody_sees_it_where_nobody_asked_for_it() {
    for (words, term) in [
        ("computers list -q", "xterm"),
        ("computers list --json", "xterm"),
        ("computers list -o id", "xterm"),
        ("computers list -o csv", "xterm"),
        ("computers list --color never", "dumb"),
    ] {
        let (peer, gate, session) = held(6, "page=1");
        let session = session.env("TERM", term);
        let mut terminal = Terminal::new(80);
        let child = terminal.start(&session.ignoring(&[], words));
        until(|| peer.requests().len() == 1);
        // Longer than the delay after which it would be there.
        sleep(Duration::from_millis(400));
        gate.open();
        left(&mut terminal, child, &session);
        assert!(!terminal.raw().contains(CLEARED), "{words}");
    }
}

#[test]
fn the_table_of_a_wait_that_timed_out_has_those_that_are_missing_too() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let words =
        "computers wait atelier-01 ghost atelier-02 --timeout 1s --interval 10ms --color never";
    let mut terminal = Terminal::new(200);
    let child = terminal.start(&session.ignoring(&[], &*format!("{words} --for online")));
    let (shown, code) = terminal.ends(child);
    let error = format!(
        "error: timed out after 1s: 2 of 3 computers are not online\n  name or hostname \"atelier-01\": id:{}  atelier-01  \
         ATELIER-01  OFFLINE\n  name or hostname \"ghost\": not found\nhint: allow more time: --timeout 30m\n",
        id(1)
    );
    let table = format!(
        "NAME        HOSTNAME    IP        STATUS     ID\n\
         atelier-01  ATELIER-01  10.0.0.1  OFFLINE    {}\n\
         ghost                             not found\n\
         atelier-02  ATELIER-02  10.0.0.2  ONLINE     {}\n",
        id(1),
        id(2)
    );
    assert_eq!((session.told(&shown), code), (table + &error, Some(124)));
    let mut terminal = Terminal::new(200);
    let child =
        terminal.start(&session.ignoring(&[], &*format!("{words} --for absent --no-headers")));
    let (shown, code) = terminal.ends(child);
    let table = format!(
        "atelier-01  ATELIER-01  10.0.0.1  OFFLINE  {}\natelier-02  ATELIER-02  10.0.0.2  ONLINE   {}\n",
        id(1),
        id(2)
    );
    assert!(shown.starts_with(&table), "{shown}");
    assert_eq!(code, Some(124));
}

#[test]
fn a_watch_says_what_is_watched() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (words, told) in [
        (
            "computers watch",
            "note: watching 6 computers every 5s for appeared, gone, online, offline, changed (name, hostname, ip); press \
             Ctrl-C to stop\n",
        ),
        (
            "computers watch --filter name=atelier-01 --events changed,gone --properties all --interval 10ms",
            "note: watching 1 computer that matches the filters every 10ms for changed (all), gone; press Ctrl-C to stop\n",
        ),
    ] {
        let mut terminal = Terminal::new(200);
        let child = terminal.start(&session.ignoring(&[], &*format!("{words} --color never")));
        terminal.waits_for("Ctrl-C to stop\n");
        terminal.types("\u{3}");
        let (shown, code) = terminal.ends(child);
        assert_eq!((shown.replace("^C", "").as_str(), code), (told, Some(130)));
    }
    let mut terminal = Terminal::new(200);
    let words = "computers watch -q --duration 1s --interval 10ms";
    let child = terminal.start(&session.ignoring(&[], words));
    assert_eq!(terminal.ends(child), (String::new(), Some(0)));
}

#[test]
fn doctor_shows_that_it_checks() {
    for columns in [40, 80, 120] {
        let (_peer, gate, session) = held(3, "reemo_doctor");
        let left = shown(&session, columns, "doctor", "checking the API", &gate);
        assert!(left.starts_with("configuration\n"), "{left}");
    }
}
