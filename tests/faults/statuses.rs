//! Every status, and every form of `Retry-After`.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::answers::{headed, json, page, rows, typed};
use crate::server::{Act, Server};
use crate::support::{KEY, Session, id};
use crate::table::{LIST, each, fault, prove, told};

/// The error of a status.
fn error(status: u16) -> &'static str {
    match status {
        101 => "the API answered with an unexpected status (status 101)",
        100..=199 => "[HOST] can't be reached: the connection was closed before a response arrived",
        204 | 205 => "invalid response from the API: its body is empty",
        200..=299 => "",
        304 => "the API answered with a redirect, which is never followed (status 304)",
        300..=399 => "the API answered with a redirect, which is never followed: said",
        401 => "the API refused the secret key: said",
        403 => "the secret key is not allowed to do this: said",
        404 => "there is no list of computers here: not found: said",
        409 => "conflict with the current state: said",
        429 => "too many requests: said",
        400..=499 => "the API rejected the request: said",
        _ => "the API failed: said",
    }
}

/// What a status must come to: the exit code, and whether it is asked again.
#[allow(clippy::match_same_arms, reason = "the statuses are in order")]
fn wanted(status: u16) -> (i32, bool) {
    match status {
        200..=299 => (0, false),
        300..=399 => (7, false),
        401 | 403 => (3, false),
        // There is no list of computers where the API's URL leads.
        404 => (7, false),
        408 | 429 => (if status == 408 { 5 } else { 7 }, true),
        400..=499 => (5, false),
        500 | 502 | 503 | 504 => (7, true),
        500..=599 => (7, false),
        // Informational: passed over, and no answer follows; 101 is an answer that nobody asked for.
        101 => (7, false),
        100..=199 => (6, true),
        _ => unreachable!(),
    }
}

fn statuses(range: std::ops::RangeInclusive<u16>) {
    let statuses: Vec<u16> = range.collect();
    each(&statuses, u16::to_string, |status| {
        let (exit, again) = wanted(*status);
        let answer = match status {
            100..=199 => Act::Send(format!("HTTP/1.1 {status} Said\r\n\r\n").into_bytes()),
            204 | 205 | 304 => headed(*status, "", ""),
            200..=299 => page(&rows([1]), ",\"total\":1,\"limit\":9"),
            _ => typed(*status, "application/json", "{\"error\":\"said\"}"),
        };
        let exit = if matches!(status, 204 | 205) { 7 } else { exit };
        let server = Server::acting(vec![answer]);
        let session = Session::new().api(&server.url()).key(KEY);
        let stdout = if exit == 0 {
            id(1) + "\n"
        } else {
            String::new()
        };
        // Where it is asked again, once is enough to see it.
        let retries = u8::from(again || status % 10 == 0);
        // The page size may be at fault: then others are asked for, whatever the retries.
        let sizes = if matches!(status, 400 | 413 | 414 | 422) {
            &[1000, 100, 50, 20, 10][..]
        } else if again {
            &[1000, 1000][..]
        } else {
            &[1000][..]
        };
        told(
            &session,
            &format!("computers list -o id --retries {retries} --request-timeout 1m"),
            exit,
            error(*status),
            &stdout,
        );
        let asked: Vec<String> = server
            .seen()
            .into_iter()
            .map(|asked| asked.target)
            .collect();
        let wanted: Vec<String> = sizes
            .iter()
            .map(|size| format!("/v1/computers?page=1&limit={size}"))
            .collect();
        assert_eq!(asked, wanted);
        assert!(!server.methods().contains(['P', 'D']));
    });
}

#[test]
fn informational() {
    statuses(100..=199);
}

#[test]
fn successes() {
    statuses(200..=299);
}

#[test]
fn redirects() {
    statuses(300..=399);
}

#[test]
fn refusals() {
    statuses(400..=499);
}

#[test]
fn failures_of_the_server() {
    statuses(500..=599);
}

