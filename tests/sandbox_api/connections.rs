//! Connections without a whole request are closed: after a time, or for other connections.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reemo::sandbox::{SECRET_KEY, ServerOptions};

use crate::support::{Session, connect, read_answer};

/// A server that waits for a request for a fraction of a second only.
fn impatient() -> Session {
    Session::with(
        25,
        ServerOptions {
            request_timeout: Duration::from_millis(200),
            ..ServerOptions::default()
        },
    )
}

/// Waits for the end of the connection.
fn is_closed(stream: &mut BufReader<TcpStream>) -> bool {
    match stream.get_mut().read(&mut [0]) {
        Ok(length) => length == 0,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn an_incomplete_head_times_out() {
    let session = impatient();
    let key = format!("Authorization: {SECRET_KEY}\r\n");
    let head = format!("GET /v1/computers HTTP/1.1\r\nHost: localhost\r\n{key}");
    for part in ["", "GET", "GET /v1/computers HTTP/1.1\r\n", &head] {
        let mut stream = connect(&session.running);
        stream.get_mut().write_all(part.as_bytes()).unwrap();
        assert!(is_closed(&mut stream), "{part:?}");
    }
}

#[test]
fn a_head_that_arrives_byte_by_byte_times_out() {
    let session = impatient();
    let mut stream = connect(&session.running);
    let mut writer = stream.get_ref().try_clone().unwrap();
    // Ends once the server has closed the connection; one that never does would read 30,000 bytes.
    let drip = std::thread::spawn(move || {
        (0..3000).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            writer.write_all(b"G").is_err()
        })
    });
    assert!(is_closed(&mut stream));
    assert!(drip.join().unwrap());
}

#[test]
fn an_incomplete_body_times_out_with_a_response() {
    let session = impatient();
    for part in ["", "{"] {
        let mut stream = connect(&session.running);
        let request = format!(
            "POST /v1/computers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\nContent-Length: 60\r\n\r\n{part}"
        );
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        let answer = read_answer(&mut stream);
        assert_eq!(answer.error(408), "the body did not arrive in time");
        assert!(is_closed(&mut stream));
    }
}

#[test]
fn a_slow_response_does_not_time_out() {
    let mut session = Session::with(
        25,
        ServerOptions {
            request_timeout: Duration::from_millis(50),
            latency: Duration::from_millis(200),
            ..ServerOptions::default()
        },
    );
    session.get("/v1/computers").ok(200);
}

#[test]
fn connections_without_a_request_are_closed_for_new_ones() {
    // More than the server keeps open, and it would wait for each of them for longer than this test does.
    let mut session = Session::with(
        25,
        ServerOptions {
            request_timeout: Duration::from_hours(1),
            ..ServerOptions::default()
        },
    );
    session.get("/v1/computers").ok(200);
    let parts = [
        "GET / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
    ];
    let mut streams: Vec<_> = (0..300)
        .map(|number| {
            let mut stream = connect(&session.running);
            let part = parts[number % 2].as_bytes();
            stream.get_mut().write_all(part).unwrap();
            stream
        })
        .collect();
    // The first connection was idle for the longest time.
    assert!(is_closed(&mut session.stream));
    assert!(is_closed(&mut streams[0]));
    let mut late = connect(&session.running);
    let request = format!(
        "GET /v1/computers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\n\r\n"
    );
    late.get_mut().write_all(request.as_bytes()).unwrap();
    read_answer(&mut late).ok(200);
}
