//! `computers wait`: blocks until computers are where they are wanted, with few requests, and through outages.

use std::time::{Duration, Instant};

use crate::support::fleet::large;
use crate::support::{
    Canned, DOUBLE_IS_AMBIGUOUS, Fault, Peer, Row, Session, id, lines, pretty, uid,
};

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

fn pc(n: usize, status: &str) -> Row {
    Row::new(n, &format!("pc-{n}"), status)
}

fn away() -> Fault {
    Fault::answer(502, "text/html", "<html>away</html>")
}

/// `computers wait` with these words, polling often; retries are off, so that requests can be counted.
fn wait<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["computers", "wait", "--interval", "10ms", "--retries", "0"];
    all.extend(words);
    all
}

#[test]
fn a_present_computer_is_printed() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    for (word, state) in [
        (id(2), "online"),
        (format!("id:{}", id(2)), "present"),
        ("hostname:atelier-02".to_owned(), "online"),
    ] {
        session
            .run(&wait(&[&word, "--for", state, "--json"])[..])
            .stdout(pretty(&peer.row(2)) + "\n");
    }
    session
        .run(&wait(&["atelier-01", "--for", "offline", "-o", "_id"])[..])
        .stdout(uid(1) + "\n");
    session
        .run(&wait(&["name:pc", "--for", "present", "--timeout", "1s", "--json"])[..])
        .fails_with(
            "wait_timeout",
            124,
            "timed out after 1s: the computer with the name \"pc\" is not present\n\
             - name \"pc\": not found\n\
             hint: allow more time: --timeout 30m",
        );
}

#[test]
fn a_reserved_one_comes_up() {
    let server = Canned::script(vec![
        listed(&[]),
        listed(&[]),
        listed(&[pc(7, "OFFLINE")]),
        listed(&[pc(8, "OFFLINE"), pc(7, "ONLINE")]),
    ]);
    let word = format!("_id:{}", uid(7));
    Session::facing(&server)
        .run(&wait(&[&word, "--for", "online", "-o", "id"])[..])
        .stdout(id(7) + "\n");
    // The API is asked to search once; as it finds nothing, only whole listings count from then on.
    let plain = "GET /v1/computers?page=1&limit=1000".to_owned();
    assert_eq!(
        server.requests(),
        [
            format!("{plain}&_id={}", uid(7)),
            plain.clone(),
            plain.clone(),
            plain
        ]
    );
}

#[test]
fn a_search_with_a_match_is_the_only_request() {
    let server = Canned::script(vec![
        listed(&[pc(7, "OFFLINE")]),
        listed(&[pc(7, "OFFLINE")]),
        listed(&[pc(7, "ONLINE")]),
    ]);
    Session::facing(&server)
        .run(&wait(&["pc-7", "--for", "online", "-o", "id"])[..])
        .stdout(id(7) + "\n");
    assert_eq!(
        server.requests(),
        vec!["GET /v1/computers?page=1&limit=1000&name=pc-7"; 3]
    );
}

#[test]
fn an_id_is_one_request_a_poll() {
    let one = |status| Fault::answer(200, "application/json", &pc(7, status).json());
    let unknown = Fault::answer(404, "application/json", "{\"error\":\"no such computer\"}");
    let server = Canned::script(vec![unknown, one("OFFLINE"), one("ONLINE")]);
    let word = format!("id:{}", id(7));
    Session::facing(&server)
        .run(&wait(&[&word, "--for", "online", "-o", "_id"])[..])
        .stdout(uid(7) + "\n");
    assert_eq!(
        server.requests(),
        vec![format!("GET /v1/computers/{}", id(7)); 3]
    );
}

#[test]
fn a_hundred_take_as_many_requests_as_a_listing_has_pages() {
    let peer = Peer::with(large(250));
    let ids: Vec<String> = (101..=200).map(id).collect();
    let session = Session::with(&peer).stdin(&lines(&ids));
    session
        .run(&wait(&["-", "--for", "present", "-o", "id"])[..])
        .stdout(lines(&ids));
    assert_eq!(peer.requests().len(), 3);
    assert!(
        peer.requests()
            .iter()
            .all(|request| request.starts_with("GET /v1/computers?")),
        "{:?}",
        peer.requests()
    );
}