/// No redirect is followed, whatever it is and wherever it leads; the key goes nowhere else.
#[test]
fn redirects_are_reported_and_not_followed() {
    let elsewhere = Server::acting(vec![json(200, "[]")]);
    let targets = [
        elsewhere.url(),
        "/v1/other".to_owned(),
        format!("//{}/v1", elsewhere.address),
        "https://[".to_owned(),
    ];
    let cases: Vec<(u16, &String)> = [301, 302, 303, 307, 308]
        .into_iter()
        .flat_map(|status| targets.iter().map(move |target| (status, target)))
        .collect();
    each(
        &cases,
        |(status, target)| format!("{status} {target}"),
        |(status, target)| {
            let server = Server::acting(vec![headed(
                *status,
                &format!("Location: {target}\r\n"),
                "",
            )]);
            let session = Session::new().api(&server.url()).key(KEY);
            let error = format!(
                "the API answered with a redirect, which is never followed (status {status})"
            );
            let stderr = told(&session, "computers list", 7, &error, "");
            assert!(
                stderr.contains(&format!("  location: {}", target.as_str()))
                    || stderr.contains("[HOST]"),
                "{stderr}"
            );
            assert_eq!(server.methods(), "GET");
            let change = format!("computers reserve {} --retries 2", crate::support::uid(1));
            told(&session, &change, 7, &error, "");
            assert_eq!(server.methods(), "GET POST");
        },
    );
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn responses_that_are_not_json() {
    let page = "<html><head><title>Sign in</title></head><body>password: x</body></html>";
    prove(&[
        fault(
            "a login page",
            vec![typed(200, "text/html", page)],
            7,
            "invalid response from the API: it is not JSON but text/html (line 1, column 1)",
            "GET",
        ),
        fault(
            "a gateway's page",
            vec![typed(502, "text/html", page)],
            7,
            "the API failed: an HTML page, titled: Sign in",
            "GET",
        ),
        fault(
            "a gateway's 404",
            vec![typed(404, "text/html", page)],
            7,
            "there is no list of computers here: not found: an HTML page, titled: Sign in",
            "GET",
        ),
        fault(
            "plain text",
            vec![typed(200, "text/plain", "hello")],
            7,
            "invalid response from the API: it is not JSON but text/plain (line 1, column 1)",
            "GET",
        ),
        fault(
            "no content type",
            vec![headed(200, "", "hello")],
            7,
            "invalid response from the API: it is not JSON, and it has no content type (line 1, column 1)",
            "GET",
        ),
        fault(
            "a content type that drives a terminal",
            vec![typed(200, "text/\u{9b}31m", "hello")],
            7,
            "invalid response from the API: it is not JSON but text/\\u{9b}31m (line 1, column 1)",
            "GET",
        ),
        fault(
            "XML",
            vec![typed(200, "application/xml", "<?xml version=\"1.0\"?><a/>")],
            7,
            "invalid response from the API: it is not JSON but application/xml (line 1, column 1)",
            "GET",
        ),
        fault(
            "JSON twice",
            vec![json(200, "[] []")],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 4)",
            "GET",
        ),
        fault(
            "JSON with a comma too many",
            vec![json(200, "[{},]")],
            7,
            "invalid response from the API: it is not valid JSON (line 1, column 5)",
            "GET",
        ),
        fault(
            "JSON said to be HTML",
            vec![typed(
                200,
                "text/html",
                crate::answers::envelope(&rows([1]), ",\"total\":1,\"limit\":9"),
            )],
            0,
            "",
            "GET",
        )
        .stdout(id(1) + "\n"),
    ]);
}

fn date(offset: i64) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(now.saturating_add_signed(offset)))
}

/// What a server asks to wait for is waited for if it is sane; else the command stops at once and names the figure.
#[test]
fn each_form_of_retry_after() {
    let cases: Vec<(String, bool, Option<&str>)> = vec![
        ("0".into(), true, None),
        ("00".into(), true, None),
        (date(-3600), true, None),
        ("Thu, 01 Jan 1970 00:00:00 GMT".into(), true, None),
        ("Sunday, 06-Nov-94 08:49:37 GMT".into(), true, None),
        (
            "61".into(),
            false,
            Some("the API asks clients to wait 61 s; try again after that"),
        ),
        (
            "86400".into(),
            false,
            Some("the API asks clients to wait 86400 s; try again after that"),
        ),
        (
            "99999999999999999999999999".into(),
            false,
            Some("the API asks clients to wait "),
        ),
        (date(7200), false, Some("the API asks clients to wait 7")),
        (
            "Fri, 31 Dec 9999 23:59:59 GMT".into(),
            false,
            Some("the API asks clients to wait "),
        ),
        // Malformed: as if it was not there.
        ("-1".into(), true, None),
        ("1.5".into(), true, None),
        ("soon".into(), true, None),
        (String::new(), true, None),
        ("5 s".into(), true, None),
        ("0x10".into(), true, None),
    ];
    each(
        &cases,
        |(value, ..)| value.clone(),
        |(value, again, hint)| {
            for (status, kind) in [(429, "too many requests"), (503, "the API failed")] {
                let refusal = headed(
                    status,
                    &format!("Content-Type: application/json\r\nRetry-After: {value}\r\n"),
                    "{}",
                );
                let server =
                    Server::acting(vec![refusal, page(&rows([1]), ",\"total\":1,\"limit\":9")]);
                let session = Session::new().api(&server.url()).key(KEY);
                let started = Instant::now();
                let words = "computers list -o id --retries 1";
                if *again {
                    told(&session, words, 0, "", &(id(1) + "\n"));
                } else {
                    let stderr = told(&session, words, 7, &format!("{kind} (status {status})"), "");
                    assert!(hint.is_some_and(|hint| stderr.contains(hint)), "{stderr}");
                }
                assert!(
                    started.elapsed() < Duration::from_secs(4),
                    "{:?}",
                    started.elapsed()
                );
                assert_eq!(server.methods(), if *again { "GET GET" } else { "GET" });
            }
        },
    );
    // A second is really waited for.
    let server = Server::acting(vec![
        headed(429, "Retry-After: 1\r\n", "{}"),
        json(200, "[]"),
        json(200, "[]"),
    ]);
    let started = Instant::now();
    told(
        &Session::new().api(&server.url()).key(KEY),
        &LIST.replace("--retries 0", "--retries 1"),
        0,
        "",
        "",
    );
    assert!(
        started.elapsed() >= Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}
