//! The requests of one poll of `watch`. That a computer is gone is never concluded from a listing alone.

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::watch::fleet::{Snapshot, missing};
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::filter::Filters;

/// Lists the computers that match the filters, at each poll anew.
pub(super) struct FleetQuery {
    client: Client,
    filters: Filters,
    before: Snapshot,
}

impl FleetQuery {
    pub(super) fn new(client: Client, filters: Filters) -> Self {
        Self {
            client,
            filters,
            before: Snapshot::new(),
        }
    }

    /// Polls once: returns a listing that is proven complete, with the computers that it has missed.
    pub(super) fn poll(&mut self) -> Result<Snapshot, Error> {
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

    fn list(&self) -> Result<Snapshot, Error> {
        let fits = |computer: &Computer| self.filters.fit(computer);
        self.client
            .list(&Search::new(self.filters.exact(), &fits), Proof::Required)
            .filter(|row| row.as_ref().map_or(true, fits))
            .map(|row| row.map(|computer| computer.detached()))
            .collect()
    }

    /// Returns those of the missing computers that are not gone, as they were last listed: a listing may miss a computer when
    /// others come and go.
    fn not_gone(&self, missing: Vec<&Computer>) -> Result<Snapshot, Error> {
        let (with_id, without_id): (Vec<_>, Vec<_>) = missing
            .into_iter()
            .partition(|computer| computer.id().is_some());
        let mut kept = Snapshot::new();
        for computer in with_id {
            if self.is_there(computer)? {
                kept.push(computer.clone());
            }
        }
        // A computer without an id can't be read by it: a second listing must agree.
        if !without_id.is_empty() {
            let second = self.list()?;
            let has = |computer: &Computer| second.iter().any(|row| row.key() == computer.key());
            kept.extend(without_id.into_iter().filter(|one| has(one)).cloned());
        }
        Ok(kept)
    }

    /// Whether a computer is not proven to be gone: by the API's own 404, or because it no longer matches the filters.
    fn is_there(&self, computer: &Computer) -> Result<bool, Error> {
        let Some(id) = computer.id() else {
            return Ok(true);
        };
        match self.client.find(id) {
            // A response without the id is not understood, and proves nothing.
            Ok(Some(now)) => Ok(now.id() != Some(id) || self.filters.fit(&now)),
            Ok(None) => Ok(false),
            // Nor does a gateway's 404, or any other refusal to show this one computer.
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
