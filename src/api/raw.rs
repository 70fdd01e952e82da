//! One request as the user wrote it: nothing is known of what it does, so nothing can be settled by reading back.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::model::error::{Error, ErrorKind};

const LOOK: &str = "look before sending it again: it may have been carried out";

impl Client {
    /// Sends it; a change is never sent again once it may have been carried out.
    ///
    /// # Errors
    /// What an error status stands for; `OutcomeUnknown` where the answer to a change was lost.
    pub fn raw(&self, request: &Request) -> Result<Response, Error> {
        self.send(request).map_err(|unanswered| match unanswered {
            SendError::Failed(failure) | SendError::Interrupted(failure) => failure,
            // The API did answer: what it said decides.
            SendError::Maybe(failure)
                if matches!(failure.kind, ErrorKind::ServerError | ErrorKind::Rejected) =>
            {
                failure
                    .detail("whether the change was made is not known")
                    .hint(LOOK)
            }
            SendError::Maybe(failure) => {
                unknown("whether the request was carried out is not known", failure)
            }
            SendError::Lost(failure) => unknown(
                "the request was carried out, but its answer is lost",
                failure,
            ),
        })
    }
}

fn unknown(what: &str, because: Error) -> Error {
    let message = format!("{what}: {}", because.message);
    Error {
        kind: ErrorKind::OutcomeUnknown,
        message,
        ..because
    }
    .hint(LOOK)
}
