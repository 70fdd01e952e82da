//! A whole answer, read to its end before anything of it is used.

use std::sync::Arc;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::api::body::Share;
use crate::api::wire;
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::sanitize::escape;

/// How deep JSON may be nested. Deeper is no computer, and could exhaust the stack of whoever reads our output.
pub(super) const DEEPEST: usize = 64;

/// An answer: its head, and its body as text.
#[derive(Debug, Clone)]
pub struct Response {
    /// The request it answers.
    pub asked: RequestInfo,
    /// The version of HTTP, such as `HTTP/1.1`.
    pub version: String,
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case; values that are no text are left out.
    pub headers: Vec<(String, String)>,
    /// The decoded body.
    pub body: String,
    /// The time from the request's first byte to the answer's last.
    pub elapsed: Duration,
    /// The body's share of the memory that bodies may take.
    pub(super) share: Option<Arc<Share>>,
}

impl Response {
    /// The header of that name (in lower case); several are one whose values are joined by commas (RFC 9110, 5.3).
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Whether there is room for so many bytes more that are kept as long as the body; takes them.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.share.as_ref().is_none_or(|share| share.grow(bytes))
    }

    /// The body without a byte order mark.
    pub(super) fn text(&self) -> &str {
        self.body.strip_prefix('\u{feff}').unwrap_or(&self.body)
    }

    /// The body as JSON text.
    ///
    /// # Errors
    /// `InvalidResponse` where it is not one JSON value, or one that is nested too deep. The body itself is not shown.
    pub fn json(&self) -> Result<&str, Error> {
        let text = self.text();
        if let Some(open) = too_deep(text) {
            return Err(self.nonsense(format!(
                "its JSON is nested more than {DEEPEST} deep (at byte {open})"
            )));
        }
        match serde_json::from_str::<&RawValue>(text) {
            Ok(json) => Ok(json.get()),
            Err(_) if text.trim().is_empty() => Err(self.nonsense("its body is empty".to_owned())),
            Err(error) => {
                let what = match self.header("content-type") {
                    Some(named) if names_json(&named) => "not valid JSON".to_owned(),
                    Some(other) => format!("not JSON but {}", escape(&other)),
                    None => "not JSON but no content type".to_owned(),
                };
                Err(self.nonsense(format!(
                    "it is {what} (line {}, column {})",
                    error.line(),
                    error.column()
                )))
            }
        }
    }

    /// A failure that says why this answer can't be used.
    pub fn nonsense(&self, why: String) -> Error {
        Error::new(
            ErrorKind::InvalidResponse,
            format!("the API's answer makes no sense: {why}"),
        )
        .asked(self.asked.clone())
    }

    /// What the body of an error says.
    pub fn error_text(&self) -> Option<String> {
        wire::error_text(self.header("content-type").as_deref(), &self.body)
    }
}

/// Whether a content type promises JSON, such as `application/problem+json; charset=utf-8`.
fn names_json(content_type: &str) -> bool {
    let name = content_type
        .split([';', ','])
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json")
}

/// The position of the first bracket that opens too deep a level.
pub(super) fn too_deep(json: &str) -> Option<usize> {
    // As many brackets as levels are needed at least, and most rows have far fewer.
    if memchr::memchr2_iter(b'[', b'{', json.as_bytes()).count() <= DEEPEST {
        return None;
    }
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (position, byte) in json.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(position);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, names_json, too_deep};

    #[test]
    fn json_has_many_names() {
        for (content_type, is_json) in [
            ("application/json", true),
            ("Application/JSON ; charset=utf-8", true),
            ("application/problem+json", true),
            ("text/json", true),
            ("application/jsonp", false),
            ("text/html; profile=application/json", false),
            ("", false),
        ] {
            assert_eq!(names_json(content_type), is_json, "{content_type:?}");
        }
    }

    #[test]
    fn depth_is_counted_outside_strings() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(too_deep(&nested(DEEPEST)), None);
        assert_eq!(too_deep(&nested(DEEPEST + 1)), Some(DEEPEST));
        assert_eq!(too_deep(&format!("\"\\\"{}\"", "[".repeat(100))), None);
    }
}
