//! What a listing requests and returns, against a server that answers by the target of a request.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::{Proof, Search};
use crate::api::client::Client;
use crate::api::client::tests::client;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

/// A server, and the queries that it was sent.
struct Server {
    api_url: String,
    queries: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that responds to each query with a status and a body.
    fn new(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let api_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let queries = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&queries);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().unwrap().unwrap();
                while lines
                    .next()
                    .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
                {}
                let (_, query) = first.split_once('?').unwrap();
                let query = query.strip_suffix(" HTTP/1.1").unwrap();
                seen.lock().unwrap().push(query.to_owned());
                let (status, body) = answer(query);
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Type: application/json\r\n\
                     Content-Length: {length}\r\n\r\n{body}"
                );
            }
        });
        Self { api_url, queries }
    }

    fn client(&self) -> Client {
        client(self.api_url.clone(), 0)
    }

    fn queries(&self) -> Vec<String> {
        self.queries.lock().unwrap().clone()
    }
}

/// Lists the computers with the name `x`. Returns how many rows were returned, and the error if there was one.
fn list_named_x(client: &Client) -> (usize, Option<Error>) {
    let fits = |computer: &Computer| computer.name().as_deref() == Some("x");
    count(client, &Search::new([("name", "x".to_owned())], &fits))
}

fn list_everything(client: &Client) -> (usize, Option<Error>) {
    count(client, &Search::everything())
}

fn count(client: &Client, search: &Search<'_>) -> (usize, Option<Error>) {
    let (mut rows, mut error) = (0, None);
    for row in client.list(search, Proof::Required) {
        match row {
            Ok(_) => rows += 1,
            Err(failure) => assert!(error.replace(failure).is_none()),
        }
    }
    (rows, error)
}

fn page(rows: &[&str], beside: &str) -> (u16, String) {
    (200, format!(r#"{{"data":[{}]{beside}}}"#, rows.join(",")))
}

const ALL: [&str; 2] = [r#"{"id":1,"name":"y"}"#, r#"{"id":2,"name":"z"}"#];

fn everything() -> (u16, String) {
    page(&ALL, r#","total":2,"has_more":false"#)
}

#[test]
fn the_end_of_a_search_that_finds_nothing_is_not_checked() {
    // Without a total, the page before the first is requested at the end of a listing.
    let server = Server::new(|query| {
        if query.contains("name=x") {
            page(&[r#"{"id":3,"name":"xx"}"#], r#","has_more":false"#)
        } else {
            everything()
        }
    });
    let (rows, error) = list_named_x(&server.client());
    assert_eq!((rows, error), (2, None));
    assert_eq!(
        server.queries(),
        ["page=1&limit=1000&name=x", "page=1&limit=1000"]
    );
}

/// Lists the computers with the name `x`. The first page of the search promises a second one, which fails with this status.
fn list_if_a_search_fails(found: &'static str, status: u16) -> (usize, Option<ErrorKind>) {
    let server = Server::new(move |query| match query {
        "page=1&limit=1000&name=x" => page(&[found], r#","has_more":true"#),
        "page=2&limit=1000&name=x" => (status, "{}".to_owned()),
        "page=1&limit=1000" => everything(),
        other => panic!("{other}"),
    });
    let (rows, error) = list_named_x(&server.client());
    (rows, error.map(|error| error.kind))
}

#[test]
fn everything_is_listed_if_a_search_finds_nothing_and_is_not_whole() {
    let (other, fits) = (r#"{"id":3,"name":"xx"}"#, r#"{"id":3,"name":"x"}"#);
    assert_eq!(list_if_a_search_fails(other, 404), (2, None));
    assert_eq!(
        list_if_a_search_fails(other, 401),
        (0, Some(ErrorKind::CredentialsRefused))
    );
    assert_eq!(
        list_if_a_search_fails(fits, 404),
        (1, Some(ErrorKind::ListingNotWhole))
    );
}

#[test]
fn a_status_that_says_nothing_about_the_page_size_ends_the_listing() {
    for (status, kind) in [
        (401, ErrorKind::CredentialsRefused),
        (500, ErrorKind::ServerError),
    ] {
        let server = Server::new(move |query| {
            let is_large = query.contains("limit=1000");
            (if is_large { 400 } else { status }, "{}".to_owned())
        });
        let (rows, error) = list_everything(&server.client());
        assert_eq!((rows, error.unwrap().kind), (0, kind));
        assert_eq!(server.queries(), ["page=1&limit=1000", "page=1&limit=100"]);
    }
}

/// A request that is to find out whether a listing is whole.
#[derive(Clone, Copy)]
enum FailingProbe {
    /// For other rows, since the API repeated its first page.
    Paging,
    /// For the page before the first one, since there is no total.
    PageBefore,
}

/// Lists two computers. The probe fails with a server error, or the command is stopped before it.
fn list_if_a_probe_fails(probe: FailingProbe, is_stopped: bool) -> (usize, Option<Error>, usize) {
    let beside = match probe {
        FailingProbe::Paging => "",
        FailingProbe::PageBefore => r#","has_more":false"#,
    };
    let stop = Stop::default();
    let requested = stop.clone();
    let server = Server::new(move |query| {
        let last_page = match probe {
            FailingProbe::Paging => "page=2",
            FailingProbe::PageBefore => "page=1",
        };
        let is_page = ["page=1&limit=1000", "page=2&limit=1000"].contains(&query);
        if is_stopped && query.starts_with(last_page) {
            requested.request();
        }
        if is_page {
            page(&ALL, beside)
        } else {
            (500, "{}".to_owned())
        }
    });
    let (rows, error) = list_everything(&client_with(&server, stop));
    (rows, error, server.queries().len())
}

fn client_with(server: &Server, stop: Stop) -> Client {
    let mut client = server.client();
    client.stop = stop;
    client
}

#[test]
fn a_probe_that_fails_shows_that_there_is_no_such_page() {
    let (rows, error, requests) = list_if_a_probe_fails(FailingProbe::Paging, false);
    let message =
        "the listing may be incomplete: the same page came again for the next page number";
    assert_eq!(
        (rows, error.unwrap().message.as_str(), requests),
        (2, message, 3)
    );
    let (rows, error, requests) = list_if_a_probe_fails(FailingProbe::PageBefore, false);
    assert_eq!((rows, error, requests), (2, None, 2));
}

#[test]
fn a_probe_that_is_not_sent_after_a_request_to_stop_shows_nothing() {
    for (probe, requests) in [(FailingProbe::Paging, 2), (FailingProbe::PageBefore, 1)] {
        let (rows, error, sent) = list_if_a_probe_fails(probe, true);
        assert_eq!((rows, sent), (2, requests));
        assert_eq!(error.unwrap().kind, ErrorKind::Interrupted);
    }
}
