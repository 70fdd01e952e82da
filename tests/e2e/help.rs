//! `--help`: every leaf has examples, and each of them is a command line that the program understands.
#![cfg(unix)]

use crate::support::{Session, lines};

/// The commands below one, as its help lists them; empty for a leaf.
fn below(session: &Session, path: &str) -> Vec<String> {
    let help = session.run(&format!("{path} --help")).take_stdout();
    let Some((_, list)) = help.split_once("\nCommands:\n") else {
        return Vec::new();
    };
    let names = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("     "));
    names
        .map(|line| format!("{path} {}", line.split_whitespace().next().unwrap()))
        .collect()
}

#[test]
fn every_noun_has_examples_that_are_understood() {
    let session = Session::new();
    for noun in ["computers", "auth", "profile", "config", "sandbox"] {
        check_examples(&session, noun);
    }
}

/// Every command without commands below it.
fn leaves(session: &Session) -> Vec<String> {
    let (mut open, mut leaves) = (vec![String::new()], Vec::new());
    while let Some(path) = open.pop() {
        let below = below(session, &path);
        if below.is_empty() {
            leaves.push(path.trim().to_owned());
        }
        open.extend(below);
    }
    leaves.sort();
    leaves
}

#[test]
fn every_leaf_has_examples_that_are_understood() {
    let session = Session::new();
    let leaves = leaves(&session);
    assert!(
        leaves.len() >= 20 && leaves.contains(&"computers list".to_owned()),
        "{leaves:?}"
    );
    for leaf in leaves.into_iter().chain([String::new()]) {
        check_examples(&session, &leaf);
    }
}

fn check_examples(session: &Session, command: &str) {
    let help = session.run(&format!("{command} --help")).take_stdout();
    let examples = help
        .split_once("Examples:\n")
        .map(|(_, examples)| examples)
        .unwrap_or_default();
    let examples: Vec<&str> = examples
        .lines()
        .map_while(|line| line.strip_prefix("  reemo "))
        .collect();
    assert!(!examples.is_empty(), "{command} --help has no examples");
    for example in examples {
        let typed = example
            .split(';')
            .next()
            .and_then(|text| text.split(" < ").next())
            .and_then(|text| text.split(" > ").next())
            .and_then(|text| text.split(" | man ").next())
            .and_then(|text| text.split("   ").next())
            .unwrap();
        // With --help at its end nothing is done, but all before it has to be understood.
        let mut outcome = session.run_shell(&format!("\"$1\" {typed} --help"), "");
        assert!(
            outcome.take_stdout().contains("\nUsage: reemo "),
            "reemo {example}\n{}",
            outcome.transcript()
        );
    }
}

#[test]
fn short_help_and_the_version() {
    let session = Session::new();
    session
        .run("--version")
        .stdout(lines(&[concat!("reemo ", env!("CARGO_PKG_VERSION"))]));
    session
        .run("-V")
        .stdout(lines(&[concat!("reemo ", env!("CARGO_PKG_VERSION"))]));
    session.run("--version --json").stdout(concat!(
        "{\"name\":\"reemo\",\"version\":\"",
        env!("CARGO_PKG_VERSION"),
        "\"}\n"
    ));
    let help = session.run("--help").take_stdout();
    assert!(
        help.starts_with("Administer the computers of a Reemo account from the command line"),
        "{help}"
    );
    assert!(
        help.lines().all(|line| line.chars().count() <= 100),
        "{help}"
    );
    session.run("").stdout(&help);
}

#[test]
fn short_help_has_the_commands_own_options_alone() {
    let session = Session::new();
    session.run("computers get -h").stdout(lines(&[
        "Show every property of one computer",
        "",
        "Usage: reemo computers get [OPTIONS] [COMPUTER]",
        "",
        "Arguments:",
        "  [COMPUTER]  A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID,",
        "              name:TEXT, hostname:TEXT, ip:TEXT",
        "",
        "Options:",
        "      --columns <A,B,C>  Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)",
        "      --no-headers       Omit the header line of table, wide and csv",
        "  -h, --help             Print help",
        "",
        "Use --help for examples and global options.",
    ]));
    let short = session.run("-h").take_stdout();
    assert!(!short.contains("Global options:\n") && !short.contains("Examples:"));
    // The value of an option may be the name of another command.
    for options in [
        "--profile sandbox",
        "-o json",
        "--color never --profile config",
    ] {
        let get = session.run("computers get -h").take_stdout();
        session
            .run(&format!("{options} computers get -h"))
            .stdout(get);
        session
            .run(&format!("{options} computers get --bogus --output table"))
            .stderr(lines(&[
                "error: unexpected argument '--bogus' found",
                "hint: reemo computers get --help",
            ]))
            .code(2);
    }
}

#[test]
fn help_is_a_command_too() {
    let session = Session::new();
    for path in ["", "computers", "computers list", "sandbox serve"] {
        let help = session.run(&format!("{path} --help")).take_stdout();
        session.run(&format!("help {path}")).stdout(&help);
    }
    session
        .run("help computers lst")
        .stderr(lines(&[
            "error: unrecognized subcommand 'lst'",
            "hint: did you mean: reemo computers list",
        ]))
        .code(2);
    session
        .run("help frob --json")
        .stderr(lines(&[
            r#"{"error":{"code":"usage","exit":2,"message":"unrecognized subcommand 'frob'","hint":"reemo --help"}}"#,
        ]))
        .code(2);
}

#[test]
fn a_mistyped_command_line_gets_a_suggestion() {
    let session = Session::new();
    for (typed, error) in [
        (
            "list",
            &[
                "error: unrecognized subcommand 'list'",
                "hint: did you mean: reemo computers list or reemo profile list or reemo config list",
            ][..],
        ),
        (
            "login",
            &[
                "error: unrecognized subcommand 'login'",
                "hint: did you mean: reemo auth login",
            ],
        ),
        (
            "create",
            &[
                "error: unrecognized subcommand 'create'",
                "hint: did you mean: reemo computers reserve",
            ],
        ),
        (
            "computers add",
            &[
                "error: unrecognized subcommand 'add'",
                "hint: did you mean: reemo computers reserve",
            ],
        ),
        (
            "cmputers list",
            &[
                "error: unrecognized subcommand 'cmputers'",
                "hint: did you mean: reemo computers",
            ],
        ),
        (
            "computers lst",
            &[
                "error: unrecognized subcommand 'lst'",
                "hint: did you mean: reemo computers list",
            ],
        ),
        (
            "computers list --fliter x=y",
            &[
                "error: unexpected argument '--fliter' found",
                "hint: did you mean --filter? see: reemo computers list --help",
            ],
        ),
        (
            "computers list -o jsn",
            &[
                "error: invalid value 'jsn' for '--output <FORMAT>'",
                "  possible values: table, wide, json, jsonl, csv, id, _id, ansible",
                "hint: did you mean json? see: reemo computers list --help",
            ],
        ),
    ] {
        session.run(typed).stderr(lines(error)).code(2);
    }
}
