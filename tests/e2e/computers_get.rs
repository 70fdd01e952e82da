//! `computers get`, and every way to name a computer.

use crate::support::dialect::{Dialect, Filters};
use crate::support::{Peer, Row, Session, compact, id, pretty, uid};

/// These words name the n-th computer of the usual fleet.
#[track_caller]
fn names(word: &str, n: usize) {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "get", word, "--json"])
        .stdout(pretty(&peer.row(n)) + "\n");
}

/// This word names none or several, which is this error.
#[track_caller]
fn fails(word: &str, code: &str, exit: i32, told: &str) {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "get", word, "--json"])
        .fails_with(code, exit, told);
}

/// This word names no computer, which the error says of this property.
#[track_caller]
fn is_missing(word: &str, property: &str, hint: &str) {
    let told = format!("no computer has the {property}\nhint: {hint}");
    fails(word, "not_found", 4, &told);
}

#[test]
fn by_id() {
    names(&id(1), 1);
    names(&format!("id:{}", id(2)), 2);
    names(&id(10).replace("0000000a", "00000002").to_uppercase(), 2);
}

#[test]
fn by_the_other_id() {
    names(&uid(1), 1);
    names(&format!("_id:{}", uid(2)), 2);
}

#[test]
fn by_name_or_hostname() {
    names("atelier-01", 1);
    names("name:atelier-02", 2);
    names("hostname:ATELIER-02", 2);
    names("hostname:atelier-02", 2);
    names("Été ☀", 5);
    names("SUMMER", 5);
    names("DOUBLE-A", 3);
    names("double-b", 4);
}

#[test]
fn by_ip() {
    names("ip:10.0.0.1", 1);
    names("ip:10.0.0.3", 3);
    is_missing("ip:10.0.0", "ip \"10.0.0\"", "reemo computers list");
    is_missing(
        "10.0.0.1",
        "name or hostname \"10.0.0.1\"",
        "did you mean \"ip:10.0.0.1\"?",
    );
}

#[test]
fn by_the_beginning_of_an_id() {
    names("00000001", 1);
    names("00000002-1", 2);
    names("00000003-1111-4111-8111-1d1d1d1d1d1D", 3);
    // Fewer digits than 6, digits without the dash, and an id with its property are no short ids.
    is_missing(
        "00000",
        "name or hostname \"00000\"",
        "reemo computers list",
    );
    is_missing(
        "000000021",
        "name or hostname \"000000021\"",
        "reemo computers list",
    );
    is_missing(
        "00000099",
        "name, hostname or short id \"00000099\"",
        "reemo computers list",
    );
    fails(
        "id:00000001",
        "usage",
        2,
        "invalid value 'id:00000001' for '[COMPUTER]': \"00000001\" is not a UUID\nhint: reemo computers get --help",
    );
}

#[test]
fn a_name_or_hostname_takes_precedence_over_an_id_prefix() {
    for (property, n) in [("name", 2), ("hostname", 3)] {
        let mut rows = vec![
            Row::new(0x00fa_cade, "a", "OFFLINE"),
            Row::new(0xfaca_de00, "b", "OFFLINE"),
            Row::new(3, "c", "OFFLINE"),
        ];
        rows[n - 1] = Row::new(n, "x", "OFFLINE").text(property, "00facade");
        let peer = Peer::with(rows);
        Session::with(&peer)
            .run("computers get 00facade --json")
            .stdout(pretty(&peer.row(n)) + "\n");
    }
}

#[test]
fn no_match_is_not_found() {
    is_missing(
        "nobody",
        "name or hostname \"nobody\"",
        "reemo computers list",
    );
    is_missing(
        "name:ATELIER-01",
        "name \"ATELIER-01\"",
        "did you mean \"atelier-01\", \"atelier-02\"?",
    );
    is_missing("name:summer", "name \"summer\"", "reemo computers list");
    is_missing(
        "hostname:double",
        "hostname \"double\"",
        "did you mean \"DOUBLE-A\", \"DOUBLE-B\"?",
    );
    is_missing(
        &id(99),
        &format!("id or _id {}", id(99)),
        "reemo computers list",
    );
    is_missing(
        &uid(99),
        &format!("id or _id {}", uid(99)),
        "reemo computers list",
    );
    is_missing(
        &format!("id:{}", uid(1)),
        &format!("id {}", uid(1)),
        "reemo computers list",
    );
    is_missing(
        &format!("_id:{}", id(1)),
        &format!("_id {}", id(1)),
        "reemo computers list",
    );
}

