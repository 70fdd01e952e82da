//! What a failed attempt was, decided on types: the sources of an error, the status of an answer.

mod source;
pub(super) mod transport;

use std::time::Duration;

use crate::api::body::{LARGEST, LARGEST_TOGETHER, Unread};
use crate::api::error::source::innermost;
use crate::api::request::Effect;
use crate::api::response::Response;
use crate::api::retry::Attempt;
use crate::model::error::{Error, ErrorKind, RequestInfo};

/// An answer with 2xx whose body could not be had: a change was made, but what came of it is unknown.
pub(super) fn unread(
    unread: &Unread,
    effect: Effect,
    asked: RequestInfo,
    timeout: Duration,
) -> Attempt {
    let why = match unread {
        Unread::TooLate => {
            let late = format!("the answer was not complete within {timeout:?}");
            return Attempt::Lost(Error::new(ErrorKind::TimedOut, late).asked(asked));
        }
        Unread::TooLarge => format!("it is larger than {} MiB", LARGEST / 1024 / 1024),
        Unread::Crowded if effect == Effect::Read => return Attempt::Final(crowded(asked)),
        Unread::Crowded => "there is no room for it".to_owned(),
        Unread::Cut(error) => format!("it was cut off ({})", innermost(error)),
        Unread::NotText => "it is not UTF-8 text".to_owned(),
    };
    let failure = Error::new(
        ErrorKind::InvalidResponse,
        format!("the API's answer makes no sense: {why}"),
    )
    .asked(asked);
    match (unread, effect) {
        // Whole answers, and the same ones the next time.
        (Unread::TooLarge | Unread::NotText, Effect::Read) => Attempt::Final(failure),
        _ => Attempt::Lost(failure),
    }
}

/// There is no room for an answer beside others.
pub(super) fn crowded(asked: RequestInfo) -> Error {
    let room = LARGEST_TOGETHER / 1024 / 1024;
    let why = format!(
        "the API's answer makes no sense: pages fetched at once are larger than {room} MiB together"
    );
    Error::new(ErrorKind::InvalidResponse, why)
        .hint("fetch fewer at once: --concurrency 1")
        .asked(asked)
}

/// The failure that an answer with a status other than 2xx stands for.
pub(super) fn status(answer: &Response) -> Error {
    let status = answer.status;
    let (kind, what) = match status {
        401 => (
            ErrorKind::CredentialsRefused,
            "the API refused the secret key",
        ),
        403 => (
            ErrorKind::CredentialsRefused,
            "the API denies this to the secret key",
        ),
        404 => (ErrorKind::NotFound, "the API knows no such thing"),
        409 => (ErrorKind::Conflict, "the API refused, in the present state"),
        429 => (ErrorKind::RateLimited, "the API is asked too often"),
        300..=399 => (
            ErrorKind::Redirected,
            "the API answered with a redirect, which is never followed",
        ),
        400..=499 => (ErrorKind::Rejected, "the API rejected the request"),
        500..=599 => (ErrorKind::ServerError, "the API failed"),
        _ => (
            ErrorKind::InvalidResponse,
            "the API answered with a status that makes no sense",
        ),
    };
    let message = match answer.error_text() {
        Some(text) => format!("{what}: {text}"),
        None => format!("{what} (status {status})"),
    };
    let asked = RequestInfo {
        answered_in_json: answer.json().is_ok(),
        ..answer.asked.clone()
    };
    let mut failure = Error::new(kind, message).asked(asked);
    if (300..400).contains(&status)
        && let Some(location) = answer.header("location")
    {
        failure = failure.detail(format!(
            "location: {}",
            crate::model::sanitize::escape(&location)
        ));
    }
    failure
}
