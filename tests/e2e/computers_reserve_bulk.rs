//! `computers reserve` of several: from the command line, standard input and csv files, and the same `_id` from the same text.

use serde_json::Value;
use uuid::Uuid;

use crate::support::{Peer, Session, csv_hint, lines, uid};

/// A namespace of somebody's own.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f2c_1d9e_0b7a_4c53_9e18_2a4d_5b6c_7e8f);
/// The sandbox's own. Whoever derived from it once relies on it.
const OF_THE_SANDBOX: Uuid = Uuid::from_u128(0x5a4d_b0c5_7e1d_4c52_9d0e_2f6b_8a31_c7e4);

fn sent(uid: &str, name: Option<&str>) -> String {
    let name = name.map_or_else(String::new, |name| {
        format!(",\"name\":{}", crate::support::quoted(name))
    });
    format!("POST /v1/computers {{\"_id\":\"{uid}\"{name}}}")
}

/// The `_id` of a text.
fn derived(namespace: Uuid, text: &str) -> String {
    Uuid::new_v5(&namespace, text.as_bytes()).to_string()
}

/// The outcome of each record on standard output, which is an array.
fn outcomes(printed: &str) -> Vec<String> {
    let records: Value = serde_json::from_str(printed).expect("one JSON value");
    let records = records.as_array().expect("an array");
    records
        .iter()
        .map(|record| record["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn records_come_in_the_order_of_the_targets() {
    let peer = Peer::start();
    let wanted: Vec<String> = (70..90).rev().map(uid).collect();
    let words: Vec<&str> = ["computers", "reserve", "-o", "_id"]
        .into_iter()
        .chain(wanted.iter().map(String::as_str))
        .collect();
    Session::with(&peer)
        .run(words.as_slice())
        .stdout(lines(&wanted));
    let mut all: Vec<String> = wanted.iter().map(|uid| sent(uid, None)).collect();
    all.sort();
    assert_eq!(peer.changes_sorted(), all);
}

#[test]
fn standard_input_names_them_one_a_line() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin(&format!("\n  {}  \r\n\n{}", uid(71), uid(72)));
    session
        .run(["computers", "reserve", &uid(70), "-", "-o", "_id"])
        .stdout(lines(&[uid(70), uid(71), uid(72)]));
    let one = Session::with(&peer).stdin(&uid(73));
    let mut outcome = one.run("computers reserve - --json");
    assert_eq!(
        outcomes(&outcome.take_stdout()),
        ["created"],
        "one from - is an array all the same"
    );
}

#[test]
fn standard_input_that_names_nothing_or_no_uuid_sends_nothing() {
    let peer = Peer::start();
    let told = "error: standard input is empty; expected one computer or _id per line\nhint: pass one per line\n";
    Session::with(&peer)
        .stdin(" \n\n")
        .run("computers reserve -")
        .stderr(told)
        .code(2);
    Session::with(&peer)
        .stdin(&format!("{}\nx\n", uid(70)))
        .run("computers reserve - --json")
        .fails_with(
            "usage",
            2,
            "line 2 of standard input: expected a UUID\n\
             hint: reemo computers reserve --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn the_same_one_twice_sends_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer)
        .stdin(&uid(70).to_uppercase())
        .file("m.csv", &format!("_id\n{0}\n{0}\n", uid(70)));
    session
        .run(["computers", "reserve", &uid(70), &uid(70), "--json"])
        .fails_with(
            "usage",
            2,
            "_id 00000046-2222-4222-9222-2e2e2e2e2e2e is given twice\n\
             hint: reemo computers reserve --help",
        );
    session
        .run(["computers", "reserve", &uid(70), "-", "--json"])
        .fails_with(
            "usage",
            2,
            "_id 00000046-2222-4222-9222-2e2e2e2e2e2e is given twice\n\
             hint: reemo computers reserve --help",
        );
    session
        .run("computers reserve --from m.csv --json")
        .fails_with(
            "usage",
            2,
            "_id 00000046-2222-4222-9222-2e2e2e2e2e2e is given twice\n\
             hint: reemo computers reserve --help",
        );
    Session::profile(&peer, &format!("namespace = \"{NAMESPACE}\""))
        .run("computers reserve --derive a --derive a --json")
        .fails_with(
            "usage",
            2,
            "_id 37dea379-ea39-5088-8a79-b3ee591ac807 is given twice\n\
             hint: reemo computers reserve --help",
        );
    Session::with(&peer)
        .run(["computers", "reserve", &Uuid::nil().to_string(), "--json"])
        .fails_with(
            "usage",
            2,
            "the nil UUID can't be an _id\n\
             hint: reemo computers reserve --help",
        );
    assert_eq!(peer.connections(), 0);
}

/// What only the command itself finds wrong hints at its help too, as what is wrong in its flags does.
#[test]
fn a_usage_error_hints_at_the_help_of_the_command() {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "reserve", &uid(70), &uid(70), "--json"])
        .fails_with(
            "usage",
            2,
            "_id 00000046-2222-4222-9222-2e2e2e2e2e2e is given twice\n\
             hint: reemo computers reserve --help",
        );
}