#[test]
fn several_are_ambiguous_and_listed() {
    let told = format!(
        "2 computers have the name or hostname \"double\"\n\
         - id:{}  double  DOUBLE-A  OFFLINE\n\
         - id:{}  double  DOUBLE-B  OFFLINE\n\
         hint: use its id instead: id:UUID",
        id(3),
        id(4)
    );
    fails("double", "ambiguous", 5, &told);
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers get double")
        .stderr(format!(
            "error: 2 computers have the name or hostname \"double\"\n  id:{}  double  DOUBLE-A  OFFLINE\n  \
             id:{}  double  DOUBLE-B  OFFLINE\nhint: use its id instead: id:UUID\n",
            id(3),
            id(4)
        ))
        .code(5);
    let peer = Peer::with(vec![
        Row::new(0xabcd_ef01, "a", "OFFLINE"),
        Row::new(0xabcd_ef02, "b", "ONLINE"),
        Row::new(0xabcd_e000, "c", "ONLINE"),
    ]);
    let told = format!(
        "error: the ids of 2 computers begin with \"abcdef\"\n  id:{}  a  HOST-2882400001  OFFLINE\n  \
         id:{}  b  HOST-2882400002  ONLINE\nhint: use its id instead: id:UUID\n",
        id(0xabcd_ef01),
        id(0xabcd_ef02)
    );
    for words in [
        "get ABCDEF",
        "rename abcdef new",
        "delete abcdef --yes",
        "wait abcdef --for online",
    ] {
        Session::with(&peer)
            .run(&format!("computers {words}"))
            .stderr(told.clone())
            .code(5);
    }
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn near_names_are_suggested() {
    let peer = Peer::start();
    for (word, asked, hint) in [
        (
            "atelier-03",
            "name or hostname \"atelier-03\"",
            "did you mean \"atelier-01\", \"atelier-02\"?",
        ),
        (
            "Atelier-1",
            "name or hostname \"Atelier-1\"",
            "did you mean \"atelier-01\", \"atelier-02\"?",
        ),
        (
            "name:atelier-03",
            "name \"atelier-03\"",
            "did you mean \"atelier-01\", \"atelier-02\"?",
        ),
        (
            "decade",
            "name, hostname or short id \"decade\"",
            "reemo computers list",
        ),
        (
            "10.0.0.1",
            "name or hostname \"10.0.0.1\"",
            "did you mean \"ip:10.0.0.1\"?",
        ),
        (
            "nothing like it",
            "name or hostname \"nothing like it\"",
            "reemo computers list",
        ),
    ] {
        let told = format!("error: no computer has the {asked}\nhint: {hint}\n");
        Session::with(&peer)
            .run(["computers", "get", word])
            .stderr(told)
            .code(4);
    }
}

#[test]
fn a_name_takes_precedence_over_a_hostname() {
    let rows = vec![
        Row::new(1, "alpha", "OFFLINE").text("hostname", "beta"),
        Row::new(2, "beta", "OFFLINE"),
    ];
    let peer = Peer::with(rows);
    Session::with(&peer)
        .run("computers get beta --json")
        .stdout(pretty(&peer.row(2)) + "\n");
}

#[test]
fn an_id_goes_straight_to_its_url() {
    let peer = Peer::start();
    Session::with(&peer)
        .run(["computers", "get", &id(1), "-o", "id"])
        .stdout(id(1) + "\n");
    assert_eq!(peer.requests(), [format!("GET /v1/computers/{}", id(1))]);
}

#[test]
fn only_a_uuid_is_ever_sent_in_a_url() {
    let peer = Peer::start();
    for word in ["id:../keys", "id:", "id:x", "id:%2e%2e", "_id:nonsense"] {
        let (_, value) = word.split_once(':').unwrap();
        let told = format!(
            "invalid value '{word}' for '[COMPUTER]': \"{value}\" is not a UUID\n\
             hint: reemo computers get --help"
        );
        Session::with(&peer)
            .run(["computers", "get", word, "--json"])
            .fails_with("usage", 2, told);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn an_id_from_the_server_is_not_trusted_either() {
    let peer = Peer::with(vec![
        Row::new(1, "evil", "OFFLINE").text("id", "../../v2/keys"),
    ]);
    let session = Session::with(&peer);
    session.run("computers connect evil --json").fails_with(
        "bad_answer",
        7,
        "the API returned a computer whose id is not a UUID, so it cannot be requested\n\
             - no id  evil  HOST-001  OFFLINE\n\
             hint: to find out what answers: reemo doctor",
    );
    session
        .run("computers delete evil --yes --json")
        .fails_with(
            "bad_answer",
            7,
            "the API returned a computer whose id is not a UUID, so it cannot be requested\n\
             - no id  evil  HOST-001  OFFLINE\n\
             hint: to find out what answers: reemo doctor",
        );
    session.run("computers rename evil good --json").fails_with(
        "bad_answer",
        7,
        "the API returned a computer whose id is not a UUID, so it cannot be requested\n\
             - no id  evil  HOST-001  OFFLINE\n\
             hint: to find out what answers: reemo doctor",
    );
    assert!(
        peer.requests()
            .iter()
            .all(|line| line.starts_with("GET /v1/computers?")),
        "{:?}",
        peer.requests()
    );
}

#[test]
fn every_property_is_shown() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run("computers get atelier-01 -o jsonl")
        .stdout(compact(&peer.row(1)) + "\n");
    session
        .run("computers get atelier-01 -o _id")
        .stdout(uid(1) + "\n");
    session
        .run("computers get atelier-01 -o csv --columns name,serial")
        .stdout("name,serial\r\natelier-01,12345678901234567890123\r\n");
    session.run("computers get atelier-01").stdout(format!(
        "PROPERTY  VALUE\n\
         status    OFFLINE\n\
         cpu       {{\"load\":1.10,\"cores\":8,\"cache\":{{\"l2\":4e6,\"flags\":[]}}}}\n\
         name      atelier-01\n\
         serial    12345678901234567890123\n\
         _id       {}\n\
         hostname  ATELIER-01\n\
         id        {}\n\
         ip        10.0.0.1\n\
         screens   [{{\"w\":1920,\"h\":1080}},{{\"w\":2560,\"h\":1440}}]\n\
         lastSeen\n",
        uid(1),
        id(1)
    ));
}

#[test]
fn a_case_sensitive_filter_of_the_server_hides_no_hostname() {
    for filters in [
        Filters::Exact,
        Filters::Loose,
        Filters::Ignored,
        Filters::Refused,
        Filters::Bracketed,
    ] {
        let peer = Peer::speaking(Dialect {
            filters,
            ..Dialect::default()
        });
        Session::with(&peer)
            .run("computers get Atelier-01 -o id")
            .stdout(id(1) + "\n");
    }
}

#[test]
fn the_computer_must_be_named() {
    let session = Session::with(&Peer::start());
    let told = "error: the following required arguments were not provided:\n  <COMPUTER>\nhint: reemo computers get --help\n";
    session.run("computers get").stderr(told).code(2);
    let told = "error: invalid value '' for '[COMPUTER]': expected a name, a hostname, a UUID, the first 6 or more digits of \
                an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT\nhint: reemo computers get --help\n";
    session.run(["computers", "get", ""]).stderr(told).code(2);
}

#[test]
fn standard_input_is_for_commands_that_take_several() {
    let session = Session::new();
    for words in ["get -", "connect -", "rename - x"] {
        let told = session
            .run(&format!("computers {words}"))
            .code(2)
            .take_stderr();
        assert!(
            told.starts_with(
                "error: invalid value '-' for '[COMPUTER]': - reads standard input, where"
            ),
            "{told}"
        );
    }
}
