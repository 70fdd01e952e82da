//! Every command's `--help`: it has examples, and they are command lines that the program understands.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::session::{Session, printed, told};

/// The words that name each command without subcommands.
pub(crate) fn leaves() -> Vec<Vec<String>> {
    below(&[])
}

fn below(command: &[String]) -> Vec<Vec<String>> {
    let help = help(command);
    let names: Vec<&str> = section(&help, "Commands:")
        .filter_map(|line| entry(line)?.split(' ').next())
        .collect();
    if names.is_empty() {
        return vec![command.to_vec()];
    }
    let child = |name: &str| below(&[command, &[name.to_owned()]].concat());
    names.into_iter().flat_map(child).collect()
}

pub(crate) fn help(command: &[String]) -> String {
    let words: Vec<&str> = command
        .iter()
        .map(String::as_str)
        .chain(["--help"])
        .collect();
    printed(&words)
}

/// The indented lines under a heading.
pub(crate) fn section<'help>(help: &'help str, heading: &str) -> impl Iterator<Item = &'help str> {
    let under = help
        .lines()
        .skip_while(move |line| *line != heading)
        .skip(1);
    under.take_while(|line| line.starts_with(' '))
}

/// A line that begins an entry, and does not go on with the one before.
fn entry(line: &str) -> Option<&str> {
    line.strip_prefix("  ")
        .filter(|rest| !rest.starts_with(' '))
}

/// The long flags of a section.
pub(crate) fn flags<'help>(help: &'help str, heading: &str) -> Vec<&'help str> {
    let named = |line: &'help str| {
        let line = line.trim_start();
        let long = if line.starts_with("--") {
            Some(line)
        } else {
            line.get(4..).filter(|_| line.starts_with('-'))
        };
        long?.split([' ', '.', ',']).next()
    };
    section(help, heading)
        .filter_map(named)
        .filter(|flag| flag.starts_with("--") && flag.len() > 2)
        .collect()
}

#[test]
fn every_example_is_understood() {
    let session = Session::new();
    for folder in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
    ] {
        fs::create_dir_all(session.path("home").join(folder)).unwrap();
    }
    let profiles = ["production", "corp", "staging"]
        .map(|name| format!("[profiles.{name}]\naccess = \"full\"\n"));
    let config = session.path("config.toml");
    fs::write(&config, profiles.concat()).unwrap();
    fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();

    write_files(&session);
    let leaves = leaves();
    assert!(leaves.len() >= 20, "{leaves:?}");
    for leaf in &leaves {
        let help = help(leaf);
        let examples: Vec<&str> = section(&help, "Examples:").map(str::trim_start).collect();
        assert!(!examples.is_empty(), "{leaf:?} has no example");
        for example in examples {
            assert!(example.starts_with("reemo "), "{leaf:?}: {example}");
            // What waits for something to happen is understood, and does nothing.
            let goes_on = ["computers wait", "computers watch", "--open"]
                .iter()
                .any(|words| example.contains(words));
            let mut bash = session.bash(&format!(
                "exec {example}{}",
                if goes_on { " --help" } else { "" }
            ));
            bash.env("REEMO_CONFIG", &config)
                .env("REEMO_SECRET_KEY", reemo::sandbox::SECRET_KEY);
            if leaf.join(" ") == "sandbox serve" {
                serves(bash);
                continue;
            }
            let _ = fs::remove_file(session.path("work/_id"));
            let output = bash.output().unwrap();
            // No terminal to ask at, a computer that is not there: all the same it was understood.
            assert!(
                matches!(output.status.code(), Some(0 | 3 | 4 | 5 | 10)),
                "{example}: {}",
                told(&output)
            );
        }
    }
}

/// Writes the files that examples name.
fn write_files(session: &Session) {
    let csv = "_id,name\n0b8f2a34-5c1d-4e6f-8a90-b1c2d3e4f501,Kiosk Lille\n";
    let listing = |name: &str| {
        format!("[{{\"id\":\"0b8f2a34-5c1d-4e6f-8a90-b1c2d3e4f501\",\"name\":\"{name}\"}}]\n")
    };
    for (name, text) in [
        ("machines.csv", csv.to_owned()),
        ("fleet.csv", csv.to_owned()),
        (
            "names.csv",
            "computer,name\nhostname:PAR-WS-01,Front desk Paris\n".to_owned(),
        ),
        ("retired.csv", "hostname\nPAR-RM-04\n".to_owned()),
        ("new.json", "{\"name\":\"Front desk Paris\"}\n".to_owned()),
        ("monday.json", listing("old")),
        ("tuesday.json", listing("new")),
    ] {
        fs::write(session.path("work").join(name), text).unwrap();
    }
}

/// Serving has no end: it is ended once it says where it serves, or that the port is taken.
fn serves(mut bash: Command) {
    let mut serving = bash
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(serving.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    serving.kill().unwrap();
    let output = serving.wait_with_output().unwrap();
    assert!(
        first.contains("http://127.0.0.1:") || output.status.code() == Some(5),
        "{}",
        told(&output)
    );
}
