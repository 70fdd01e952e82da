//! What is asked and how long is slept, with the sleep recorded instead of slept.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Client, Options};
use crate::api::change_trace::ChangeTrace;
use crate::api::listing::{Proof, Search};
use crate::api::request::Request;
use crate::api::retry::{SendError, Timing};
use crate::model::error::ErrorKind;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;
use crate::sync::stop::Stop;

thread_local! {
    static STARTED: Instant = Instant::now();
    static SLEPT: RefCell<Vec<Duration>> = const { RefCell::new(Vec::new()) };
}

/// Answers each connection with a status, headers and a body.
fn serve(
    answers: impl Iterator<Item = (String, String)> + Send + 'static,
) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let api_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        for (head, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    (api_url, server)
}

pub(in crate::api) fn client(api_url: String, retries: u32) -> Client {
    let options = Options {
        api_url,
        secret: SecretKey::parse("sk_1", "a test").unwrap(),
        headers: Vec::new(),
        ca_file: None,
        request_timeout: Duration::from_secs(10),
        retries,
        wire: WireOverrides::default(),
        observer: Arc::new(|_| ()),
        stop: Stop::default(),
    };
    Client::new(options).unwrap()
}

/// Asks a server that answers each connection with the next of `answers`; what was slept, and how it ended.
fn slept(
    answers: &'static [&'static str],
    retries: u32,
    request: &Request,
) -> (Vec<u64>, Result<u16, SendError>) {
    let (api_url, server) = serve(
        answers
            .iter()
            .map(|head| ((*head).to_owned(), "{}".to_owned())),
    );
    let mut client = client(api_url, retries);
    client.timing = Timing {
        // Time passes by sleeping alone.
        clock: || {
            STARTED.with(|started| *started)
                + SLEPT.with_borrow(|slept| slept.iter().sum::<Duration>())
        },
        sleep: |_, pause| SLEPT.with_borrow_mut(|slept| slept.push(pause)),
        jitter: || 0.5,
    };
    let ended = client.send(request).map(|answer| answer.status);
    server.join().unwrap();
    let slept = SLEPT.with_borrow_mut(std::mem::take);
    (
        slept
            .iter()
            .map(|pause| u64::try_from(pause.as_millis()).unwrap())
            .collect(),
        ended,
    )
}

fn read() -> Request {
    Request::read(["computers".to_owned()], Vec::new())
}

fn change() -> Request {
    Request::change("POST", ["computers".to_owned()], Some("{}".to_owned()))
}

#[test]
fn pauses_double_and_heed_retry_after() {
    const LAST: &str = "200 OK";
    assert_eq!(
        slept(&["500 X", "502 X", LAST], 2, &read()),
        (vec![250, 500], Ok(200))
    );
    assert_eq!(
        slept(
            &["429 X\r\nRetry-After: 7", "503 X\r\nRetry-After: 60", LAST],
            2,
            &read()
        ),
        (vec![7000, 60_000], Ok(200))
    );
    assert_eq!(
        slept(
            &[
                "429 X\r\nRetry-After: soon",
                "429 X\r\nRetry-After: 0",
                LAST
            ],
            2,
            &read()
        ),
        (vec![250, 500], Ok(200))
    );
    assert_eq!(
        slept(
            &["500 X", "500 X", "500 X", "500 X", "500 X", "500 X", LAST],
            6,
            &read()
        )
        .0,
        [250, 500, 1000, 2000, 4000, 4000]
    );
}

/// One deadline for all attempts together, however many are left: a pause that would end after it is not started.
#[test]
fn retries_end_after_five_minutes() {
    const AWAY: &str = "429 X\r\nRetry-After: 60";
    let (pauses, ended) = slept(&[AWAY; 6], 99, &read());
    assert_eq!(pauses, [60_000; 5]);
    let Err(SendError::Failed(failure)) = ended else {
        panic!("{ended:?}")
    };
    assert_eq!(
        failure.details.last().map(String::as_str),
        Some("not retried: 5 minutes have passed since the first attempt")
    );
}

