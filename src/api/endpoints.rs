//! The calls of the API, each with how a lost answer is settled.
//!
//! After an answer that was lost, the account is read to learn what became of the change. A 404 or a conflict is evidence
//! only then; on a first attempt it is an answer like any other.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::api::walk::nowhere;
use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::property::PropertyPath;

impl Client {
    /// Whether the API answers and accepts the key: asks for one computer.
    ///
    /// # Errors
    /// Whatever the request fails with.
    pub fn check(&self) -> Result<(), Error> {
        let request = Request::read(["computers".to_owned()], self.wire.page_query(0, 1));
        let answer = self
            .send(&request)
            .map_err(|error| nowhere(error.into_failure()))?;
        wire::read_listing(answer.json()?)
            .map(drop)
            .map_err(|why| answer.nonsense(why))
    }

    /// One computer by its `id`.
    ///
    /// # Errors
    /// `NotFound` where the API knows none.
    pub fn get(&self, id: Uuid) -> Result<Computer, Error> {
        let answer = self
            .send(&Request::read(path(id), Vec::new()))
            .map_err(|error| named(error.into_failure(), id))?;
        the_one(&answer, id)
    }

    /// Requests access: the computer with short-lived connection tokens. Never sent twice by itself, since each answer is a new token.
    ///
    /// # Errors
    /// What the request failed with; a lost answer does no harm, and says so.
    pub fn connect(&self, id: Uuid) -> Result<Computer, Error> {
        let mut path = path(id).to_vec();
        path.push("connect".to_owned());
        match self.send(&Request::change("POST", path, None)) {
            Ok(answer) => the_one(&answer, id),
            Err(SendError::Failed(failure)) => Err(named(failure, id)),
            Err(SendError::Maybe(failure) | SendError::Lost(failure)) => Err(failure
                .detail("no token was received")
                .hint("running the same command again is safe")),
        }
    }

    /// Reserves an `_id`.
    ///
    /// # Errors
    /// `Conflict` where it is taken, `OutcomeUnknown` where the answer was lost and the account could not be read.
    pub fn reserve(&self, underscore_id: Uuid, name: Option<&str>) -> Result<Computer, Error> {
        let request = Request::change(
            "POST",
            ["computers".to_owned()],
            Some(wire::reserve_body(underscore_id, name)),
        );
        let unknown = |failure: Error| {
            unknown(
                failure,
                &format!("whether {underscore_id} was reserved is not known"),
                CommandLine::reemo("computers get").arg(format!("_id:{underscore_id}")),
            )
        };
        let found = || self.with_underscore_id(underscore_id);
        let settled = |failure: Error| found().ok().flatten().ok_or_else(|| unknown(failure));
        // A 2xx says that it was done; its computer is believed only where it is the one that was asked for.
        let done = |answer: &Response| match one(answer) {
            Ok(computer) if computer.underscore_id() == Some(underscore_id) => Ok(computer),
            Ok(_) => settled(answer.nonsense("it speaks of another _id".to_owned())),
            Err(failure) => settled(failure),
        };
        let (mut resends, mut maybe_done) = (self.resends(), false);
        loop {
            let failure = match self.send(&request) {
                Ok(answer) => return done(&answer),
                // Taken now, and free a moment ago: by the attempt whose answer was lost.
                Err(SendError::Failed(failure))
                    if maybe_done && failure.kind == ErrorKind::Conflict =>
                {
                    return settled(failure);
                }
                Err(SendError::Failed(failure)) => return Err(failure),
                Err(SendError::Lost(failure)) => return settled(failure),
                Err(SendError::Maybe(failure)) => failure,
            };
            maybe_done = true;
            match found() {
                Ok(Some(computer)) => return Ok(computer),
                Ok(None) if resends > 0 => resends -= 1,
                Ok(None) => return Err(failure),
                // In bulk the listing moves under our own reservations. To ask again is safe: the `_id` can be taken once.
                Err(moved)
                    if self.is_bulk()
                        && moved.kind == ErrorKind::ListingNotWhole
                        && resends > 0 =>
                {
                    resends -= 1
                }
                Err(_) => return Err(unknown(failure)),
            }
        }
    }

