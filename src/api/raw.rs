//! One request as the user wrote it: nothing is known of what it does, so nothing can be settled by reading back.

use crate::api::answer::Answer;
use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::retry::Unanswered;
use crate::model::failure::{Failure, Kind};

const LOOK: &str = "look before sending it again: it may have been carried out";

impl Client {
    /// Sends it; a change is never sent again once it may have been carried out.
    ///
    /// # Errors
    /// What an error status stands for; `OutcomeUnknown` where the answer to a change was lost.
    pub fn raw(&self, request: &Request) -> Result<Answer, Failure> {
        self.send(request).map_err(|unanswered| match unanswered {
            Unanswered::Failed(failure) => failure,
            // The API did answer: what it said decides.
            Unanswered::Maybe(failure)
                if matches!(failure.kind, Kind::ServerError | Kind::Rejected) =>
            {
                failure
                    .detail("whether the change was made is not known")
                    .hint(LOOK)
            }
            Unanswered::Maybe(failure) => {
                unknown("whether the request was carried out is not known", failure)
            }
            Unanswered::Lost(failure) => unknown(
                "the request was carried out, but its answer is lost",
                failure,
            ),
        })
    }
}

fn unknown(what: &str, because: Failure) -> Failure {
    let message = format!("{what}: {}", because.message);
    Failure {
        kind: Kind::OutcomeUnknown,
        message,
        ..because
    }
    .hint(LOOK)
}
