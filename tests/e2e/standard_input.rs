//! Targets that are typed at a terminal for `-`.
#![cfg(target_os = "linux")]

use crate::support::terminal::Terminal;
use crate::support::{Peer, Session, id};

const NOTE: &str = "note: reading standard input; end it with Ctrl-D on a line of its own\n";

#[test]
fn a_note_says_that_input_is_awaited() {
    for (words, typed) in [
        ("computers delete - --yes -o id", id(1) + "\n"),
        (
            "computers delete --from - --yes -o id",
            format!("id\n{}\n", id(1)),
        ),
        (
            "computers wait - --for present -o id",
            format!("id:{}\n", id(1)),
        ),
    ] {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let mut terminal = Terminal::new(120);
        let child = terminal.start(&session.command(format!("{words} --color never").as_str()));
        terminal.waits_for(NOTE);
        terminal.types(&typed);
        terminal.types("\u{4}");
        let (shown, code) = terminal.ends(child);
        assert_eq!(
            (session.told(&shown), code),
            (format!("{NOTE}{typed}{}\n", id(1)), Some(0)),
            "{words}"
        );
    }
}
