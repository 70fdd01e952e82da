//! `computers watch`: transitions alone, each at once, and none that is an outage's doing.

use crate::support::{Canned, Fault, Row, Session, id, pretty, uid};

fn pc(n: usize, status: &str) -> Row {
    Row::new(n, &format!("pc-{n}"), status)
}

/// A listing of these rows, whole on one page.
fn listed(rows: &[Row]) -> Fault {
    let inside: Vec<String> = rows.iter().map(Row::json).collect();
    let body = format!(
        "{{\"computers\":[{}],\"page\":1,\"limit\":100,\"total\":{}}}",
        inside.join(","),
        rows.len()
    );
    Fault::answer(200, "application/json", &body)
}

fn away() -> Fault {
    Fault::answer(502, "text/html", "<html>away</html>")
}

/// One of each event, in the order of `EVENTS`.
fn day() -> Vec<Fault> {
    vec![
        listed(&[pc(1, "OFFLINE")]),
        listed(&[pc(1, "ONLINE"), pc(2, "ONLINE")]),
        listed(&[
            pc(1, "ONLINE"),
            pc(2, "OFFLINE").text("ip", "10.9.9.9\u{1b}[2J"),
        ]),
        listed(&[pc(2, "OFFLINE").text("ip", "10.9.9.9\u{1b}[2J")]),
    ]
}

/// `computers watch` with these words, polling often.
fn watch<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["computers", "watch", "--interval", "10ms", "--retries", "0"];
    all.extend(words);
    all
}

