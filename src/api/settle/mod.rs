//! Settles a change whose response was lost: sends it, reads the account back, sends it again.
//!
//! One loop serves every change. A change defines the request, how to read it back and what that shows; only the loop
//! decides whether it is sent again and when its outcome remains unknown. It knows no endpoint.
//!
//! - A 404 or a conflict is final on the first attempt. It is evidence only after an earlier request may have been
//!   carried out.
//! - A request without a response may still be running. If the account shows that the change is not made, it may still be
//!   made later: only the response to a later attempt settles that. Without one, the error is
//!   [`ErrorKind::OutcomeUnknown`].
//! - After a request to stop, nothing is sent. What is not settled by then is unknown too.

mod delete;
mod rename;
mod reserve;

pub(crate) use reserve::Reserved;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// What the account shows about a change.
enum Evidence<Made> {
    /// It was made.
    Made(Made),
    /// It is not made yet, and may be sent again.
    NotMade,
    /// It is not known whether it was made, but sending it again does no harm.
    NotSeen,
    /// It was not made, and the state of the account does not allow it.
    Refused(Error),
    /// It was not made, and must not be sent again: the computer no longer matches what the user chose.
    Changed(Error),
    /// The account could not be read, or shows nothing about it.
    Unclear,
}

/// One change of the account.
trait Settle {
    /// What a successful change returns.
    type Made;

    /// Whether the rejection of a later attempt shows that no earlier one was carried out.
    const REFUSAL_SETTLES: bool;

    /// Returns the request that makes the change.
    fn request(&self) -> Request;

    /// Returns what a request that was carried out (2xx) has made. `response` is an error if its body is lost.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`] if that can't be found out, [`ErrorKind::InvalidResponse`] if the account
    /// contradicts the response.
    fn accepted(&self, response: Result<Response, Error>) -> Result<Self::Made, Error>;

    /// Evaluates the rejection of a request, if no request was carried out. Returns what was there before, if that is
    /// good enough.
    fn refused(&self, refusal: Error) -> Result<Self::Made, Error>;

    /// Returns what an earlier request has made, if the rejection of a later one proves that.
    fn made_before(&self, _refusal: &Error) -> Option<Self::Made> {
        None
    }

    /// Reads the account.
    fn read_back(&self) -> Evidence<Self::Made>;

    /// Checks [`Evidence::NotMade`] once more, when no request for the change is running any more.
    fn is_surely_not_made(&self) -> bool {
        true
    }

    /// Returns [`ErrorKind::OutcomeUnknown`] with a message that names the computer.
    fn unknown(&self, because: Error) -> Error;
}

/// Makes a change.
///
/// # Errors
/// Why it was not made, or [`ErrorKind::OutcomeUnknown`] if that is not known.
fn settle<C: Settle>(client: &Client, change: &C) -> Result<C::Made, Error> {
    let request = change.request();
    let mut resends = client.resends;
    let (mut lost, mut may_run) = (None, false);
    loop {
        let failure = match client.send(&request) {
            Ok(response) => return change.accepted(Ok(response)),
            Err(SendError::Lost(failure)) => return change.accepted(Err(failure)),
            Err(SendError::Failed(failure)) if lost.is_some() => {
                return not_resent(change, failure, may_run);
            }
            Err(SendError::Failed(failure)) => return change.refused(failure),
            Err(SendError::Interrupted(failure)) => {
                return Err(lost.map_or(failure, |lost| change.unknown(lost)));
            }
            Err(SendError::Maybe(failure)) => failure,
        };
        lost = Some(failure.clone());
        may_run |= may_still_run(&failure);
        match change.read_back() {
            Evidence::Made(made) => return Ok(made),
            Evidence::Refused(error) => return Err(error),
            Evidence::Changed(error) if !may_run => return Err(error),
            Evidence::Changed(error) => return Err(change.unknown(error)),
            Evidence::NotMade | Evidence::NotSeen if resends > 0 => resends -= 1,
            Evidence::NotMade if !may_run && change.is_surely_not_made() => return Err(failure),
            _ => return Err(change.unknown(failure)),
        }
    }
}

/// Settles a change of which an earlier attempt may have been carried out, and the last one was not.
fn not_resent<C: Settle>(change: &C, failure: Error, may_run: bool) -> Result<C::Made, Error> {
    if let Some(made) = change.made_before(&failure) {
        return Ok(made);
    }
    let settles = C::REFUSAL_SETTLES && is_refusal(&failure);
    match change.read_back() {
        Evidence::Made(made) => Ok(made),
        Evidence::Refused(error) => Err(error),
        Evidence::Changed(error) if settles || !may_run => Err(error),
        Evidence::Changed(error) => Err(change.unknown(error)),
        _ if settles => change.refused(failure),
        Evidence::NotMade if !may_run && change.is_surely_not_made() => change.refused(failure),
        _ => Err(change.unknown(failure)),
    }
}

