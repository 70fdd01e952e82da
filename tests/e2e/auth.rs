//! `auth`: a key goes in, and never out.

use crate::support::{Canned, Fault, KEY, Peer, Session, id, lines};

const STORED: &str = "note: logged in to [API]: stored the key in profile \"default\" in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n";
const REPLACED: &str = "note: logged in to [API]: replaced the key of profile \"work\" in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n";
const SETUP: &str = "reemo auth login, or set REEMO_SECRET_KEY; to try without an account: reemo --profile sandbox computers list\n";

fn login(peer: &Peer) -> Session {
    let session = Session::new().api(&peer.url()).stdin(&format!("{KEY}\n"));
    session.run("auth login --secret-key-stdin").stderr(STORED);
    session
}

#[test]
fn login_checks_the_key_and_stores_it_with_its_url() {
    let peer = Peer::start();
    let session = login(&peer);
    assert_eq!(
        peer.requests(),
        [
            "GET /v1/computers?page=1&limit=1",
            "GET /v1/computers",
            "GET /v1/computers?limit=1",
            "GET /v1/computers?limit=1&page=2",
        ]
    );
    assert_eq!(
        session.config_text(),
        "[profiles.default]\nsecret_key = \"[KEY]\"\nsecret_key_origin = \"http://[HOST]\"\napi_url = \"[API]\"\n"
    );
    #[cfg(unix)]
    assert_eq!(crate::support::files::mode(&session.config_path()), 0o600);
}

#[test]
fn login_stores_in_the_profile_named() {
    let peer = Peer::start();
    let session = Session::new().knows(&peer.url()).stdin(KEY);
    session
        .run(["config", "set", "api_url", &peer.url(), "--profile", "work"])
        .stderr("note: profiles.work.api_url is set\n");
    session
        .run("auth login --secret-key-stdin --profile work")
        .stderr(STORED.replace("default", "work"));
    assert_eq!(
        session.config_text(),
        "[profiles.work]\napi_url = \"[API]\"\nsecret_key = \"[KEY]\"\nsecret_key_origin = \"http://[HOST]\"\n"
    );
    session
        .run("computers list -o id --limit 1 --profile work")
        .stdout(lines(&[id(1)]));
}

/// A new origin needs a new login: the flag names it, whatever the profile and the environment say.
#[test]
fn login_to_another_origin() {
    let (old, new) = (Peer::start(), Peer::start());
    let session = Session::profile(&old, "")
        .env("REEMO_API_URL", "https://elsewhere.example/v1")
        .stdin(KEY);
    let session = session.knows(&new.url());
    session
        .run([
            "auth",
            "login",
            "--secret-key-stdin",
            "--api-url",
            &new.url(),
        ])
        .stderr(REPLACED);
    assert_eq!((old.connections(), new.connections()), (0, 1));
    assert_eq!(
        session.config_text(),
        "default_profile = \"work\"\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n\
         secret_key_origin = \"http://[HOST]\"\n\n"
    );
    session
        .env("REEMO_API_URL", "")
        .run("computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
}

/// A stray `REEMO_API_URL` names no place for the key of a profile.
#[test]
fn login_to_a_profile_named_ignores_the_environment() {
    let (ours, other) = (Peer::start(), Peer::start());
    let session = Session::profile(&ours, "")
        .env("REEMO_API_URL", &other.url())
        .stdin(KEY);
    session
        .run("auth login --secret-key-stdin --profile work")
        .stderr(format!(
            "note: ignoring REEMO_API_URL because --profile was given\n{REPLACED}"
        ));
    assert_eq!((ours.connections(), other.connections()), (1, 0));
}

#[test]
fn a_stored_key_is_used() {
    let peer = Peer::start();
    login(&peer)
        .run("computers list -o id --limit 1")
        .stdout(lines(&[id(1)]));
}

#[test]
fn a_key_that_the_api_refuses_is_not_stored() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin("sk_wrong\n");
    session
        .run("auth login --secret-key-stdin --json")
        .fails_with(
            "credentials_refused",
            3,
            "the API refused the secret key: unknown key\n\
             hint: check the key and where it comes from: reemo auth status",
        );
    assert_eq!(session.config_text(), "");
}

