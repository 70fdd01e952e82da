//! The question of `computers delete` at a terminal.
#![cfg(target_os = "linux")]

use crate::support::fleet::large;
use crate::support::terminal::Terminal;
use crate::support::{Fault, Peer, Row, Session, id};

/// Types the answer once the question has appeared. Returns what the terminal shows, and the exit code.
fn answered(
    session: &Session,
    columns: u16,
    words: &str,
    question: &str,
    answer: &str,
) -> (String, Option<i32>) {
    let mut terminal = Terminal::new(columns);
    let child = terminal.start(&session.command(format!("{words} --color never").as_str()));
    terminal.waits_for(question);
    terminal.types(answer);
    let (shown, code) = terminal.ends(child);
    (session.told(&shown), code)
}

#[test]
fn one_computer_is_confirmed_by_y() {
    for (answer, left, code) in [
        ("y\n", 5, 0),
        ("Yes\n", 5, 0),
        ("n\n", 6, 5),
        ("1\n", 6, 5),
        ("\n", 6, 5),
        ("\u{4}", 6, 5),
    ] {
        let peer = Peer::start();
        let session = Session::profile(&peer, "");
        let words = "--profile work computers delete atelier-01 -o id";
        let (shown, ended) = answered(&session, 120, words, "[y/N] ", answer);
        let typed = answer.trim_end_matches(['\n', '\u{4}']);
        let told = if code == 0 {
            id(1) + "\n"
        } else {
            "error: nothing was changed\n".to_owned()
        };
        assert_eq!(
            shown,
            format!(
                "NAME        HOSTNAME    IP        STATUS   ID\n\
                 atelier-01  ATELIER-01  10.0.0.1  OFFLINE  {}\n\
                 Delete this computer in profile \"work\" at [HOST]? [y/N] {typed}\n{told}",
                id(1)
            ),
            "{answer:?}"
        );
        assert_eq!((ended, peer.rows().len()), (Some(code), left), "{answer:?}");
    }
}

#[test]
fn several_are_confirmed_by_their_number() {
    for (words, question, answer, left, code) in [
        ("atelier-01 DOUBLE-B", "Type 2 to confirm: ", "2\n", 4, 0),
        ("atelier-01 DOUBLE-B", "Type 2 to confirm: ", "y\n", 6, 5),
        ("atelier-01 DOUBLE-B", "Type 2 to confirm: ", "22\n", 6, 5),
        ("atelier-01 DOUBLE-B", "Type 2 to confirm: ", "\n", 6, 5),
        ("--filter name=reserved", "Type 1 to confirm: ", "1\n", 5, 0),
        ("--filter name=reserved", "Type 1 to confirm: ", "y\n", 6, 5),
    ] {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let line = format!("computers delete {words} -o id");
        let (shown, ended) = answered(&session, 120, &line, question, answer);
        assert_eq!(
            (ended, peer.rows().len()),
            (Some(code), left),
            "{words} {answer:?}: {shown}"
        );
        let computers = if words.contains("filter") {
            "1 computer"
        } else {
            "2 computers"
        };
        let number = &computers[..1];
        let told = match code {
            0 => String::new(),
            _ => format!("error: nothing was changed, because the answer was not {number}\n"),
        };
        let asked = format!(
            "\nDelete {computers} in profile \"default\" at [HOST]? {question}{answer}{told}"
        );
        assert!(shown.contains(&asked), "{shown}");
    }
}

