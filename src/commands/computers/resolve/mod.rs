//! Finding the computers that selectors mean, with as few requests as possible. One is found as many are: by a list of one.
//!
//! What is selected by anything but an id is looked for in a listing that is proven complete. Near names are suggested here.

mod keys;
mod matches;
mod near_names;
mod resolution;
mod resolved;

pub(super) use keys::{MatchKey, MatchKeys};
pub(super) use matches::Matches;
pub(super) use resolved::Resolved;

use std::sync::Arc;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::resolve::near_names::NearNames;
use crate::commands::computers::resolve::resolution::{Resolution, finished, not_found, open};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::unknown::UnknownProperties;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::filter::Filters;

/// So few ids cost less one by one than with a listing of the whole fleet.
const MAX_SINGLE_READS: usize = 10;

/// How sure a resolution must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Certainty {
    /// What a listing must prove for a computer that is found in it.
    pub(super) proof: Proof,
    /// Whether a second listing must agree that a computer is absent: one alone may miss it while the fleet moves.
    pub(super) confirm_absence: bool,
}

impl Certainty {
    /// For showing a computer.
    pub(super) const SHOW: Self = Self {
        proof: Proof::Plausible,
        confirm_absence: false,
    };
    /// For changing it.
    pub(super) const CHANGE: Self = Self {
        proof: Proof::Required,
        confirm_absence: false,
    };
    /// For a change to which an absent computer is a success.
    pub(super) const CHANGE_OR_ABSENT: Self = Self {
        proof: Proof::Required,
        confirm_absence: true,
    };
}

/// Finds one computer.
///
/// # Errors
/// `NotFound` with near names, `Ambiguous` with all that match, or whatever a request fails with.
pub(super) fn resolve_one(
    client: &Client,
    selector: &Selector,
    certainty: Certainty,
) -> Result<Resolved, Error> {
    let mut found = resolve(client, std::slice::from_ref(selector), certainty)?;
    found
        .pop()
        .unwrap_or_else(|| Err(not_found(selector, None, &[])))
}

/// Finds several computers. Returns one result for each selector, in their order.
///
/// # Errors
/// Whatever a listing fails with. What concerns one selector alone is in its place of the result.
pub(super) fn resolve(
    client: &Client,
    selectors: &[Selector],
    certainty: Certainty,
) -> Result<Vec<Result<Resolved, Error>>, Error> {
    let mut searches: Vec<Resolution<'_>> = selectors.iter().map(Resolution::new).collect();
    if are_read_singly(selectors) {
        // Of several, the first was not read just now when the last is.
        let is_current = selectors.len() == 1;
        for search in &mut searches {
            search.read(client, is_current);
        }
    }
    let mut near_names = NearNames::default();
    let wanted = open(&searches);
    if !wanted.is_empty() {
        let search_key = match wanted[..] {
            [selector] => MatchKey::searched(selector),
            _ => None,
        };
        let (matches, names) = list(client, &wanted, search_key, certainty.proof)?;
        near_names = names;
        for search in searches.iter_mut().filter(|search| search.is_open()) {
            search.look_in(&matches);
            // A listing may leave a computer out. That none has this as its `_id` only a listing can show.
            if search.may_be_an_id() {
                search.read(client, false);
            }
        }
    }
    if certainty.confirm_absence {
        confirm_absence(client, &mut searches)?;
    }
    Ok(finished(searches, &near_names))
}

/// Finds all computers that fit filters, in a listing that is proven complete. A note tells of properties in the filters that no
/// computer has.
///
/// # Errors
/// Whatever the listing fails with; `InvalidResponse` if the API returned a computer whose id is not a UUID.
pub(super) fn resolve_filters(
    client: &Client,
    filters: &Arc<Filters>,
    context: &Context,
) -> Result<Vec<Resolved>, Error> {
    let fits = |computer: &Computer| filters.fit(computer);
    let search = Search::new(filters.exact(), &fits);
    client.collect(&search, Proof::Required, |rows| {
        let mut unknown = UnknownProperties::new(filters.keys());
        let found: Vec<Resolved> = rows
            .inspect(|row| row.iter().for_each(|computer| unknown.look(computer)))
            .filter(|row| row.as_ref().map_or(true, fits))
            .map(|row| Resolved::by_filters(row?.detached(), filters))
            .collect::<Result<_, Error>>()?;
        unknown.tell(context);
        Ok(found)
    })
}

/// Looks once more for what no listing has.
fn confirm_absence(client: &Client, searches: &mut [Resolution<'_>]) -> Result<(), Error> {
    let wanted = open(searches);
    if wanted.is_empty() {
        return Ok(());
    }
    let (matches, _) = list(client, &wanted, None, Proof::Required)?;
    for search in searches.iter_mut().filter(|search| search.is_open()) {
        search.look_in(&matches);
    }
    Ok(())
}

/// Whether no listing is needed before the computers are asked for by their ids.
fn are_read_singly(selectors: &[Selector]) -> bool {
    match selectors {
        [Selector::Uuid(_)] => true,
        _ => {
            selectors.len() <= MAX_SINGLE_READS
                && selectors
                    .iter()
                    .all(|selector| matches!(selector, Selector::Id(_)))
        }
    }
}

/// Lists everything, or what the API finds for the one key that is searched for. Returns what the selectors match, and
/// names to suggest.
fn list(
    client: &Client,
    selectors: &[&Selector],
    search_key: Option<MatchKey>,
    proof: Proof,
) -> Result<(Matches, NearNames), Error> {
    let keys = MatchKeys::new(selectors.iter().copied());
    let fits = |computer: &Computer| search_key.as_ref().is_none_or(|key| key.is_of(computer));
    let term = search_key.as_ref().and_then(MatchKey::search_term);
    client.collect(&Search::new(term, &fits), proof, |rows| {
        let (mut matches, mut near_names) = (Matches::default(), NearNames::default());
        for computer in rows.by_ref() {
            let computer = computer?;
            let row = keys.read(&computer);
            matches.add(&row, &computer);
            near_names.add(&row);
        }
        if selectors.iter().any(|selector| matches.lacks(selector)) {
            rows.require_proof()?;
        }
        rows.warn_unless_proven();
        Ok((matches, near_names))
    })
}

#[cfg(test)]
mod tests;
