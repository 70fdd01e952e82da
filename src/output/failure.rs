//! The two forms of a failure: lines for people, one line of JSON for programs.

use serde_json::{Map, Value, json};

use crate::exit;
use crate::model::error::Error;
use crate::model::sanitize::{escape, visible_json};

/// Whether words are coloured; the words themselves are always there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn note(self, text: &str) -> String {
        self.with("36", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// `error: …`, then detail, then `hint: …`.
pub(super) fn text(failure: &Error, paint: Paint, profile: Option<&str>) -> String {
    let mut lines = vec![format!(
        "{} {}",
        paint.with("1;31", "error:"),
        escape(&failure.message)
    )];
    if let Some(request) = &failure.request {
        lines.push(format!("  {} {}", request.method, escape(&request.url)));
        if let Some(status) = request.status {
            lines.push(format!("  status: {status}"));
        }
        if let Some(id) = &request.request_id {
            lines.push(format!("  request id: {}", escape(id)));
        }
    }
    lines.extend(
        failure
            .details
            .iter()
            .map(|detail| format!("  {}", escape(detail))),
    );
    if let Some(hint) = hint(failure, profile) {
        lines.push(format!("{} {}", paint.with("1;33", "hint:"), escape(&hint)));
    }
    lines.join("\n")
}

/// `{"error":{…}}` on one line.
pub(super) fn json(failure: &Error, profile: Option<&str>) -> String {
    line("error", error_object(failure, profile))
}

/// Returns what stands under `error`, here and in a record. `profile` is the one that hints name.
pub(super) fn error_object(failure: &Error, profile: Option<&str>) -> Map<String, Value> {
    let row = exit::row(failure.kind);
    let mut error = Map::new();
    error.insert("code".to_owned(), row.code.into());
    error.insert("exit".to_owned(), row.exit.into());
    error.insert("message".to_owned(), failure.message.as_str().into());
    if let Some(request) = &failure.request {
        if let Some(status) = request.status {
            error.insert("status".to_owned(), status.into());
        }
        error.insert("method".to_owned(), request.method.as_str().into());
        error.insert("url".to_owned(), request.url.as_str().into());
        if let Some(id) = &request.request_id {
            error.insert("request_id".to_owned(), id.as_str().into());
        }
    }
    if !failure.details.is_empty() {
        error.insert("details".to_owned(), failure.details.clone().into());
    }
    if let Some(hint) = hint(failure, profile) {
        error.insert("hint".to_owned(), hint.into());
    }
    error
}

/// `{"note":{…}}` on one line.
pub(super) fn note_json(code: &str, text: &str) -> String {
    let Value::Object(note) = json!({ "code": code, "message": text }) else {
        return String::new();
    };
    line("note", note)
}

fn hint(failure: &Error, profile: Option<&str>) -> Option<String> {
    let hint = failure.hint.clone().or(exit::row(failure.kind).hint);
    hint.map(|hint| hint.render(profile))
}

fn line(name: &str, object: Map<String, Value>) -> String {
    visible_json(&json!({ name: object }).to_string()).into_owned()
}
