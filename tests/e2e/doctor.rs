//! `doctor`: what it says, and what it never says.

use serde_json::Value;

use crate::support::dialect::{Dialect, ErrorForm, Filters, Hints, Walk};
use crate::support::fleet::large;
use crate::support::{Canned, Fault, KEY, Peer, Row, Session, id, uid};

/// Standard output without the times taken.
fn steady(stdout: &str) -> String {
    let mut steady = String::new();
    let mut rest = stdout;
    while let Some((before, after)) = rest.split_once(" ms)") {
        let start = before.rfind('(').unwrap();
        steady += &format!("{}(N ms)", &before[..start]);
        rest = after;
    }
    steady + rest
}

/// The checks of a report, as `group check: state: message`, and their hints.
fn checks(stdout: &str) -> Vec<(String, Option<String>)> {
    let report: Vec<Value> = serde_json::from_str(stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let check = |check: &Value| {
        let (group, name) = (text(&check["group"]), text(&check["check"]));
        let (state, message) = (text(&check["state"]), text(&check["message"]));
        let hint = check["hint"].as_str().map(str::to_owned);
        (format!("{group} {name}: {state}: {message}"), hint)
    };
    report.iter().map(check).collect()
}

/// The checks that are not ok.
fn findings(session: &Session, words: &str, code: i32) -> Vec<(String, Option<String>)> {
    let mut outcome = session.run(words).code(code);
    outcome.take_stderr();
    let mut checks = checks(&steady(&outcome.take_stdout()));
    checks.retain(|(text, _)| !text.contains(": ok: "));
    checks
}

#[track_caller]
fn finds(session: &Session, words: &str, code: i32, expected: &[(&str, &str)]) {
    let expected: Vec<(String, Option<String>)> = expected
        .iter()
        .map(|(text, hint)| {
            let hint = (!hint.is_empty()).then(|| (*hint).to_owned());
            ((*text).to_owned(), hint)
        })
        .collect();
    assert_eq!(findings(session, words, code), expected, "{words}");
}

const LEFT_OUT: &str = "wire all: unknown: not checked, because a check before it failed";

#[test]
fn an_account_that_works() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "access = \"read\"");
    let mut outcome = session.run("doctor");
    assert_eq!(
        steady(&outcome.take_stdout()),
        "configuration
  ok       config file      [HOME]/config/reemo/config.toml
  ok       profile          work (from default_profile in the config file)
  ok       api_url          [API] (from profile work)
  ok       request_timeout  30s (from default)
  ok       access           read (from profile work)
network
  ok       connection       opened (N ms)
  ok       tls              not used, because the API runs on this machine
  ok       answer           came (N ms)
credentials
  ok       secret key       from secret_key in the config file
  ok       access           the API accepts the secret key
wire
  ok       listing          readable, a total, state in status
  ok       limit            limit sets the page size
  ok       page             page chooses the page, from 1
  ok       filter           {property} filters, and finds whole names
  ok       computer         one computer can be read by its id
  ok       absence          an unknown id is answered with 404 in JSON

reemo works with this account
"
    );
    drop(outcome);
    let asked = peer.requests();
    assert_eq!(asked.len(), 10, "{asked:?}");
    assert_eq!(peer.changes(), [""; 0]);
}

#[test]
fn an_api_that_pages_otherwise() {
    let dialect = Dialect {
        page: "p",
        limit: "per_page",
        first_page: 0,
        filters: Filters::Loose,
        hints: Hints::None,
        ..Dialect::default()
    };
    let peer = Peer::new(dialect, large(25));
    let session = Session::profile(&peer, "# kept");
    let mut outcome = session.run("doctor").code(7);
    let report = steady(&outcome.take_stdout());
    let (_, wire) = report.split_once("wire\n").unwrap();
    assert_eq!(
        wire,
        "  ok       listing          readable, no total, state in status
  warning  limit            per_page sets the page size, not limit
                            hint: to store it: reemo doctor --write
  failed   page             p chooses the page, from 0, not page, from 1
                            hint: to store it: reemo doctor --write
  ok       filter           {property} filters, and finds parts of a name too
  ok       computer         one computer can be read by its id
  ok       absence          an unknown id is answered with 404 in JSON

[profiles.work.wire]
page = \"p\"
limit = \"per_page\"
first_page = 0

reemo does not work here: p chooses the page, from 0, not page, from 1
"
    );
    drop(outcome);
    let mut outcome = session
        .run("doctor --write")
        .stderr("note: stored the wire settings of profile \"work\"\n");
    let report = steady(&outcome.take_stdout());
    assert!(
        report.contains(
            "ok       page             p chooses the page, from 0, not page, from 1 (now stored)\n"
        ) && report.ends_with("\nreemo works with this account\n"),
        "{report}"
    );
    drop(outcome);
    assert_eq!(
        session.config_text(),
        "default_profile = \"work\"\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n\n\
         [profiles.work.wire]\npage = \"p\"\nlimit = \"per_page\"\nfirst_page = 0\n# kept\n"
    );
    finds(&session, "doctor --json", 0, &[]);
    // Nothing differs any more, so that nothing is written.
    session.run("doctor --write").ends(0);
    assert!(!session.config_text().contains("filter"));
}