#[test]
fn a_csv_file_lists_ids_names_and_texts() {
    let peer = Peer::start();
    let rows = format!(
        "\u{feff}name,derive,_id\r\n\"Salle 4, Été\",,{}\r\n,pc-7,\r\nBorne,pc-8,\r\n",
        uid(70)
    );
    let session =
        Session::profile(&peer, &format!("namespace = \"{NAMESPACE}\"")).file("m.csv", &rows);
    let (seven, eight) = (derived(NAMESPACE, "pc-7"), derived(NAMESPACE, "pc-8"));
    session
        .run("computers reserve --from m.csv -o _id")
        .stdout(lines(&[uid(70), seven.clone(), eight.clone()]));
    let mut wanted = [
        sent(&uid(70), Some("Salle 4, Été")),
        sent(&seven, None),
        sent(&eight, Some("Borne")),
    ];
    wanted.sort();
    assert_eq!(peer.changes_sorted(), wanted);
    let mut again = session.run("computers reserve --from m.csv --ensure --json");
    assert_eq!(outcomes(&again.take_stdout()), ["existing"; 3]);
    assert_eq!(peer.rows().len(), 9);
}

#[test]
fn a_csv_file_may_be_standard_input_and_have_one_row() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin(&format!("_id\n{}\n", uid(70)));
    let mut outcome = session.run("computers reserve --from - --json");
    assert_eq!(outcomes(&outcome.take_stdout()), ["created"]);
    let mut named = Session::with(&peer)
        .stdin("name\nBorne\n")
        .run("computers reserve --from - -o _id -q");
    let generated: Uuid = named.take_stdout().trim_end().parse().unwrap();
    assert_eq!(generated.get_version_num(), 4);
}

