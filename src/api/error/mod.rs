//! What went wrong with an attempt, decided on types: the sources of an error, the status of a response.

mod source;
pub(super) mod transport;

use std::io;
use std::time::{Duration, SystemTime};

use crate::api::body::{BodyError, MAX_BODIES_BYTES, MAX_BODY_BYTES};
use crate::api::error::source::{has_io_kind, innermost, is_closed};
use crate::api::request::Effect;
use crate::api::response::Response;
use crate::api::retry::{AttemptError, AttemptOutcome, retry_after};
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::sanitize::escape;

const MIB: usize = 1024 * 1024;

/// Sorts a 2xx response whose body could not be read: a change was made, but what came of it is unknown.
pub(super) fn unreadable(
    error: &BodyError,
    effect: Effect,
    request: RequestInfo,
    timeout: Duration,
) -> AttemptError {
    let why = match error {
        BodyError::TimedOut => {
            let message = format!("the answer was not complete within {timeout:?}");
            let error = Error::new(ErrorKind::TimedOut, message).request(request);
            return AttemptError::new(AttemptOutcome::Lost, error);
        }
        BodyError::OutOfMemory if effect == Effect::Read => {
            return AttemptError::new(AttemptOutcome::Final, out_of_memory(request));
        }
        BodyError::OutOfMemory => "there is no memory left for it".to_owned(),
        BodyError::TooLarge => format!("it is larger than {} MiB", MAX_BODY_BYTES / MIB),
        BodyError::CutOff(error) => cut_off(error),
        BodyError::NotUtf8 => "it is not UTF-8 text".to_owned(),
    };
    let outcome = match (error, effect) {
        // A second response would be the same.
        (BodyError::TooLarge | BodyError::NotUtf8, Effect::Read) => AttemptOutcome::Final,
        _ => AttemptOutcome::Lost,
    };
    AttemptError::new(outcome, Error::invalid_response(why).request(request))
}

/// Says why reading a body failed before its end.
fn cut_off(error: &io::Error) -> String {
    if is_closed(error) {
        "it was cut off".to_owned()
    } else if has_io_kind(
        error,
        &[io::ErrorKind::InvalidData, io::ErrorKind::InvalidInput],
    ) {
        format!("it is damaged ({})", innermost(error))
    } else {
        format!("it was cut off ({})", innermost(error))
    }
}

/// Returns the error for a page that is too large beside the others in memory.
pub(super) fn out_of_memory(request: RequestInfo) -> Error {
    let mib = MAX_BODIES_BYTES / MIB;
    Error::invalid_response(format!(
        "pages fetched at once are larger than {mib} MiB together"
    ))
    .hint("fetch fewer at once: --concurrency 1")
    .request(request)
}

/// Sorts a whole response by its status.
pub(super) fn check_status(response: Response) -> Result<Response, AttemptError> {
    let wait = response
        .header("retry-after")
        .and_then(|text| retry_after(&text, SystemTime::now()));
    let outcome = match response.status {
        200..=299 => return Ok(response),
        429 => AttemptOutcome::NotDone(wait),
        503 if wait.is_some() || response.json().is_ok() => AttemptOutcome::NotDone(wait),
        408 | 500 | 502 | 503 | 504 => AttemptOutcome::Maybe,
        _ => AttemptOutcome::Final,
    };
    Err(AttemptError::new(outcome, for_status(&response)))
}

/// Returns the error for a response whose status is not 2xx.
fn for_status(response: &Response) -> Error {
    let status = response.status;
    let (kind, what) = kind_of(status);
    let message = match response.error_text() {
        Some(text) => format!("{what}: {text}"),
        None => format!("{what} (status {status})"),
    };
    let request = RequestInfo {
        answered_in_json: response.json().is_ok(),
        ..response.request.clone()
    };
    let failure = Error::new(kind, message).request(request);
    match response.header("location") {
        Some(location) if kind == ErrorKind::Redirected => {
            failure.detail(format!("location: {}", escape(&location)))
        }
        _ => failure,
    }
}

fn kind_of(status: u16) -> (ErrorKind, &'static str) {
    match status {
        401 => (
            ErrorKind::CredentialsRefused,
            "the API refused the secret key",
        ),
        403 => (
            ErrorKind::CredentialsRefused,
            "the secret key is not allowed to do this",
        ),
        404 => (ErrorKind::NotFound, "not found"),
        409 => (ErrorKind::Conflict, "conflict with the current state"),
        429 => (ErrorKind::RateLimited, "too many requests"),
        300..=399 => (
            ErrorKind::Redirected,
            "the API answered with a redirect, which is never followed",
        ),
        400..=499 => (ErrorKind::Rejected, "the API rejected the request"),
        500..=599 => (ErrorKind::ServerError, "the API failed"),
        _ => (
            ErrorKind::InvalidResponse,
            "the API answered with an unexpected status",
        ),
    }
}