#[test]
fn an_account_without_computers() {
    let why = "the account has no computer to try it with";
    let peer = Peer::with(Vec::new());
    let session = Session::profile(&peer, "");
    let unknown =
        ["limit", "page", "filter", "computer"].map(|name| format!("wire {name}: unknown: {why}"));
    let expected: Vec<(&str, &str)> = unknown.iter().map(|text| (text.as_str(), "")).collect();
    finds(&session, "doctor --write --json", 0, &expected);
    let mut outcome = session.run("doctor");
    assert!(outcome.take_stdout().ends_with(
        "\nreemo works with this account as far as can be known; unknown: limit, page, filter, computer\n"
    ));
}

#[test]
fn paging_that_this_program_cannot_do() {
    let dialect = Dialect {
        walk: Walk::Stuck,
        hints: Hints::None,
        ..Dialect::default()
    };
    let peer = Peer::new(dialect, large(25));
    finds(
        &Session::profile(&peer, ""),
        "doctor --write --json",
        7,
        &[(
            "wire page: failed: page does not choose the page, and no other usual name does: larger listings can't be read whole",
            "if you know the name, set wire.page: reemo config set --help",
        )],
    );
}

#[test]
fn a_failing_probe_proves_nothing() {
    let peer = Peer::new(Dialect::default(), large(25));
    peer.mishap(|_, number| (number > 1).then(|| Fault::instead(500, "", "{\"error\":\"later\"}")));
    let session = Session::profile(&peer, "");
    let before = session.config_text();
    let again = "try again: reemo doctor";
    finds(
        &session,
        "doctor --write --json",
        0,
        &[
            ("wire limit: unknown: the answers prove nothing", ""),
            ("wire page: unknown: the answers prove nothing", ""),
            ("wire filter: unknown: the answers prove nothing", ""),
            ("wire computer: unknown: the API did not answer it", again),
            ("wire absence: unknown: the API did not answer it", again),
        ],
    );
    assert!(peer.requests().len() <= 20);
    assert_eq!(session.config_text(), before);
}

#[test]
fn absence_that_is_never_proven() {
    let peer = Peer::speaking(Dialect {
        errors: ErrorForm::Html,
        ..Dialect::default()
    });
    finds(
        &Session::profile(&peer, ""),
        "doctor --json",
        0,
        &[(
            "wire absence: warning: an id that no computer has is 404 without JSON, which a gateway could have sent, so reemo can't tell for certain that a computer is gone",
            "",
        )],
    );
}

