//! What can go wrong on the way, whatever the verb: credentials, settings, the network, answers that make no sense.

use crate::support::dialect::Dialect;
use crate::support::{Canned, Fault, KEY, Peer, Session, id};

const LIST: &str = "computers list --json --retries 0";

#[test]
fn no_key_sends_nothing() {
    let peer = Peer::start();
    Session::new()
        .api(&peer.url())
        .run(LIST)
        .fails_with("no_credentials", 3, "there is no secret key for profile \"default\"\n\
             hint: reemo auth login, or set REEMO_SECRET_KEY; to try without an account: reemo --profile sandbox computers list");
    Session::new()
        .api(&peer.url())
        .run("computers list")
        .stderr(
            "error: there is no secret key for profile \"default\"\nhint: reemo auth login, or set REEMO_SECRET_KEY; to try \
             without an account: reemo --profile sandbox computers list\n",
        )
        .code(3);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_refused_key() {
    let peer = Peer::start();
    Session::new()
        .api(&peer.url())
        .key("sk_wrong")
        .run(LIST)
        .fails_with(
            "credentials_refused",
            3,
            "the API refused the secret key: unknown key\n\
             hint: check the key and where it comes from: reemo auth status",
        );
    assert_eq!(peer.requests().len(), 1);
    let server = Canned::always(Fault::answer(403, "application/json", "{}"));
    Session::facing(&server).run(LIST).fails_with(
        "credentials_refused",
        3,
        "the secret key is not allowed to do this (status 403)\n\
             hint: check the key and where it comes from: reemo auth status",
    );
}

#[test]
fn an_error_names_its_request() {
    let peer = Peer::speaking(Dialect {
        request_id: Some("req-7"),
        ..Dialect::default()
    });
    let outcome = Session::with(&peer)
        .run(["computers", "get", &format!("id:{}", id(99)), "--json"])
        .fails_with(
            "not_found",
            4,
            "no computer has the id 00000063-1111-4111-8111-1d1d1d1d1d1d\n\
             hint: reemo computers list",
        );
    let error = outcome.last_error();
    assert_eq!(error["status"], 404);
    assert_eq!(error["method"], "GET");
    assert_eq!(error["url"], format!("[API]/computers/{}", id(99)));
    assert_eq!(error["request_id"], "req-7");
    let told = format!(
        "error: no computer has the id {0}\n  GET [API]/computers/{0}\n  status: 404\n  request id: req-7\n\
         hint: reemo computers list\n",
        id(99)
    );
    Session::with(&peer)
        .run(["computers", "get", &format!("id:{}", id(99))])
        .stderr(told)
        .code(4);
}

#[test]
fn usage_errors_have_a_json_form_too() {
    let session = Session::new();
    let no_flag = "unexpected argument '--nope' found\n\
         hint: reemo computers list --help";
    let no_command = "unrecognized subcommand 'nope'\nhint: reemo --help";
    for (words, told) in [
        ("computers list --json --nope", no_flag),
        ("computers list -ojson --nope", no_flag),
        (
            "computers nope -o json",
            "unrecognized subcommand 'nope'\nhint: reemo computers --help",
        ),
        ("--json nope", no_command),
        ("--output=jsonl nope", no_command),
        (
            "computers list -o jsonl --limit x",
            "invalid value 'x' for '--limit <N>': expected a whole number, 1 or more\n\
             hint: reemo computers list --help",
        ),
        (
            "--json",
            "'reemo' requires a subcommand but one was not provided\n\
             - subcommands: computers, auth, profile, config, api, journal, doctor, sandbox, completions, man, help\n\
             hint: reemo --help",
        ),
    ] {
        session.run(words).fails_with("usage", 2, told);
    }
    session
        .run("computers list --nope")
        .stderr(
            "error: unexpected argument '--nope' found\n\
             hint: reemo computers list --help\n",
        )
        .code(2);
    session
        .run("computers list --limit x --json")
        .stderr(
            "{\"error\":{\"code\":\"usage\",\"exit\":2,\"message\":\"invalid value 'x' for '--limit <N>': expected a whole \
             number, 1 or more\",\"hint\":\"reemo computers list --help\"}}\n",
        )
        .code(2);
}

#[test]
fn usage_errors_suggest_what_is_near_and_name_the_command_in_any_profile() {
    let session = Session::new();
    for (words, told) in [
        (
            "--profile sandbox computers list --colums name",
            "unexpected argument '--colums' found\n\
             hint: did you mean --columns? see: reemo computers list --help",
        ),
        (
            "--profile sandbox computers -q",
            "'reemo computers' requires a subcommand but one was not provided\n\
             - subcommands: list, count, get, connect, reserve, rename, delete, wait, diff, plan, apply, watch\n\
             hint: reemo computers --help",
        ),
        (
            "conect",
            "unrecognized subcommand 'conect'\nhint: did you mean: reemo computers connect",
        ),
        (
            "version",
            "unrecognized subcommand 'version'\nhint: did you mean: reemo --version",
        ),
        (
            "compuers list",
            "unrecognized subcommand 'compuers'\nhint: did you mean: reemo computers",
        ),
    ] {
        session
            .run(&format!("--json {words}"))
            .fails_with("usage", 2, told);
    }
    let help = session
        .run("--profile sandbox computers list -h")
        .take_stdout();
    let start = "List computers\n\nUsage: reemo computers list ";
    assert!(help.starts_with(start), "{help}");
}

#[test]
fn usage_errors_have_their_json_form_behind_bundled_flags_too() {
    Session::new().run("-qo json nope").fails_with(
        "usage",
        2,
        "unrecognized subcommand 'nope'\n\
         hint: reemo --help",
    );
    Session::new()
        .run("computers list -qojson --nope")
        .fails_with(
            "usage",
            2,
            "unexpected argument '--nope' found\n\
             hint: reemo computers list --help",
        );
}

#[test]
fn nothing_listens() {
    let url = Peer::start().url();
    Session::new().api(&url).key(KEY).run(LIST).fails_with(
        "unreachable",
        6,
        "[HOST] can't be reached: Connection refused (os error 111)\n\
             hint: check the network and the API URL: reemo auth status",
    );
}

#[test]
fn an_answer_that_never_comes() {
    let server = Canned::always(Fault::Silence);
    Session::facing(&server)
        .run(&format!("{LIST} --request-timeout 300ms"))
        .fails_with(
            "timeout",
            6,
            "[HOST] did not respond within 300ms\n\
             hint: try again, or allow more time: --request-timeout 60s",
        );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn answers_that_make_no_sense() {
    let no_list =
        "it has no array under any of the names computers, data, items, results, docs, result";
    let login = "<html><title>Login</title></html>";
    for (content_type, body, why) in [
        (
            "text/html",
            login,
            "it is not JSON but text/html (line 1, column 1)",
        ),
        ("application/json", "", "its body is empty"),
        (
            "application/json",
            "{\"computers\":",
            "it is not valid JSON (line 1, column 13)",
        ),
        ("application/json", "\"text\"", no_list),
        ("application/json", "{\"nothing\":true}", no_list),
        (
            "application/json",
            "{\"computers\":[1]}",
            "a row of its list is not an object",
        ),
        (
            "application/json",
            &"[".repeat(5000),
            "its JSON is nested more than 64 levels deep (at byte 64)",
        ),
    ] {
        let server = Canned::always(Fault::answer(200, content_type, body));
        let told = format!(
            "invalid response from the API: {why}\n\
             hint: to find out what answers: reemo doctor"
        );
        Session::facing(&server)
            .run(LIST)
            .fails_with("bad_answer", 7, told);
    }
}

#[test]
fn server_errors_and_redirects() {
    let failed = "the API failed: later\n\
         hint: try again later; if it persists, report the request id to Reemo";
    for (status, code, told) in [
        (500, "server_error", failed),
        (502, "server_error", failed),
        (503, "server_error", failed),
        (
            429,
            "rate_limited",
            "too many requests: later\nhint: try again later",
        ),
    ] {
        let server = Canned::always(Fault::answer(
            status,
            "application/json",
            "{\"error\":\"later\"}",
        ));
        Session::facing(&server).run(LIST).fails_with(code, 7, told);
        assert_eq!(server.requests().len(), 1, "{status}");
    }
    let server = Canned::always(Fault::headed(
        302,
        "Location: http://127.0.0.1:9/v1/computers",
        "",
    ));
    Session::facing(&server)
        .run("computers list --json")
        .fails_with(
            "redirected",
            7,
            "the API answered with a redirect, which is never followed (status 302)\n\
             - location: http://127.0.0.1:9/v1/computers\n\
             hint: set api_url to the API's own address: reemo config set api_url URL",
        );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn any_other_4xx_is_rejected() {
    for status in [400, 402, 405, 410, 418, 422] {
        let server = Canned::always(Fault::answer(
            status,
            "application/json",
            "{\"error\":\"no\"}",
        ));
        Session::facing(&server).run(LIST).fails_with(
            "rejected",
            5,
            "the API rejected the request: no",
        );
    }
}

#[test]
fn a_server_that_recovers_is_retried() {
    let peer = Peer::start();
    peer.mishap(|_, number| {
        (number == 1).then(|| Fault::answer(503, "application/json", "{\"error\":\"later\"}"))
    });
    let session = Session::with(&peer);
    let told = "note: the API failed: later; trying again in [N] s (attempt 2 of 3)\n";
    session
        .run("computers list -o id --limit 1")
        .stdout(id(1) + "\n")
        .stderr(told);
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn two_retries_are_the_default_and_are_json_notes() {
    let server = Canned::always(Fault::answer(500, "application/json", "{}"));
    let mut outcome = Session::facing(&server)
        .run("computers list --json")
        .notes(&[
            "the API failed (status 500); trying again in [N] s (attempt 2 of 3)",
            "the API failed (status 500); trying again in [N] s (attempt 3 of 3)",
        ])
        .fails_with(
            "server_error",
            7,
            "the API failed (status 500)\n\
             hint: try again later; if it persists, report the request id to Reemo",
        );
    assert_eq!(server.requests().len(), 3);
    let told = outcome.take_stderr();
    let notes: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(notes.len(), 3, "{told}");
    assert!(
        notes[..2]
            .iter()
            .all(|line| line["note"]["code"].is_string() && line["note"]["message"].is_string()),
        "{told}"
    );
}

#[test]
fn a_retry_after_beyond_a_minute_stops_at_once() {
    let server = Canned::always(Fault::headed(
        429,
        "Content-Type: application/json\r\nRetry-After: 3600",
        "{}",
    ));
    Session::facing(&server)
        .run("computers list")
        .stderr(
            "error: too many requests (status 429)\n  GET [API]/computers?page=1&limit=1000\n  status: 429\n\
             hint: the API asks clients to wait 3600 s; try again after that\n",
        )
        .code(7);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn plain_http_is_for_loopback_alone() {
    Session::new()
        .api("http://reemo.example/v1")
        .key(KEY)
        .run(LIST)
        .fails_with("config_invalid", 3, "the environment variable REEMO_API_URL is not valid: http would send the key unencrypted and is for loopback addresses only; expected a URL such as https://restapi.reemo.io/v1\n\
             hint: correct or unset REEMO_API_URL");
    for (url, why) in [
        ("ftp://127.0.0.1/v1", "the URL does not begin with https://"),
        ("nonsense", "the URL does not begin with https://"),
        (
            "https://user:pw@reemo.example/v1",
            "the URL has a user name or password",
        ),
    ] {
        let told = format!(
            "the environment variable REEMO_API_URL is not valid: {why}; \
             expected a URL such as https://restapi.reemo.io/v1\n\
             hint: correct or unset REEMO_API_URL"
        );
        Session::new()
            .api(url)
            .key(KEY)
            .run(LIST)
            .fails_with("config_invalid", 3, told);
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error() {
    let session = Session::new()
        .api("https://reemo.example/v1")
        .key(KEY)
        .env("HTTPS_PROXY", "nonsense://x");
    session.run(LIST).fails_with(
        "config_invalid",
        3,
        "HTTPS_PROXY can't be used: it is not the URL of an http or https proxy\n\
         hint: set HTTPS_PROXY to something like http://proxy.example.com:3128, or unset it",
    );
    // One that can be used, and refuses the connection: never a direct one.
    let nobody = Peer::start().url();
    let session = Session::new()
        .api("https://reemo.example/v1")
        .key(KEY)
        .env("HTTPS_PROXY", nobody.trim_end_matches("/v1"));
    session.run(LIST).fails_with("proxy", 6, "reemo.example can't be reached through the proxy 127.0.0.1:[*]: Connection refused (os error 111)\n\
         hint: check HTTPS_PROXY and NO_PROXY");
}

#[test]
fn the_sandbox_needs_no_account() {
    let session = Session::sandbox()
        .env("REEMO_SECRET_KEY", KEY)
        .env("REEMO_API_URL", "https://reemo.example/v1");
    let mut outcome = session.run("computers list -o id");
    let ids = outcome.take_stdout();
    assert_eq!(ids.lines().count(), 25, "{}", outcome.transcript());
}
