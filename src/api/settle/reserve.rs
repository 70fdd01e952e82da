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

/// What an `_id` was found to be reserved as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// This command reserved it.
    Created(Computer),
    /// It was in the account already, which was asked for as good enough.
    Existing(Computer),
}

impl Client {
    /// Reserves an `_id`. With `ensure`, one that is in the account already is a success.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] where it is taken, [`ErrorKind::OutcomeUnknown`] where it can't be found out whether it
    /// was reserved, or whatever the request fails with.
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

    /// Whether a computer under the `_id` can be what our own request made: no machine has registered with it yet, and it
    /// has the name that was sent. Any other one was there before.
    fn is_ours(&self, computer: &Computer) -> bool {
        wire::is_unregistered(computer)
            && self
                .name
                .is_none_or(|name| computer.name().as_deref() == Some(name))
    }
}

impl Settle for Reserve<'_> {
    type Made = Reserved;

    /// It may say that the `_id` is taken, by the earlier attempt, whose computer is not listed yet.
    const REFUSAL_SETTLES: bool = false;

    fn request(&self) -> Request {
        let body = wire::reserve_body(self.underscore_id, self.name);
        Request::change("POST", ["computers".to_owned()], Some(body))
    }

    /// The computer in the answer is believed only where it is the one that was asked for.
    fn accepted(&self, answer: Result<Response, Error>) -> Result<Reserved, Error> {
        let failure = match answer.map(|answer| (read_computer(&answer), answer)) {
            Ok((Ok(computer), _)) if computer.underscore_id() == Some(self.underscore_id) => {
                return Ok(Reserved::Created(computer));
            }
            Ok((Ok(_), answer)) => answer.invalid("it speaks of another _id".to_owned()),
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
            // In bulk the listing moves under our own reservations. Asking again is safe: an `_id` can be taken once.
            Err(error) if self.client.is_bulk() && error.kind == ErrorKind::ListingNotWhole => {
                Evidence::NotSeen
            }
            Err(_) => Evidence::Unclear,
        }
    }

    /// One listing alone may miss a computer, since a fleet moves while it is listed: another one must agree.
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

/// Whether the refusal of a reservation may mean that its `_id` is taken. APIs have many codes for that; these two speak
/// of the key, and of too many requests.
fn may_mean_taken(refusal: &Error) -> bool {
    refusal
        .status()
        .is_some_and(|status| (400..500).contains(&status) && !matches!(status, 401 | 429))
}

/// That the `_id` belongs to another machine, and which.
fn taken(underscore_id: Uuid, computer: &Computer) -> Error {
    let name = computer.name().unwrap_or_default();
    let id = computer
        .id()
        .map_or_else(String::new, |id| format!(" (id:{id})"));
    Error::new(
        ErrorKind::Conflict,
        format!("the _id {underscore_id} belongs to another machine: {name:?}{id}"),
    )
    .reason("belongs to another machine")
}
