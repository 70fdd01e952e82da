//! The renaming of one computer.

use std::borrow::Cow;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::computers::bulk::Change;
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::resolve::Resolved;
use crate::model::computer::Computer;
use crate::model::error::Error;

/// One computer to rename.
pub(super) struct Renaming {
    pub chosen: Resolved,
    /// The new name.
    pub name: String,
}

impl Change for Renaming {
    const VERB: &'static str = "renamed";

    fn run(&self, client: &Client) -> Result<Record, Error> {
        let before = if self.chosen.may_have_changed() {
            self.chosen.read_again(client)?
        } else {
            self.chosen.computer.clone()
        };
        if before.name().as_deref() == Some(&self.name) {
            return Ok(Record::new(Outcome::Unchanged, before));
        }
        let still_chosen = |now: &Computer| self.chosen.check_still_chosen(now);
        let renamed = client.rename(self.chosen.id, &before, &self.name, &still_chosen)?;
        Ok(Record {
            other_name: before
                .name()
                .filter(|name| !name.is_empty())
                .map(Cow::into_owned),
            ..Record::new(Outcome::Renamed, renamed)
        })
    }

    fn request(&self) -> Request {
        Request::rename(self.chosen.id, &self.name)
    }

    fn planned(&self) -> Record {
        Record {
            other_name: Some(self.name.clone()),
            ..Record::new(Outcome::WouldRename, self.chosen.computer.clone())
        }
    }
}