/// The text with `[TIME]` for each moment, which must be RFC 3339 in UTC.
fn timeless(text: &str) -> String {
    let shape = |piece: &str| {
        piece
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect::<String>()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest
            .get(..20)
            .is_some_and(|piece| shape(piece) == "0000-00-00T00:00:00Z")
        {
            out.push_str("[TIME]");
            rest = &rest[20..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[track_caller]
fn told(faults: Vec<Fault>, words: &[&str]) -> String {
    timeless(
        &Session::facing(&Canned::listings(faults))
            .run(&watch(words)[..])
            .take_stdout(),
    )
}

#[test]
fn a_line_for_people() {
    let wanted = [
        format!("[TIME]  online    pc-1  {}\n", id(1)),
        format!("[TIME]  appeared  pc-2  {}\n", id(2)),
        format!("[TIME]  offline   pc-2  {}\n", id(2)),
        format!(
            "[TIME]  changed   pc-2  {}  ip: \"10.0.0.2\" -> \"10.9.9.9\\u001b[2J\"\n",
            id(2)
        ),
        format!("[TIME]  gone      pc-1  {}\n", id(1)),
    ];
    assert_eq!(told(day(), &["--count", "5"]), wanted.concat());
}

#[test]
fn an_object_a_line() {
    let changed = pc(2, "OFFLINE").text("ip", "10.9.9.9\u{1b}[2J").json();
    let event = |name: &str, row: &str| {
        format!("{{\"time\":\"[TIME]\",\"event\":\"{name}\",\"computer\":{row}}}")
    };
    let events = [
        event("online", &pc(1, "ONLINE").json()),
        event("appeared", &pc(2, "ONLINE").json()),
        event("offline", &changed),
        event("changed", &changed).replacen(
            "}}",
            "},\"property\":\"ip\",\"old\":\"10.0.0.2\",\"new\":\"10.9.9.9\\u001b[2J\"}",
            1,
        ),
        event("gone", &pc(1, "ONLINE").json()),
    ];
    assert_eq!(
        told(day(), &["--count", "5", "-o", "jsonl"]),
        events.concat().replace("}{", "}\n{") + "\n"
    );
    assert_eq!(
        told(day(), &["--count", "5", "--json"]),
        pretty(&format!("[{}]", events.join(","))) + "\n"
    );
}

#[test]
fn other_formats() {
    let wanted = [
        "time,event,id,_id,name,property,old,new\r\n".to_owned(),
        format!("[TIME],online,{},{},pc-1,,,\r\n", id(1), uid(1)),
        format!("[TIME],appeared,{},{},pc-2,,,\r\n", id(2), uid(2)),
        format!("[TIME],offline,{},{},pc-2,,,\r\n", id(2), uid(2)),
        format!(
            "[TIME],changed,{},{},pc-2,ip,10.0.0.2,10.9.9.9\\u{{1b}}[2J\r\n",
            id(2),
            uid(2)
        ),
    ];
    assert_eq!(told(day(), &["--count", "4", "-o", "csv"]), wanted.concat());
    assert_eq!(
        told(day(), &["--count", "2", "-o", "id"]),
        format!("{}\n{}\n", id(1), id(2))
    );
    assert_eq!(
        told(day(), &["--count", "1", "-o", "_id"]),
        format!("{}\n", uid(1))
    );
}

#[test]
fn the_first_listing_is_silent_unless_wanted() {
    let always = || vec![listed(&[pc(1, "ONLINE"), pc(2, "OFFLINE")])];
    assert_eq!(told(always(), &["--duration", "1s"]), "");
    assert_eq!(told(always(), &["--duration", "1s", "--json"]), "[]\n");
    assert_eq!(
        told(always(), &["--duration", "1s", "--initial", "-o", "id"]),
        format!("{}\n{}\n", id(1), id(2))
    );
}

#[test]
fn only_the_events_and_properties_that_were_chosen() {
    let names = |words: &[&str]| {
        let mut all = vec!["--duration", "1s", "-o", "csv"];
        all.extend(words);
        let events: Vec<String> = told(day(), &all)
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(1).unwrap().to_owned())
            .collect();
        events.join(" ")
    };
    assert_eq!(names(&[]), "online appeared offline changed gone");
    assert_eq!(names(&["--events", "online,gone"]), "online gone");
    assert_eq!(
        names(&["--properties", "name"]),
        "online appeared offline gone"
    );
    assert_eq!(
        names(&["--events", "changed", "--properties", "all"]),
        "changed"
    );
}

/// A timestamp that moves at every poll is no event, unless it was chosen.
#[test]
fn a_moving_timestamp_is_no_event_by_default() {
    let polls = || {
        let seen = |time: &str| listed(&[pc(1, "ONLINE").text("lastSeen", time)]);
        vec![
            seen("1"),
            seen("2"),
            listed(&[pc(1, "OFFLINE").text("lastSeen", "3")]),
        ]
    };
    let line = format!("[TIME]  offline   pc-1  {}\n", id(1));
    assert_eq!(told(polls(), &["--count", "1"]), line);
    let changed = format!(
        "[TIME]  changed   pc-1  {}  lastSeen: \"1\" -> \"2\"\n",
        id(1)
    );
    assert_eq!(
        told(polls(), &["--count", "1", "--properties", "lastSeen"]),
        changed
    );
}

#[test]
fn ids_are_aligned_behind_names_of_different_lengths() {
    let long = Row::new(2, "reception desk", "ONLINE");
    let polls = vec![listed(&[long, pc(1, "ONLINE")])];
    let wanted = [
        format!("[TIME]  appeared  reception desk  {}\n", id(2)),
        format!("[TIME]  appeared  pc-1            {}\n", id(1)),
    ];
    assert_eq!(told(polls, &["--initial", "--count", "2"]), wanted.concat());
}

#[test]
fn a_computer_that_no_longer_matches_is_gone() {
    let polls = || {
        vec![
            listed(&[pc(1, "OFFLINE"), pc(2, "ONLINE")]),
            listed(&[pc(1, "ONLINE"), pc(2, "OFFLINE")]),
        ]
    };
    let wanted = [
        format!("[TIME]  appeared  pc-2  {}\n", id(2)),
        format!("[TIME]  gone      pc-1  {}\n", id(1)),
    ];
    assert_eq!(
        told(polls(), &["--filter", "status=OFFLINE", "--count", "2"]),
        wanted.concat()
    );
    let server = Canned::listings(polls());
    Session::facing(&server)
        .run(&watch(&["--filter", "name=pc-1", "--count", "1", "-o", "id"])[..])
        .stdout(id(1) + "\n");
    assert_eq!(
        server.requests()[0],
        "GET /v1/computers?page=1&limit=1000&name=pc-1"
    );
}

#[test]
fn an_outage_is_two_notes_and_emits_no_gone_event() {
    let half = format!("{{\"computers\":[{}],\"total\":0}}", pc(3, "ONLINE").json());
    let half = Fault::answer(200, "application/json", &half);
    let page = Fault::answer(200, "text/html", "<html>back soon</html>");
    let polls = vec![
        listed(&[pc(1, "ONLINE"), pc(2, "ONLINE")]),
        away(),
        half,
        page,
        Fault::LoseAnswer,
        listed(&[pc(2, "ONLINE")]),
    ];
    let notes = "note: the API failed (status 502); retrying until the API answers\nnote: the API answers again\n";
    let words = watch(&["--count", "1", "-o", "id"]);
    Session::facing(&Canned::listings(polls.clone()))
        .run(&words[..])
        .stdout(id(1) + "\n")
        .stderr(notes);
    let words = watch(&["--count", "1", "-o", "id", "-q"]);
    Session::facing(&Canned::listings(polls))
        .run(&words[..])
        .stdout(id(1) + "\n");
}

#[test]
fn retries_are_silent_and_a_note_appears_once() {
    let all = listed(&[pc(1, "ONLINE")]);
    let ignoring = Fault::answer(
        200,
        "application/json",
        &format!("[{},{}]", pc(1, "ONLINE").json(), pc(2, "ONLINE").json()),
    );
    let words = [
        "computers",
        "watch",
        "--interval",
        "10ms",
        "--count",
        "1",
        "-o",
        "id",
    ];
    Session::facing(&Canned::listings(vec![all, away(), listed(&[])]))
        .run(&words[..])
        .stdout(id(1) + "\n");
    let mut polls = vec![ignoring; 9];
    polls.push(listed(&[pc(1, "ONLINE")]));
    Session::facing(&Canned::listings(polls))
        .run(&words[..])
        .stdout(id(2) + "\n")
        .stderr("note: the API ignores paging: its one response with 2 computers is taken as the whole list\n");
}

#[test]
fn permanent_errors_end_at_once() {
    let refused = || Fault::answer(401, "application/json", "{\"error\":\"unknown key\"}");
    Session::facing(&Canned::always(refused()))
        .run(&watch(&["--json"])[..])
        .fails_with(
            "credentials_refused",
            3,
            "the API refused the secret key: unknown key\n\
             hint: check the key and where it comes from: reemo auth status",
        );
    let later = vec![listed(&[]), listed(&[pc(1, "ONLINE")]), refused()];
    Session::facing(&Canned::listings(later.clone()))
        .run(&watch(&["--json"])[..])
        .fails_with(
            "credentials_refused",
            3,
            "the API refused the secret key: unknown key\n\
             hint: check the key and where it comes from: reemo auth status",
        );
    let mut outcome = Session::facing(&Canned::listings(later))
        .run(&watch(&["-o", "jsonl"])[..])
        .fails_with(
            "credentials_refused",
            3,
            "the API refused the secret key: unknown key\n\
             hint: check the key and where it comes from: reemo auth status",
        );
    assert!(outcome.take_stdout().contains("\"appeared\""));
    Session::facing(&Canned::always(away()))
        .run(&watch(&["--duration", "1s"])[..])
        .stderr(
            "note: the API failed (status 502); retrying until the API answers\nerror: the API failed (status 502)\n  \
             GET [API]/computers?page=1&limit=1000\n  status: 502\n\
             hint: try again later; if it persists, report the request id to Reemo\n",
        )
        .code(7);
}

#[test]
fn invalid_combinations_send_nothing() {
    let server = Canned::always(listed(&[]));
    let values = "\n- possible values: appeared, gone, online, offline, changed";
    for (words, told) in [
        (
            "--interval 1ms",
            "invalid value '1ms' for '--interval <DURATION>': the shortest interval is 10ms",
        ),
        (
            "--duration 0s",
            "invalid value '0s' for '--duration <DURATION>': the duration must be longer than zero",
        ),
        (
            "--events rebooted",
            &format!("invalid value 'rebooted' for '--events <A,B,C>'{values}"),
        ),
        (
            "--events ,",
            &format!("a value is required for '--events <A,B,C>' but none was supplied{values}"),
        ),
        ("--for 1s", "unexpected argument '--for' found"),
        (
            "--count 0",
            "invalid value '0' for '--count <N>': expected a whole number, 1 or more",
        ),
        (
            "--filter name",
            "invalid value 'name' for '--filter <KEY=VALUE>': expected KEY=VALUE, KEY!=VALUE, KEY~REGEX, \
             KEY<VALUE, KEY<=VALUE, KEY>VALUE or KEY>=VALUE, such as status=OFFLINE",
        ),
        ("pc-1", "unexpected argument 'pc-1' found"),
    ] {
        let told = format!("{told}\nhint: reemo computers watch --help");
        Session::facing(&server)
            .run(&format!("computers watch {words} --json"))
            .fails_with("usage", 2, told);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[cfg(unix)]
mod ended_from_outside {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    use super::{Canned, Session, day, id, listed, pc, timeless, watch};
    use crate::support::Peer;

    /// A reader that has seen enough ends it at the next event.
    #[test]
    fn a_reader_that_went_away_is_quiet() {
        let peer = Peer::start();
        peer.mishap(|_, number| {
            Some(listed(&[pc(
                1,
                if number % 2 == 0 { "ONLINE" } else { "OFFLINE" },
            )]))
        });
        let session = Session::with(&peer);
        let script = r#"{ "$@"; echo "exit $?" >&2; } | head -n 1"#;
        session
            .run_shell(script, &watch(&["-o", "id"])[..])
            .stdout(id(1) + "\n")
            .stderr("exit 0\n");
    }

    /// Each line is there as soon as it happened, and Ctrl-C ends with 130 and without a word.
    #[test]
    fn ctrl_c_ends_quietly() {
        for (words, shown) in [(&["-o", "id"][..], 5), (&["--json"], 0)] {
            let server = Canned::listings(day());
            let session = Session::facing(&server);
            let mut command = session.ignoring(&[], &watch(words)[..]);
            let mut child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            let mut text = String::new();
            for _ in 0..shown {
                stdout.read_line(&mut text).unwrap();
            }
            while server.requests().len() < 10 {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            assert!(
                Command::new("kill")
                    .args(["-INT", &child.id().to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
            stdout.read_to_string(&mut text).unwrap();
            let mut errors = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut errors)
                .unwrap();
            assert_eq!(
                (errors.as_str(), child.wait().unwrap().code()),
                ("", Some(130)),
                "{words:?}"
            );
            if shown > 0 {
                assert_eq!(text, [1, 2, 2, 2, 1].map(|n| id(n) + "\n").concat());
            } else {
                assert_eq!(
                    timeless(&text).matches("\"time\": \"[TIME]\"").count(),
                    5,
                    "{text}"
                );
            }
        }
    }
}
