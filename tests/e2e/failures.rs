//! What can go wrong on the way, whatever the verb: credentials, settings, the network, answers that make no sense.

use std::io::Write;
use std::process::Stdio;

use crate::support::dialect::Dialect;
use crate::support::{Canned, Fault, KEY, Peer, Row, Session, id, pretty};

const LIST: &str = "computers list --json --retries 0";

#[test]
fn no_key_sends_nothing() {
    let peer = Peer::start();
    Session::new().api(&peer.url()).run(LIST).error("no_credentials", 3);
    Session::new()
        .api(&peer.url())
        .run("computers list")
        .stderr(
            "error: there is no secret key for the profile default\nhint: reemo auth login, or set REEMO_SECRET_KEY; to try \
             without an account: reemo --profile sandbox computers list\n",
        )
        .code(3);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_refused_key() {
    let peer = Peer::start();
    Session::new().api(&peer.url()).key("sk_wrong").run(LIST).error("credentials_refused", 3);
    assert_eq!(peer.requests().len(), 1);
    let server = Canned::always(Fault::answer(403, "application/json", "{}"));
    Session::facing(&server).run(LIST).error("credentials_refused", 3);
}

#[test]
fn an_error_names_its_request() {
    let peer = Peer::speaking(Dialect { request_id: Some("req-7"), ..Dialect::default() });
    let outcome = Session::with(&peer).run(["computers", "get", &format!("id:{}", id(99)), "--json"]).error("not_found", 4);
    let error = outcome.last_error();
    assert_eq!(error["status"], 404);
    assert_eq!(error["method"], "GET");
    assert_eq!(error["url"], format!("[API]/computers/{}", id(99)));
    assert_eq!(error["request_id"], "req-7");
    assert!(error["message"].is_string());
    let told = format!(
        "error: there is no computer with the id {0}\n  GET [API]/computers/{0}\n  status: 404\n  request id: req-7\n\
         hint: reemo computers list\n",
        id(99)
    );
    Session::with(&peer).run(["computers", "get", &format!("id:{}", id(99))]).stderr(told).code(4);
}

#[test]
fn usage_errors_have_a_json_form_too() {
    let session = Session::new();
    for words in
        ["computers list --json --nope", "computers nope -o json", "--json nope", "computers list -o jsonl --limit x", "--json"]
    {
        session.run(words).error("usage", 2);
    }
    session
        .run("computers list --nope")
        .stderr(
            "error: unexpected argument '--nope' found\n  tip: a similar argument exists: '--no-input'\n\
             hint: reemo computers list --help\n",
        )
        .code(2);
    session
        .run("computers list --limit x --json")
        .stderr(
            "{\"error\":{\"code\":\"usage\",\"exit\":2,\"message\":\"invalid value 'x' for '--limit <N>': invalid digit found \
             in string\",\"hint\":\"reemo --help\"}}\n",
        )
        .code(2);
}

#[test]
fn nothing_listens() {
    let url = Peer::start().url();
    Session::new().api(&url).key(KEY).run(LIST).error("unreachable", 6);
}

#[test]
fn an_answer_that_never_comes() {
    let server = Canned::always(Fault::Silence);
    Session::facing(&server).run(&format!("{LIST} --request-timeout 300ms")).error("timeout", 6);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn answers_that_make_no_sense() {
    for fault in [
        Fault::answer(200, "text/html", "<html><title>Login</title></html>"),
        Fault::answer(200, "application/json", ""),
        Fault::answer(200, "application/json", "{\"computers\":"),
        Fault::answer(200, "application/json", "\"text\""),
        Fault::answer(200, "application/json", "{\"nothing\":true}"),
        Fault::answer(200, "application/json", "{\"computers\":[1]}"),
        Fault::answer(200, "application/json", &"[".repeat(5000)),
    ] {
        let server = Canned::always(fault);
        Session::facing(&server).run(LIST).error("bad_answer", 7);
    }
}

#[test]
fn server_errors_and_redirects() {
    for (status, code) in [(500, "server_error"), (502, "server_error"), (503, "server_error"), (429, "rate_limited")] {
        let server = Canned::always(Fault::answer(status, "application/json", "{\"error\":\"later\"}"));
        Session::facing(&server).run(LIST).error(code, 7);
        assert_eq!(server.requests().len(), 1, "{status}");
    }
    let server = Canned::always(Fault::headed(302, "Location: http://127.0.0.1:9/v1/computers", ""));
    Session::facing(&server).run("computers list --json").error("redirected", 7);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn any_other_4xx_is_rejected() {
    for status in [400, 402, 405, 410, 418, 422] {
        let server = Canned::always(Fault::answer(status, "application/json", "{\"error\":\"no\"}"));
        Session::facing(&server).run(LIST).error("rejected", 5);
    }
}

#[test]
fn a_server_that_recovers_is_asked_again() {
    let peer = Peer::start();
    peer.mishap(|_, number| (number == 1).then(|| Fault::answer(503, "application/json", "{\"error\":\"later\"}")));
    let session = Session::with(&peer);
    let told = "note: the API failed: later; trying again in [N] s (attempt 2 of 3)\n";
    session.run("computers list -o id --limit 1").stdout(id(1) + "\n").stderr(told);
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn two_retries_are_the_default_and_are_told_in_json() {
    let server = Canned::always(Fault::answer(500, "application/json", "{}"));
    let mut outcome = Session::facing(&server).run("computers list --json").error("server_error", 7);
    assert_eq!(server.requests().len(), 3);
    let told = outcome.take_stderr();
    let notes: Vec<serde_json::Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(notes.len(), 3, "{told}");
    assert!(notes[..2].iter().all(|line| line["note"]["code"].is_string() && line["note"]["message"].is_string()), "{told}");
}

#[test]
fn a_retry_after_beyond_a_minute_stops_at_once() {
    let server = Canned::always(Fault::headed(429, "Content-Type: application/json\r\nRetry-After: 3600", "{}"));
    Session::facing(&server)
        .run("computers list")
        .stderr(
            "error: the API is asked too often (status 429)\n  GET [API]/computers?page=1&limit=1000\n  status: 429\n\
             hint: the API asks to wait for 3600 s; try again then\n",
        )
        .code(7);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_echoed_key_is_redacted() {
    for (status, content_type) in [(400, "application/json"), (500, "text/plain"), (200, "text/html"), (404, "text/html")] {
        let body = format!("{{\"error\":\"bad key {KEY}\"}}");
        let server = Canned::always(Fault::answer(status, content_type, &body));
        for words in [LIST, "computers list --retries 0 -vv"] {
            // Each run looks for the key in every byte the program wrote.
            Session::facing(&server).run(words).however();
            assert!(!server.requests().is_empty(), "nothing was asked");
        }
    }
}

#[test]
fn a_key_echoed_in_data_is_redacted() {
    let peer = Peer::with(vec![Row::new(1, KEY, "OFFLINE").text("note", &format!("the key is {KEY}."))]);
    let session = Session::with(&peer);
    for format in ["table", "wide", "json", "jsonl", "csv"] {
        session.run(["computers", "list", "-o", format]).however();
        session.run(["computers", "get", &id(1), "-o", format]).however();
        session.run(["computers", "connect", &id(1), "-o", format]).however();
    }
    session.run(["computers", "connect", &id(1), "--out", "computer.json"]).however();
    assert!(peer.requests().len() > 15);
}

/// The key typed where a name belongs is the key all the same.
#[test]
fn a_key_typed_as_a_name_is_redacted() {
    let peer = Peer::start();
    Session::with(&peer).run(["computers", "get", KEY]).however();
}

#[test]
fn verbosity_never_shows_the_key() {
    let peer = Peer::start();
    let first = id(1) + "\n";
    let asked = "> GET [API]/computers?page=1&limit=1\n";
    let answered = "< 200 in [N] ms\n";
    let session = Session::with(&peer);
    session.run("computers list -o id --limit 1 -v").stdout(&first).stderr(format!("{asked}{answered}"));
    let length = format!("{{\"computers\":[{}],\"page\":1,\"limit\":1,\"total\":6}}", peer.row(1)).len();
    let told = format!("{asked}> authorization: …\n{answered}< content-type: application/json\n< content-length: {length}\n");
    session.run("computers list -o id --limit 1 -vv").stdout(&first).stderr(&told);
    session.run("computers list -o id --limit 1 -vv -q").stdout(&first).stderr(&told);
    let mut outcome = session.run("computers list --json -vv").stdout(pretty(&peer.array()) + "\n");
    let json = outcome.take_stderr();
    assert!(json.lines().all(|line| line.starts_with("{\"note\":{\"code\":\"trace\",\"message\":\"")), "{json}");
}

/// What `ps` shows of a running command, arguments and title, has no key. Linux lets the test read both.
#[cfg(target_os = "linux")]
#[test]
fn a_process_list_never_shows_the_key() {
    let server = Canned::always(Fault::Silence);
    let session = Session::facing(&server).stdin(KEY);
    for words in [LIST, "auth login --secret-key-stdin"] {
        let before = server.requests().len();
        let mut command = session.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(KEY.as_bytes()).unwrap();
        while server.requests().len() == before {
            std::thread::yield_now();
        }
        for file in ["cmdline", "comm"] {
            let shown = std::fs::read(format!("/proc/{}/{file}", child.id())).unwrap();
            assert!(!String::from_utf8_lossy(&shown).contains(KEY), "{file}");
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn no_flag_takes_the_key() {
    let help = ["--help", "auth login --help", "computers list --help"].map(|words| Session::new().run(words).take_stdout());
    for flag in ["--secret-key ", "--secret-key=", "--key", "--token"] {
        assert!(help.iter().all(|help| !help.contains(flag)), "{flag}");
    }
    Session::new().run(["auth", "login", "--secret-key", "sk_x", "--json"]).error("usage", 2);
}

#[test]
fn plain_http_is_for_loopback_alone() {
    Session::new().api("http://reemo.example/v1").key(KEY).run(LIST).error("config_invalid", 3);
    for url in ["ftp://127.0.0.1/v1", "nonsense", "https://user:pw@reemo.example/v1"] {
        Session::new().api(url).key(KEY).run(LIST).error("config_invalid", 3);
    }
}

#[test]
fn a_stray_url_gets_no_key_of_a_profile() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, "").env("REEMO_API_URL", &other.url());
    let (ours_at, other_at) = ("http://[HOST]", other.url().trim_end_matches("/v1").to_owned());
    session
        .run("computers list")
        .stderr(format!(
            "error: the secret key of the profile work is for {ours_at}, and REEMO_API_URL names {other_at}: the key is not \
             sent there\nhint: set REEMO_SECRET_KEY to a key for {other_at}, or unset REEMO_API_URL\n"
        ))
        .code(3);
    assert_eq!((ours.connections(), other.connections()), (0, 0));
    session.key(KEY).run("computers list -o id --limit 1").stdout(id(1) + "\n");
    assert_eq!((ours.connections(), other.connections()), (0, 1));
}

#[test]
fn an_explicit_profile_outranks_the_environment() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, "").env("REEMO_API_URL", &other.url()).env("REEMO_SECRET_KEY", "sk_stray");
    let note = "note: --profile was given, so REEMO_SECRET_KEY and REEMO_API_URL are passed over\n";
    session.run("computers list -o id --limit 1 --profile work").stdout(id(1) + "\n").stderr(note);
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error() {
    let session = Session::new().api("https://reemo.example/v1").key(KEY).env("HTTPS_PROXY", "nonsense://x");
    session.run(LIST).error("config_invalid", 3);
    // One that can be used, and refuses the connection: never a direct one.
    let nobody = Peer::start().url();
    let session = Session::new().api("https://reemo.example/v1").key(KEY).env("HTTPS_PROXY", nobody.trim_end_matches("/v1"));
    session.run(LIST).error("proxy", 6);
}

#[test]
fn keys_from_a_file_or_a_command() {
    let peer = Peer::start();
    let first = id(1) + "\n";
    let session = Session::new().api(&peer.url()).file("key", "[KEY]\n");
    let path = session.path("key").to_str().unwrap().to_owned();
    session.env("REEMO_SECRET_KEY_FILE", &path).run("computers list -o id --limit 1").stdout(&first);
    let session = Session::new().knows(&peer.url()).file("key", "[KEY]\n");
    let path = session.path("key").to_str().unwrap().to_owned();
    let session = session.config(&format!(
        "default_profile = \"a\"\n[profiles.a]\napi_url = \"[API]\"\nsecret_key_command = [\"cat\", \"{path}\"]\n\
         [profiles.b]\napi_url = \"[API]\"\nsecret_key_command = [\"false\"]\n"
    ));
    session.run("computers list -o id --limit 1").stdout(&first);
    session.run("computers list --json --profile b").error("config_invalid", 3);
}

#[test]
fn the_sandbox_needs_no_account() {
    let session = Session::sandbox().env("REEMO_SECRET_KEY", KEY).env("REEMO_API_URL", "https://reemo.example/v1");
    let mut outcome = session.run("computers list -o id");
    let ids = outcome.take_stdout();
    assert!(ids.lines().count() > 2, "{}", outcome.transcript());
    outcome.take_stderr();
}