#[test]
fn csv_errors_name_their_line() {
    let peer = Peer::start();
    let good = uid(70);
    for (rows, told) in [
        (
            format!("_id,name\n{good},a\nx,b\n"),
            "line 3: the _id is not a UUID",
        ),
        (
            format!("_id,derive\n{good},\n{good},a\n"),
            "line 3: the row has values in both _id and derive",
        ),
        (
            format!("_id,name\n{good},a\n,\n"),
            "line 3: the row is empty",
        ),
        (
            format!("id,names\n{good},a\n"),
            "line 1: missing column: _id, name or derive",
        ),
        ("_id,name\n".to_owned(), "no rows follow the heading"),
        (String::new(), "the file is empty"),
    ] {
        Session::with(&peer)
            .file("m.csv", &rows)
            .run("computers reserve --from m.csv")
            .stderr(format!(
                "error: m.csv: {told}\nhint: {}\n",
                csv_hint(told, "reserve")
            ))
            .code(2);
    }
    let uneven = Session::with(&peer).file("m.csv", &format!("_id,name\n{good}\n"));
    uneven
        .run("computers reserve --from m.csv --json")
        .fails_with(
            "usage",
            2,
            "m.csv: line 2: the row has 1 cell, but the heading has 2 cells\n\
             hint: reemo computers reserve --help",
        );
    Session::with(&peer)
        .run("computers reserve --from none.csv --json")
        .fails_with(
            "usage",
            2,
            "none.csv can't be read: No such file or directory (os error 2)\n\
             hint: reemo computers reserve --help",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn ways_of_naming_do_not_mix() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("m.csv", &format!("_id\n{}\n{}\n", uid(70), uid(71)));
    for (more, flag) in [
        ("--count 2", "--count <N>"),
        ("--derive a", "--derive <TEXT>"),
        ("--from m.csv", "--from <FILE>"),
    ] {
        let told = format!(
            "the argument '[UUID]...' cannot be used with '{flag}'\n\
             hint: reemo computers reserve --help"
        );
        session
            .run(&format!("computers reserve {} {more} --json", uid(72)))
            .fails_with("usage", 2, told);
    }
    for (words, told) in [
        (
            "--from m.csv --name a",
            "the argument '--from <FILE>' cannot be used with '--name <NAME>'",
        ),
        (
            "--from m.csv --id-file _id",
            "--id-file applies to a single reservation, but 2 are requested",
        ),
        (
            "--count 2 --derive a",
            "the argument '--count <N>' cannot be used with '--derive <TEXT>'",
        ),
        (
            "--count 0",
            "invalid value '0' for '--count <N>': expected a whole number from 1 to 100000",
        ),
    ] {
        session
            .run(&format!("computers reserve {words} --json"))
            .fails_with(
                "usage",
                2,
                format!("{told}\nhint: reemo computers reserve --help"),
            );
    }
    assert_eq!((peer.connections(), session.read("_id")), (0, None));
}

#[test]
fn the_same_text_is_the_same_id() {
    let peer = Peer::start();
    let session = Session::profile(&peer, &format!("namespace = \"{NAMESPACE}\""));
    let uid = derived(NAMESPACE, "salle-4/Été");
    session
        .run([
            "computers",
            "reserve",
            "--derive",
            "salle-4/Été",
            "-o",
            "_id",
        ])
        .stdout(lines(&[&uid]));
    let mut again = session.run([
        "computers",
        "reserve",
        "--derive",
        "salle-4/Été",
        "--ensure",
        "--json",
    ]);
    let record: Value = serde_json::from_str(&again.take_stdout()).unwrap();
    assert_eq!(
        (
            record["outcome"].as_str(),
            record["computer"]["_id"].as_str()
        ),
        (Some("existing"), Some(uid.as_str()))
    );
    let both = [derived(NAMESPACE, "b"), derived(NAMESPACE, "a")];
    session
        .run("computers reserve --derive b --derive a -o _id")
        .stdout(lines(&both));
    assert_eq!(peer.rows().len(), 9);
}

#[test]
fn the_sandbox_has_a_namespace() {
    let session = Session::sandbox();
    let uid = derived(OF_THE_SANDBOX, "build-agent-7");
    session
        .run("computers reserve --derive build-agent-7 -o _id")
        .stdout(lines(&[&uid]));
    session
        .run("computers reserve --derive build-agent-7 --ensure -o _id --id-file _id")
        .stdout(lines(&[&uid]));
    assert_eq!(session.read("_id"), Some(uid));
}

/// The flag takes precedence over the variable, which takes precedence over the profile and the sandbox.
#[test]
fn the_namespace_comes_from_the_flag_then_the_environment_then_the_profile() {
    let [of_profile, of_variable, of_flag] =
        [0x11, 0x22, 0x33].map(|byte| Uuid::from_bytes([byte; 16]));
    let peer = Peer::start();
    let session = Session::profile(&peer, &format!("namespace = \"{of_profile}\""));
    let reserve = "computers reserve --derive a --ensure -o _id";
    session
        .run(reserve)
        .stdout(lines(&[derived(of_profile, "a")]));
    let variable = of_variable.to_string();
    for session in [session, Session::sandbox()] {
        let session = session.env("REEMO_NAMESPACE", &variable);
        session
            .run(reserve)
            .stdout(lines(&[derived(of_variable, "a")]));
        session
            .run(format!("{reserve} --namespace {of_flag}").as_str())
            .stdout(lines(&[derived(of_flag, "a")]));
    }
    Session::profile(&peer, "")
        .env("REEMO_NAMESPACE", "x")
        .run("computers list --json")
        .fails_with(
            "config_invalid",
            3,
            "the environment variable REEMO_NAMESPACE is not valid: expected a UUID\n\
             hint: correct or unset REEMO_NAMESPACE",
        );
}

/// The hint has a namespace made for the user, and names the profile: typed as it stands, it makes the command work.
#[test]
fn without_a_namespace_it_says_how_to_make_one() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    for (words, command) in [
        ("computers reserve --derive a --json", "reemo config set"),
        (
            "computers reserve --derive a --profile work --json",
            "reemo --profile work config set",
        ),
    ] {
        let told = format!(
            "profile \"work\" has no namespace for --derive\n\
             hint: set one and never change it: {command} namespace [*]"
        );
        let error = session
            .run(words)
            .fails_with("config_invalid", 3, told)
            .last_error();
        let (_, namespace) = error["hint"].as_str().unwrap().rsplit_once(' ').unwrap();
        let namespace: Uuid = namespace.parse().unwrap();
        assert_eq!(namespace.get_version_num(), 4);
    }
    let of_rows = session.file("m.csv", "derive\na\n");
    of_rows
        .run("computers reserve --from m.csv --json")
        .fails_with(
            "config_invalid",
            3,
            "profile \"work\" has no namespace for --derive\n\
             hint: set one and never change it: reemo config set namespace [*]",
        );
    assert_eq!(peer.connections(), 0);
}

#[test]
fn the_namespace_hint_names_the_selected_profile() {
    let peer = Peer::start();
    let session = Session::profile(
        &peer,
        "\n[profiles.other]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"",
    );
    let outcome = session
        .run("computers reserve --derive a --profile other --json")
        .fails_with(
            "config_invalid",
            3,
            "profile \"other\" has no namespace for --derive\n\
             hint: set one and never change it: reemo --profile other config set namespace [*]",
        );
    let hint = outcome.last_error()["hint"].as_str().unwrap().to_owned();
    let words = hint.split_once("reemo ").unwrap().1.to_owned();
    session
        .run(&words)
        .stderr("note: profiles.other.namespace is set\n");
    let mut outcome = session.run("computers reserve --derive a --profile other -o _id");
    let made: Uuid = outcome.take_stdout().trim_end().parse().unwrap();
    assert_eq!(made.get_version_num(), 5);
}

#[test]
fn a_read_only_profile_opens_no_socket() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "access = \"read\"")
        .file("m.csv", &format!("_id\n{}\n", uid(70)))
        .stdin(&uid(70));
    for words in ["--from m.csv", "-", "--count 3"] {
        session
            .run(&format!("computers reserve {words} --json"))
            .fails_with("read_only", 5, "changes are forbidden by profile work\n\
                 hint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    }
    assert_eq!(peer.connections(), 0);
}
