//! Filters that recurse without end, take all memory or break the library that runs them, and values that are made for that:
//! each ends in an error, and a change is never lost by it.

use serde_json::Value;

use crate::support::{Peer, Row, Session, compact, id, pretty, rename_filtered};

/// Runs with little memory, so that all of it is soon taken.
const LITTLE_MEMORY: &str = "ulimit -v 500000; exec \"$@\"";

const DIED: &str = "the filter took too much memory, or recursed too deeply";

fn told(message: &str) -> String {
    format!(
        "{{\"error\":{{\"code\":\"usage\",\"exit\":2,\"message\":\"--jq: {message}\",\
         \"hint\":\"the same command with --json instead of --jq shows the filter's input\"}}}}\n"
    )
}

#[test]
fn no_recursion_and_no_depth_is_a_crash() {
    let peer = Peer::start();
    for (expression, message) in [
        ("def f: [f]; f", DIED),
        ("def f: 1 + f; f", DIED),
        ("def f: {a: f}; f", DIED),
        ("def f: f | .a; f", DIED),
        ("path(def f: f | .a; f)", DIED),
        ("reduce range(1000000) as $i (0; [.]) | length", DIED),
        (
            "reduce range(2000) as $i (0; [.])",
            "a result is nested more than 1000 levels deep",
        ),
        (
            "\"[\" * 1000000 | fromjson",
            "cannot parse a string as JSON: nested more than 1000 levels deep",
        ),
        ("\"{\\\"a\\\":\" * 1000000 | try fromjson catch .", ""),
        (
            "\"9\" * 2000000 | tonumber | length",
            "cannot parse a string as JSON: a number of more than 4096 digits",
        ),
        // The library panics.
        ("\"ab\" * 9223372036854775807", DIED),
    ] {
        let mut outcome = Session::with(&peer)
            .run_shell(LITTLE_MEMORY, ["computers", "list", "--jq", expression]);
        if message.is_empty() {
            let caught = "\"cannot parse a string as JSON: nested more than 1000 levels deep\"\n";
            drop(outcome.stdout(caught));
        } else if cfg!(debug_assertions)
            && outcome
                .take_stderr()
                .contains("the filter made the jq library fail")
        {
            // Where a panic does not end the process, it is caught.
            drop(outcome.code(2));
        } else {
            drop(outcome.stderr(told(message)).code(2));
        }
    }
}

#[test]
fn all_memory_is_not_enough_for_an_error_to_be_a_crash() {
    let peer = Peer::start();
    for expression in [
        "[range(1000000000)] | length",
        "reduce range(100) as $i (\"ab\"; . * 2) | length",
        "reduce range(100) as $i ([1]; . + .) | length",
    ] {
        Session::with(&peer)
            .run_shell(LITTLE_MEMORY, ["computers", "list", "--jq", expression])
            .stderr(told(DIED))
            .code(2);
    }
}

#[test]
fn an_expression_that_is_nested_too_deeply_is_refused() {
    let peer = Peer::start();
    for expression in [
        "(".repeat(100_000),
        ". | ".repeat(20_000) + ".",
        "-".repeat(100_000) + "1",
    ] {
        let mut outcome =
            Session::with(&peer).run(["computers", "list", "--json", "--jq", &expression]);
        let error = outcome.take_stderr();
        if outcome.exit_code() == 0 {
            drop(outcome.stdout(pretty(&peer.array()) + "\n"));
        } else {
            drop(outcome.code(2));
            assert!(error.len() < 200_000 && error.contains("\"code\":\"usage\""));
        }
    }
}

/// Every digit is kept, and what is calculated with it takes no longer for that.
#[test]
fn a_number_of_two_million_digits_costs_no_more_than_its_length() {
    let digits = "7".repeat(2_000_000);
    let peer = Peer::with(vec![Row::new(1, "pc", "OFFLINE").raw("serial", &digits)]);
    let session = Session::with(&peer);
    for (expression, wanted) in [
        (".[0].serial", &*digits),
        (".[0].serial | length", "1.7976931348623157e+308"),
        (".[0].serial + 1", "1.7976931348623157e+308"),
        (".[0].serial | tostring | length", "2000000"),
        (".[0] | .serial == .serial", "true"),
    ] {
        session
            .run(["computers", "list", "--jq", expression])
            .stdout(format!("{wanted}\n"));
    }
}

/// The record of the computer that was renamed.
fn renamed(peer: &Peer) -> String {
    let row = peer.row(1);
    format!("{{\"outcome\":\"renamed\",\"computer\":{row},\"previous_name\":\"atelier-01\"}}")
}

