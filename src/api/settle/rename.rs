//! Renaming a computer.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::endpoints::{name_in_404, show_command, the_computer};
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::settle::{Evidence, Settle, settle, unknown};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::Hint;

impl Client {
    /// Renames a computer that was read as `before`, and returns the renamed one. `still_chosen` fails if the computer that
    /// was read back no longer matches what the user chose.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if someone else renamed it meanwhile, [`ErrorKind::OutcomeUnknown`] if it can't be found
    /// out whether it was renamed, or whatever `still_chosen` or the request fails with.
    pub(crate) fn rename(
        &self,
        id: Uuid,
        before: &Computer,
        name: &str,
        still_chosen: &dyn Fn(&Computer) -> Result<(), Error>,
    ) -> Result<Computer, Error> {
        let rename = Rename {
            client: self,
            id,
            before,
            name,
            still_chosen,
        };
        settle(self, &rename)
    }
}

struct Rename<'a> {
    client: &'a Client,
    id: Uuid,
    before: &'a Computer,
    name: &'a str,
    still_chosen: &'a dyn Fn(&Computer) -> Result<(), Error>,
}

impl Rename<'_> {
    fn is_named(&self, computer: &Computer) -> bool {
        computer.name().as_deref() == Some(self.name)
    }
}

impl Settle for Rename<'_> {
    type Made = Computer;

    const REFUSAL_SETTLES: bool = true;

    fn request(&self) -> Request {
        Request::rename(self.id, self.name)
    }

    /// The computer is in the response, or is read again.
    fn accepted(&self, response: Result<Response, Error>) -> Result<Computer, Error> {
        let request = response
            .as_ref()
            .ok()
            .map(|response| response.request.clone());
        let lost = match response.map(|response| the_computer(&response, self.id)) {
            Ok(Ok(computer)) if self.is_named(&computer) => return Ok(computer),
            Ok(_) => None,
            Err(lost) => Some(lost),
        };
        match (self.client.get(self.id), lost) {
            (Ok(computer), _) if self.is_named(&computer) => Ok(computer),
            (Ok(computer), lost) => {
                let name = computer.name().unwrap_or_default().into_owned();
                let why = format!(
                    "the API accepted the rename, but computer {} is now named {name:?}",
                    self.id
                );
                let mut error = Error::new(ErrorKind::InvalidResponse, why)
                    .hint(Hint::new("check it: ").command(show_command(self.id)));
                error.request = request.map(Box::new).or(lost.and_then(|lost| lost.request));
                Err(error)
            }
            (Err(_), Some(lost)) => Err(self.unknown(lost)),
            // It is renamed, and nothing else is known of it.
            (Err(_), None) => Ok(Computer::new(
                serde_json::json!({ "id": self.id.to_string(), "name": self.name }).to_string(),
            )),
        }
    }

    fn refused(&self, refusal: Error) -> Result<Computer, Error> {
        Err(name_in_404(refusal, self.id))
    }

    fn read_back(&self) -> Evidence<Computer> {
        let Ok(now) = self.client.get(self.id) else {
            return Evidence::Unclear;
        };
        if self.is_named(&now) {
            return Evidence::Made(now);
        }
        if now.name() != self.before.name() {
            let message = format!("computer {} was renamed by someone else meanwhile", self.id);
            return Evidence::Changed(
                Error::new(ErrorKind::Conflict, message)
                    .reason("renamed meanwhile")
                    .hint(Hint::new("check it: ").command(show_command(self.id))),
            );
        }
        match (self.still_chosen)(&now) {
            Ok(()) => Evidence::NotMade,
            Err(error) => Evidence::Changed(error),
        }
    }

    fn unknown(&self, because: Error) -> Error {
        let what = format!("could not confirm whether computer {} was renamed", self.id);
        unknown(because, &what, show_command(self.id))
    }
}
