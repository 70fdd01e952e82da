//! The calls of the API, each with how a lost answer is settled.
//!
//! After an answer that was lost, the account is read to learn what became of the change. A 404 or a conflict is evidence
//! only then; on a first attempt it is an answer like any other.

use uuid::Uuid;

use crate::api::answer::Answer;
use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::retry::Unanswered;
use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};

impl Client {
    /// Whether the API answers and accepts the key: asks for one computer.
    ///
    /// # Errors
    /// Whatever the request fails with.
    pub fn check(&self) -> Result<(), Failure> {
        let request = Request::read(["computers".to_owned()], self.wire.page_query(0, 1));
        let answer = self.send(&request).map_err(Unanswered::into_failure)?;
        wire::read_listing(answer.json()?).map(drop).map_err(|why| answer.nonsense(why))
    }

    /// One computer by its `id`.
    ///
    /// # Errors
    /// `NotFound` where the API knows none.
    pub fn get(&self, id: Uuid) -> Result<Computer<'static>, Failure> {
        let answer = self.send(&Request::read(path(id), Vec::new())).map_err(|error| named(error.into_failure(), id))?;
        one(&answer)
    }

    /// Requests access: the computer with short-lived connection tokens. Never sent twice by itself, since each answer is a new token.
    ///
    /// # Errors
    /// What the request failed with; a lost answer does no harm, and says so.
    pub fn connect(&self, id: Uuid) -> Result<Computer<'static>, Failure> {
        let mut path = path(id).to_vec();
        path.push("connect".to_owned());
        match self.send(&Request::change("POST", path, None)) {
            Ok(answer) => one(&answer),
            Err(Unanswered::Failed(failure)) => Err(named(failure, id)),
            Err(Unanswered::Maybe(failure) | Unanswered::Lost(failure)) => {
                Err(failure.detail("no token was received").hint("running the same command again is safe"))
            }
        }
    }

    /// Reserves an `_id`.
    ///
    /// # Errors
    /// `Conflict` where it is taken, `OutcomeUnknown` where the answer was lost and the account could not be read.
    pub fn reserve(&self, underscore_id: Uuid, name: Option<&str>) -> Result<Computer<'static>, Failure> {
        let request = Request::change("POST", ["computers".to_owned()], Some(wire::reserve_body(underscore_id, name)));
        let unknown = |failure: Failure| {
            unknown(
                failure,
                &format!("whether {underscore_id} was reserved is not known"),
                &format!("reemo computers get _id:{underscore_id}"),
            )
        };
        let found = || self.search("_id", &underscore_id.to_string()).map(|computers| computers.into_iter().next());
        let settled = |failure: Failure| found().ok().flatten().ok_or_else(|| unknown(failure));
        let (mut resends, mut lost) = (self.resends(), false);
        loop {
            let failure = match self.send(&request) {
                Ok(answer) => {
                    return match one(&answer) {
                        Ok(computer) if computer.underscore_id() == Some(underscore_id) => Ok(computer),
                        Ok(_) => settled(answer.nonsense("it speaks of another _id".to_owned())),
                        Err(failure) => settled(failure),
                    };
                }
                // Taken now, and free a moment ago: by the attempt whose answer was lost.
                Err(Unanswered::Failed(failure)) if lost && failure.kind == Kind::Conflict => return settled(failure),
                Err(Unanswered::Failed(failure)) => return Err(failure),
                Err(Unanswered::Lost(failure)) => return settled(failure),
                Err(Unanswered::Maybe(failure)) => failure,
            };
            match found() {
                Ok(Some(computer)) => return Ok(computer),
                Ok(None) if resends > 0 => resends -= 1,
                Ok(None) => return Err(failure),
                Err(_) => return Err(unknown(failure)),
            }
            lost = true;
        }
    }

    /// Renames a computer that was read as `before`; the computer as it is then.
    ///
    /// # Errors
    /// `Conflict` where someone else renamed it meanwhile, `OutcomeUnknown` where that can't be found out.
    pub fn rename(&self, id: Uuid, before: &Computer<'_>, name: &str) -> Result<Computer<'static>, Failure> {
        let request = Request::change("PUT", path(id), Some(wire::rename_body(name)));
        let unknown = |failure: Failure| {
            unknown(failure, &format!("whether {id} was renamed is not known"), &format!("reemo computers get id:{id}"))
        };
        let mut resends = self.resends();
        loop {
            let failure = match self.send(&request) {
                Ok(answer) => return one(&answer).or_else(|_| self.get(id)),
                Err(Unanswered::Failed(failure)) => return Err(named(failure, id)),
                Err(Unanswered::Maybe(failure) | Unanswered::Lost(failure)) => failure,
            };
            let Ok(now) = self.get(id) else { return Err(unknown(failure)) };
            if now.name().as_deref() == Some(name) {
                return Ok(now);
            }
            if now.name() != before.name() {
                return Err(Failure::new(Kind::Conflict, format!("computer {id} was renamed by someone else meanwhile"))
                    .hint(format!("look at it: reemo computers get id:{id}")));
            }
            if resends == 0 {
                return Err(failure);
            }
            resends -= 1;
        }
    }

    /// Deletes a computer.
    ///
    /// # Errors
    /// `NotOffline` where it came up meanwhile, `OutcomeUnknown` where it can't be found out whether it was deleted.
    pub fn delete(&self, id: Uuid) -> Result<(), Failure> {
        let request = Request::change("DELETE", path(id), None);
        let unknown = |failure: Failure| {
            unknown(failure, &format!("whether {id} was deleted is not known"), &format!("reemo computers get id:{id}"))
        };
        let (mut resends, mut lost) = (self.resends(), false);
        loop {
            let failure = match self.send(&request) {
                Ok(_) | Err(Unanswered::Lost(_)) => return Ok(()),
                Err(Unanswered::Failed(failure)) if lost && failure.kind == Kind::NotFound => return Ok(()),
                Err(Unanswered::Failed(failure)) => return Err(named(failure, id)),
                Err(Unanswered::Maybe(failure)) => failure,
            };
            lost = true;
            match self.send(&Request::read(path(id), Vec::new())) {
                Ok(answer) => {
                    let Ok(now) = one(&answer) else { return Err(unknown(failure)) };
                    match wire::state(&now) {
                        Some(_) if !wire::is_offline(&now) => {
                            return Err(Failure::new(Kind::NotOffline, format!("computer {id} is not OFFLINE any more"))
                                .hint("only an OFFLINE computer can be deleted"));
                        }
                        Some(_) if resends > 0 => resends -= 1,
                        Some(_) => return Err(failure),
                        None => return Err(unknown(failure)),
                    }
                }
                Err(Unanswered::Failed(gone))
                    if gone.kind == Kind::NotFound && gone.asked.as_ref().is_some_and(|asked| asked.answered_in_json) =>
                {
                    return Ok(());
                }
                Err(_) => return Err(unknown(failure)),
            }
        }
    }
}

fn path(id: Uuid) -> [String; 2] {
    ["computers".to_owned(), id.to_string()]
}

fn one(answer: &Answer) -> Result<Computer<'static>, Failure> {
    wire::read_one(answer.json()?).map(Computer::into_owned).map_err(|why| answer.nonsense(why))
}

/// A 404 about a computer names the computer.
fn named(failure: Failure, id: Uuid) -> Failure {
    if failure.kind != Kind::NotFound {
        return failure;
    }
    Failure { message: format!("there is no computer with the id {id}"), ..failure }
}

fn unknown(because: Failure, what: &str, check: &str) -> Failure {
    let mut failure = Failure::new(Kind::OutcomeUnknown, format!("{what}: {}", because.message)).hint(format!("check: {check}"));
    failure.asked = because.asked;
    failure
}
