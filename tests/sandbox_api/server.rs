//! The server: the key, paths, methods, bodies, latency and injected failures.

use std::io::{Read, Write};
use std::time::Duration;

use reemo::sandbox::{MAX_COMPUTERS, SECRET_KEY, SandboxError, ServerOptions, Store, start};
use serde_json::json;

use crate::support::{SIGNAL_ID, Session, connect, read_answer};

#[test]
fn only_the_bare_key_is_accepted() {
    let mut session = Session::new(25);
    let longer = format!("{SECRET_KEY}0");
    let bearer = format!("Bearer {SECRET_KEY}");
    let refused =
        "the secret key is refused; the header is `Authorization: <secret key>`, the bare key";
    let missing = "no secret key: send the header `Authorization: <secret key>`";
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
        answer.fails_with(401, refused);
    }
    let twice = format!("Authorization: {SECRET_KEY}\r\n").repeat(2);
    session
        .raw(&format!(
            "GET /v1/computers HTTP/1.1\r\nHost: localhost\r\n{twice}\r\n"
        ))
        .fails_with(401, refused);
    let answer = session
        .raw("POST /v1/computers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    answer.fails_with(401, missing);
}

#[test]
fn unknown_paths_and_methods_have_different_statuses() {
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
        session
            .get(path)
            .fails_with(404, format!("the API has no path {path:?}"));
    }
    for (method, path, allow) in [
        ("DELETE", "/v1/computers", "GET, POST"),
        ("PATCH", "/v1/computers/x", "GET, PUT, DELETE"),
        ("GET", "/v1/computers/x/connect", "POST"),
        ("BREW", "/v1/computers", "GET, POST"),
    ] {
        let answer = session.ask(method, path, "");
        answer.fails_with(405, format!("this path answers {allow} only"));
        assert_eq!(answer.header("allow"), Some(allow));
    }
}

#[test]
fn a_body_has_at_most_one_mebibyte() {
    let mut session = Session::new(25);
    let body = |length: usize| {
        let json = json!({"_id": SIGNAL_ID}).to_string();
        let blanks = " ".repeat(length - json.len());
        json + &blanks
    };
    session
        .ask("POST", "/v1/computers", &body((1 << 20) + 1))
        .fails_with(413, "the body is larger than 1048576 bytes");
    session.ask("POST", "/v1/computers", &body(1 << 20)).ok(201);
}

#[test]
fn failing_requests_change_nothing_and_are_the_same_in_each_run() {
    let always = ServerOptions {
        fail: 1.0,
        fail_status: 429,
        ..ServerOptions::default()
    };
    let mut session = Session::with(25, always);
    let body = json!({"_id": SIGNAL_ID}).to_string();
    session.ask("POST", "/v1/computers", &body).fails_with(
        429,
        "a failure injected by the sandbox; nothing was changed",
    );
    assert!(matches!(
        session.store(25).register(SIGNAL_ID.parse().unwrap()),
        Err(SandboxError::NotFound(_))
    ));

    let run = || {
        let mut session = Session::with(
            25,
            ServerOptions {
                fail: 0.3,
                ..ServerOptions::default()
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
fn requests_are_delayed_concurrently() {
    let session = Session::with(
        25,
        ServerOptions {
            latency: Duration::from_millis(50),
            ..ServerOptions::default()
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
fn options_out_of_their_range_are_rejected() {
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
        let options = ServerOptions {
            fail,
            fail_status,
            ..ServerOptions::default()
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
fn a_port_in_use_is_an_error_and_a_dropped_server_frees_its_port() {
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
            ServerOptions {
                listen,
                ..ServerOptions::default()
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
