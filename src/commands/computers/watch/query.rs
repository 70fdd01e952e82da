//! Asking for the computers that are watched. That one is gone is never believed on a listing alone.

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::watch::fleet::{Fleet, missing};
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::filter::Filters;

/// Lists the computers that fit, again and again.
pub(super) struct Query {
    client: Client,
    filters: Filters,
    before: Fleet,
}

impl Query {
    pub(super) fn new(client: Client, filters: Filters) -> Self {
        Self {
            client,
            filters,
            before: Fleet::new(),
        }
    }

    /// Polls once: a listing that is proven whole, and those computers that it lacks but that are not gone.
    ///
    /// # Errors
    /// Whatever a request fails with.
    pub(super) fn poll(&mut self) -> Result<Fleet, Error> {
        let mut fleet = self.list()?;
        let missing = if fleet == self.before {
            Vec::new()
        } else {
            missing(&self.before, &fleet)
        };
        let kept = self.not_gone(missing)?;
        fleet.extend(kept);
        self.before.clone_from(&fleet);
        Ok(fleet)
    }

    fn list(&self) -> Result<Fleet, Error> {
        let fits = |computer: &Computer| self.filters.fit(computer);
        self.client
            .list(&Search::new(self.filters.exact(), &fits), Proof::Required)
            .filter(|row| row.as_ref().map_or(true, fits))
            .map(|row| row.map(|computer| computer.detached()))
            .collect()
    }

    /// Of the computers that a listing lacks, those that are there all the same: rows move between two pages while computers
    /// come and go. They stay as they were last listed.
    fn not_gone(&self, missing: Vec<&Computer>) -> Result<Fleet, Error> {
        let (with_id, without_id): (Vec<_>, Vec<_>) = missing
            .into_iter()
            .partition(|computer| computer.id().is_some());
        let mut kept = Fleet::new();
        for computer in with_id {
            if self.is_there(computer)? {
                kept.push(computer.clone());
            }
        }
        // What can't be asked for by its id is looked for in a second listing.
        if !without_id.is_empty() {
            let second = self.list()?;
            let lacks = |computer: &Computer| second.iter().all(|row| row.key() != computer.key());
            kept.extend(
                without_id
                    .into_iter()
                    .filter(|computer| !lacks(computer))
                    .cloned(),
            );
        }
        Ok(kept)
    }

    /// Whether a computer is not shown to be gone: by the API's own 404, or as one that no longer fits the filters.
    fn is_there(&self, computer: &Computer) -> Result<bool, Error> {
        let Some(id) = computer.id() else {
            return Ok(true);
        };
        match self.client.get(id) {
            // An answer without the id is not understood, and shows nothing.
            Ok(now) => Ok(now.id() != Some(id) || self.filters.fit(&now)),
            Err(error) if error.proves_absence() => Ok(false),
            // A gateway's 404, or any other refusal to show this one computer, says nothing about it.
            Err(error)
                if error
                    .status()
                    .is_some_and(|status| (400..500).contains(&status)) =>
            {
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }
}
