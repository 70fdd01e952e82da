//! `GET /computers`: which computers are on a page, and the envelope around them.
//! It reads the fleet and never changes it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use uuid::Uuid;

use super::computer::Computer;
use super::fleet::{Fleet, Slot};
use super::list_query::ListQuery;
use super::timestamp::Timestamp;

#[derive(Serialize)]
struct Envelope {
    computers: Vec<Computer>,
    page: u64,
    limit: usize,
    total: usize,
}

/// Makes pages, and remembers the result of the last search, so that listing a large fleet with a filter searches it once
/// and not once a page.
#[derive(Default)]
pub(super) struct Lister {
    last_search: Mutex<Option<Search>>,
}

#[derive(Clone)]
struct Search {
    fleet: Arc<Fleet>,
    filters: BTreeMap<String, Vec<String>>,
    matches: Arc<[Slot]>,
}

impl Lister {
    /// Returns the page as JSON text.
    pub(super) fn page(
        &self,
        fleet: &Arc<Fleet>,
        mut query: ListQuery,
    ) -> serde_json::Result<Vec<u8>> {
        let any = Computer::reserved(
            Uuid::nil(),
            Uuid::nil(),
            None,
            Timestamp::from_unix_seconds(0),
        );
        query
            .filters
            .retain(|property, _| any.text(property).is_some());
        let (offset, limit, page) = (query.offset(), query.limit, query.page);
        let (slots, total): (Vec<Slot>, usize) = if query.filters.is_empty() {
            (fleet.slots(offset).take(limit).collect(), fleet.count())
        } else {
            let found = self.search(fleet, query.filters);
            (
                found.iter().skip(offset).take(limit).copied().collect(),
                found.len(),
            )
        };
        let now = Timestamp::now();
        serde_json::to_vec(&Envelope {
            computers: slots
                .into_iter()
                .filter_map(|slot| fleet.get(slot))
                .map(|computer| computer.into_owned().reported(now))
                .collect(),
            page,
            limit,
            total,
        })
    }

    fn search(&self, fleet: &Arc<Fleet>, filters: BTreeMap<String, Vec<String>>) -> Arc<[Slot]> {
        let mut last = self
            .last_search
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(search) = &*last
            && Arc::ptr_eq(&search.fleet, fleet)
            && search.filters == filters
        {
            return Arc::clone(&search.matches);
        }
        let matches = |slot: &Slot| {
            fleet
                .get(*slot)
                .is_some_and(|computer| matches(&computer, &filters))
        };
        let matches: Arc<[Slot]> = fleet.slots(0).filter(matches).collect();
        *last = Some(Search {
            fleet: Arc::clone(fleet),
            filters,
            matches: Arc::clone(&matches),
        });
        matches
    }
}

/// Whether every property has exactly one of the values of its filter.
fn matches(computer: &Computer, filters: &BTreeMap<String, Vec<String>>) -> bool {
    filters.iter().all(|(property, values)| {
        let text = computer.text(property);
        text.is_none_or(|text| values.iter().any(|value| *value == text))
    })
}

#[cfg(test)]
mod tests {
    use super::super::state::SavedState;
    use super::*;

    #[test]
    fn the_same_filters_search_an_unchanged_fleet_once() {
        let fleet = Arc::new(Fleet::new(1_000, SavedState::default()));
        let lister = Lister::default();
        let filters = || BTreeMap::from([("status".to_owned(), vec!["OFFLINE".to_owned()])]);
        let first = lister.search(&fleet, filters());
        assert!(Arc::ptr_eq(&first, &lister.search(&fleet, filters())));
        let changed = Arc::new(Fleet::clone(&fleet));
        assert!(!Arc::ptr_eq(&first, &lister.search(&changed, filters())));
    }
}
