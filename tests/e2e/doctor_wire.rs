//! `doctor` against every variation of an API and fleets of every size: no wrong verdict, and what it stores works.

use crate::support::dialect::{Dialect, Filters, Hints, Walk};
use crate::support::fleet::large;
use crate::support::{Peer, Session, id, lines, uid};
use crate::variations::dialects;

/// The variations that are about nothing but the walk through pages and the forms of parameters.
fn further() -> Vec<(&'static str, Dialect)> {
    let usual = Dialect::default();
    vec![
        (
            "camel_case",
            Dialect {
                page: "pageNumber",
                limit: "pageSize",
                ..usual
            },
        ),
        (
            "snake_case",
            Dialect {
                page: "page_number",
                limit: "page_size",
                ..usual
            },
        ),
        (
            "p_and_size",
            Dialect {
                page: "p",
                limit: "size",
                first_page: 0,
                ..usual
            },
        ),
        (
            "page_no_and_count",
            Dialect {
                page: "pageNo",
                limit: "count",
                ..usual
            },
        ),
        (
            "take",
            Dialect {
                limit: "take",
                ..usual
            },
        ),
        (
            "strict",
            Dialect {
                page: "pageNo",
                limit: "take",
                first_page: 0,
                filters: Filters::Refused,
                ..usual
            },
        ),
        (
            "strict_and_usual",
            Dialect {
                filters: Filters::Refused,
                hints: Hints::None,
                ..usual
            },
        ),
        (
            "bracketed_and_other_names",
            Dialect {
                page: "p",
                limit: "perPage",
                filters: Filters::Bracketed,
                ..usual
            },
        ),
    ]
}

/// The `[wire]` settings that the config file has, as `name = value`.
fn stored(session: &Session) -> Vec<String> {
    let text = session.config_text();
    let wire = text
        .split("[profiles.work.wire]\n")
        .nth(1)
        .unwrap_or_default();
    let settings = wire.lines().filter(|line| line.contains(" = "));
    settings.map(str::to_owned).collect()
}

/// The settings that are right, where they differ from the defaults.
fn right(dialect: &Dialect) -> Vec<String> {
    let mut right = Vec::new();
    if dialect.walk == Walk::Paged {
        if dialect.page != "page" {
            right.push(format!("page = \"{}\"", dialect.page));
        }
        if dialect.limit != "limit" {
            right.push(format!("limit = \"{}\"", dialect.limit));
        }
        if dialect.first_page != 1 {
            right.push(format!("first_page = {}", dialect.first_page));
        }
    }
    match dialect.filters {
        Filters::Exact | Filters::Loose => {}
        Filters::Bracketed => right.push("filter = \"filter[{property}]\"".to_owned()),
        Filters::Ignored | Filters::Refused => right.push("filter = \"\"".to_owned()),
    }
    right
}

#[track_caller]
fn examine(name: &str, dialect: Dialect, count: usize) {
    let mut rows = large(count);
    rows.truncate(count);
    let peer = Peer::new(dialect, rows);
    let session = Session::profile(&peer, "# a remark of the user's");
    let before = session.config_text();
    let mut outcome = session.run("doctor --write --json");
    let (report, _) = (outcome.take_stdout(), outcome.take_stderr());
    let context = format!(
        "{name} with {count} computers\n{}\n{report}",
        peer.requests().join("\n")
    );
    outcome.code(0);
    assert!(peer.requests().len() <= 20, "too many requests: {context}");
    assert_eq!(peer.changes(), [""; 0], "{context}");
    for row in peer.rows() {
        for property in ["id", "_id", "name", "hostname"] {
            let value = row.get(property).unwrap_or_default();
            assert!(
                value.is_empty() || !report.contains(&value),
                "{value}: {context}"
            );
        }
    }
    let (stored, right) = (stored(&session), right(&dialect));
    if count == 0 {
        assert_eq!(session.config_text(), before, "{context}");
    }
    for setting in &stored {
        assert!(right.contains(setting), "wrong: {setting}: {context}");
    }
    if count > 2 {
        assert_eq!(stored, right, "{context}");
        assert!(!report.contains("\"unknown\""), "{context}");
    }
    assert!(session.config_text().contains("# a remark of the user's\n"));
    works(&peer, &session, &dialect, stored == right);
}

/// What was stored is right: all six verbs work. With less than three computers some settings can't be found out, and what needs
/// a listing may not work yet; what goes by id does.
fn works(peer: &Peer, session: &Session, dialect: &Dialect, is_known: bool) {
    let count = peer.rows().len();
    let said = |words: &[&str]| {
        let mut outcome = session.run(words);
        // Some listings come with a note.
        outcome.take_stderr();
        outcome.take_stdout()
    };
    let ids: Vec<String> = (1..=count).map(id).collect();
    if is_known {
        assert_eq!(said(&["computers", "list", "-o", "id"]), lines(&ids));
    }
    // A round number of computers that nobody counts proves nothing, so that no change goes by a name.
    let is_round = dialect.walk == Walk::AllAtOnce && count.is_multiple_of(10);
    let is_provable = is_known && !is_round;
    let targets = [(1, id(1)), (2, "atelier-02".to_owned())];
    for (n, target) in targets.iter().filter(|(n, _)| *n <= count) {
        if *n == 2 && !is_provable {
            continue;
        }
        let got = said(&["computers", "get", target, "-o", "id"]);
        assert_eq!(got, lines(&[id(*n)]));
        let connected = said(&["computers", "connect", target, "--json"]);
        assert!(connected.contains("tok-4f1c"), "{connected}");
        let name = format!("renamed {n}");
        said(&["computers", "rename", target, &name]);
        assert_eq!(peer.rows()[n - 1].get("name"), Some(name));
    }
    said(&["computers", "reserve", &uid(777), "--name", "new one"]);
    let reserved = peer.find("_id", &uid(777)).unwrap().get("id").unwrap();
    for target in [reserved, "renamed 1".to_owned()] {
        if target == "renamed 1" && (count == 0 || !is_provable) {
            continue;
        }
        let left = peer.rows().len();
        said(&["computers", "delete", &target, "--yes"]);
        assert_eq!(peer.rows().len(), left - 1, "{target}");
    }
}

fn examine_all(count: usize) {
    for (name, dialect) in dialects().into_iter().chain(further()) {
        examine(name, dialect, count);
    }
}

#[test]
fn no_computer() {
    examine_all(0);
}

#[test]
fn one_computer() {
    examine_all(1);
}

#[test]
fn two_computers() {
    examine_all(2);
}

#[test]
fn three_computers() {
    examine_all(3);
}

#[test]
fn twenty_five_computers() {
    examine_all(25);
}

#[test]
fn two_hundred_and_fifty_computers() {
    examine_all(250);
}
