//! Deleting a computer.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::endpoints::{name_in_404, show_command};
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::settle::{Evidence, Settle, settle, unknown};
use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

impl Client {
    /// Deletes a computer. `still_chosen` fails if the computer that was read back no longer matches what the user chose.
    ///
    /// # Errors
    /// [`ErrorKind::NotOffline`] if it came online meanwhile, [`ErrorKind::OutcomeUnknown`] if it can't be found out
    /// whether it was deleted, or whatever `still_chosen` or the request fails with.
    pub(crate) fn delete(
        &self,
        id: Uuid,
        still_chosen: &dyn Fn(&Computer) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let delete = Delete {
            client: self,
            id,
            still_chosen,
        };
        settle(self, &delete)
    }
}

struct Delete<'a> {
    client: &'a Client,
    id: Uuid,
    still_chosen: &'a dyn Fn(&Computer) -> Result<(), Error>,
}

impl Settle for Delete<'_> {
    type Made = ();

    const REFUSAL_SETTLES: bool = true;

    fn request(&self) -> Request {
        Request::delete(self.id)
    }

    /// A 2xx shows that it is deleted, whatever the body.
    fn accepted(&self, _: Result<Response, Error>) -> Result<(), Error> {
        Ok(())
    }

    fn refused(&self, refusal: Error) -> Result<(), Error> {
        Err(name_in_404(refusal, self.id))
    }

    fn made_before(&self, refusal: &Error) -> Option<()> {
        refusal.proves_absence().then_some(())
    }

    fn read_back(&self) -> Evidence<()> {
        let now = match self.client.find(self.id) {
            Ok(Some(now)) => now,
            Ok(None) => return Evidence::Made(()),
            Err(_) => return Evidence::Unclear,
        };
        if wire::is_online(&now) {
            let message = format!("computer {} is not OFFLINE any more", self.id);
            return Evidence::Refused(
                Error::new(ErrorKind::NotOffline, message).reason("is not OFFLINE any more"),
            );
        }
        if !wire::is_offline(&now) {
            return Evidence::Unclear;
        }
        match (self.still_chosen)(&now) {
            Ok(()) => Evidence::NotMade,
            Err(error) => Evidence::Changed(error),
        }
    }

    fn unknown(&self, because: Error) -> Error {
        let what = format!("could not confirm whether computer {} was deleted", self.id);
        unknown(because, &what, show_command(self.id))
    }
}