#[test]
fn of_several_each_is_printed_as_it_gets_there() {
    let polls = || {
        Canned::script(vec![
            listed(&[pc(1, "OFFLINE"), pc(2, "ONLINE")]),
            listed(&[pc(1, "ONLINE"), pc(2, "OFFLINE")]),
        ])
    };
    let run = |format| {
        Session::facing(&polls())
            .run(&wait(&["pc-1", "pc-2", &id(1), "--for", "online", "-o", format])[..])
    };
    run("id").stdout(lines(&[id(2), id(1)]));
    run("jsonl").stdout(lines(&[pc(2, "ONLINE").json(), pc(1, "ONLINE").json()]));
    let rows = [2, 1]
        .map(|n| {
            format!(
                "{},{},pc-{n},HOST-00{n},10.0.0.{n},ONLINE\r\n",
                id(n),
                uid(n)
            )
        })
        .concat();
    run("csv").stdout(format!("id,_id,name,hostname,ip,status\r\n{rows}"));
    run("json").stdout(
        pretty(&format!(
            "[{},{}]",
            pc(1, "ONLINE").json(),
            pc(2, "ONLINE").json()
        )) + "\n",
    );
    let rows = [1, 2]
        .map(|n| format!("pc-{n}  HOST-00{n}  10.0.0.{n}  ONLINE  {}\n", id(n)))
        .concat();
    run("table").stdout(format!("NAME  HOSTNAME  IP        STATUS  ID\n{rows}"));
}

#[test]
fn a_list_of_one_is_a_list() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin("atelier-02\r\n\n");
    session
        .run(&wait(&["-", "--for", "online", "--json"])[..])
        .stdout(pretty(&format!("[{}]", peer.row(2))) + "\n");
}

#[test]
fn of_those_that_are_absent_there_is_nothing_to_print() {
    for (format, wanted) in [
        ("json", "[]\n"),
        ("table", ""),
        ("jsonl", ""),
        ("csv", ""),
        ("id", ""),
    ] {
        let server = Canned::listings(vec![listed(&[pc(7, "OFFLINE")]), listed(&[])]);
        Session::facing(&server)
            .run(&wait(&["pc-7", "--for", "absent", "-o", format])[..])
            .stdout(wanted);
        assert_eq!(
            server.requests().len(),
            5,
            "a search, a search in vain, a listing, the computer by its id, and a listing that agrees"
        );
    }
}

#[test]
fn a_gateways_404_proves_nothing() {
    let gateway = Fault::answer(404, "text/html", "<html>nothing here</html>");
    let unknown = Fault::answer(404, "application/json", "{\"error\":\"no such computer\"}");
    let server = Canned::script(vec![gateway, listed(&[pc(7, "OFFLINE")]), unknown]);
    let word = format!("id:{}", id(7));
    Session::facing(&server).run(&wait(&[&word, "--for", "absent"])[..]);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn out_of_time_names_who_is_missing() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session
        .run(
            &wait(&[
                "atelier-02",
                "atelier-01",
                "nobody",
                "--for",
                "online",
                "--timeout",
                "1s",
            ])[..],
        )
        .stdout(format!(
            "NAME        HOSTNAME    IP        STATUS  ID\natelier-02  ATELIER-02  10.0.0.2  ONLINE  {}\n",
            id(2)
        ))
        .stderr(format!(
            "error: timed out after 1s: 2 of 3 computers are not online\n  \
             name or hostname \"atelier-01\": id:{}  atelier-01  ATELIER-01  OFFLINE\n  \
             name or hostname \"nobody\": not found\n\
             hint: allow more time: --timeout 30m\n",
            id(1)
        ))
        .code(124);
    let word = format!("_id:{}", uid(70));
    session
        .run(&wait(&[&word, "--for", "present", "--timeout", "1s", "--json"])[..])
        .stderr(format!(
            "{{\"error\":{{\"code\":\"wait_timeout\",\"exit\":124,\
             \"message\":\"timed out after 1s: the computer with the _id {0} is not present\",\
             \"details\":[\"_id {0}: not found\"],\"hint\":\"allow more time: --timeout 30m\"}}}}\n",
            uid(70)
        ))
        .code(124);
    let words = wait(&[
        "atelier-02",
        "atelier-01",
        "--for",
        "online",
        "--timeout",
        "1s",
        "-o",
        "jsonl",
    ]);
    session
        .run(&words[..])
        .stdout(lines(&[peer.row(2)]))
        .fails_with("wait_timeout", 124, "timed out after 1s: 1 of 2 computers is not online\n\
             - name or hostname \"atelier-01\": id:00000001-1111-4111-8111-1d1d1d1d1d1d  atelier-01  ATELIER-01  OFFLINE\n\
             hint: allow more time: --timeout 30m");
}

