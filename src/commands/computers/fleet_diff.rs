//! Compares a FLEET with the computers of the account, by their `_id`s.

use std::collections::HashMap;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::saved::FleetRow;
use crate::model::computer::Computer;
use crate::model::count::counted;
use crate::model::error::Error;

/// How the account differs from a FLEET.
#[derive(Debug, Default)]
pub(super) struct FleetDiff {
    /// The rows whose `_id` no computer has.
    pub missing: Vec<FleetRow>,
    /// The computers with another name than their rows say, with those rows.
    pub renamed: Vec<(Computer, FleetRow)>,
    /// The computers whose `_id` no row has.
    pub extra: Vec<Computer>,
    /// The number of computers without a UUID as their `_id`, which are not compared.
    pub incomparable: usize,
    /// The number of all computers of the account.
    pub total: usize,
}

impl FleetDiff {
    /// Returns a note on the computers that can't be in a file that is keyed by `_id`.
    pub(super) fn incomparable_text(&self) -> String {
        let computers = counted(self.incomparable as u64, "computer");
        format!("{computers} without an _id can't be compared")
    }
}

/// Compares rows with the account, from a listing that is proven complete.
pub(super) fn compare(client: &Client, rows: &[FleetRow]) -> Result<FleetDiff, Error> {
    client.collect(&Search::everything(), Proof::Required, |listing| {
        let mut comparison = FleetComparison::new(rows);
        for computer in listing.by_ref() {
            comparison.add(&computer?);
        }
        Ok(comparison.finish())
    })
}

struct FleetComparison<'rows> {
    rows: &'rows [FleetRow],
    /// The place of each `_id` in the rows.
    places: HashMap<uuid::Uuid, usize>,
    is_present: Vec<bool>,
    diff: FleetDiff,
    /// The places of the rows of the renamed computers.
    renamed: Vec<(usize, Computer)>,
}

impl<'rows> FleetComparison<'rows> {
    fn new(rows: &'rows [FleetRow]) -> Self {
        let ids = rows.iter().map(|row| row.underscore_id);
        Self {
            rows,
            places: ids.zip(0..).collect(),
            is_present: vec![false; rows.len()],
            diff: FleetDiff::default(),
            renamed: Vec::new(),
        }
    }

    fn add(&mut self, computer: &Computer) {
        self.diff.total += 1;
        let Some(id) = computer.underscore_id() else {
            self.diff.incomparable += 1;
            return;
        };
        let Some(place) = self.places.get(&id) else {
            self.diff.extra.push(computer.detached());
            return;
        };
        self.is_present[*place] = true;
        let wanted = self.rows[*place].name.as_deref();
        if wanted.is_some_and(|wanted| computer.name().unwrap_or_default() != wanted) {
            self.renamed.push((*place, computer.detached()));
        }
    }

    /// Returns the differences: those of rows in the order of the rows.
    fn finish(mut self) -> FleetDiff {
        let missing = self.rows.iter().zip(&self.is_present);
        self.diff.missing = missing
            .filter(|(_, is_present)| !**is_present)
            .map(|(row, _)| row.clone())
            .collect();
        self.renamed.sort_by_key(|(place, _)| *place);
        let renamed = self.renamed.into_iter();
        self.diff.renamed = renamed
            .map(|(place, computer)| (computer, self.rows[place].clone()))
            .collect();
        self.diff
    }
}