/// A minute passes with each page of a list that has no end.
#[test]
fn a_listing_ends_after_an_hour() {
    let page = |number: u64| ("200 OK".to_owned(), format!("[{{\"id\":{number}}}]"));
    let (api_url, _) = serve((1..).map(page));
    let mut client = client(api_url, 0);
    client.timing.clock = || {
        STARTED.with(|started| *started)
            + SLEPT.with_borrow_mut(|slept| {
                slept.push(Duration::from_mins(1));
                slept.iter().sum::<Duration>()
            })
    };
    let (mut seen, mut ended) = (0, None);
    for row in client.list(&Search::everything(), Proof::Required) {
        match row {
            Ok(_) => seen += 1,
            Err(error) => ended = Some(error),
        }
    }
    let error = ended.unwrap();
    assert_eq!(
        (error.kind, seen),
        (ErrorKind::ListingNotWhole, 60),
        "{}",
        error.message
    );
}

#[test]
fn what_ends_at_once_is_not_slept_for() {
    for (answers, retries) in [
        (&["429 X\r\nRetry-After: 61"][..], 2),
        (&["429 X\r\nRetry-After: 99999999999999999999"], 2),
        (&["401 X"], 2),
        (&["302 X"], 2),
        (&["500 X"], 0),
    ] {
        let (slept, ended) = slept(answers, retries, &read());
        assert!(
            slept.is_empty() && matches!(ended, Err(SendError::Failed(_))),
            "{answers:?}"
        );
    }
}

#[test]
fn a_change_is_repeated_only_where_it_was_turned_away() {
    assert_eq!(
        slept(&["429 X", "503 X", "201 X"], 2, &change()),
        (vec![250, 500], Ok(201))
    );
    let (slept, ended) = slept(&["500 X"], 2, &change());
    assert!(slept.is_empty() && matches!(ended, Err(SendError::Maybe(_))));
}

/// Sends a request to a server that turns it away. While its retry is waited for, a stop is requested.
fn stopped_while_waiting(request: &Request) -> (bool, Result<u16, SendError>) {
    let (api_url, server) = serve(std::iter::once(("429 X".to_owned(), "{}".to_owned())));
    let trace = Arc::default();
    let mut client = client(api_url, 2).with_change_trace(&trace);
    client.timing.sleep = |stop, _| stop.request();
    let ended = client.send(request).map(|answer| answer.status);
    server.join().unwrap();
    (trace.has_begun(), ended)
}

#[test]
fn no_attempt_follows_a_request_to_stop() {
    let (is_begun, ended) = stopped_while_waiting(&read());
    let Err(SendError::Interrupted(failure)) = ended else {
        panic!("{ended:?}")
    };
    assert!(!is_begun && failure.kind == ErrorKind::Interrupted);

    // Of a change that was turned away it is known that it was not made, and why.
    let (is_begun, ended) = stopped_while_waiting(&change());
    let Err(SendError::Failed(failure)) = ended else {
        panic!("{ended:?}")
    };
    assert!(is_begun && failure.kind == ErrorKind::RateLimited);
    assert_eq!(
        failure.details,
        ["not retried: the command was interrupted"]
    );
}

#[test]
fn no_request_is_begun_after_a_request_to_stop() {
    // Nothing listens there: a request would be an error of another kind.
    let (begun, sent_before) = (Arc::default(), Arc::new(ChangeTrace::default()));
    sent_before.set_begun(true);
    let client = client("http://127.0.0.1:9/v1".to_owned(), 0);
    client.stop.request();
    for request in [read(), change()] {
        for (trace, is_set) in [(&begun, false), (&sent_before, true)] {
            let ended = client.with_change_trace(trace).send(&request);
            assert!(matches!(ended, Err(SendError::Interrupted(_))), "{ended:?}");
            assert_eq!(trace.has_begun(), is_set);
        }
    }
}