    /// Renames a computer that was read as `before`; the computer as it is then.
    ///
    /// # Errors
    /// `Conflict` where someone else renamed it meanwhile, `OutcomeUnknown` where that can't be found out.
    pub fn rename(&self, id: Uuid, before: &Computer, name: &str) -> Result<Computer, Error> {
        let request = Request::change("PUT", path(id), Some(wire::rename_body(name)));
        let unknown = |failure: Error| {
            unknown(
                failure,
                &format!("whether {id} was renamed is not known"),
                look(id),
            )
        };
        let mut resends = self.resends();
        loop {
            let failure = match self.send(&request) {
                Ok(answer) => return self.renamed(id, name, &answer),
                Err(SendError::Failed(failure)) => return Err(named(failure, id)),
                Err(SendError::Maybe(failure) | SendError::Lost(failure)) => failure,
            };
            let Ok(now) = self.get(id) else {
                return Err(unknown(failure));
            };
            if now.name().as_deref() == Some(name) {
                return Ok(now);
            }
            if now.name() != before.name() {
                return Err(Error::new(
                    ErrorKind::Conflict,
                    format!("computer {id} was renamed by someone else meanwhile"),
                )
                .hint(Hint::new("look at it: ").command(look(id))));
            }
            if resends == 0 {
                return Err(failure);
            }
            resends -= 1;
        }
    }

    /// What a rename that was answered with 2xx has made of a computer: in the answer, or read once more.
    fn renamed(&self, id: Uuid, name: &str, answer: &Response) -> Result<Computer, Error> {
        let now = match the_one(answer, id) {
            Ok(computer) if computer.name().as_deref() == Some(name) => return Ok(computer),
            _ => self.get(id),
        };
        match now {
            Ok(computer) if computer.name().as_deref() == Some(name) => Ok(computer),
            Ok(computer) => {
                let name = computer.name().unwrap_or_default().into_owned();
                let why = format!(
                    "the rename was accepted, and yet computer {id} is now called {name:?}"
                );
                Err(Error::new(ErrorKind::InvalidResponse, why)
                    .asked(answer.asked.clone())
                    .hint(Hint::new("look at it: ").command(look(id))))
            }
            // It is known to be done, and no more than this is known of the computer.
            Err(_) => Ok(Computer::new(
                serde_json::json!({ "id": id.to_string(), "name": name }).to_string(),
            )),
        }
    }

    /// Deletes a computer.
    ///
    /// # Errors
    /// `NotOffline` where it came up meanwhile, `OutcomeUnknown` where it can't be found out whether it was deleted.
    pub fn delete(&self, id: Uuid) -> Result<(), Error> {
        let request = Request::change("DELETE", path(id), None);
        let unknown = |failure: Error| {
            unknown(
                failure,
                &format!("whether {id} was deleted is not known"),
                look(id),
            )
        };
        let (mut resends, mut maybe_done) = (self.resends(), false);
        loop {
            let failure = match self.send(&request) {
                Ok(_) | Err(SendError::Lost(_)) => return Ok(()),
                Err(SendError::Failed(failure)) if maybe_done && failure.proves_absence() => {
                    return Ok(());
                }
                Err(SendError::Failed(failure)) => return Err(named(failure, id)),
                Err(SendError::Maybe(failure)) => failure,
            };
            maybe_done = true;
            match self.get(id) {
                Err(gone) if gone.proves_absence() => return Ok(()),
                Err(_) => return Err(unknown(failure)),
                Ok(now) if wire::state(&now).is_none() => return Err(unknown(failure)),
                Ok(now) if !wire::is_offline(&now) => {
                    return Err(Error::new(
                        ErrorKind::NotOffline,
                        format!("computer {id} is not OFFLINE any more"),
                    )
                    .hint("only an OFFLINE computer can be deleted"));
                }
                Ok(_) if resends == 0 => return Err(failure),
                Ok(_) => resends -= 1,
            }
        }
    }
}

fn path(id: Uuid) -> [String; 2] {
    ["computers".to_owned(), id.to_string()]
}

fn one(answer: &Response) -> Result<Computer, Error> {
    wire::read_one(answer.json()?).map_err(|why| answer.nonsense(why))
}

/// The computer that was asked for by its `id`: an answer that speaks of another one is none.
fn the_one(answer: &Response, id: Uuid) -> Result<Computer, Error> {
    let computer = one(answer)?;
    let says = computer.property(&PropertyPath::new("id"));
    if says.is_some_and(|says| Uuid::try_parse(&says).ok() != Some(id)) {
        return Err(answer.nonsense(format!("it speaks of another computer than {id}")));
    }
    Ok(computer)
}

/// The command that shows a computer as it now is.
fn look(id: Uuid) -> CommandLine {
    CommandLine::reemo("computers get").arg(format!("id:{id}"))
}

/// A 404 about a computer names the computer.
fn named(failure: Error, id: Uuid) -> Error {
    if failure.kind != ErrorKind::NotFound {
        return failure;
    }
    Error {
        message: format!("there is no computer with the id {id}"),
        ..failure
    }
}

fn unknown(because: Error, what: &str, check: CommandLine) -> Error {
    let mut failure = Error::new(
        ErrorKind::OutcomeUnknown,
        format!("{what}: {}", because.message),
    )
    .hint(Hint::new("check: ").command(check));
    failure.asked = because.asked;
    failure
}
