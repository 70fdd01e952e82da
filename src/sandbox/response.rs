//! A response of the API: its status, its JSON and its headers. The one table from errors to statuses.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;
use uuid::Uuid;

use super::error::SandboxError;

#[derive(Debug)]
pub(super) struct JsonResponse {
    status: StatusCode,
    json: Vec<u8>,
    content_type: &'static str,
    /// The methods of the path, where the request used another.
    allow: Option<&'static str>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error: &'a str,
}

impl JsonResponse {
    /// A response with a JSON text.
    pub(super) fn from_text(status: StatusCode, json: Vec<u8>) -> Self {
        Self {
            status,
            json,
            content_type: "application/json",
            allow: None,
        }
    }

    pub(super) fn new(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => Self::from_text(status, json),
            Err(error) => Self::error(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    }

    /// A script for a web page of any origin.
    pub(super) fn script(text: &str) -> Self {
        Self {
            content_type: "text/javascript; charset=utf-8",
            ..Self::from_text(StatusCode::OK, text.into())
        }
    }

    /// `{"error": text}`
    pub(super) fn error(status: StatusCode, text: &str) -> Self {
        let json = serde_json::to_vec(&ErrorBody { error: text });
        Self::from_text(status, json.unwrap_or_else(|_| b"{}".to_vec()))
    }

    pub(super) fn method_not_allowed(allow: &'static str) -> Self {
        let text = format!("this path answers {allow} only");
        Self {
            allow: Some(allow),
            ..Self::error(StatusCode::METHOD_NOT_ALLOWED, &text)
        }
    }

    pub(super) fn into_http(self, request_id: Uuid) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.json)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if let Ok(id) = HeaderValue::try_from(request_id.to_string()) {
            headers.insert("x-request-id", id);
        }
        response
    }
}

impl From<SandboxError> for JsonResponse {
    fn from(error: SandboxError) -> Self {
        let status = match error {
            SandboxError::NotFound(_) => StatusCode::NOT_FOUND,
            SandboxError::Invalid(_) => StatusCode::BAD_REQUEST,
            SandboxError::Ambiguous(_) | SandboxError::Refused(_) => StatusCode::CONFLICT,
            // Not 503, which clients retry: the lock has been waited for long enough.
            SandboxError::Locked(_) => StatusCode::LOCKED,
            SandboxError::State(_) | SandboxError::Io(_) | SandboxError::NotDurable(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        Self::error(status, &error.to_string())
    }
}
