//! `auth`: a key goes in, and never out.

use crate::support::{Canned, Fault, KEY, Peer, Session};

fn login(peer: &Peer) -> Session {
    let session = Session::new().api(&peer.url()).stdin(&format!("{KEY}\n"));
    session.run("auth login --secret-key-stdin").stderr_unpinned([""]).stdout_unpinned([""]);
    session
}

#[test]
fn login_checks_the_key_and_stores_it_with_its_url() {
    let peer = Peer::start();
    let session = login(&peer);
    assert!(!peer.requests().is_empty() && peer.changes().is_empty());
    let config = session.config_text();
    assert!(config.contains("[profiles.default]") && config.contains("secret_key = \"[KEY]\""), "{config}");
    assert!(config.contains("api_url = \"[API]\""), "{config}");
    #[cfg(unix)]
    assert_eq!(crate::support::files::mode(&session.config_path()), 0o600);
}

#[test]
fn login_stores_in_the_profile_named() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin(KEY);
    session.run("auth login --secret-key-stdin --profile work").stderr_unpinned([""]).stdout_unpinned([""]);
    assert!(session.config_text().contains("[profiles.work]"), "{}", session.config_text());
}

#[test]
fn a_stored_key_is_used() {
    let peer = Peer::start();
    let session = login(&peer);
    session.run("computers list -o id --limit 1").stdout(crate::support::id(1) + "\n");
}

#[test]
fn a_key_that_the_api_refuses_is_not_stored() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin("sk_wrong\n");
    session.run("auth login --secret-key-stdin --json").error("credentials_refused", 3);
    assert_eq!(session.config_text(), "");
}

#[test]
fn a_key_that_could_not_be_checked_is_not_stored() {
    let server = Canned::always(Fault::answer(500, "text/plain", "no"));
    let session = Session::new().api(&server.url()).stdin(KEY);
    session.run("auth login --secret-key-stdin --retries 0 --json").error("server_error", 7);
    assert_eq!(session.config_text(), "");
}

#[test]
fn login_without_a_terminal_says_how() {
    let peer = Peer::start();
    Session::new().api(&peer.url()).run("auth login").stderr_unpinned(["error: ", "--secret-key-stdin"]).code(5);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn an_empty_key_is_a_usage_error() {
    let peer = Peer::start();
    for stdin in ["", "\n", "two words\n", "sk_a\nsk_b\n"] {
        let session = Session::new().api(&peer.url()).stdin(stdin);
        session.run("auth login --secret-key-stdin --json").error("usage", 2);
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn login_keeps_the_rest_of_the_file() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin(KEY).config(
        "# ours\ndefault_profile = \"other\"\n\n[profiles.other] # a comment\nsecret_key = \"sk_x\"\nfuture = 1\n",
    );
    session.run("auth login --secret-key-stdin --profile work").stderr_unpinned([""]).stdout_unpinned([""]);
    let config = session.config_text();
    for kept in
        ["# ours", "default_profile = \"other\"", "[profiles.other] # a comment", "future = 1", "[profiles.work]"]
    {
        assert!(config.contains(kept), "{kept} is not in\n{config}");
    }
}

#[test]
fn status_tells_where_each_setting_came_from() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    session.run("auth status").stdout_unpinned(["[API]", "REEMO_SECRET_KEY", "REEMO_API_URL"]);
    session.run("auth status --json").stdout_unpinned(["[API]", "REEMO_SECRET_KEY"]);
    let session = Session::profile(&peer, "");
    session.run("auth status").stdout_unpinned(["[API]", "work"]);
}

#[test]
fn status_with_a_refused_key_or_none() {
    let peer = Peer::start();
    Session::new()
        .api(&peer.url())
        .key("sk_wrong")
        .run("auth status")
        .stdout_unpinned([""])
        .stderr_unpinned(["error: "])
        .code(3);
    Session::new()
        .api(&peer.url())
        .run("auth status")
        .stdout_unpinned([""])
        .stderr_unpinned(["error: ", "auth login"])
        .code(3);
}

#[test]
fn logout_forgets_the_key() {
    let peer = Peer::start();
    let session = login(&peer);
    session.run("auth logout").stdout_unpinned([""]).stderr_unpinned([""]);
    assert!(!session.config_text().contains("[KEY]"), "{}", session.config_text());
    session.run("computers list --json").error("no_credentials", 3);
    session.run("auth logout").stdout_unpinned([""]).stderr_unpinned([""]);
}
