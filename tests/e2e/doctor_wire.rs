//! `doctor` against every variation of an API and fleets of every size: no wrong verdict, and what it stores works.

use crate::support::dialect::{Dialect, Filters, Hints, Walk};
use crate::support::fleet::large;
use crate::support::{Peer, Session, id, lines};
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
    if matches!(count, 3 | 250) {
        works(&peer, &session, &dialect);
    }
}

/// What was stored is right: listings are whole, a name is found, and a change goes by it.
fn works(peer: &Peer, session: &Session, dialect: &Dialect) {
    let ids: Vec<String> = (1..=peer.rows().len()).map(id).collect();
    let told_by_note = dialect.walk == Walk::AllAtOnce;
    let mut listed = session.run("computers list -o id").stdout(lines(&ids));
    if told_by_note {
        listed.take_stderr();
    }
    drop(listed);
    // A round number of computers that nobody counts proves nothing, so that no change goes by a name.
    if told_by_note && peer.rows().len().is_multiple_of(10) {
        return;
    }
    let mut got = session
        .run("computers get atelier-02 -o id")
        .stdout(lines(&[id(2)]));
    let mut renamed = session.run("computers rename atelier-02 renamed -q");
    if told_by_note {
        got.take_stderr();
        renamed.take_stderr();
    }
    renamed.take_stdout();
    drop((got, renamed));
    assert_eq!(peer.rows()[1].get("name").as_deref(), Some("renamed"));
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
