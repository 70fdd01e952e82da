//! A whole response, read to its end before any of it is used.

use std::sync::Arc;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::api::body::Allocation;
use crate::api::wire;
use crate::model::error::{Error, RequestInfo};
use crate::model::json_reader::tokens;
use crate::model::sanitize::escape;

/// How many levels deep JSON may be nested. Deeper text is no computer, and could exhaust the stack of a program that reads
/// what is printed.
pub(super) const MAX_DEPTH: usize = 64;

/// A response: its head, and its body as text.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// The request, with what the response's head says of it.
    pub request: RequestInfo,
    /// The version of HTTP, such as `HTTP/1.1`.
    pub version: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The decoded body.
    pub body: String,
    /// The time from sending the request to the end of the body.
    pub elapsed: Duration,
    /// The memory that the body takes.
    pub(super) allocation: Option<Arc<Allocation>>,
}

impl Response {
    /// Returns the header of that name (in lower case). Several are joined by commas (RFC 9110, 5.3).
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Counts so many bytes more that are kept as long as the body. Returns whether there is memory for them.
    pub(super) fn allocate(&self, bytes: usize) -> bool {
        let allocation = self.allocation.as_ref();
        allocation.is_none_or(|allocation| allocation.grow(bytes))
    }

    /// Returns the body without a byte order mark.
    pub(super) fn text(&self) -> &str {
        self.body.strip_prefix('\u{feff}').unwrap_or(&self.body)
    }

    /// Returns the body as JSON text.
    ///
    /// # Errors
    /// [`InvalidResponse`](crate::model::error::ErrorKind::InvalidResponse) where it is not one JSON value, or one that is nested too deeply. The message does not
    /// show the body.
    pub(crate) fn json(&self) -> Result<&str, Error> {
        let text = self.text();
        if let Some(position) = first_too_deep(text) {
            return Err(self.invalid(format!(
                "its JSON is nested more than {MAX_DEPTH} levels deep (at byte {position})"
            )));
        }
        match serde_json::from_str::<&RawValue>(text) {
            Ok(json) => Ok(json.get()),
            Err(_) if text.trim().is_empty() => Err(self.invalid("its body is empty".to_owned())),
            Err(error) => {
                let what = match self.header("content-type") {
                    Some(named) if is_json_type(&named) => "not valid JSON".to_owned(),
                    Some(other) => format!("not JSON but {}", escape(&other)),
                    None => "not JSON, and it has no content type".to_owned(),
                };
                Err(self.invalid(format!(
                    "it is {what} (line {}, column {})",
                    error.line(),
                    error.column()
                )))
            }
        }
    }

    /// Returns an error that says why this response can't be used.
    pub(crate) fn invalid(&self, why: String) -> Error {
        Error::invalid_response(why).request(self.request.clone())
    }

    /// Returns what the body of an error says.
    pub(crate) fn error_text(&self) -> Option<String> {
        wire::error_text(self.header("content-type").as_deref(), &self.body)
    }
}

/// Whether a content type is JSON, such as `application/problem+json; charset=utf-8`.
fn is_json_type(content_type: &str) -> bool {
    let name = content_type
        .split([';', ','])
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json")
}

/// Returns the position, in bytes, of the first bracket beyond [`MAX_DEPTH`] levels.
pub(super) fn first_too_deep(json: &str) -> Option<usize> {
    // Deep nesting takes that many brackets, and most rows have far fewer.
    if memchr::memchr2_iter(b'[', b'{', json.as_bytes()).count() <= MAX_DEPTH {
        return None;
    }
    let mut depth = 0_usize;
    let is_too_deep = |(_, token): &(usize, &str)| {
        match *token {
            "[" | "{" => depth += 1,
            "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    };
    tokens(json).find(is_too_deep).map(|(position, _)| position)
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, first_too_deep, is_json_type};

    #[test]
    fn json_content_types() {
        for (content_type, is_json) in [
            ("application/json", true),
            ("Application/JSON ; charset=utf-8", true),
            ("application/problem+json", true),
            ("text/json", true),
            ("application/jsonp", false),
            ("text/html; profile=application/json", false),
            ("", false),
        ] {
            assert_eq!(is_json_type(content_type), is_json, "{content_type:?}");
        }
    }

    #[test]
    fn depth_is_counted_outside_strings() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(first_too_deep(&nested(MAX_DEPTH)), None);
        assert_eq!(first_too_deep(&nested(MAX_DEPTH + 1)), Some(MAX_DEPTH));
        assert_eq!(
            first_too_deep(&format!("\"\\\"{}\"", "[".repeat(100))),
            None
        );
    }
}
