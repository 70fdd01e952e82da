//! The two forms of an error or a note: lines for people, one line of JSON for programs.

use serde::Serialize;
use serde_json::json;

use crate::exit;
use crate::model::error::Error;
use crate::model::sanitize::{escape, visible_json};

/// Whether words are coloured. Colour is never the only sign of anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn note(self, text: &str) -> String {
        self.with("36", text)
    }

    pub(super) fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The object that is `error` on standard error and in a record.
#[derive(Serialize)]
struct ErrorObject<'error> {
    code: &'static str,
    exit: u8,
    message: &'error str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'error str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'error str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'error str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    details: &'error [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// Returns the JSON object of an error. `profile` is the one that the commands in hints name.
pub(crate) fn error_object(error: &Error, profile: Option<&str>) -> serde_json::Value {
    let (code, exit) = exit::code(error.kind);
    let request = error.request.as_ref();
    json!(ErrorObject {
        code,
        exit,
        message: &error.message,
        status: request.and_then(|request| request.status),
        method: request.map(|request| request.method.as_str()),
        url: request.map(|request| request.url.as_str()),
        request_id: request.and_then(|request| request.request_id.as_deref()),
        details: &error.details,
        hint: hint(error, profile),
    })
}

/// Returns `error: …`, then detail, then `hint: …`.
pub(super) fn text(error: &Error, paint: Paint, profile: Option<&str>) -> String {
    let mut lines = vec![format!(
        "{} {}",
        paint.with("1;31", "error:"),
        escape(&error.message)
    )];
    let mut detail = |text: &str| lines.push(format!("  {}", escape(text)));
    if let Some(request) = &error.request {
        detail(&format!("{} {}", request.method, request.url));
        if let Some(status) = request.status {
            detail(&format!("status: {status}"));
        }
        if let Some(id) = &request.request_id {
            detail(&format!("request id: {id}"));
        }
    }
    error.details.iter().for_each(|text| detail(text));
    if let Some(hint) = hint(error, profile) {
        lines.push(format!("{} {}", paint.with("1;33", "hint:"), escape(&hint)));
    }
    lines.join("\n")
}

/// Returns `{"error":{…}}` on one line.
pub(super) fn json(error: &Error, profile: Option<&str>) -> String {
    line(&json!({ "error": error_object(error, profile) }))
}

/// Returns `{"note":{…}}` on one line.
pub(super) fn note_json(code: &str, text: &str) -> String {
    line(&json!({ "note": { "code": code, "message": text } }))
}

fn hint(error: &Error, profile: Option<&str>) -> Option<String> {
    let hint = error.hint.clone().or_else(|| exit::hint(error.kind));
    hint.map(|hint| hint.render(profile))
}

fn line(object: &serde_json::Value) -> String {
    visible_json(&object.to_string()).into_owned()
}
