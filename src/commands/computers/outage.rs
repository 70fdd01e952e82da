//! Outages of the API while a command polls: they are noted and tolerated, as long as the API may come back.

use crate::model::error::{Error, ErrorKind};

/// Shows a note under its code.
type PrintNote<'a> = Box<dyn Fn(&str, &str) + 'a>;

/// Tolerates an outage, with one note when it begins and one when it is over.
pub(super) struct OutageTracker<'a> {
    note: PrintNote<'a>,
    has_succeeded: bool,
    /// The last error, while the outage lasts.
    pub(super) error: Option<Error>,
}

impl<'a> OutageTracker<'a> {
    /// Returns a tracker that shows its notes, each under its code, with `note`.
    pub(super) fn new(note: impl Fn(&str, &str) + 'a) -> Self {
        Self {
            note: Box::new(note),
            has_succeeded: false,
            error: None,
        }
    }

    /// Returns what a poll found, or `None` if it failed and a later one may succeed.
    pub(super) fn tolerate<T>(&mut self, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(found) => {
                self.has_succeeded = true;
                if self.error.take().is_some() {
                    (self.note)("outage_over", "the API answers again");
                }
                Ok(Some(found))
            }
            Err(error) if self.may_pass(error.kind) => {
                if self.error.is_none() {
                    let text = format!("{}; retrying until the API answers", error.message);
                    (self.note)("outage", &text);
                }
                self.error = Some(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether an error may pass. One that would point to a wrong setting does so once a poll has succeeded: the setting is
    /// right then, and a gateway is at fault.
    fn may_pass(&self, kind: ErrorKind) -> bool {
        match kind {
            ErrorKind::Unreachable
            | ErrorKind::Proxy
            | ErrorKind::TimedOut
            | ErrorKind::ServerError
            | ErrorKind::RateLimited
            | ErrorKind::ListingNotWhole => true,
            ErrorKind::InvalidResponse
            | ErrorKind::Tls
            | ErrorKind::Redirected
            | ErrorKind::NotFound => self.has_succeeded,
            _ => false,
        }
    }
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
        let mut outage = OutageTracker::new(note);
        for kind in [
            ErrorKind::Unreachable,
            ErrorKind::ServerError,
            ErrorKind::ListingNotWhole,
            ErrorKind::RateLimited,
        ] {
            assert_eq!(outage.tolerate::<()>(Err(Error::new(kind, "x"))), Ok(None));
        }
        assert_eq!(
            outage.error.as_ref().map(|error| error.kind),
            Some(ErrorKind::RateLimited)
        );
        assert_eq!(
            (outage.tolerate(Ok(1)), outage.tolerate(Ok(2))),
            (Ok(Some(1)), Ok(Some(2)))
        );
        assert_eq!(*notes.borrow(), ["outage", "outage_over"]);
    }

    #[test]
    fn an_error_that_waiting_does_not_help_ends_at_once() {
        let mut outage = OutageTracker::new(|_, _| {});
        for (kind, at_first, later) in [
            (ErrorKind::CredentialsRefused, false, false),
            (ErrorKind::Rejected, false, false),
            (ErrorKind::Usage, false, false),
            (ErrorKind::Tls, false, true),
            (ErrorKind::Redirected, false, true),
            (ErrorKind::InvalidResponse, false, true),
        ] {
            outage.has_succeeded = false;
            assert_eq!(
                outage.tolerate::<()>(Err(Error::new(kind, "x"))).is_ok(),
                at_first,
                "{kind:?}"
            );
            outage.has_succeeded = true;
            assert_eq!(
                outage.tolerate::<()>(Err(Error::new(kind, "x"))).is_ok(),
                later,
                "{kind:?}"
            );
        }
    }
}