#[test]
fn what_a_wrong_api_url_reaches_is_named() {
    let web = "text/html; charset=utf-8";
    let json = "application/json";
    let check = "check the API URL: reemo config get api_url";
    for (fault, told, hint) in [
        (
            Fault::answer(200, web, "<!DOCTYPE html><p>Welcome"),
            "a web page answers at [API] (status 200): it is a website, a login page or a captive portal, not the API",
            check,
        ),
        (
            Fault::headed(302, "Location: https://portal.example/login?token=abc", ""),
            "[API] redirects to https://portal.example: a captive portal or a login page answers, or the API has moved",
            check,
        ),
        (
            Fault::headed(301, "Location: /v2/computers", ""),
            "[API] redirects to another page of the same server: it is not the API's base URL",
            check,
        ),
        (
            Fault::answer(511, web, "<html>"),
            "a captive portal wants a login before this network can be used (status 511)",
            check,
        ),
        (
            Fault::answer(404, web, "<html>not found"),
            "there is nothing at [API]/computers (status 404): it is not the API's base URL",
            check,
        ),
        (
            Fault::answer(404, json, "{\"message\":\"Not Found\"}"),
            "an API answers at [API], but it has no /computers (status 404): another path or another product's API",
            check,
        ),
        (
            Fault::answer(200, json, "{\"version\":\"2.1\"}"),
            "[API] answers with JSON that is not a list of computers: another product's API",
            check,
        ),
        (
            Fault::answer(200, json, "{\"data\":[{\"id\":7,\"title\":\"a post\"}]}"),
            "[API] lists things that are not Reemo computers: another product's API",
            check,
        ),
        (
            Fault::answer(400, json, "{\"error\":\"space is missing\"}"),
            "[API] rejects the listing of computers (status 400): another product's API, or another version of it",
            check,
        ),
        (
            Fault::headed(302, "X: y", ""),
            "[API] redirects to an address that can't be read: it is not the API's base URL",
            check,
        ),
        (
            Fault::answer(200, "text/plain", "hello"),
            "what answers at [API] is neither JSON nor a web page (status 200): it is not the API",
            check,
        ),
        (
            Fault::Raw(b"\x15\x03\x03\x00\x02\x02\x0a".to_vec()),
            "the server does not speak http: it may expect https, and api_url begins with http://",
            check,
        ),
    ] {
        let server = Canned::always(fault);
        let session = Session::facing(&server);
        let name = if told.starts_with("the server does not speak") {
            "answer"
        } else {
            "api"
        };
        let told = format!("wire {name}: failed: {told}");
        finds(&session, "doctor --json", 7, &[(&told, hint)]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn an_api_url_without_its_last_part() {
    let peer = Peer::start();
    let base = peer.url();
    let site = base.trim_end_matches("/v1");
    let session = Session::with(&peer).env("REEMO_API_URL", site);
    finds(
        &session,
        "doctor --json",
        7,
        &[(
            "wire api: failed: api_url leaves out /v1: the API is there",
            "reemo config set api_url [API]",
        )],
    );
    assert_eq!(peer.requests(), ["GET /computers", "GET /v1/computers"]);
}

#[test]
fn http_is_refused_before_anything_is_sent() {
    let session = Session::new()
        .key(KEY)
        .env("REEMO_API_URL", "http://reemo.example/v1");
    let text = findings(&session, "doctor --json", 3)[0].0.clone();
    assert!(
        text.starts_with("configuration settings: failed: ")
            && text.contains("http would send the key unencrypted"),
        "{text}"
    );
}

#[test]
fn a_key_that_is_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer).key("sk_wrong");
    finds(
        &session,
        "doctor --json",
        3,
        &[
            (
                "credentials access: failed: the API refused the secret key (status 401)",
                "check the key and where it comes from: reemo auth status",
            ),
            (LEFT_OUT, ""),
        ],
    );
    assert_eq!(peer.requests(), ["GET /v1/computers"]);
    session
        .run("doctor --jq .[0].check -r")
        .stdout("config file\n")
        .code(3)
        .fails_with("credentials_refused", 3, "reemo does not work here: the API refused the secret key (status 401)\nhint: check the key and where it comes from: reemo auth status");
}

#[test]
fn the_first_failed_group_decides() {
    // Nothing listens there, and there is no key either.
    let session = Session::new().env("REEMO_API_URL", "http://127.0.0.1:1/v1");
    let found = findings(&session, "doctor --json", 6);
    assert!(
        found[0]
            .0
            .starts_with("network connection: failed: 127.0.0.1 can't be reached at port 1: ")
    );
    assert!(
        found[1]
            .0
            .starts_with("credentials secret key: failed: there is no secret key")
    );
    assert_eq!(found[2].0, LEFT_OUT);
}

#[test]
fn offline_opens_no_connection() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let why = "unknown: not checked, because of --offline";
    let (network, wire) = (format!("network all: {why}"), format!("wire all: {why}"));
    finds(
        &session,
        "doctor --offline --json",
        0,
        &[(&network, ""), (&wire, "")],
    );
    let mut outcome = session.run("doctor --offline");
    assert!(
        outcome
            .take_stdout()
            .ends_with("\nthe configuration can be used; the rest was not checked\n")
    );
    drop(outcome);
    let command = "secret_key_command = [\"touch\", \"ran\"]";
    let session = Session::new().knows(&peer.url()).config(&format!(
        "[profiles.default]\n{command}\napi_url = \"[API]\"\n"
    ));
    let key =
        "credentials secret key: unknown: from secret_key_command, which --offline does not run";
    finds(
        &session,
        "doctor --offline --json",
        0,
        &[(&network, ""), (key, ""), (&wire, "")],
    );
    assert_eq!((peer.connections(), session.read("ran")), (0, None));
    session.run("doctor --offline --write --json").fails_with(
        "usage",
        2,
        "the argument '--offline' cannot be used with '--write'\nhint: reemo doctor --help",
    );
}

