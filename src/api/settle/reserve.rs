//! Reserving an `_id`.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::endpoints::read_computer;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::settle::{Evidence, Settle, settle, unknown};
use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;

/// The computer that an `_id` is reserved as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// This command reserved it.
    Created(Computer),
    /// It was in the account before, which `ensure` accepts.
    Existing(Computer),
}

impl Client {
    /// Reserves an `_id`. With `ensure`, one that is in the account already is a success.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if it is taken, [`ErrorKind::OutcomeUnknown`] if it can't be found out whether it was
    /// reserved, or whatever the request fails with.
    pub(crate) fn reserve(
        &self,
        underscore_id: Uuid,
        name: Option<&str>,
        ensure: bool,
    ) -> Result<Reserved, Error> {
        let reserve = Reserve {
            client: self,
            underscore_id,
            name,
            ensure,
        };
        settle(self, &reserve)
    }
}

struct Reserve<'a> {
    client: &'a Client,
    underscore_id: Uuid,
    name: Option<&'a str>,
    ensure: bool,
}

impl Reserve<'_> {
    fn find(&self) -> Result<Option<Computer>, Error> {
        self.client.with_underscore_id(self.underscore_id)
    }

    /// Returns whether a computer with the `_id` can be the one that this command reserved: no machine has registered with it
    /// yet, and it has the name that was sent. Any other was there before.
    fn is_ours(&self, computer: &Computer) -> bool {
        wire::is_unregistered(computer)
            && self
                .name
                .is_none_or(|name| computer.name().as_deref() == Some(name))
    }
}

impl Settle for Reserve<'_> {
    type Made = Reserved;

    /// The `_id` may be taken by an earlier attempt whose computer is not listed yet.
    const REFUSAL_SETTLES: bool = false;

    fn request(&self) -> Request {
        Request::reserve(self.underscore_id, self.name)
    }

    /// The computer in the response counts only if it has the `_id`.
    fn accepted(&self, response: Result<Response, Error>) -> Result<Reserved, Error> {
        let failure = match response.map(|response| (read_computer(&response), response)) {
            Ok((Ok(computer), _)) if computer.underscore_id() == Some(self.underscore_id) => {
                return Ok(Reserved::Created(computer));
            }
            Ok((Ok(_), response)) => {
                response.invalid("it describes a computer with another _id".to_owned())
            }
            Ok((Err(failure), _)) | Err(failure) => failure,
        };
        match self.find() {
            Ok(Some(computer)) => Ok(Reserved::Created(computer)),
            _ => Err(self.unknown(failure)),
        }
    }

    fn refused(&self, refusal: Error) -> Result<Reserved, Error> {
        if self.ensure && may_mean_taken(&refusal) {
            return match self.find() {
                Ok(Some(computer)) => Ok(Reserved::Existing(computer)),
                Ok(None) => Err(refusal.detail(format!(
                    "no computer of this account was found with the _id {}",
                    self.underscore_id
                ))),
                Err(error) => Err(error.detail(format!(
                    "the _id {} was not reserved: {}",
                    self.underscore_id, refusal.message
                ))),
            };
        }
        if refusal.kind != ErrorKind::Conflict {
            return Err(refusal);
        }
        let message = format!("the _id {} is reserved already", self.underscore_id);
        Err(Error { message, ..refusal })
    }

    fn read_back(&self) -> Evidence<Reserved> {
        match self.find() {
            Ok(Some(computer)) if self.is_ours(&computer) => {
                Evidence::Made(Reserved::Created(computer))
            }
            Ok(Some(computer)) if self.ensure => Evidence::Made(Reserved::Existing(computer)),
            Ok(Some(computer)) => Evidence::Refused(taken(self.underscore_id, &computer)),
            Ok(None) => Evidence::NotMade,
            // In bulk, other reservations of this command change the listing. Sending again is safe: an `_id` can be taken once.
            Err(error) if self.client.is_bulk() && error.kind == ErrorKind::ListingNotWhole => {
                Evidence::NotSeen
            }
            Err(_) => Evidence::Unclear,
        }
    }

    /// One listing may miss a computer, because the fleet changes while it is listed: a second one must agree.
    fn is_surely_not_made(&self) -> bool {
        matches!(self.find(), Ok(None))
    }

    fn unknown(&self, because: Error) -> Error {
        let id = self.underscore_id;
        let what = format!("could not confirm whether the _id {id} was reserved");
        let check = CommandLine::reemo("computers get").arg(format!("_id:{id}"));
        unknown(because, &what, check)
    }
}

/// Returns whether the rejection of a reservation may mean that its `_id` is taken. APIs have many codes for that, but not
/// 401 (about the key) and 429 (too many requests).
fn may_mean_taken(refusal: &Error) -> bool {
    refusal
        .status()
        .is_some_and(|status| (400..500).contains(&status) && !matches!(status, 401 | 429))
}

/// Returns the error for an `_id` that belongs to another machine, with that machine.
fn taken(underscore_id: Uuid, computer: &Computer) -> Error {
    let name = computer.name().unwrap_or_default();
    let id = computer
        .id()
        .map_or_else(String::new, |id| format!(" (id:{id})"));
    let message = format!("the _id {underscore_id} belongs to another machine: {name:?}{id}");
    Error::new(ErrorKind::Conflict, message).reason("belongs to another machine")
}
