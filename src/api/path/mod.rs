//! A path as the user typed it. It must stay below the base URL however it is read: by this program, a gateway or the API.
//!
//! It is split and decoded here, and encoded again when the URL is made. A path that anyone on the way could read as another
//! place is refused.

use std::str::FromStr;

use percent_encoding::percent_decode_str;

use crate::model::sanitize::is_unsafe;

const EXPECTED: &str = "expected a path below the base URL, such as /computers";

/// A path below the base URL, and the query behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawPath {
    /// The segments, decoded.
    pub segments: Vec<String>,
    /// The query's pairs, decoded.
    pub query: Vec<(String, String)>,
}

impl FromStr for RawPath {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let refused = |why: &str| format!("{why}; {EXPECTED}");
        if typed.contains('#') {
            return Err(
                "a fragment (#) is never sent; write %23 for a # that belongs to a name".to_owned(),
            );
        }
        let (path, query) = typed.split_once('?').unwrap_or((typed, ""));
        if path.is_empty() {
            return Err(EXPECTED.to_owned());
        }
        let segments = segments(path).map_err(|why| refused(&why))?;
        percent_decode(query).map_err(|why| format!("in the query, {why}"))?;
        let query = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Ok(Self { segments, query })
    }
}

fn segments(path: &str) -> Result<Vec<String>, String> {
    let rest = path.strip_prefix('/').unwrap_or(path);
    if rest.starts_with('/') {
        return Err("a path that begins with // names another host".to_owned());
    }
    let first = path.split('/').next();
    if first.is_some_and(|first| first.contains(':')) {
        return Err("it has a scheme or a host of its own".to_owned());
    }
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    let segments: Vec<&str> = rest.split('/').collect();
    // The last one may be empty: a slash at the end.
    if segments
        .iter()
        .rev()
        .skip(1)
        .any(|segment| segment.is_empty())
    {
        return Err("it has an empty part (//)".to_owned());
    }
    segments.into_iter().map(decode_segment).collect()
}

/// Decodes a segment. However often it is decoded again, it must remain one segment that leads nowhere else.
fn decode_segment(typed: &str) -> Result<String, String> {
    let segment = percent_decode(typed)?;
    let mut reading = segment.clone();
    loop {
        // To some servers, what follows a semicolon does not belong to the name.
        let name = reading.split(';').next().unwrap_or_default();
        if matches!(name, "." | "..") {
            return Err("it has a dotted part".to_owned());
        }
        if reading.contains(['/', '\\']) {
            return Err("it has an encoded slash or a backslash".to_owned());
        }
        if reading.contains(is_unsafe) {
            return Err("it has a control or an invisible character".to_owned());
        }
        match percent_decode(&reading) {
            Ok(decoded) if decoded != reading => reading = decoded,
            _ => return Ok(segment),
        }
    }
}

/// Undoes percent-encoding once. Unlike the library, it refuses a % without two digits: servers read it differently.
fn percent_decode(text: &str) -> Result<String, String> {
    let is_encoded = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.split('%').skip(1).all(is_encoded) {
        return Err("a % stands alone: write %25 for the sign itself".to_owned());
    }
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(Into::into)
        .map_err(|_| "it is not UTF-8".to_owned())
}

#[cfg(test)]
mod tests;