/// A server that repeats what it is asked, names with odd characters, a proxy with a password: none of it is shown.
#[test]
fn the_report_gives_nothing_away() {
    let rows = vec![
        Row::new(1, "Réception «Süd» & co", "OFFLINE").text("hostname", "SECRET-HOST"),
        Row::new(2, "second", "ONLINE").text("ip", "192.168.77.5"),
        Row::new(3, "third", "ONLINE"),
    ];
    let peer = Peer::new(
        Dialect {
            filters: Filters::Refused,
            ..Dialect::default()
        },
        rows,
    );
    peer.mishap(|request, _| {
        let line = request.line();
        line.contains("name=")
            .then(|| Fault::instead(400, "", &format!("{{\"error\":\"{line} {KEY}\"}}")))
    });
    let home = Session::profile(&peer, "");
    let root = home.root().display().to_string();
    let session = home.env("HOME", &root);
    for words in [
        "doctor",
        "doctor --json",
        "doctor -o csv",
        "doctor -o jsonl",
    ] {
        let mut outcome = session.run(words);
        let told = outcome.take_stdout() + &outcome.take_stderr();
        for hidden in [
            "Réception",
            "R%C3",
            "SECRET-HOST",
            "192.168",
            "second",
            "third",
            "[HOME]",
            &id(1),
            &uid(1),
        ] {
            assert!(!told.contains(hidden), "{hidden} is in\n{told}");
        }
        assert!(told.contains("~/config/reemo/config.toml"), "{told}");
    }
    let session = Session::new()
        .key(KEY)
        .env("REEMO_API_URL", "https://reemo.example/v1")
        .env("HTTPS_PROXY", "http://bob:hunter2@127.0.0.1:1");
    let mut outcome = session.run("doctor --json").code(6);
    let told = outcome.take_stdout() + &outcome.take_stderr();
    assert!(
        told.contains("through 127.0.0.1:1, as the environment says")
            && !told.contains("bob")
            && !told.contains("hunter2"),
        "{told}"
    );
}

#[test]
fn the_sandbox() {
    finds(&Session::sandbox(), "doctor --json", 0, &[]);
    Session::sandbox().run("doctor --write --json").fails_with(
        "usage",
        2,
        "the profile \"sandbox\" is built in and has no settings\nhint: name another profile with --profile NAME",
    );
}

#[test]
fn login_ends_with_the_short_form() {
    let login = "auth login --secret-key-stdin";
    let stored = |more: &str| {
        format!(
            "note: logged in to [API]: stored the key in profile \"default\" in [HOME]/config/reemo/config.toml\n\
             note: the API accepts the secret key\n{more}"
        )
    };
    let first_contact = |dialect: Dialect, count: usize| {
        let mut rows = large(count);
        rows.truncate(count);
        let peer = Peer::new(dialect, rows);
        let session = Session::new().api(&peer.url()).stdin(KEY);
        (peer, session)
    };
    let other = Dialect {
        page: "p",
        hints: Hints::None,
        ..Dialect::default()
    };
    let (_peer, session) = first_contact(other, 25);
    session.run(login).stderr(stored(
        "note: the listing is readable, no total, state in status\n\
         note: paging does not work as configured; to detect and store the right settings: reemo doctor --write\n",
    ));
    let (_peer, session) = first_contact(Dialect::default(), 1);
    session.run(login).stderr(stored(
        "note: the listing is readable, a total, state in status\n\
         note: paging can't be tried with 1 computer; once there are more: reemo doctor\n",
    ));
    let whole = Dialect {
        walk: Walk::AllAtOnce,
        ..Dialect::default()
    };
    let (_peer, session) = first_contact(whole, 3);
    session.run(login).stderr(stored(
        "note: the listing is readable, a total, state in status\n\
         note: paging is as the settings say\n",
    ));
    let (peer, session) = first_contact(Dialect::default(), 3);
    session.run("auth login --secret-key-stdin -q").stderr("");
    assert_eq!(peer.requests(), ["GET /v1/computers?page=1&limit=1"]);
    let mut outcome = session.run("auth login --secret-key-stdin --json");
    let stdout = outcome.take_stdout();
    assert!(
        stdout.starts_with("{\n  \"profile\": \"default\","),
        "{stdout}"
    );
    let notes = outcome.take_stderr();
    assert_eq!(
        notes.matches("{\"note\":{\"code\":\"doctor\",").count(),
        3,
        "{notes}"
    );
}

