//! `[profiles.NAME.headers]`: for a gateway in front of the API; the values are secrets.

use crate::support::{Fault, Peer, Session, id, lines};

const TOKEN: &str = "gateway-token-5f1c";
const HEADERS: &str =
    "\n[profiles.work.headers]\nCF-Access-Client-Id = \"gateway-token-5f1c\"\nX-Stage = \"a b\"\n";
const FIRST: &str = "computers list -o id --limit 1";

/// Runs a command and looks for the value of the header in everything that it wrote.
#[track_caller]
fn keeps_secret(session: &Session, words: &str, code: i32) -> (String, String) {
    let mut outcome = session.run(words).code(code);
    let (stdout, stderr) = (outcome.take_stdout(), outcome.take_stderr());
    assert!(
        !format!("{stdout}{stderr}").contains(TOKEN),
        "{words}:\n{stdout}{stderr}"
    );
    (stdout, stderr)
}

#[test]
fn each_request_of_the_profile_carries_them() {
    let peer = Peer::start();
    let session = Session::profile(&peer, HEADERS);
    session.run(FIRST).stdout(lines(&[id(1)]));
    session
        .run(["computers", "rename", &id(1), "New", "-q", "-o", "id"])
        .stdout(lines(&[id(1)]));
    assert!(peer.seen().len() > 2);
    for request in peer.seen() {
        assert_eq!(request.header("cf-access-client-id"), Some(TOKEN));
        assert_eq!(request.header("x-stage"), Some("a b"));
        assert_eq!(request.header("authorization"), Some(crate::support::KEY));
    }
}

#[test]
fn their_values_are_never_shown() {
    let peer = Peer::start();
    let session = Session::profile(&peer, HEADERS);
    let (_, trace) = keeps_secret(&session, "computers list -o id --limit 1 -vv", 0);
    assert!(
        trace.contains("> cf-access-client-id: …\n> x-stage: …\n"),
        "{trace}"
    );
    let (list, _) = keeps_secret(&session, "config list", 0);
    assert!(
        list.contains("profiles.work.headers.CF-Access-Client-Id  …  "),
        "{list}"
    );
    session.run("config get headers.x-stage --json").fails_with(
        "not_found",
        4,
        "profiles.work.headers.x-stage is not set in the config file\n\
             hint: for the value in force: reemo auth status",
    );
    session.run("config get headers.X-Stage").stdout("…\n");
    for (words, code) in [
        ("auth status --json", 0),
        ("profile list --json", 0),
        ("computers get gateway-token-5f1c", 4),
    ] {
        keeps_secret(&session, words, code);
    }
    peer.mishap(|_, _| {
        Some(Fault::answer(
            403,
            "application/json",
            "{\"error\":\"bad gateway-token-5f1c, a b\"}",
        ))
    });
    let (_, error) = keeps_secret(&session, FIRST, 3);
    assert!(error.contains("bad sk_…, a b"), "{error}");
}

#[test]
fn they_are_sent_to_the_origin_of_the_profile_only() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, HEADERS)
        .env("REEMO_API_URL", &other.url())
        .key(crate::support::KEY);
    session.run(FIRST).stdout(lines(&[id(1)])).stderr(format!(
        "note: the headers of profile \"work\" are for http://[HOST], not for {}: they are not sent there\n",
        other.url().trim_end_matches("/v1")
    ));
    assert_eq!(other.seen()[0].header("cf-access-client-id"), None);
    assert_eq!(ours.connections(), 0);
    session
        .stdin(crate::support::KEY)
        .run("auth login --secret-key-stdin --json")
        .fails_with(
            "usage",
            2,
            "the headers of profile \"work\" are for http://[HOST], not for http://127.0.0.1:[*]\n\
             hint: remove them from the config file, or log in with another profile",
        );
    assert_eq!(other.seen().len(), 1);
    Session::profile(&ours, HEADERS)
        .run("--profile sandbox computers list -o id --limit 1 -vv")
        .ends(0);
    assert_eq!(ours.connections(), 0);
}

#[test]
fn an_address_is_not_changed_beneath_them() {
    let file = "[profiles.work]\napi_url = \"https://reemo.example/v1\"\n\n[profiles.work.headers]\nX-Token = \"gateway-token-5f1c\"\n";
    let session = Session::new().config(file);
    let error = "error: profiles.work.api_url: the headers of this profile are for https://reemo.example and would be sent to \
                 https://other.example\nhint: remove the headers first, or use a separate profile for the other API\n";
    let set = "--profile work config set api_url https://other.example";
    session.run(set).stderr(error).code(2);
    session
        .run("--profile work config unset api_url --json")
        .fails_with("usage", 2, "profiles.work.api_url: the headers of this profile are for https://reemo.example and would be sent to https://restapi.reemo.io\n\
             hint: remove the headers first, or use a separate profile for the other API");
    assert_eq!(session.config_text(), file);
    session
        .run("--profile work config unset headers.X-Token")
        .stderr("note: profiles.work.headers.X-Token is no longer set\n");
    session
        .run(set)
        .stderr("note: profiles.work.api_url is set\n");
}

#[test]
fn they_are_checked_when_the_file_is_read() {
    for (headers, problem) in [
        (
            "Authorization = \"gateway-token-5f1c\"",
            "Authorization: this header can't be replaced",
        ),
        (
            "X-A = 1",
            "X-A: expected a string in quotes, found: integer",
        ),
        (
            "X-A = \"gateway-token-5f1c\"\nx-a = \"1\"",
            "x-a: this header appears twice",
        ),
        (
            "\"X A\" = \"1\"",
            "X A: the name of a header consists of letters, digits, - and _",
        ),
        (
            "X-A = \"gateway-token-5f1c\\n\"",
            "X-A: expected printable ASCII without spaces at its ends",
        ),
    ] {
        let session = Session::new().config(&format!("[profiles.default.headers]\n{headers}\n"));
        session.run("computers list").code(3).stderr(format!(
            "error: [HOME]/config/reemo/config.toml:1: profiles.default.headers: {problem}\n\
             hint: correct the file; reemo config path prints its path\n"
        ));
    }
    let session = Session::new();
    session
        .run("config set headers.X-A gateway-token-5f1c")
        .stderr(
            "error: a header is never set on a command line, where others could read it\n\
             hint: write it into the config file: reemo config path\n",
        )
        .code(2);
    session.run("config get headers --json").fails_with(
        "usage",
        2,
        "headers are shown and removed one by one, such as headers.X-Token\n\
         hint: reemo config get --help",
    );
}
