//! Every name that the API's reference leaves open, and every tolerance for another answer. No guess lives anywhere else.
//!
//! A profile's `[wire]` table overrides the query names. Pure: text in, values out.

mod envelope;
mod error_body;
mod hints;

use uuid::Uuid;

pub use envelope::{read_listing, read_one};
pub use error_body::error_text;
pub use hints::{Hints, request_id};

use crate::model::computer::Computer;
use crate::model::property::PropertyPath;
use crate::model::wire_overrides::WireOverrides;

/// The page size asked for where none is given, in computers: large, since an API gives at most what it grants.
pub const PAGE_SIZE: u64 = 1000;

/// The page size asked for where an API rejects the large one.
pub const CAUTIOUS_PAGE_SIZE: u64 = 100;

/// The properties by which the reference says that a listing can be searched. Others are filtered on this side alone,
/// since an API may take an unknown parameter for something else.
const SEARCHABLE: [&str; 3] = ["name", "hostname", "ip"];

/// The query names in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    page: String,
    limit: String,
    first_page: u64,
    filter: String,
}

impl Wire {
    /// The defaults with a profile's overrides.
    pub fn new(overrides: &WireOverrides) -> Self {
        let or = |value: &Option<String>, default: &str| value.clone().unwrap_or_else(|| default.to_owned());
        Self {
            page: or(&overrides.page, "page"),
            limit: or(&overrides.limit, "limit"),
            first_page: overrides.first_page.unwrap_or(1),
            filter: or(&overrides.filter, "{property}"),
        }
    }

    /// The query of one page; `index` counts from 0, whatever the API counts from.
    pub fn page_query(&self, index: u64, size: u64) -> Vec<(String, String)> {
        vec![(self.page.clone(), (self.first_page.saturating_add(index)).to_string()), (self.limit.clone(), size.to_string())]
    }

    /// The query that asks the API itself to look for a property's value, where it may be able to.
    pub fn filter_query(&self, property: &str, value: &str) -> Option<(String, String)> {
        let known = SEARCHABLE.contains(&property) || property == "_id";
        let name = self.filter.replace("{property}", property);
        (known && !name.is_empty() && name != self.page && name != self.limit).then(|| (name, value.to_owned()))
    }

    /// A query for the second page of single rows under all the usual names at once, but the ones in force: an API that
    /// ignores paging altogether answers it as it answers anything.
    pub fn probe_query(&self, count: u64) -> Vec<(String, String)> {
        let sizes = ["limit", "per_page", "perPage", "page_size", "pageSize", "size", "count", "take"].map(|name| (name, 1));
        let pages = ["page", "p", "page_number", "pageNumber", "pageNo"].map(|name| (name, self.first_page.saturating_add(1)));
        let offsets = ["offset", "skip", "start"].map(|name| (name, (count / 2).max(1)));
        let all = sizes.into_iter().chain(pages).chain(offsets);
        all.map(|(name, value)| (name.to_owned(), value.to_string())).collect()
    }

    /// The settings to look at where paging seems not to be understood.
    pub fn paging_hint(&self) -> String {
        format!(
            "the API may call its paging parameters something else than `{}` and `{}` (first page {}): \
             set wire.page, wire.limit and wire.first_page, e.g. reemo config set wire.page p",
            self.page, self.limit, self.first_page
        )
    }
}

/// Where a property is found: the state has two names, every other property its own.
pub fn property(key: &str) -> PropertyPath {
    match key {
        "status" => PropertyPath::new("status").or("state"),
        "state" => PropertyPath::new("state").or("status"),
        other => PropertyPath::new(other),
    }
}

/// Whether a property is the state, under either of its names.
pub fn is_state(property: &str) -> bool {
    matches!(property, "status" | "state")
}

/// A computer's state as the API spells it, such as `OFFLINE`.
pub fn state(computer: &Computer<'_>) -> Option<String> {
    computer.property(&property("status")).map(std::borrow::Cow::into_owned)
}

/// Whether a computer is OFFLINE. One without a state is not: only a known state allows a deletion.
pub fn is_offline(computer: &Computer<'_>) -> bool {
    state(computer).is_some_and(|state| state.eq_ignore_ascii_case("OFFLINE"))
}

/// Whether a computer's state is known, and another than OFFLINE.
pub fn is_online(computer: &Computer<'_>) -> bool {
    state(computer).is_some_and(|state| !state.is_empty() && !state.eq_ignore_ascii_case("OFFLINE"))
}

/// The body that reserves an `_id`.
pub fn reserve_body(underscore_id: Uuid, name: Option<&str>) -> String {
    match name {
        Some(name) => serde_json::json!({ "_id": underscore_id.to_string(), "name": name }).to_string(),
        None => serde_json::json!({ "_id": underscore_id.to_string() }).to_string(),
    }
}

/// The body that renames a computer.
pub fn rename_body(name: &str) -> String {
    serde_json::json!({ "name": name }).to_string()
}
