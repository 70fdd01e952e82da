//! The tables of the documentation: exit codes as in `src/exit.rs`, every command and every flag as in `--help`.

use std::collections::{BTreeMap, BTreeSet};

use crate::blocks::pages;
use crate::help::{flags, help, leaves, section};
use crate::session::printed;

/// From exit code to the names in JSON.
type Codes = BTreeMap<u16, BTreeSet<String>>;

/// The program's one table, read from its source: a row is `Kind::… => ("name", exit)`.
fn in_source() -> Codes {
    let source = include_str!("../../src/exit.rs");
    let mut codes = Codes::new();
    for row in source.split("Kind::").skip(1) {
        let Some((_, rest)) = row.split_once("=> (\"") else {
            continue;
        };
        let (code, rest) = rest.split_once('"').unwrap();
        let exit: String = rest
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        codes
            .entry(exit.parse().unwrap())
            .or_default()
            .insert(code.to_owned());
    }
    codes
}

/// The text of one page.
fn page(path: &str) -> String {
    let page = pages().into_iter().find(|page| page.path == path);
    page.unwrap().text
}

fn in_documentation() -> Codes {
    let page = page("docs/exit-codes.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix('|'));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let codes = |cell: &str| -> BTreeSet<String> {
        cell.split(", ")
            .map(|name| name.trim_matches('`').to_owned())
            .filter(|name| !name.is_empty())
            .collect()
    };
    cells
        .filter_map(|cells| Some((cells[0].parse().ok()?, codes(cells[1]))))
        .collect()
}

#[test]
fn exit_codes_are_those_of_the_program() {
    let mut expected = in_source();
    assert!(expected.len() > 9);
    expected.insert(0, BTreeSet::new());
    assert_eq!(in_documentation(), expected);
}

#[test]
fn help_and_manual_have_every_exit_code() {
    let help = help(&[]);
    let listed: Vec<&str> = section(&help, "Exit codes:").map(str::trim).collect();
    let page = printed(&["man"]).replace('\\', "");
    let (_, status) = page.split_once(".SH \"EXIT STATUS\"\n").unwrap();
    let (status, _) = status.split_once(".SH").unwrap();
    let entries = status.trim_start_matches(".TP\n").split(".TP\n");
    let in_manual: Vec<String> = entries
        .map(|entry| {
            entry
                .replace("fB", "")
                .replace("fR\n", " ")
                .trim()
                .to_owned()
        })
        .collect();
    assert_eq!(listed.join(" "), in_manual.join(", "));
    let codes = in_manual
        .iter()
        .filter_map(|entry| entry.split(' ').next()?.parse().ok());
    assert_eq!(
        codes.collect::<BTreeSet<u16>>(),
        in_documentation().into_keys().collect()
    );
}

#[test]
fn every_command_and_every_flag_is_mentioned() {
    let readme = page("README.md");
    let all: String = pages().into_iter().map(|page| page.text).collect();
    for leaf in leaves() {
        let command = format!("`reemo {}", leaf.join(" "));
        assert!(readme.contains(&command), "{command}` is not in README.md");
        for flag in flags(&help(&leaf), "Options:")
            .into_iter()
            .filter(|flag| *flag != "--help")
        {
            assert!(all.contains(flag), "{flag} of {command}` is on no page");
        }
    }
    let top = help(&[]);
    let global = flags(&top, "Global options:");
    assert!(global.len() >= 9, "{global:?}");
    for flag in global {
        assert!(
            readme.contains(&format!("`{flag}")),
            "{flag} is not in README.md"
        );
    }
}
