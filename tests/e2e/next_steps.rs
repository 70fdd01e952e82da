//! `next:` lines: the usual next step, for a person at a terminal alone.
#![cfg(target_os = "linux")]

use crate::support::terminal::Terminal;
use crate::support::{Peer, Session, id, uid};

/// What a command shows at a terminal.
fn shown(session: &Session, words: &str) -> String {
    let mut terminal = Terminal::new(160);
    let child = terminal.start(&session.command(format!("{words} --color never").as_str()));
    let (shown, code) = terminal.ends(child);
    assert_eq!(code, Some(0), "{shown}");
    session.told(&shown)
}

fn next_lines(shown: &str) -> Vec<&str> {
    shown
        .lines()
        .filter_map(|line| line.strip_prefix("next: "))
        .collect()
}

#[test]
fn a_reservation_waits_for_its_machine() {
    let peer = Peer::start();
    let wait = format!("reemo computers wait _id:{} --for online", uid(70));
    for (words, next) in [
        (uid(70), vec![wait]),
        (uid(71) + " -q", vec![]),
        (uid(72) + " --json", vec![]),
        (uid(73) + " -o jsonl", vec![]),
        (uid(74) + " --dry-run", vec![]),
        (
            format!("{} {}", uid(75), uid(76)),
            vec!["reemo computers watch --events online".to_owned()],
        ),
    ] {
        let session = Session::with(&peer);
        let shown = shown(&session, &format!("computers reserve {words}"));
        assert_eq!(next_lines(&shown), next, "{shown}");
    }
}

#[test]
fn a_next_command_names_the_profile() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let shown = shown(
        &session,
        &format!("--profile work computers reserve {}", uid(70)),
    );
    let wait = format!(
        "next: reemo --profile work computers wait _id:{} --for online\n",
        uid(70)
    );
    assert!(shown.ends_with(&wait), "{shown}");
}

#[test]
fn a_reservation_in_the_sandbox_is_registered_there() {
    let session = Session::sandbox();
    let shown = shown(&session, &format!("computers reserve {}", uid(70)));
    assert_eq!(
        next_lines(&shown),
        [format!("reemo sandbox register {}", uid(70))],
        "{shown}"
    );
    session
        .run(["sandbox", "register", &uid(70), "-o", "_id"])
        .stdout(uid(70) + "\n");
}

#[test]
fn written_tokens_are_for_the_web_client() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let shown = shown(
        &session,
        &format!("computers connect {} --out pc.json", id(2)),
    );
    assert_eq!(
        shown,
        "note: the tokens are in pc.json and expire soon\n\
         next: pass the object in pc.json to connect() of the Reemo WebClient\n"
    );
}

#[test]
fn hidden_tokens_are_for_the_desktop() {
    let peer = Peer::start();
    let shown = shown(
        &Session::with(&peer),
        &format!("computers connect {}", id(2)),
    );
    let open = format!(
        "open its desktop: reemo computers connect id:{} --open",
        id(2)
    );
    assert_eq!(next_lines(&shown), [open], "{shown}");
}

#[test]
fn an_offline_computer_can_be_waited_for() {
    let session = Session::sandbox();
    let connect = session.run("--profile sandbox computers connect PAR-RM-04");
    let told = connect.code(5).take_stderr();
    let hint = "hint: wait until it is online: reemo --profile sandbox computers wait \
                id:136ea3ff-4959-4948-8437-5bb8f7114fe0 --for online\n";
    assert!(told.ends_with(hint), "{told}");
}

#[test]
fn a_pipe_gets_no_next_line() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(["computers", "reserve", &uid(70), "-o", "_id"])
        .stdout(uid(70) + "\n");
    session
        .run(["computers", "connect", &id(2), "--out", "pc.json"])
        .stderr("note: the tokens are in pc.json and expire soon\n");
}

#[test]
fn the_sandbox_says_what_to_run_beside_it() {
    let session = Session::new();
    let mut terminal = Terminal::new(120);
    let child = terminal.start(&session.ignoring(&[], "sandbox serve --port 0 --color never"));
    terminal.waits_for("next: in another terminal: reemo --profile sandbox computers list\n");
    terminal.types("\u{3}");
    terminal.ends(child);
}
