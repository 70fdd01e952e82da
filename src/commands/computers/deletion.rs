//! The deletion of one computer.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::bulk::{Change, Planned};
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::resolve::Resolved;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// Makes a success of an error that proves that the computer is absent.
pub(super) fn forgive(
    ignore_missing: bool,
    error: Error,
    target: Computer,
) -> Result<Record, Error> {
    if ignore_missing && error.proves_absence() {
        Ok(Record::new(Outcome::Absent, target))
    } else {
        Err(error)
    }
}

/// One computer to delete.
pub(super) struct Deletion {
    pub chosen: Resolved,
    /// Whether a computer that is missing counts as deleted.
    pub ignore_missing: bool,
}

impl Deletion {
    /// Refuses a computer that was not OFFLINE when it was read.
    pub(super) fn checked(target: Planned<Self>) -> Planned<Self> {
        match target {
            Planned::Change(deletion) => match check_offline(&deletion.chosen.computer) {
                Ok(()) => Planned::Change(deletion),
                Err(error) => Planned::Known(Record::failed(error, deletion.chosen.computer)),
            },
            known @ Planned::Known(_) => known,
        }
    }

    /// Marks what was read of the computer as no longer current.
    pub(super) fn outdate(target: &mut Planned<Self>) {
        if let Planned::Change(deletion) = target {
            deletion.chosen.is_current = false;
        }
    }

    fn delete(&self, client: &Client) -> Result<Computer, Error> {
        let now = self.chosen.read_again(client)?;
        check_offline(&now)?;
        client.delete(self.chosen.id, &|now| self.chosen.check_still_chosen(now))?;
        Ok(now)
    }
}

impl Change for Deletion {
    const VERB: &'static str = "deleted";

    fn run(&self, client: &Client) -> Result<Record, Error> {
        match self.delete(client) {
            Ok(computer) => Ok(Record::new(Outcome::Deleted, computer)),
            Err(error) => forgive(self.ignore_missing, error, self.chosen.computer.clone()),
        }
    }

    fn request(&self) -> Request {
        Request::delete(self.chosen.id)
    }

    fn planned(&self) -> Record {
        Record::new(Outcome::WouldDelete, self.chosen.computer.clone())
    }
}

fn check_offline(computer: &Computer) -> Result<(), Error> {
    if wire::is_offline(computer) {
        return Ok(());
    }
    let name = computer.name().unwrap_or_default();
    let id = computer.id().map_or_else(String::new, |id| id.to_string());
    let state = wire::state(computer)
        .filter(|state| !state.is_empty())
        .map_or_else(|| "has no state".to_owned(), |state| format!("is {state}"));
    let message = format!("computer {name:?} ({id}) {state}, so it is not deleted");
    Err(Error::new(ErrorKind::NotOffline, message).reason(state))
}
