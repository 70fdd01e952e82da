//! `GET /computers`: which page of which computers, and the envelope they come in.
//! It reads the fleet and never changes it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use uuid::Uuid;

use super::clock::Moment;
use super::computer::Computer;
use super::fleet::{Fleet, Slot};
use super::wanted::Wanted;

#[derive(Serialize)]
struct Envelope<'a> {
    computers: Vec<Cow<'a, Computer>>,
    page: u64,
    limit: usize,
    total: usize,
}

/// Answers listings, and remembers what the last filter found, so that a walk over the pages of a large fleet
/// searches it once, not once a page.
#[derive(Default)]
pub(super) struct Listings {
    last: Mutex<Option<Found>>,
}

#[derive(Clone)]
struct Found {
    fleet: Arc<Fleet>,
    filters: BTreeMap<String, Vec<String>>,
    slots: Arc<[Slot]>,
}

impl Listings {
    /// The page as JSON text.
    pub(super) fn page(
        &self,
        fleet: &Arc<Fleet>,
        mut wanted: Wanted,
    ) -> serde_json::Result<Vec<u8>> {
        let known = Computer::reserved(Uuid::nil(), Uuid::nil(), None, Moment::at(0));
        wanted
            .filters
            .retain(|property, _| known.text(property).is_some());
        let (offset, limit, page) = (wanted.offset(), wanted.limit, wanted.page);
        let (slots, total): (Vec<Slot>, usize) = if wanted.filters.is_empty() {
            (fleet.slots(offset).take(limit).collect(), fleet.count())
        } else {
            let found = self.search(fleet, wanted.filters);
            (
                found.iter().skip(offset).take(limit).copied().collect(),
                found.len(),
            )
        };
        serde_json::to_vec(&Envelope {
            computers: slots
                .into_iter()
                .filter_map(|slot| fleet.get(slot))
                .collect(),
            page,
            limit,
            total,
        })
    }

    fn search(&self, fleet: &Arc<Fleet>, filters: BTreeMap<String, Vec<String>>) -> Arc<[Slot]> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = &*last
            && Arc::ptr_eq(&found.fleet, fleet)
            && found.filters == filters
        {
            return Arc::clone(&found.slots);
        }
        let fits = |slot: &Slot| {
            fleet
                .get(*slot)
                .is_some_and(|computer| fits(&computer, &filters))
        };
        let slots: Arc<[Slot]> = fleet.slots(0).filter(fits).collect();
        *last = Some(Found {
            fleet: Arc::clone(fleet),
            filters,
            slots: Arc::clone(&slots),
        });
        slots
    }
}

/// Every property has one of the values asked for, exactly.
fn fits(computer: &Computer, filters: &BTreeMap<String, Vec<String>>) -> bool {
    filters.iter().all(|(property, values)| {
        let text = computer.text(property);
        text.is_none_or(|text| values.iter().any(|value| *value == text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_over_filtered_pages_searches_once_and_again_when_the_fleet_changed() {
        let fleet = Arc::new(Fleet::new(1_000, super::super::state::State::default()));
        let listings = Listings::default();
        let filters = || BTreeMap::from([("status".to_owned(), vec!["OFFLINE".to_owned()])]);
        let first = listings.search(&fleet, filters());
        assert!(Arc::ptr_eq(&first, &listings.search(&fleet, filters())));
        let other = Arc::new(Fleet::clone(&fleet));
        assert!(!Arc::ptr_eq(&first, &listings.search(&other, filters())));
    }
}