#[test]
fn a_server_that_never_answers_does_not_outlast_the_timeout() {
    let server = Canned::always(Fault::Silence);
    let started = Instant::now();
    Session::facing(&server)
        .run(&wait(&["pc-7", "--for", "online", "--timeout", "200ms"])[..])
        .stderr(
            "error: timed out after 200ms: the computer with the name or hostname \"pc-7\" is not online\n  \
             name or hostname \"pc-7\"\nhint: allow more time: --timeout 30m\n",
        )
        .code(124);
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn an_outage_is_one_note_and_waiting_continues() {
    let not_whole = format!("{{\"computers\":[{}],\"total\":0}}", pc(1, "ONLINE").json());
    let not_whole = Fault::answer(200, "application/json", &not_whole);
    let often = Fault::answer(429, "application/json", "{}");
    let polls = vec![
        away(),
        Fault::LoseAnswer,
        often,
        not_whole,
        listed(&[pc(1, "OFFLINE")]),
        away(),
        listed(&[pc(1, "ONLINE")]),
    ];
    let server = Canned::script(polls);
    let words = wait(&["hostname:HOST-001", "--for", "online", "-o", "id"]);
    Session::facing(&server).run(&words[..]).stdout(id(1) + "\n").stderr(
        "note: the API failed (status 502); retrying until the API answers\nnote: the API answers again\n\
         note: the API failed (status 502); retrying until the API answers\nnote: the API answers again\n",
    );
}

#[test]
fn an_outage_until_the_end_is_reported() {
    let server = Canned::always(away());
    Session::facing(&server)
        .run(&wait(&["pc-7", "--for", "absent", "--timeout", "1s"])[..])
        .stderr(
            "note: the API failed (status 502); retrying until the API answers\n\
             error: timed out after 1s: the computer with the name or hostname \"pc-7\" is not absent\n  \
             name or hostname \"pc-7\"\n  the last request failed: the API failed (status 502)\n\
             hint: allow more time: --timeout 30m\n",
        )
        .code(124);
}

#[test]
fn permanent_errors_end_at_once() {
    let peer = Peer::start();
    let run = |session: &Session, words: &[&str]| session.run(&wait(words)[..]);
    let refused = Session::new().api(&peer.url()).key("sk_of_someone_else");
    run(&refused, &["atelier-01", "--for", "online", "--json"]).fails_with(
        "credentials_refused",
        3,
        "the API refused the secret key: unknown key\n\
         hint: check the key and where it comes from: reemo auth status",
    );
    run(
        &Session::with(&peer),
        &["double", "--for", "present", "--json"],
    )
    .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    run(
        &Session::with(&peer),
        &["nobody", "double", "--for", "absent", "--json"],
    )
    .fails_with("ambiguous", 5, DOUBLE_IS_AMBIGUOUS);
    let page = Canned::always(Fault::answer(200, "text/html", "<html>log in</html>"));
    run(
        &Session::facing(&page),
        &["pc-7", "--for", "online", "--json"],
    )
    .fails_with(
        "bad_answer",
        7,
        "invalid response from the API: it is not JSON but text/html (line 1, column 1)\n\
         hint: to find out what answers: reemo doctor",
    );
}

#[test]
fn invalid_combinations_send_nothing() {
    let peer = Peer::start();
    let session = Session::with(&peer).stdin("a\nid:../x\n");
    for (words, told) in [
        (
            "a",
            "the following required arguments were not provided:\n  --for <STATE>",
        ),
        (
            "--for online",
            "the following required arguments were not provided:\n  <COMPUTER>...",
        ),
        (
            "a --for rebooted",
            "invalid value 'rebooted' for '--for <STATE>'\n  possible values: online, offline, present, absent",
        ),
        (
            "a --for online --timeout 10",
            "invalid value '10' for '--timeout <DURATION>': expected a number and a unit, \
             such as 500ms, 30s, 2m or 1h",
        ),
        (
            "a --for online --interval 9ms",
            "invalid value '9ms' for '--interval <DURATION>': the shortest interval is 10ms",
        ),
        (
            "id:1 --for online",
            "invalid value 'id:1' for '[COMPUTER]...': \"1\" is not a UUID",
        ),
        (
            "- --for online",
            "line 2 of standard input: \"../x\" is not a UUID",
        ),
        (
            "a --for online --columns name -o id",
            "--columns is for table, wide and csv; -o id and -o _id print ids alone",
        ),
    ] {
        session
            .run(&format!("computers wait {words} --color=never"))
            .stderr(format!(
                "error: {told}\nhint: reemo computers wait --help\n"
            ))
            .code(2);
    }
    let empty = Session::with(&peer).stdin("\n");
    empty
        .run("computers wait - --for online")
        .stderr("error: standard input is empty; expected one computer or _id per line\nhint: pass one per line\n")
        .code(2);
    assert_eq!(peer.connections(), 0);
}

/// The whole of it: an `_id` is reserved, the machine comes up while it is waited for, and is matched.
#[test]
fn in_the_sandbox() {
    let session = Session::sandbox();
    session
        .run(["computers", "reserve", &uid(70), "-o", "_id"])
        .stdout(uid(70) + "\n");
    let word = format!("_id:{}", uid(70));
    let mut command = session.command(&wait(&[&word, "--for", "online", "-o", "_id"])[..]);
    let waiting = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    session.run(["sandbox", "register", &uid(70)]).take_stdout();
    let output = waiting.wait_with_output().unwrap();
    let told = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        output.status.code(),
    );
    assert_eq!(told, (format!("{}\n", uid(70)).into(), "".into(), Some(0)));
}

