//! HTTP/1.1 as far as a peer needs it, over a raw socket.

use std::io::{BufRead, Read};

use super::text::pretty;

/// One request, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    /// Reads the next request of a connection; `None` where it has ended.
    pub(crate) fn read(from: &mut impl BufRead) -> Option<Self> {
        let first = line(from)?;
        let mut words = first.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let header = line(from)?;
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':')?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut request = Request {
            method,
            target,
            headers,
            body: String::new(),
        };
        request.body = request.read_body(from)?;
        Some(request)
    }

    fn read_body(&self, from: &mut impl BufRead) -> Option<String> {
        let mut body = Vec::new();
        if self.header("transfer-encoding").is_some() {
            loop {
                let size = usize::from_str_radix(&line(from)?, 16).ok()?;
                let mut chunk = vec![0; size];
                from.read_exact(&mut chunk).ok()?;
                line(from)?;
                if size == 0 {
                    break;
                }
                body.extend(chunk);
            }
        } else if let Some(length) = self.header("content-length") {
            from.take(length.parse().ok()?)
                .read_to_end(&mut body)
                .ok()?;
        }
        String::from_utf8(body).ok()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query's parameters, decoded, in order.
    pub(crate) fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(k, v)| (decoded(k), decoded(v)))
            .collect()
    }

    /// `GET /v1/computers?page=1`, followed by the body where there is one.
    pub(crate) fn line(&self) -> String {
        let space = if self.body.is_empty() { "" } else { " " };
        format!("{} {}{space}{}", self.method, self.target, self.body)
    }
}

/// One answer.
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &str, body: String) -> Self {
        Answer {
            status,
            headers: vec![("Content-Type".into(), content_type.into())],
            body,
        }
    }

    pub(crate) fn json(status: u16, body: String) -> Self {
        Answer::new(status, "application/json", body)
    }

    pub(crate) fn empty(status: u16) -> Self {
        Answer {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer with white space between the tokens of its JSON.
    pub(crate) fn spaced(mut self) -> Self {
        let json = self
            .headers
            .iter()
            .any(|(_, value)| value == "application/json");
        if json {
            self.body = pretty(&self.body);
        }
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Said\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        format!("{head}\r\n{}", self.body).into_bytes()
    }
}

fn line(from: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    (from.read_line(&mut line).ok()? > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
                let hex = std::str::from_utf8(&hex).unwrap();
                u8::from_str_radix(hex, 16).expect("a percent sign, then two hex digits")
            }
            other => other,
        });
    }
    String::from_utf8(bytes).expect("UTF-8 in a query")
}
