//! `computers delete -` and `--filter`: what they mean by a set of computers, and how that is bounded.

use serde_json::Value;

use crate::support::dialect::{Dialect, Filters};
use crate::support::fleet::large;
use crate::support::{Fault, Peer, Session, id, lines, pretty, uid};

fn deleted(n: usize) -> String {
    format!("DELETE /v1/computers/{}", id(n))
}

fn record(outcome: &str, row: &str) -> String {
    format!("{{\"outcome\":\"{outcome}\",\"computer\":{row}}}")
}

#[test]
fn standard_input_names_them_in_every_way() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin(&format!(
        "{}\n\n  name:reserved \r\n_id:{}\nDOUBLE-B\n",
        id(1),
        uid(3)
    ));
    session
        .run("computers delete - --yes -o id")
        .stdout(lines(&[1, 6, 3, 4].map(id)));
    assert_eq!(peer.changes_sorted(), [1, 3, 4, 6].map(deleted));
}

#[test]
fn each_is_found_by_the_beginning_of_its_id_and_by_its_ip() {
    let peer = Peer::start();
    Session::with(&peer)
        .stdin("00000001\nip:10.0.0.3\n00000004-1111\n")
        .run("computers delete - --yes -o id")
        .stdout(lines(&[1, 3, 4].map(id)));
    assert_eq!(peer.changes_sorted(), [1, 3, 4].map(deleted));
}

#[test]
fn one_from_standard_input_is_an_array_all_the_same() {
    let peer = Peer::start();
    let wanted = format!("[{}]", record("deleted", &peer.row(1)));
    let session = Session::with(&peer).stdin(&id(1));
    session
        .run("computers delete - --yes --json")
        .stdout(pretty(&wanted) + "\n");
    let absent = Session::with(&peer)
        .stdin("nobody")
        .run("computers delete - --yes --json");
    let mut absent = absent.fails_with(
        "partly_failed",
        8,
        "not all computers were deleted: 0 done, 1 failed, 0 unknown, 0 not started\n\
         hint: the records say why; running the command again for those that failed is safe",
    );
    let records: Value = serde_json::from_str(&absent.take_stdout()).unwrap();
    assert_eq!(
        (
            records[0]["outcome"].as_str(),
            records[0]["error"]["code"].as_str()
        ),
        (Some("failed"), Some("not_found"))
    );
}

#[test]
fn standard_input_is_no_confirmation_and_no_uuid_is_made_up() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin(&id(1));
    session.run("computers delete - --json").fails_with(
        "not_confirmed",
        5,
        "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
    );
    session
        .run("computers delete - --no-input --json")
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    Session::with(&peer)
        .run("computers delete - --yes --json")
        .fails_with(
            "usage",
            2,
            "standard input is empty; expected one computer or _id per line\n\
             hint: pass one per line",
        );
    Session::with(&peer)
        .stdin("id:../x")
        .run("computers delete - --yes --json")
        .fails_with(
            "usage",
            2,
            "line 1 of standard input: \"../x\" is not a UUID\n\
             hint: reemo computers delete --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn absent_ones_may_be_missing() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin(&format!("{}\n{}\nnobody\n", id(1), id(99)));
    let mut outcome = session.run("computers delete - --yes --ignore-missing -o jsonl");
    let outcomes: Vec<String> = outcome
        .take_stdout()
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["outcome"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(outcomes, ["deleted", "absent", "absent"]);
}

#[test]
fn a_filter_means_all_that_fit() {
    for filters in [
        Filters::Exact,
        Filters::Ignored,
        Filters::Loose,
        Filters::Refused,
    ] {
        let peer = Peer::new(
            Dialect {
                filters,
                ..Dialect::default()
            },
            large(250),
        );
        let words = "computers delete --filter status=OFFLINE --filter name=pc-01* --yes -o id";
        let fitting: Vec<usize> = (10..20).filter(|n| n % 3 != 0).collect();
        Session::with(&peer)
            .run(words)
            .stdout(lines(&fitting.iter().map(|n| id(*n)).collect::<Vec<_>>()));
        assert_eq!(
            peer.changes_sorted(),
            fitting.iter().map(|n| deleted(*n)).collect::<Vec<_>>(),
            "{filters:?}"
        );
    }
}

#[test]
fn a_filter_returns_an_array_for_any_number_of_matches() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let wanted = format!("[{}]", record("deleted", &peer.row(6)));
    session
        .run("computers delete --filter name=reserved --yes --json")
        .stdout(pretty(&wanted) + "\n");
    session
        .run("computers delete --filter name=reserved --yes --json")
        .stdout("[]\n");
    session.run("computers delete --filter name=reserved --yes -o jsonl");
    assert_eq!(peer.changes(), [deleted(6)]);
}