#[test]
fn a_filter_stands_for_all_that_match_when_the_command_starts() {
    let server = Canned::script(vec![
        listed(&[
            pc(7, "OFFLINE"),
            pc(8, "ONLINE"),
            Row::new(9, "x", "OFFLINE"),
        ]),
        listed(&[pc(7, "OFFLINE"), pc(8, "ONLINE"), pc(9, "OFFLINE")]),
        listed(&[pc(7, "ONLINE"), pc(8, "OFFLINE"), pc(9, "OFFLINE")]),
    ]);
    Session::facing(&server)
        .run(&wait(&["--filter", "name=pc-*", "--for", "online", "-o", "id"])[..])
        .stdout(lines(&[8, 7].map(id)));
    assert_eq!(
        server.requests(),
        ["GET /v1/computers?page=1&limit=1000"; 3]
    );
}

#[test]
fn one_that_matches_a_filter_is_read_by_its_id() {
    let unknown = Fault::answer(404, "application/json", "{\"error\":\"no such computer\"}");
    let server = Canned::script(vec![
        listed(&[pc(7, "OFFLINE")]),
        Fault::answer(200, "application/json", &pc(7, "OFFLINE").json()),
        unknown,
    ]);
    Session::facing(&server)
        .run(&wait(&["--filter", "name=pc-7", "--for", "absent", "--json"])[..])
        .stdout("[]\n");
    let by_id = format!("GET /v1/computers/{}", id(7));
    assert_eq!(
        server.requests(),
        [
            "GET /v1/computers?page=1&limit=1000&name=pc-7".to_owned(),
            by_id.clone(),
            by_id
        ]
    );
}

#[test]
fn a_filter_that_matches_none_has_nothing_to_wait_for_but_absence() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let told = "error: no computers match the filters, so there is nothing to wait for\nhint: reemo computers list\n";
    for state in ["online", "offline", "present"] {
        session
            .run(&wait(&["--filter", "name=nobody", "--for", state])[..])
            .stderr(told)
            .code(4);
    }
    session.run(&wait(&["--filter", "name=nobody", "--for", "absent"])[..]);
    session
        .run(
            &wait(&[
                "--filter",
                "name=nobody",
                "atelier-01",
                "--for",
                "absent",
                "--json",
            ])[..],
        )
        .fails_with("usage", 2, "the argument '--filter <KEY=VALUE>' cannot be used with '[COMPUTER]...'\nhint: reemo computers wait --help");
}
