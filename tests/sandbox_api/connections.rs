//! Connections on which no request arrives, or only a part of one, are closed: after a time, or for others.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reemo::sandbox::{Options, SECRET_KEY};

use crate::support::{Session, connect, read_answer};

/// A server that waits for a request for a fraction of a second.
fn impatient() -> Session {
    Session::with(
        25,
        Options {
            request_timeout: Duration::from_millis(200),
            ..Options::default()
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
fn half_a_head_is_not_waited_for() {
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
fn a_head_that_arrives_byte_by_byte_is_not_waited_for() {
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
fn a_body_that_does_not_arrive_is_told_and_not_waited_for() {
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
fn a_request_that_takes_its_time_to_be_answered_is_none_that_does_not_arrive() {
    let mut session = Session::with(
        25,
        Options {
            request_timeout: Duration::from_millis(50),
            latency: Duration::from_millis(200),
            ..Options::default()
        },
    );
    session.get("/v1/computers").ok(200);
}

#[test]
fn connections_without_a_request_make_room_for_one_with_a_request() {
    // More than the server keeps open, and it would wait for each of them for longer than this test does.
    let mut session = Session::with(
        25,
        Options {
            request_timeout: Duration::from_secs(3600),
            ..Options::default()
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