/// An ONLINE one that fits is refused; the others go.
#[test]
fn a_filter_never_deletes_what_is_online() {
    let peer = Peer::start();
    let mut outcome = Session::with(&peer)
        .run("computers delete --filter hostname~^(DOUBLE-A|summer)$ --yes --json");
    outcome = outcome.fails_with(
        "partly_failed",
        8,
        "not all computers were deleted: 1 done, 1 failed, 0 unknown, 0 not started\n\
         hint: the records say why; running the command again for those that failed is safe",
    );
    let records: Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    assert_eq!(
        (
            records[0]["outcome"].as_str(),
            records[1]["outcome"].as_str()
        ),
        (Some("deleted"), Some("refused"))
    );
    assert_eq!(records[1]["error"]["code"], "not_offline");
    assert_eq!(peer.changes(), [deleted(3)]);
}

#[test]
fn max_stops_a_filter_that_grew() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let told = "error: 2 computers match, more than --max 1; nothing was deleted\nhint: review them first: run the same command \
                with --dry-run and without --max\n";
    session
        .run("computers delete --filter name=double --max 1 --yes")
        .stderr(told)
        .code(5);
    session
        .run("computers delete --filter name=double --max 0 --yes --json")
        .fails_with(
            "not_confirmed",
            5,
            "2 computers match, more than --max 0; nothing was deleted\n\
             hint: review them first: run the same command with --dry-run and without --max",
        );
    session
        .run("computers delete --filter name=double --max 1 --dry-run --json")
        .fails_with(
            "not_confirmed",
            5,
            "2 computers match, more than --max 1; nothing was deleted\n\
             hint: review them first: run the same command with --dry-run and without --max",
        );
    let named = [
        "computers",
        "delete",
        &id(3),
        &id(4),
        "--max",
        "1",
        "--yes",
        "--json",
    ];
    session.run(named).fails_with(
        "not_confirmed",
        5,
        "2 computers match, more than --max 1; nothing was deleted\n\
         hint: review them first: run the same command with --dry-run and without --max",
    );
    assert_eq!(peer.changes(), [""; 0]);
    session
        .run("computers delete --filter name=double --max 2 --yes -o id")
        .stdout(lines(&[3, 4].map(id)));
}

#[test]
fn a_filter_acts_on_a_whole_listing_only() {
    let peer = Peer::with(large(250));
    peer.mishap(|request, _| {
        request
            .target
            .contains("page=3")
            .then(|| Fault::answer(500, "text/plain", "no"))
    });
    Session::with(&peer)
        .run("computers delete --filter name=pc-01* --yes --retries 0 --json")
        .fails_with(
            "server_error",
            7,
            "the API failed: no\n\
             - after 200 computers: the listing is not complete\n\
             hint: try again later; if it persists, report the request id to Reemo",
        );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_jq_filter_excludes_other_output_flags_and_must_parse() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run("computers delete atelier-01 --filter name=double --yes --json")
        .fails_with(
            "usage",
            2,
            "the argument '[COMPUTER]...' cannot be used with '--filter <KEY=VALUE>'\n\
             hint: reemo computers delete --help",
        );
    session
        .run("computers delete - --filter name=double --yes --json")
        .fails_with(
            "usage",
            2,
            "the argument '[COMPUTER]...' cannot be used with '--filter <KEY=VALUE>'\n\
             hint: reemo computers delete --help",
        );
    session
        .run("computers delete --filter name --yes --json")
        .fails_with("usage", 2, "invalid value 'name' for '--filter <KEY=VALUE>': expected KEY=VALUE, KEY!=VALUE, KEY~REGEX, KEY<VALUE, KEY<=VALUE, KEY>VALUE or KEY>=VALUE, such as status=OFFLINE\n\
             hint: reemo computers delete --help");
    session
        .run("computers delete --max 3 --yes --json")
        .fails_with(
            "usage",
            2,
            "the following required arguments were not provided:\n\
             - <COMPUTER>...\n\
             hint: reemo computers delete --help",
        );
    session
        .run("computers delete --filter name=double --json")
        .fails_with(
            "not_confirmed",
            5,
            "deleting needs confirmation, but there is no terminal\n\
             hint: add --yes to confirm without a question",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_filter_with_an_unknown_property_deletes_nothing() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers delete --filter nmae=double --yes --json")
        .stdout("[]\n")
        .stderr(
            "{\"note\":{\"code\":\"unknown_property\",\"message\":\"no computer has the property \\\"nmae\\\"; did you mean \\\"name\\\"?\"}}\n",
        );
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "access = \"read\"").stdin(&id(1));
    session
        .run("computers delete - --yes --json")
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    session
        .run("computers delete --filter status=OFFLINE --yes --json")
        .fails_with("read_only", 5, "changes are forbidden by profile work\n\
             hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    session
        .run("computers delete --filter status=OFFLINE --dry-run -o id")
        .stdout(lines(&[1, 3, 4, 6].map(id)))
        .stderr("note: dry run: nothing was changed\n");
    assert_eq!(peer.changes(), [""; 0]);
}
