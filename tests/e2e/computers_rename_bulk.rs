//! `computers rename --from`: many names from a csv file.

use serde_json::Value;

use crate::support::{Fault, Peer, Session, id, lines, uid};

fn sent(n: usize, name: &str) -> String {
    format!("PUT /v1/computers/{} {{\"name\":\"{name}\"}}", id(n))
}

fn session(peer: &Peer, rows: &str) -> Session {
    Session::with(peer).file("n.csv", &format!("computer,name\n{rows}"))
}

#[test]
fn each_row_names_a_computer_and_its_new_name() {
    let peer = Peer::start();
    let rows = format!(
        "atelier-01,A 1\n{},B\n_id:{},C\nhostname:summer,\"D, d\"\n",
        id(2),
        uid(3)
    );
    session(&peer, &rows)
        .run("computers rename --from n.csv -o id")
        .stdout(lines(&[1, 2, 3, 5].map(id)));
    assert_eq!(
        peer.changes_sorted(),
        [sent(1, "A 1"), sent(2, "B"), sent(3, "C"), sent(5, "D, d")]
    );
}

#[test]
fn one_row_makes_an_array_and_an_unchanged_name_no_request() {
    let peer = Peer::start();
    let piped = Session::with(&peer).stdin("name,computer\natelier-01,atelier-01\n");
    let mut outcome = piped.run("computers rename --from - --json");
    let records: Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    assert_eq!(records[0]["outcome"], "unchanged");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn it_continues_after_a_failure_and_reports_why() {
    let peer = Peer::start();
    let refused = id(3);
    peer.mishap(move |request, _| {
        let hit = request.method == "PUT" && request.target.ends_with(&refused);
        hit.then(|| Fault::answer(422, "application/json", r#"{"error":"no such name"}"#))
    });
    let rows = format!(
        "atelier-01,A\nDOUBLE-A,B\nnobody,C\ndouble,D\n{},E\n",
        id(5)
    );
    let mut outcome = session(&peer, &rows)
        .run("computers rename --from n.csv -o jsonl")
        .fails_with(
            "partly_failed",
            8,
            "not all computers were renamed: 2 done, 3 failed, 0 unknown, 0 not started\n\
             hint: the records say why; running the command again for those that failed is safe",
        );
    let printed = outcome.take_stdout();
    let records: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<(&str, Option<&str>)> = records
        .iter()
        .map(|record| {
            (
                record["outcome"].as_str().unwrap(),
                record["error"]["code"].as_str(),
            )
        })
        .collect();
    let wanted = [
        ("renamed", None),
        ("failed", Some("rejected")),
        ("failed", Some("not_found")),
        ("failed", Some("ambiguous")),
        ("renamed", None),
    ];
    assert_eq!(told, wanted);
    assert_eq!(
        peer.changes_sorted(),
        [sent(1, "A"), sent(3, "B"), sent(5, "E")]
    );
}

#[test]
fn csv_errors_name_their_line_and_nothing_is_sent() {
    let peer = Peer::start();
    for (rows, told) in [
        ("atelier-01,A\n,B\n", "line 3: the row names no computer"),
        (
            "atelier-01,A\natelier-02,\n",
            "line 3: the new name is missing",
        ),
        ("atelier-01,A\nid:x,B\n", "line 3: \"x\" is not a UUID"),
        ("", "no rows follow the heading"),
    ] {
        let mut outcome = session(&peer, rows)
            .run("computers rename --from n.csv")
            .code(2);
        let first = outcome
            .take_stderr()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        assert!(
            first.starts_with("error: ") && first.ends_with(told),
            "{first}"
        );
    }
    session(&peer, "a,b\n")
        .run("computers rename a b --from n.csv --json")
        .fails_with(
            "usage",
            2,
            "the argument '[COMPUTER]' cannot be used with '--from <FILE>'\n\
             hint: reemo computers rename --help",
        );
    assert_eq!(peer.connections(), 0);
}

/// Renamed at the same time to two names, which one it has in the end would be left to chance.
#[test]
fn one_computer_has_one_new_name() {
    let peer = Peer::start();
    let rows = format!("atelier-01,A\n{},B\n", id(1));
    session(&peer, &rows)
        .run("computers rename --from n.csv --json")
        .fails_with("usage", 2, "the computer 00000001-1111-4111-8111-1d1d1d1d1d1d is listed with two new names; nothing was renamed\n\
             hint: list each computer once");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_dry_run_sends_nothing() {
    let peer = Peer::start();
    let mut bulk = session(&peer, "atelier-01,A\nnobody,B\n")
        .run("computers rename --from n.csv --dry-run --json");
    bulk = bulk.notes(&["dry run: nothing was changed"]).fails_with(
        "partly_failed",
        8,
        "1 of 2 computers can't be renamed\n\
         hint: the records say why",
    );
    let printed: Value = serde_json::from_str(&bulk.take_stdout()).unwrap();
    assert_eq!(
        (
            printed[0]["outcome"].as_str(),
            printed[1]["outcome"].as_str()
        ),
        (Some("would_rename"), Some("failed"))
    );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    let session =
        Session::profile(&peer, "access = \"read\"").file("n.csv", "computer,name\na,b\n");
    session
        .run("computers rename --from n.csv --json")
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    assert_eq!(peer.connections(), 0);
}