#[test]
fn at_most_twenty_are_shown() {
    let peer = Peer::with(large(60));
    let session = Session::with(&peer);
    let words = "computers delete --filter status=OFFLINE --filter name=pc-*";
    let (shown, code) = answered(&session, 80, words, "to confirm: ", "no\n");
    let lines: Vec<&str> = shown.lines().collect();
    let offline: Vec<usize> = (7..=60).filter(|n| n % 3 != 0).collect();
    assert_eq!(
        lines[0], "NAME    HOSTNAME  IP         STATUS   ID",
        "{shown}"
    );
    for (line, n) in lines[1..=20].iter().zip(&offline) {
        assert!(
            line.starts_with(&format!("pc-{n:03}")) && line.ends_with(&id(*n)),
            "{line}"
        );
    }
    let count = offline.len();
    assert_eq!(
        lines[21..],
        [
            format!("and {} more", count - 20),
            format!(
                "Delete {count} computers in profile \"default\" at [HOST]? Type {count} to confirm: no"
            ),
            format!("error: nothing was changed, because the answer was not {count}"),
        ],
        "{shown}"
    );
    assert_eq!(code, Some(5));
}

/// Each victim keeps its name, state and short id, on a line of its own.
#[test]
fn the_computers_fit_a_narrow_terminal() {
    let peer = Peer::with(vec![
        Row::new(1, "Meeting Room A on the second floor", "OFFLINE").text("hostname", "PAR-RM-04"),
        Row::new(2, "b", "OFFLINE"),
    ]);
    let session = Session::with(&peer);
    let words = format!("computers delete {} {}", id(1), id(2));
    let (shown, _) = answered(&session, 40, &words, "to confirm: ", "n\n");
    let lines: Vec<&str> = shown.lines().take(4).collect();
    assert!(lines[3].starts_with("Delete 2 computers"), "{shown}");
    for (line, short) in lines[1..3].iter().zip(["00000001", "00000002"]) {
        assert!(line.chars().count() <= 40, "{shown}");
        assert!(line.contains("OFFLINE") && line.ends_with(short), "{shown}");
    }
}

#[test]
fn computers_that_are_online_are_refused_before_the_question() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let mut terminal = Terminal::new(120);
    let one = session.command("computers delete atelier-02 --color never");
    let child = terminal.start(&one);
    let (shown, code) = terminal.ends(child);
    assert_eq!(
        session.told(&shown),
        format!(
            "error: computer \"atelier-02\" ({}) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted\n",
            id(2)
        )
    );
    assert_eq!(code, Some(5));

    let words = "computers delete atelier-01 atelier-02 nobody summer -o id";
    let (shown, code) = answered(&session, 120, words, "[y/N] ", "y\n");
    let refused = "note: 3 of 4 computers can't be deleted: \"atelier-02\" is ONLINE, \"nobody\" not found, \"Été ☀\" is ONLINE\n\
                   NAME ";
    assert!(shown.starts_with(refused), "{shown}");
    assert!(!shown.contains("summer"), "{shown}");
    assert_eq!(code, Some(8), "{shown}");
    assert_eq!(peer.changes(), [format!("DELETE /v1/computers/{}", id(1))]);
}

#[test]
fn what_was_typed_before_the_question_does_not_count() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let mut terminal = Terminal::new(120);
    terminal.types("y\ny\n");
    let child = terminal.start(&session.command("computers delete atelier-01 --color never"));
    terminal.waits_for("[y/N] ");
    terminal.types("n\n");
    let (shown, code) = terminal.ends(child);
    assert!(shown.ends_with("error: nothing was changed\n"), "{shown}");
    assert_eq!(code, Some(5));
    assert_eq!(peer.changes(), [""; 0]);
}

/// The question may have been open for hours.
#[test]
fn a_computer_that_came_online_meanwhile_is_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let mut terminal = Terminal::new(120);
    let words = format!("computers delete id:{} --color never", id(1));
    let child = terminal.start(&session.command(words.as_str()));
    terminal.waits_for("[y/N] ");
    let online = peer.rows()[0].clone().text("status", "ONLINE").json();
    peer.mishap(move |request, _| {
        (request.method == "GET").then(|| Fault::answer(200, "application/json", &online))
    });
    terminal.types("y\n");
    let (shown, code) = terminal.ends(child);
    assert!(shown.contains("is ONLINE, so it is not deleted"), "{shown}");
    assert_eq!(code, Some(5));
    assert_eq!(peer.changes(), [""; 0]);
}
