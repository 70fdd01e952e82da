//! A path as the user typed it, which must stay inside the base URL however it is read: by us, by a gateway, by the API.
//!
//! It is taken apart here, percent-encoding undone, and encoded once more when the URL is made. Whatever could mean another
//! place than it seems to, to anyone on the way, is refused.

use std::str::FromStr;

use crate::model::sanitize::is_unsafe;

const EXPECTED: &str = "expected a path below the base URL, such as /computers";

/// A path below the base URL, and the query behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPath {
    /// The segments, not encoded.
    pub segments: Vec<String>,
    /// The query's pairs, not encoded.
    pub query: Vec<(String, String)>,
}

impl FromStr for RawPath {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("{why}; {EXPECTED}");
        if typed.contains('#') {
            return Err(
                "a fragment (#) is never sent; write %23 for a # that belongs to a name".to_owned(),
            );
        }
        let (path, query) = typed.split_once('?').unwrap_or((typed, ""));
        if path.is_empty() {
            return Err(EXPECTED.to_owned());
        }
        let rest = path.strip_prefix('/').unwrap_or(path);
        if rest.starts_with('/') {
            return Err(wrong("// begins another host"));
        }
        if rest.len() == path.len()
            && path
                .split('/')
                .next()
                .is_some_and(|first| first.contains(':'))
        {
            return Err(wrong("it has a scheme or a host of its own"));
        }
        let mut segments = Vec::new();
        let typed_segments: Vec<&str> = if rest.is_empty() {
            Vec::new()
        } else {
            rest.split('/').collect()
        };
        for (place, segment) in typed_segments.iter().enumerate() {
            if segment.is_empty() && place + 1 < typed_segments.len() {
                return Err(wrong("it has an empty part (//)"));
            }
            segments.push(inside(segment).map_err(|why| wrong(&why))?);
        }
        once_decoded(query).map_err(|why| format!("in the query, {why}"))?;
        let query = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Ok(Self { segments, query })
    }
}

/// A segment without its encoding. However often it is decoded, it has to stay one segment that goes nowhere else.
fn inside(typed: &str) -> Result<String, String> {
    let segment = once_decoded(typed)?;
    let mut reading = segment.clone();
    loop {
        // To some servers, what follows a semicolon is no part of the name.
        let name = reading.split(';').next().unwrap_or_default();
        if matches!(name, "." | "..") {
            return Err("it has a dotted part".to_owned());
        }
        if reading.contains(['/', '\\']) {
            return Err("it has a slash in disguise or a backslash".to_owned());
        }
        if reading.contains(is_unsafe) {
            return Err("it has a control or an invisible character".to_owned());
        }
        match once_decoded(&reading) {
            Ok(deeper) if deeper != reading => reading = deeper,
            _ => return Ok(segment),
        }
    }
}

fn once_decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = tail;
            continue;
        }
        let digits = tail
            .get(..2)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let Some(byte) = byte else {
            return Err("a % stands alone: write %25 for the sign itself".to_owned());
        };
        bytes.push(byte);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests;
