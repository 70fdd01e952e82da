//! The server: the key, paths, methods, bodies, and the mishaps that can be asked for.

use std::io::{Read, Write};
use std::time::Duration;

use reemo::sandbox::{MAX_COMPUTERS, Options, SECRET_KEY, SandboxError, Store, start};
use serde_json::json;

use crate::support::{SIGNAL_ID, Session, connect, read_answer};

#[test]
fn only_the_bare_key_opens_the_door() {
    let mut session = Session::new(25);
    let longer = format!("{SECRET_KEY}0");
    let bearer = format!("Bearer {SECRET_KEY}");
    for key in [
        &SECRET_KEY[..SECRET_KEY.len() - 1],
        &longer,
        &bearer,
        "",
        "é",
    ] {
        let answer = session.raw(&format!(
            "GET /v1/computers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {key}\r\n\r\n"
        ));
        assert!(!answer.error(401).is_empty());
    }
    let twice = format!("Authorization: {SECRET_KEY}\r\n").repeat(2);
    session
        .raw(&format!(
            "GET /v1/computers HTTP/1.1\r\nHost: localhost\r\n{twice}\r\n"
        ))
        .error(401);
    let answer = session
        .raw("POST /v1/computers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    assert!(answer.error(401).contains("Authorization: <secret key>"));
}

#[test]
fn unknown_paths_and_methods_are_told_apart() {
    let mut session = Session::new(25);
    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v2/computers",
        "/v1/computers/",
        "/v1/computers//connect",
        "/v1/computers/x/y",
        "//v1/computers",
        "/v1/%",
    ] {
        assert!(
            session
                .get(path)
                .error(404)
                .starts_with("the API has no path"),
            "{path}"
        );
    }
    for (method, path, allow) in [
        ("DELETE", "/v1/computers", "GET, POST"),
        ("PATCH", "/v1/computers/x", "GET, PUT, DELETE"),
        ("GET", "/v1/computers/x/connect", "POST"),
        ("BREW", "/v1/computers", "GET, POST"),
    ] {
        let answer = session.ask(method, path, "");
        answer.error(405);
        assert_eq!(answer.header("allow"), Some(allow));
    }
}

#[test]
fn a_body_may_have_a_mebibyte_and_no_more() {
    let mut session = Session::new(25);
    let body = |length: usize| {
        let json = json!({"_id": SIGNAL_ID}).to_string();
        let blanks = " ".repeat(length - json.len());
        json + &blanks
    };
    assert!(
        session
            .ask("POST", "/v1/computers", &body((1 << 20) + 1))
            .error(413)
            .contains("1048576 bytes")
    );
    session.ask("POST", "/v1/computers", &body(1 << 20)).ok(201);
}

#[test]
fn a_share_of_the_requests_fails_and_changes_nothing() {
    let always = Options {
        fail: 1.0,
        fail_status: 429,
        ..Options::default()
    };
    let mut session = Session::with(25, always);
    let body = json!({"_id": SIGNAL_ID}).to_string();
    session.ask("POST", "/v1/computers", &body).error(429);
    assert!(matches!(
        session.store(25).register(SIGNAL_ID.parse().unwrap()),
        Err(SandboxError::NotFound(_))
    ));

    let run = || {
        let mut session = Session::with(
            25,
            Options {
                fail: 0.3,
                ..Options::default()
            },
        );
        (0..200)
            .map(|_| session.get("/v1/computers?limit=1").status)
            .collect::<Vec<_>>()
    };
    let statuses = run();
    let failed = statuses.iter().filter(|&&status| status == 503).count();
    assert!((30..=90).contains(&failed), "{failed} of 200");
    assert_eq!(statuses, run());
}

#[test]
fn requests_wait_out_the_latency_side_by_side() {
    let session = Session::with(
        25,
        Options {
            latency: Duration::from_millis(50),
            ..Options::default()
        },
    );
    let mut streams: Vec<_> = (0..50).map(|_| connect(&session.running)).collect();
    let request = format!(
        "GET /v1/computers?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\n\r\n"
    );
    for stream in &mut streams {
        stream.get_mut().write_all(request.as_bytes()).unwrap();
    }
    for stream in &mut streams {
        read_answer(stream).ok(200);
    }
}

#[test]
fn options_out_of_their_range_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (fail, fail_status) in [
        (-0.1, 503),
        (1.1, 503),
        (f64::NAN, 503),
        (0.5, 200),
        (0.5, 101),
        (0.5, 600),
        (0.5, 0),
    ] {
        let options = Options {
            fail,
            fail_status,
            ..Options::default()
        };
        let error = start(Store::open(folder.path(), 25).unwrap(), options).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    }
    assert!(matches!(
        Store::open(folder.path(), MAX_COMPUTERS + 1),
        Err(SandboxError::Invalid(_))
    ));
}

#[test]
fn a_port_that_is_taken_is_an_error_and_a_dropped_server_frees_its_own() {
    let mut session = Session::new(25);
    session.get("/v1/computers").ok(200);
    let Session {
        folder,
        running,
        mut stream,
    } = session;
    let listen = stream.get_ref().peer_addr().unwrap();
    let again = || {
        start(
            Store::open(folder.path(), 25).unwrap(),
            Options {
                listen,
                ..Options::default()
            },
        )
    };
    assert_eq!(again().unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
    drop(running);
    assert_eq!(
        stream.read(&mut [0]).unwrap(),
        0,
        "an idle connection is closed"
    );
    assert_eq!(again().unwrap().url(), format!("http://{listen}/v1"));
}