#[test]
fn a_record_is_printed_though_the_filter_fails() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (format, expression, message) in [
        (
            "json",
            ".outcome | keys",
            "cannot use a string as iterable (array or object)",
        ),
        (
            "jsonl",
            ".outcome | keys",
            "cannot use a string as iterable (array or object)",
        ),
        ("json", "def f: [f]; f", DIED),
        ("jsonl", "def f: [f]; f", DIED),
    ] {
        let words = rename_filtered(format, expression);
        let peer = Peer::start();
        let mut outcome = Session::with(&peer).run(words).code(2);
        let error = outcome.take_stderr();
        assert!(
            error.contains(message) && error.contains("the command was carried out"),
            "{error}"
        );
        let record = renamed(&peer);
        let printed = if format == "json" {
            pretty(&record)
        } else {
            compact(&record)
        };
        drop(outcome.stdout(printed + "\n"));
    }
    // Of several, each in its place: those that the filter can print, and those that it can't.
    let filter = "if .computer.hostname == \"DOUBLE-A\" then .outcome | keys else .outcome end";
    let words = [
        "computers",
        "delete",
        "DOUBLE-A",
        "DOUBLE-B",
        "--yes",
        "-o",
        "jsonl",
        "--jq",
        filter,
    ];
    let mut outcome = session.run(words).fails_with("usage", 2, "--jq: cannot use a string as iterable (array or object)\n\
         - the command was carried out; only filtering its output failed\n\
         hint: a record is {\"outcome\": …, \"computer\": {…}}, so a computer's name is .computer.name");
    let printed = outcome.take_stdout();
    let lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["computer"]["id"], id(3).as_str());
    assert_eq!(lines[1..], ["deleted"]);
}

#[test]
fn the_answer_to_a_raw_change_is_printed_though_the_filter_fails() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let name = |name: &str| format!("name={name}");
    let path = format!("/computers/{}", id(1));
    for (format, printed) in [("json", pretty as fn(&str) -> String), ("jsonl", compact)] {
        let field = name(format);
        let words = [
            "api",
            "PUT",
            &*path,
            "-f",
            &*field,
            "-o",
            format,
            "--jq",
            "keys | .x",
        ];
        let mut outcome = session.run(words).fails_with(
            "usage",
            2,
            "--jq: cannot index an array with \"x\"\n\
             - the request was carried out (status 200)\n\
             hint: reemo api --help",
        );
        let shown = outcome.take_stdout();
        assert_eq!(shown, printed(&peer.row(1)) + "\n");
    }
    // A GET can be sent again.
    session
        .run(["api", "GET", &path, "--jq", "keys | .x"])
        .fails_with(
            "usage",
            2,
            "--jq: cannot index an array with \"x\"\n\
             hint: reemo api --help",
        );
}

#[test]
fn the_outcome_of_the_targets_takes_precedence_over_a_jq_error() {
    let peer = Peer::start();
    let words = [
        "computers",
        "delete",
        "DOUBLE-A",
        "atelier-02",
        "--yes",
        "-o",
        "jsonl",
        "--jq",
        "keys | .x",
    ];
    let mut outcome = Session::with(&peer).run(words).fails_with(
        "partly_failed",
        8,
        "not all computers were deleted: 1 done, 1 failed, 0 unknown, 0 not started\n\
         - --jq: cannot index an array with \"x\"\n\
         hint: the records say why; running the command again for those that failed is safe",
    );
    assert_eq!(outcome.take_stdout().lines().count(), 2);
}

#[cfg(target_os = "linux")]
mod interrupted {
    use std::fs;

    use super::renamed;
    use crate::support::running::{Running, until};
    use crate::support::{Peer, Session, compact, rename_filtered};

    const WITHOUT_END: [&str; 3] = ["def f: f; f", "last(repeat(1))", "last(range(infinite))"];

    /// The process that runs the filter, once it is busy with it.
    fn busy_worker(running: &Running) -> u32 {
        let children = format!("/proc/{0}/task/{0}/children", running.id());
        let worker = || {
            let children = fs::read_to_string(&children).ok()?;
            children.split_whitespace().next()?.parse().ok()
        };
        // It has used more of the processor than a start takes.
        let is_busy = |pid: u32| {
            field(pid, 11).is_some_and(|ticks| ticks.parse().is_ok_and(|ticks: u32| ticks > 5))
        };
        until(|| worker().is_some_and(is_busy));
        worker().unwrap()
    }

    /// What the system says of a process, behind its name.
    fn field(pid: u32, place: usize) -> Option<String> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (_, behind) = stat.rsplit_once(") ")?;
        behind.split(' ').nth(place).map(str::to_owned)
    }

    fn is_gone(pid: u32) -> bool {
        field(pid, 0).is_none_or(|state| state == "Z")
    }

    /// The signal goes to the program alone, as from another terminal, and a filter without end ends with it.
    #[test]
    fn a_filter_without_end_ends_at_a_signal() {
        for (signal, number) in [("INT", 2), ("TERM", 15), ("KILL", 9)] {
            for expression in WITHOUT_END {
                let peer = Peer::start();
                let session = Session::with(&peer);
                let running =
                    Running::start(&session, &[], ["computers", "list", "--jq", expression]);
                let worker = busy_worker(&running);
                running.send(signal);
                assert_eq!(running.end().signal, Some(number), "{expression}");
                until(|| is_gone(worker));
            }
        }
    }

    /// Also where signals are listened to, and the record is printed as it is.
    #[test]
    fn a_filter_without_end_keeps_no_record_back() {
        for expression in WITHOUT_END {
            let peer = Peer::start();
            let session = Session::with(&peer);
            let words = rename_filtered("jsonl", expression);
            let running = Running::start(&session, &[], words);
            let worker = busy_worker(&running);
            running.send("INT");
            let ended = running.end();
            ended.is_interrupted("1 done, 0 failed, 0 unknown, 0 not started", None);
            assert_eq!(
                ended.error()["details"],
                serde_json::json!(["the filter was interrupted"])
            );
            assert_eq!(ended.stdout, compact(&renamed(&peer)) + "\n");
            until(|| is_gone(worker));
        }
    }
}
