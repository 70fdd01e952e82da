//! A server, a connection to it, and parsed responses, using nothing but sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reemo::sandbox::{SECRET_KEY, Server, ServerOptions, Store, start};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An `_id` that no computer of the demo fleet has.
pub(crate) const SIGNAL_ID: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";

/// A server with a folder of its own, and one connection to it, which is kept alive from request to request.
pub(crate) struct Session {
    pub(crate) folder: TempDir,
    pub(crate) running: Server,
    pub(crate) stream: BufReader<TcpStream>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        lines
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
    }

    /// Checks that this is an error with this status and this text.
    #[track_caller]
    pub(crate) fn fails_with(&self, status: u16, text: impl AsRef<str>) {
        assert_eq!(
            (self.status, &self.json),
            (status, &json!({ "error": text.as_ref() }))
        );
    }

    /// Returns the text of the error, after checking that the status is this one.
    pub(crate) fn error(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.json.as_object().unwrap().len(), 1);
        self.json["error"].as_str().unwrap()
    }

    pub(crate) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        steady(self.json)
    }
}

/// The JSON without the `lastSeen` of ONLINE computers, which moves.
pub(crate) fn steady(mut json: Value) -> Value {
    match &mut json {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| *value = steady(value.take())),
        Value::Object(properties) => {
            if properties
                .get("status")
                .is_some_and(|status| status == "ONLINE")
            {
                properties.shift_remove("lastSeen");
            }
            properties
                .values_mut()
                .for_each(|value| *value = steady(value.take()));
        }
        _ => {}
    }
    json
}

impl Session {
    pub(crate) fn new(computers: usize) -> Self {
        Self::with(computers, ServerOptions::default())
    }

    pub(crate) fn with(computers: usize, options: ServerOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = start(Store::open(folder.path(), computers).unwrap(), options).unwrap();
        let stream = connect(&running);
        Self {
            folder,
            running,
            stream,
        }
    }

    /// Opens the same state again, as another command would.
    pub(crate) fn store(&self, computers: usize) -> Store {
        Store::open(self.folder.path(), computers).unwrap()
    }

    pub(crate) fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let length = body.len();
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    pub(crate) fn raw(&mut self, request: &str) -> Answer {
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        read_answer(&mut self.stream)
    }

    /// The first computer of a listing that has this status.
    pub(crate) fn first(&mut self, status: &str) -> Value {
        self.get(&format!("/v1/computers?status={status}&limit=1"))
            .ok(200)["computers"][0]
            .clone()
    }
}

pub(crate) fn connect(running: &Server) -> BufReader<TcpStream> {
    let url = running.url();
    let address = url
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/v1")
        .unwrap();
    let stream = TcpStream::connect(address).unwrap();
    // Far more than any response takes, so that a server that sends none fails the test instead of hanging it.
    stream
        .set_read_timeout(Some(Duration::from_mins(1)))
        .unwrap();
    BufReader::new(stream)
}

pub(crate) fn read_answer(stream: &mut BufReader<TcpStream>) -> Answer {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(
            stream.read_line(&mut head).unwrap(),
            0,
            "cut after {head:?}"
        );
    }
    let status = head[9..12].parse().unwrap();
    let mut answer = Answer {
        status,
        head,
        json: Value::Null,
    };
    let mut body = vec![0; answer.header("content-length").unwrap().parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    answer.json = serde_json::from_slice(&body).unwrap();
    answer
}

pub(crate) fn id(computer: &Value) -> String {
    computer["id"].as_str().unwrap().to_owned()
}

pub(crate) fn path(computer: &Value) -> String {
    format!("/v1/computers/{}", id(computer))
}

/// Reserves an `_id` over a connection.
pub(crate) fn reserve(stream: &mut BufReader<TcpStream>, signal_id: uuid::Uuid) {
    let body = json!({"_id": signal_id}).to_string();
    let length = body.len();
    let request = format!(
        "POST /v1/computers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.get_mut().write_all(request.as_bytes()).unwrap();
    read_answer(stream).ok(201);
}
