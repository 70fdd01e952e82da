//! One request as the user wrote it. What it does is unknown, so a lost response can't be settled by reading back.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::model::error::{Error, ErrorKind};

const HINT: &str = "check whether it was carried out before you send it again";

impl Client {
    /// Sends a request. A change is never sent again once it may have been carried out.
    ///
    /// # Errors
    /// The error that the response's status stands for; [`ErrorKind::OutcomeUnknown`] where the response to a change was
    /// lost.
    pub(crate) fn raw(&self, request: &Request) -> Result<Response, Error> {
        self.send(request).map_err(|error| match error {
            SendError::Failed(failure) | SendError::Interrupted(failure) => failure,
            // There was a response, and its status decides.
            SendError::Maybe(failure)
                if matches!(failure.kind, ErrorKind::ServerError | ErrorKind::Rejected) =>
            {
                failure
                    .detail("could not confirm whether the change was made")
                    .hint(HINT)
            }
            SendError::Maybe(failure) => unknown(
                "could not confirm whether the request was carried out",
                failure,
            ),
            SendError::Lost(failure) => unknown(
                "the request was carried out, but its response was lost",
                failure,
            ),
        })
    }
}

fn unknown(what: &str, cause: Error) -> Error {
    Error {
        kind: ErrorKind::OutcomeUnknown,
        message: format!("{what}: {}", cause.message),
        ..cause
    }
    .hint(HINT)
}
