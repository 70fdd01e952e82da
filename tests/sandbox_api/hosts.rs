//! Only requests for this machine are answered: a web page whose host name resolves to 127.0.0.1 learns nothing.

use reemo::sandbox::SECRET_KEY;
use serde_json::json;

use crate::support::{Answer, SIGNAL_ID, Session};

/// A listing is requested with these lines in the place of `Host`.
fn ask(session: &mut Session, target: &str, host: &str) -> Answer {
    session.raw(&format!(
        "GET {target} HTTP/1.1\r\n{host}Authorization: {SECRET_KEY}\r\n\r\n"
    ))
}

#[test]
fn every_name_of_the_loopback_interface_is_answered() {
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
fn every_other_host_is_refused() {
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
    .error(421);
    for hosts in ["", "Host: localhost\r\nHost: localhost\r\n"] {
        let answer = ask(&mut session, "/v1/computers", hosts);
        assert_eq!(answer.error(400), "send the header `Host` once");
    }
}

#[test]
fn a_foreign_request_changes_nothing_and_is_no_failure_that_was_asked_for() {
    let mut session = Session::with(
        25,
        reemo::sandbox::Options {
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
        .error(421);
    assert!(
        session
            .store(25)
            .register(SIGNAL_ID.parse().unwrap())
            .is_err()
    );
}