/// Returns whether a request that failed with an open outcome may still be running.
///
/// A 500 in JSON is from the API itself, which has ended the request. Any other failure only shows that something
/// stopped waiting: this program at its timeout, the network by cutting the connection, or a gateway (408, 502, 503, 504,
/// a 500 as an HTML page), behind which the API often continues.
fn may_still_run(failure: &Error) -> bool {
    !(failure.status() == Some(500) && failure.is_answered_in_json())
}

/// Returns whether the API itself rejected what a request asks for: any 4xx except 401 (about the key), 408 and 429
/// (about the moment), and a 404 that is not JSON, which a gateway may have sent.
fn is_refusal(failure: &Error) -> bool {
    match failure.status() {
        None | Some(401 | 408 | 429) => false,
        Some(404) => failure.is_answered_in_json(),
        Some(status) => (400..500).contains(&status),
    }
}

/// Returns [`ErrorKind::OutcomeUnknown`]. `what` names the computer, and `check` is the command that shows it.
fn unknown(because: Error, what: &str, check: CommandLine) -> Error {
    let mut error = Error::new(
        ErrorKind::OutcomeUnknown,
        format!("{what}: {}", because.message),
    )
    .hint(Hint::new("check: ").command(check));
    error.request = because.request;
    error
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Settle, is_refusal, may_still_run, not_resent};
    use crate::api::request::Request;
    use crate::api::response::Response;
    use crate::model::error::{Error, ErrorKind, RequestInfo};

    fn answered(status: Option<u16>, answered_in_json: bool) -> Error {
        Error::new(ErrorKind::ServerError, "x").request(RequestInfo {
            status,
            answered_in_json,
            ..RequestInfo::default()
        })
    }

    #[test]
    fn only_a_500_of_the_api_itself_shows_that_a_request_has_ended() {
        for (status, answered_in_json, may_run) in [
            (Some(500), true, false),
            (Some(500), false, true),
            (Some(408), true, true),
            (Some(502), true, true),
            (Some(503), false, true),
            (Some(504), true, true),
            (None, false, true),
        ] {
            let error = answered(status, answered_in_json);
            assert_eq!(may_still_run(&error), may_run, "{status:?}");
        }
    }

    #[test]
    fn a_refusal_is_a_4xx_about_the_request() {
        for status in 100..=599 {
            let refuses = (400..500).contains(&status) && ![401, 408, 429].contains(&status);
            let is = |in_json| is_refusal(&answered(Some(status), in_json));
            assert_eq!(is(true), refuses, "{status}");
            assert_eq!(is(false), refuses && status != 404, "{status} not in JSON");
        }
        assert!(!is_refusal(&Error::new(ErrorKind::TimedOut, "x")));
    }

    /// A change whose computer no longer matches when it is read back.
    struct ChangedMeanwhile;

    impl Settle for ChangedMeanwhile {
        type Made = ();
        const REFUSAL_SETTLES: bool = true;

        fn request(&self) -> Request {
            unreachable!("nothing is sent")
        }

        fn accepted(&self, _response: Result<Response, Error>) -> Result<(), Error> {
            unreachable!("nothing is sent")
        }

        fn refused(&self, refusal: Error) -> Result<(), Error> {
            let message = format!("refused: {}", refusal.message);
            Err(Error::new(ErrorKind::Conflict, message))
        }

        fn read_back(&self) -> Evidence<()> {
            Evidence::Changed(Error::new(ErrorKind::Conflict, "changed"))
        }

        fn unknown(&self, because: Error) -> Error {
            let message = format!("unknown: {}", because.message);
            Error::new(ErrorKind::OutcomeUnknown, message)
        }
    }

    #[test]
    fn a_computer_that_no_longer_matches_is_an_unknown_outcome_while_a_request_may_still_run() {
        for (status, may_run, message) in [
            (409, true, "changed"),
            (409, false, "changed"),
            (429, false, "changed"),
            (429, true, "unknown: changed"),
        ] {
            let outcome = not_resent(&ChangedMeanwhile, answered(Some(status), true), may_run);
            assert_eq!(outcome.unwrap_err().message, message, "{status} {may_run}");
        }
    }
}