#[test]
fn a_key_that_could_not_be_checked_is_not_stored() {
    let server = Canned::always(Fault::answer(500, "text/plain", "no"));
    let session = Session::new().api(&server.url()).stdin(KEY);
    session
        .run("auth login --secret-key-stdin --retries 0 --json")
        .fails_with(
            "server_error",
            7,
            "the API failed: no\n\
             hint: try again later; if it persists, report the request id to Reemo",
        );
    assert_eq!(session.config_text(), "");
}

#[test]
fn login_without_a_terminal_says_how() {
    let peer = Peer::start();
    let told = "error: there is no terminal on which to ask for the key\n\
                hint: pass it on standard input: reemo auth login --secret-key-stdin\n";
    Session::new()
        .api(&peer.url())
        .run("auth login")
        .stderr(told)
        .code(3);
    Session::new()
        .api(&peer.url())
        .stdin(KEY)
        .run("auth login --no-input")
        .stderr(told)
        .code(3);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn a_malformed_key_is_not_sent() {
    let peer = Peer::start();
    let empty = "the secret key from standard input is empty\n\
         hint: reemo auth login; to try without an account: reemo --profile sandbox computers list";
    let not_printable = "the secret key from standard input has characters other than printable ASCII, \
         so it can't be a Reemo key\n\
         hint: copy the key once more, on one line and without quotes";
    for (stdin, code, told) in [
        ("", "no_credentials", empty),
        ("\n", "no_credentials", empty),
        ("two words\n", "config_invalid", not_printable),
        ("sk_a\nsk_b\n", "config_invalid", not_printable),
        ("sk_\u{7}\n", "config_invalid", not_printable),
    ] {
        let session = Session::new().api(&peer.url()).stdin(stdin);
        session
            .run("auth login --secret-key-stdin --json")
            .fails_with(code, 3, told);
        assert_eq!(session.config_text(), "");
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn login_keeps_the_rest_of_the_file() {
    let peer = Peer::start();
    let rest = "# ours\ndefault_profile = \"other\"\n\n[profiles.other] # a comment\nsecret_key = \"sk_x\"\naccess='read'\n";
    let session = Session::new().knows(&peer.url()).stdin(KEY);
    let session = session.config(&format!("{rest}[profiles.work]\napi_url = \"[API]\"\n"));
    session
        .run("auth login --secret-key-stdin --profile work")
        .stderr(STORED.replace("default", "work"));
    assert_eq!(
        session.config_text(),
        format!(
            "{rest}[profiles.work]\napi_url = \"[API]\"\nsecret_key = \"[KEY]\"\nsecret_key_origin = \"http://[HOST]\"\n"
        )
    );
}

/// `auth status` of this profile, URL and key, each with its source.
fn status(profile: [&str; 2], url_source: &str, key_source: &str) -> String {
    let [profile, source] = profile;
    format!(
        "PROPERTY                VALUE\n\
         profile                 {profile}\n\
         profile_source          {source}\n\
         api_url                 [API]\n\
         api_url_source          {url_source}\n\
         secret_key              sk_…\n\
         secret_key_fingerprint  sha256:882dba27\n\
         secret_key_source       {key_source}\n\
         request_timeout         30s\n\
         request_timeout_source  default\n\
         access                  full\n\
         access_source           default\n\
         config_file             [HOME]/config/reemo/config.toml\n\
         accepted                true\n"
    )
}

#[test]
fn status_tells_where_each_setting_came_from() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session.run("auth status").stdout(status(
        ["default", "default"],
        "REEMO_API_URL",
        "REEMO_SECRET_KEY",
    ));
    let mut outcome = session.run("auth status --json");
    let told: serde_json::Value = serde_json::from_str(&outcome.take_stdout()).unwrap();
    assert_eq!(
        (&told["api_url"], &told["api_url_source"]),
        (&"[API]".into(), &"REEMO_API_URL".into())
    );
    assert_eq!(
        (&told["secret_key"], &told["accepted"]),
        (&"sk_…".into(), &true.into())
    );
    let wanted = status(
        ["work", "default_profile in the config file"],
        "profile work",
        "secret_key in the config file",
    );
    Session::profile(&peer, "")
        .run("auth status")
        .stdout(wanted);
}

#[test]
fn status_with_a_refused_key_or_none() {
    let peer = Peer::start();
    let places = "  profile: default (from default)\n  API URL: [API] (from REEMO_API_URL)\n";
    let refused = format!(
        "error: the API refused the secret key: unknown key\n  GET [API]/computers?page=1&limit=1\n  status: 401\n{places}  \
         secret key: REEMO_SECRET_KEY\n  secret key fingerprint: sha256:9279a608\nhint: check the key and where it comes from: reemo auth status\n"
    );
    Session::new()
        .api(&peer.url())
        .key("sk_wrong")
        .run("auth status")
        .stderr(refused)
        .code(3);
    let none = format!(
        "error: there is no secret key for profile \"default\"\n{places}  secret key: none\nhint: {SETUP}"
    );
    Session::new()
        .api(&peer.url())
        .run("auth status")
        .stderr(none)
        .code(3);
}

#[test]
fn logout_removes_the_key() {
    let peer = Peer::start();
    let session = login(&peer);
    session
        .run("auth logout")
        .stderr("note: removed the key from profile \"default\"\n");
    assert_eq!(
        session.config_text(),
        "[profiles.default]\napi_url = \"[API]\"\n"
    );
    session
        .run("computers list --json")
        .fails_with("no_credentials", 3, "there is no secret key for profile \"default\"\n\
             hint: reemo auth login, or set REEMO_SECRET_KEY; to try without an account: reemo --profile sandbox computers list");
    session
        .run("auth logout")
        .stderr("note: profile \"default\" had no stored key\n");
}

/// As JSON, each of them prints what it did, and the note is a line on standard error.
#[test]
fn login_and_logout_print_what_they_did_as_json() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin(KEY);
    for replaced in [false, true] {
        session
            .run("auth login --secret-key-stdin --json -q")
            .stdout(format!(
                "{{\n  \"profile\": \"default\",\n  \"api_url\": \"[API]\",\n  \
                 \"config_file\": \"[HOME]/config/reemo/config.toml\",\n  \
                 \"secret_key_fingerprint\": \"sha256:882dba27\",\n  \"replaced\": {replaced}\n}}\n"
            ));
    }
    for removed in [true, false] {
        session.run("auth logout -o jsonl -q").stdout(format!(
            "{{\"profile\":\"default\",\"removed\":{removed}}}\n"
        ));
    }
}

#[test]
fn login_replaces_a_key_file_or_command() {
    let peer = Peer::start();
    let session = Session::new().knows(&peer.url()).stdin(KEY);
    let session = session
        .config("[profiles.default]\napi_url = \"[API]\"\nsecret_key_command = [\"pass\"] # old\n");
    session
        .run("auth login --secret-key-stdin")
        .stderr("note: logged in to [API]: replaced secret_key_command in profile \"default\" with the key in [HOME]/config/reemo/config.toml\n\
     note: the API accepts the secret key\n\
     note: the listing is readable, a total, state in status\n\
     note: paging is as the settings say\n");
    assert_eq!(
        session.config_text(),
        "[profiles.default]\napi_url = \"[API]\"\nsecret_key = \"[KEY]\"\nsecret_key_origin = \"http://[HOST]\"\n"
    );
}
