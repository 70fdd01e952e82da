//! Changes that are made while standard output can't be written: the error tells each that no record tells of.

use crate::support::{Peer, Session, id, rename_filtered, uid};

const FORMATS: [&str; 7] = ["table", "wide", "json", "jsonl", "csv", "id", "_id"];
const FULL: &str = "standard output can't be written: No space left on device (os error 28)";

/// The error with these details, as it is told in this format.
fn told(format: &str, details: &[String]) -> String {
    if format.starts_with("json") {
        let details = serde_json::to_string(details).unwrap();
        return format!(
            "{{\"error\":{{\"code\":\"output_failed\",\"exit\":1,\"message\":\"{FULL}\",\"details\":{details}}}}}\n"
        );
    }
    format!(
        "error: {FULL}\n{}",
        details
            .iter()
            .map(|detail| format!("  {detail}\n"))
            .collect::<String>()
    )
}

#[test]
fn a_generated_id_is_not_lost() {
    for format in FORMATS {
        let peer = Peer::start();
        let mut outcome = Session::with(&peer)
            .run_into("/dev/full", ["computers", "reserve", "-q", "-o", format])
            .code(1);
        let made = peer.rows().pop().unwrap();
        let line = format!(
            "created: _id:{} id:{}",
            made.get("_id").unwrap(),
            made.get("id").unwrap()
        );
        assert_eq!(outcome.take_stderr(), told(format, &[line]));
    }
}

#[test]
fn each_change_is_reported() {
    for format in FORMATS {
        let peer = Peer::start();
        let session = Session::with(&peer);
        let line = |outcome: &str, n| format!("{outcome}: _id:{} id:{}", uid(n), id(n));
        let run = |words: &[&str]| {
            session
                .run_into("/dev/full", [words, &["-o", format]].concat().as_slice())
                .code(1)
        };
        run(&["computers", "rename", "atelier-01", "new"])
            .stderr(told(format, &[line("renamed", 1)]));
        run(&["computers", "rename", "new", "new"]).stderr(told(format, &[line("unchanged", 1)]));
        run(&["computers", "delete", "new", "--yes"]).stderr(told(format, &[line("deleted", 1)]));
    }
}

#[test]
fn of_a_dry_run_there_is_nothing_to_tell() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run_into("/dev/full", "computers delete DOUBLE-A --dry-run")
        .stderr(told("table", &[]))
        .code(1);
}

#[test]
fn each_of_several_is_reported() {
    for format in ["table", "wide", "json"] {
        let peer = Peer::start();
        let words = [
            "computers",
            "delete",
            "DOUBLE-A",
            "nobody",
            &id(2),
            "DOUBLE-B",
            "--yes",
            "-o",
            format,
        ];
        let details = [
            format!("deleted: _id:{} id:{}", uid(3), id(3)),
            "failed: \"nobody\" (no computer has the name or hostname \"nobody\")".to_owned(),
            format!(
                "refused: _id:{} id:{} (computer \"atelier-02\" ({}) is ONLINE, so it is not deleted)",
                uid(2),
                id(2),
                id(2)
            ),
            format!("deleted: _id:{} id:{}", uid(4), id(4)),
        ];
        Session::with(&peer)
            .run_into("/dev/full", words)
            .stderr(told(format, &details))
            .code(1);
    }
}

/// Formats that print as it goes begin nothing more, and tell what was in flight.
#[test]
fn changes_in_flight_are_reported_and_no_more_are_begun() {
    for format in ["jsonl", "csv", "id", "_id"] {
        let peer = Peer::start();
        let words = ["computers", "reserve", "--count", "500", "-o", format];
        let mut outcome = Session::with(&peer).run_into("/dev/full", words).code(1);
        let stderr = outcome.take_stderr();
        let made: Vec<_> = peer.rows().into_iter().skip(6).collect();
        assert!(made.len() < 500, "it went on");
        for row in &made {
            let line = format!(
                "created: _id:{} id:{}",
                row.get("_id").unwrap(),
                row.get("id").unwrap()
            );
            assert_eq!(stderr.matches(&line).count(), 1, "{line} in\n{stderr}");
        }
        assert_eq!(stderr.matches("created: ").count(), made.len(), "{stderr}");
        let (done, left) = (made.len(), 500 - made.len());
        let not_begun = format!("{done} done, 0 failed, 0 unknown, {left} not started");
        assert!(stderr.contains(&not_begun), "{not_begun} in\n{stderr}");
    }
}

/// Where the filter fails, records are printed as they are: nothing is left to be told.
#[test]
fn records_are_reported_when_a_jq_filter_fails() {
    for format in ["json", "jsonl"] {
        let peer = Peer::start();
        let words = rename_filtered(format, "keys | .x");
        let details = [
            "the command was carried out; only filtering its output failed".to_owned(),
            format!("renamed: _id:{} id:{}", uid(1), id(1)),
        ];
        let mut outcome = Session::with(&peer).run_into("/dev/full", words).code(1);
        assert_eq!(
            outcome.last_error()["details"].as_array().unwrap().len(),
            1,
            "{}",
            outcome.take_stderr()
        );
        drop(outcome.stderr(told(format, &details[1..])));
        let mut outcome = Session::with(&peer)
            .run([
                "computers",
                "rename",
                "new",
                "newer",
                "-o",
                format,
                "--jq",
                "keys | .x",
            ])
            .fails_with("usage", 2, "--jq: cannot index an array with \"x\"\n\
                 - the command was carried out; only filtering its output failed\n\
                 hint: a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
        let record: serde_json::Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
        assert_eq!(record["computer"]["name"], "newer");
    }
}

/// That tokens were given, and no token.
#[test]
fn a_lost_token_is_reported_without_its_value() {
    let given = format!("tokens were issued for id:{} and expire soon", id(2));
    for format in FORMATS {
        let peer = Peer::start();
        let words = ["computers", "connect", &id(2), "-o", format];
        Session::with(&peer)
            .run_into("/dev/full", words)
            .stderr(told(format, std::slice::from_ref(&given)))
            .code(1);
        assert_eq!(peer.changes().len(), 1);
    }
}

#[test]
fn a_raw_request_is_reported() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let field = format!("_id={}", uid(70));
    let carried_out = "the request was carried out (status 201)".to_owned();
    let words = ["api", "POST", "/computers", "-f", &field];
    session
        .run_into("/dev/full", words)
        .stderr(told("table", &[carried_out]))
        .code(1);
    session
        .run_into("/dev/full", "api GET /computers")
        .stderr(format!("error: {FULL}\n"))
        .code(1);
}
