//! An answer: its status, its JSON, and how it looks on the wire. The one table from what went wrong to a status.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;
use uuid::Uuid;

use super::error::SandboxError;

/// A status and a JSON text; `allow` for the methods of a path that was asked by another.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    json: Vec<u8>,
    allow: Option<&'static str>,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a str,
}

impl Reply {
    /// A JSON text that is ready.
    pub(super) fn text(status: StatusCode, json: Vec<u8>) -> Self {
        Self {
            status,
            json,
            allow: None,
        }
    }

    pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::text(status, json),
            Err(error) => Self::error(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    }

    /// `{"error": text}`
    pub(super) fn error(status: StatusCode, text: &str) -> Self {
        let json = serde_json::to_vec(&Failure { error: text });
        Self::text(status, json.unwrap_or_else(|_| b"{}".to_vec()))
    }

    pub(super) fn wrong_method(allow: &'static str) -> Self {
        let text = format!("this path answers {allow} only");
        Self {
            allow: Some(allow),
            ..Self::error(StatusCode::METHOD_NOT_ALLOWED, &text)
        }
    }

    pub(super) fn into_response(self, request_id: Uuid) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.json)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if let Ok(id) = HeaderValue::try_from(request_id.to_string()) {
            headers.insert("x-request-id", id);
        }
        response
    }
}

impl From<SandboxError> for Reply {
    fn from(error: SandboxError) -> Self {
        let status = match error {
            SandboxError::NotFound(_) => StatusCode::NOT_FOUND,
            SandboxError::Invalid(_) => StatusCode::BAD_REQUEST,
            SandboxError::Ambiguous(_) | SandboxError::Refused(_) => StatusCode::CONFLICT,
            // Not 503, which clients repeat: the lock has been waited for long enough.
            SandboxError::Locked(_) => StatusCode::LOCKED,
            SandboxError::State(_) | SandboxError::Io(_) | SandboxError::NotDurable(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        Self::error(status, &error.to_string())
    }
}