#[test]
fn requests_that_are_shown_have_nothing_of_a_computer() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let mut outcome = session.run("doctor -vv");
    let (stdout, stderr) = (outcome.take_stdout(), outcome.take_stderr());
    drop(outcome);
    for line in [
        "GET [API]/computers/ID\n",
        "GET [API]/computers?name=TEXT\n",
        "GET [API]/computers?limit=1&page=2\n",
    ] {
        assert!(stderr.contains(line), "{line}: {stderr}");
    }
    assert!(!stderr.contains("\n< content-type"), "{stderr}");
    let shown = stdout + &stderr;
    for row in peer.rows() {
        for property in ["id", "_id", "name", "hostname"] {
            let value = row.get(property).unwrap_or_default();
            let encoded = value.replace(' ', "+");
            let is_shown = shown.contains(&value) || shown.contains(&encoded);
            assert!(value.is_empty() || !is_shown, "{value}: {shown}");
        }
    }
}

#[test]
fn nothing_of_the_command_that_prints_the_key_is_shown() {
    let peer = Peer::start();
    let command = "secret_key_command = [\"sh\", \"-c\", \"exit 3 # vault-path\"]";
    let session = Session::new().knows(&peer.url()).config(&format!(
        "[profiles.default]\n{command}\napi_url = \"[API]\"\n"
    ));
    finds(
        &session,
        "doctor --json",
        3,
        &[
            (
                "credentials secret key: failed: secret_key_command gives no key",
                "run the command yourself to see what it does; it must print the key and nothing else",
            ),
            (LEFT_OUT, ""),
        ],
    );
}

#[cfg(unix)]
#[test]
fn no_path_names_the_user() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let home = session.root().display().to_string();
    let session = session.env("HOME", &home);
    crate::support::files::chmod(&session.config_path(), 0o666);
    for words in ["doctor", "doctor --json", "doctor --offline -o csv"] {
        let mut outcome = session.run(words).code(3);
        // The session's own words for its folders would hide what is looked for.
        let shown = outcome.take_stdout() + &outcome.take_stderr();
        assert!(shown.contains("~/config/reemo/config.toml"), "{shown}");
        assert!(
            !shown.contains(&home) && !shown.contains("[HOME]"),
            "{shown}"
        );
    }
}

#[test]
fn an_api_that_stops_answering_is_not_waited_for_twenty_times() {
    let peer = Peer::start();
    peer.mishap(|_, number| (number > 1).then_some(Fault::Hang));
    let session = Session::profile(&peer, "request_timeout = \"1s\"");
    let started = std::time::Instant::now();
    let found = findings(&session, "doctor --json", 0);
    assert!(
        found.iter().all(|(text, _)| text.contains(": unknown: ")),
        "{found:?}"
    );
    assert_eq!((found.len(), peer.requests().len()), (5, 3));
    assert!(started.elapsed().as_secs() < 6);
}

#[test]
fn an_answer_that_is_too_large_is_not_called_another_protocol() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[".to_owned();
    let server = Canned::always(Fault::Raw((head + &" ".repeat(70 << 20)).into_bytes()));
    let session = Session::facing(&server);
    let found = findings(&session, "doctor --json", 7);
    assert!(
        found[0].0.starts_with("wire answer: failed: ") && !found[0].0.contains("https"),
        "{found:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_clock_that_is_wrong_is_told_in_one_unit() {
    for (date, told) in [
        (
            "Mon, 01 Jan 2001 00:00:00 GMT",
            " days ahead of the server's",
        ),
        ("Fri, 01 Jan 2100 00:00:00 GMT", " days behind the server's"),
    ] {
        let answer = Fault::headed(
            200,
            &format!("Content-Type: application/json\r\nDate: {date}"),
            "[]",
        );
        let server = Canned::always(answer);
        let found = findings(&Session::facing(&server), "doctor --json", 0);
        let (clock, hint) = &found[0];
        assert!(
            clock.starts_with("network clock: warning: this machine's clock is ")
                && clock.ends_with(told),
            "{clock}"
        );
        assert!(hint.is_some());
    }
}
