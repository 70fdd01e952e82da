//! Defaults for a terminal: `output`, `columns` and `sort` of a profile, and `REEMO_OUTPUT`. A pipe gets what it always gets.
#![cfg(target_os = "linux")]

use crate::support::terminal::Terminal;
use crate::support::{Peer, Session, id, lines};

const DEFAULTS: &str = "output = \"csv\"\ncolumns = \"hostname, status\"\nsort = \"-hostname\"\n";

/// What these words show at a terminal.
fn shown(session: &Session, words: &str, code: i32) -> String {
    let mut terminal = Terminal::new(120);
    let child = terminal.start(&session.command(words));
    let (shown, ended) = terminal.ends(child);
    assert_eq!(ended, Some(code), "{shown}");
    session.told(&shown)
}

fn ids(shown: &str) -> Vec<&str> {
    shown.lines().collect()
}

#[test]
fn the_output_of_a_profile_or_the_environment_is_used_at_a_terminal() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "output = \"id\"");
    let first = id(1);
    let limited = "computers list --limit 1 --color never";
    assert_eq!(ids(&shown(&session, limited, 0)), [&first]);
    for (words, start) in [
        ("computers list --limit 1 -o jsonl", "{\"status\""),
        ("computers list --limit 1 --json", "["),
        ("computers list --limit 1 --jq length", "1"),
        ("computers list --limit 1 -o table --color never", "NAME"),
    ] {
        let shown = shown(&session, words, 0);
        assert!(shown.starts_with(start), "{words}: {shown}");
    }
    let session = session.env("REEMO_OUTPUT", "jsonl");
    let line = shown(&session, limited, 0);
    assert!(line.starts_with("{\"status\""), "{line}");
}

#[test]
fn columns_and_order_of_a_profile_are_used_for_tables_at_a_terminal() {
    let peer = Peer::start();
    let session = Session::profile(&peer, &DEFAULTS.replace("output = \"csv\"\n", ""));
    let table = shown(&session, "computers list --limit 2 --color never", 0);
    let head: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(head, ["HOSTNAME", "STATUS"], "{table}");
    let sorted = "computers list -o id --limit 2 --sort -hostname";
    let expected = session.run(sorted).take_stdout();
    let by_default = shown(&session, "computers list -o id --limit 2", 0);
    assert_eq!(by_default, expected);
    let named = "computers list --limit 1 --columns name --sort name --color never";
    assert!(shown(&session, named, 0).starts_with("NAME"));
    let wide = shown(
        &session,
        "computers list -o wide --limit 1 --color never",
        0,
    );
    assert!(wide.contains("NAME") && wide.contains("IP"), "{wide}");
}

#[test]
fn a_pipe_gets_the_same_with_defaults_as_without() {
    let peer = Peer::start();
    let plain = Session::profile(&peer, "");
    let with_defaults = Session::profile(&peer, DEFAULTS).env("REEMO_OUTPUT", "csv");
    for words in [
        "computers list",
        "computers list -o csv",
        "computers list --json",
        "config get api_url",
    ] {
        let expected = plain.run(words).take_stdout();
        with_defaults.run(words).stdout(expected);
    }
    with_defaults
        .env("REEMO_OUTPUT", "nonsense")
        .run("computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
}

#[test]
fn an_unknown_format_is_refused() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "").env("REEMO_OUTPUT", "nonsense");
    let shown = shown(&session, "computers list --color never", 3);
    assert_eq!(
        shown,
        "error: the environment variable REEMO_OUTPUT is not valid: expected one of table, wide, json, jsonl, csv, id, _id\n\
         hint: correct or unset REEMO_OUTPUT\n"
    );
    for (setting, value, expected) in [
        (
            "output",
            "tabel",
            "one of table, wide, json, jsonl, csv, id, _id",
        ),
        (
            "columns",
            "name,,ip",
            "names of properties, such as \"name,ip,status\"",
        ),
        ("sort", "", "the name of a property, such as name or -name"),
    ] {
        let told =
            format!("profiles.work.{setting}: expected {expected}\nhint: reemo config set --help");
        session
            .run(["config", "set", setting, value, "--json"])
            .fails_with("usage", 2, told);
    }
    session
        .run("config set output wide")
        .stderr("note: profiles.work.output is set\n");
    assert_eq!(peer.connections(), 0);
}

/// The file is read for the defaults before it is read for the command, which says what is wrong with it.
#[test]
fn a_broken_file_is_an_error_once() {
    let session = Session::new().config("[profiles.default]\noutput = 1\n");
    let error = "error: [HOME]/config/reemo/config.toml:2: profiles.default.output: expected a string in quotes, found: integer\n\
                 hint: correct the file; reemo config path prints its path\n";
    assert_eq!(shown(&session, "computers list --color never", 3), error);
    let path = "[HOME]/config/reemo/config.toml\n";
    assert_eq!(shown(&session, "config path", 0), path);
}
