//! How a command that polls takes an outage: it notes it and goes on, as long as the API may come back.

use crate::context::Context;
use crate::model::error::{Error, ErrorKind};

/// Tolerates an outage, with one note when it begins and one when it is over.
pub(super) struct OutageTracker<'a> {
    note: &'a dyn Fn(&str, &str),
    worked_once: bool,
    failure: Option<Error>,
}

impl<'a> OutageTracker<'a> {
    /// `note` shows a remark under its code.
    pub(super) fn new(note: &'a dyn Fn(&str, &str)) -> Self {
        Self {
            note,
            worked_once: false,
            failure: None,
        }
    }

    /// Returns what a poll found, or nothing where it failed in a way that may pass.
    ///
    /// # Errors
    /// The failure, where asking again will not help.
    pub(super) fn tolerate<T>(&mut self, answer: Result<T, Error>) -> Result<Option<T>, Error> {
        match answer {
            Ok(found) => {
                self.worked_once = true;
                if self.failure.take().is_some() {
                    (self.note)("outage_over", "the API answers again");
                }
                Ok(Some(found))
            }
            Err(failure) if self.may_pass(failure.kind) => {
                if self.failure.is_none() {
                    (self.note)(
                        "outage",
                        &format!("{}; asking again until it answers", failure.message),
                    );
                }
                self.failure = Some(failure);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Returns the last error, while the outage lasts.
    pub(super) fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    /// A setting that worked once is not wrong: what would otherwise speak of one is a gateway's doing then, and may pass.
    fn may_pass(&self, kind: ErrorKind) -> bool {
        match kind {
            ErrorKind::Unreachable | ErrorKind::Proxy | ErrorKind::TimedOut => true,
            ErrorKind::ServerError | ErrorKind::RateLimited | ErrorKind::ListingNotWhole => true,
            ErrorKind::InvalidResponse
            | ErrorKind::Tls
            | ErrorKind::Redirected
            | ErrorKind::NotFound => self.worked_once,
            _ => false,
        }
    }
}

/// The note of an outage, on the terminal.
pub(super) fn note_on(context: &Context) -> impl Fn(&str, &str) {
    let terminal = context.terminal;
    move |code: &str, text: &str| terminal.note(code, text)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::OutageTracker;
    use crate::model::error::{Error, ErrorKind};

    #[test]
    fn an_outage_is_noted_when_it_begins_and_when_it_is_over() {
        let notes = RefCell::new(Vec::new());
        let note = |code: &str, _: &str| notes.borrow_mut().push(code.to_owned());
        let mut outage = OutageTracker::new(&note);
        for kind in [
            ErrorKind::Unreachable,
            ErrorKind::ServerError,
            ErrorKind::ListingNotWhole,
            ErrorKind::RateLimited,
        ] {
            assert_eq!(outage.tolerate::<()>(Err(Error::new(kind, "x"))), Ok(None));
        }
        assert_eq!(
            outage.failure().map(|failure| failure.kind),
            Some(ErrorKind::RateLimited)
        );
        assert_eq!(
            (outage.tolerate(Ok(1)), outage.tolerate(Ok(2))),
            (Ok(Some(1)), Ok(Some(2)))
        );
        assert_eq!(*notes.borrow(), ["outage", "outage_over"]);
    }

    #[test]
    fn what_no_waiting_mends_ends_at_once() {
        let mut outage = OutageTracker::new(&|_, _| {});
        for (kind, at_first, later) in [
            (ErrorKind::CredentialsRefused, false, false),
            (ErrorKind::Rejected, false, false),
            (ErrorKind::Usage, false, false),
            (ErrorKind::Tls, false, true),
            (ErrorKind::Redirected, false, true),
            (ErrorKind::InvalidResponse, false, true),
        ] {
            outage.worked_once = false;
            assert_eq!(
                outage.tolerate::<()>(Err(Error::new(kind, "x"))).is_ok(),
                at_first,
                "{kind:?}"
            );
            outage.worked_once = true;
            assert_eq!(
                outage.tolerate::<()>(Err(Error::new(kind, "x"))).is_ok(),
                later,
                "{kind:?}"
            );
        }
    }
}
