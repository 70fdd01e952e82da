//! Only requests for a loopback host are answered, so that no web page can read the sandbox by DNS rebinding.

use reemo::sandbox::SECRET_KEY;
use serde_json::json;

use crate::support::{Answer, SIGNAL_ID, Session};

/// Requests `target` with `host` in the place of the `Host` header.
fn ask(session: &mut Session, target: &str, host: &str) -> Answer {
    session.raw(&format!(
        "GET {target} HTTP/1.1\r\n{host}Authorization: {SECRET_KEY}\r\n\r\n"
    ))
}

#[test]
fn every_loopback_host_is_accepted() {
    let mut session = Session::new(25);
    for host in [
        "localhost",
        "LocalHost:4747",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.255.0.9:65535",
        "[::1]",
        "[::1]:4747",
    ] {
        ask(&mut session, "/v1/computers", &format!("Host: {host}\r\n")).ok(200);
    }
    ask(
        &mut session,
        "http://127.0.0.1/v1/computers",
        "Host: localhost\r\n",
    )
    .ok(200);
}

#[test]
fn any_other_host_is_rejected() {
    let mut session = Session::new(25);
    for host in [
        "evil.example",
        "evil.example:4747",
        "localhost.evil.example",
        "evil.localhost",
        "127.0.0.1.evil.example",
        "128.0.0.1",
        "0.0.0.0",
        "192.168.1.2:4747",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "::1",
        "user@localhost",
        "localhost/",
        "local host",
        "é",
        "",
    ] {
        let answer = ask(&mut session, "/v1/computers", &format!("Host: {host}\r\n"));
        let expected = "the sandbox answers requests for localhost, 127.0.0.1 and [::1] alone";
        assert_eq!(answer.error(421), expected, "{host:?}");
    }
    ask(
        &mut session,
        "http://evil.example/v1/computers",
        "Host: localhost\r\n",
    )
    .fails_with(
        421,
        "the sandbox answers requests for localhost, 127.0.0.1 and [::1] alone",
    );
    for hosts in ["", "Host: localhost\r\nHost: localhost\r\n"] {
        let answer = ask(&mut session, "/v1/computers", hosts);
        assert_eq!(answer.error(400), "send the header `Host` once");
    }
}

#[test]
fn a_request_for_another_host_changes_nothing_and_is_no_injected_failure() {
    let mut session = Session::with(
        25,
        reemo::sandbox::ServerOptions {
            fail: 1.0,
            ..Default::default()
        },
    );
    let body = json!({ "_id": SIGNAL_ID }).to_string();
    let length = body.len();
    session
        .raw(&format!(
            "POST /v1/computers HTTP/1.1\r\nHost: evil.example\r\nAuthorization: {SECRET_KEY}\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .fails_with(
            421,
            "the sandbox answers requests for localhost, 127.0.0.1 and [::1] alone",
        );
    assert!(
        session
            .store(25)
            .register(SIGNAL_ID.parse().unwrap())
            .is_err()
    );
}
