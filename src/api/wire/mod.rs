//! Every name that the API's reference leaves open, and every form of response that is tolerated. No other module guesses.
//!
//! A profile's `[wire]` table overrides the query names. Pure: text in, values out.

mod envelope;
mod error_body;
mod hints;
pub(crate) mod probes;

use uuid::Uuid;

pub(crate) use envelope::{read_listing, read_one};
pub(crate) use error_body::error_text;
pub(crate) use hints::{PageInfo, request_id};

use crate::api::wire::probes::{LIMITS, OFFSETS, PAGES};
use crate::model::computer::Computer;
use crate::model::filter::FilterKey;
use crate::model::hint::{CommandLine, Hint};
use crate::model::property::PropertyPath;
use crate::model::wire_overrides::WireOverrides;

/// The properties by which the reference says that a listing can be searched. Others are filtered by this program alone,
/// since an API may take an unknown parameter for something else.
const SEARCHABLE: [&str; 3] = ["name", "hostname", "ip"];

/// The query names in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wire {
    /// The parameter that carries the page number.
    pub page: String,
    /// The parameter that carries the page size.
    pub limit: String,
    /// The number of the first page.
    pub first_page: u64,
    /// A template with `{property}`, or empty to filter on this side alone.
    pub filter: String,
}

impl Wire {
    /// The defaults with a profile's overrides.
    pub(crate) fn new(overrides: &WireOverrides) -> Self {
        let or = |value: &Option<String>, default: &str| {
            value.clone().unwrap_or_else(|| default.to_owned())
        };
        Self {
            page: or(&overrides.page, "page"),
            limit: or(&overrides.limit, "limit"),
            first_page: overrides.first_page.unwrap_or(1),
            filter: or(&overrides.filter, "{property}"),
        }
    }

    /// Returns the query of one page. `index` counts from 0, even if the API counts from another number.
    pub(crate) fn page_query(&self, index: u64, size: u64) -> Vec<(String, String)> {
        vec![
            (
                self.page.clone(),
                (self.first_page.saturating_add(index)).to_string(),
            ),
            (self.limit.clone(), size.to_string()),
        ]
    }

    /// Returns the query of the page before the first one, or `None` if there can't be one.
    pub(crate) fn page_before_query(&self, size: u64) -> Option<Vec<(String, String)>> {
        let before = self.first_page.checked_sub(1)?;
        Some(vec![
            (self.page.clone(), before.to_string()),
            (self.limit.clone(), size.to_string()),
        ])
    }

    /// Returns the query by which the API searches for a property's value, or `None` if it can't search for that property.
    pub(crate) fn filter_query(&self, property: &str, value: &str) -> Option<(String, String)> {
        let known = SEARCHABLE.contains(&property) || property == "_id";
        let name = self.filter.replace("{property}", property);
        (known && !name.is_empty() && name != self.page && name != self.limit)
            .then(|| (name, value.to_owned()))
    }

    /// Returns a query for the second page of single rows under all the usual names at once, but the ones in force: an API that
    /// ignores paging altogether answers it as it answers anything.
    pub(crate) fn probe_query(&self, count: u64) -> Vec<(String, String)> {
        let sizes = LIMITS.map(|name| (name, 1));
        let pages = PAGES.map(|name| (name, self.first_page.saturating_add(1)));
        let offsets = OFFSETS.map(|name| (name, (count / 2).max(1)));
        let all = sizes.into_iter().chain(pages).chain(offsets);
        all.map(|(name, value)| (name.to_owned(), value.to_string()))
            .collect()
    }

    /// Returns a hint at the settings to check if the API seems not to understand paging.
    pub(crate) fn paging_hint(&self) -> Hint {
        Hint::new(format!(
            "the API may use other paging parameters than `{}` and `{}` (first page {}); \
             to detect and store them: ",
            self.page, self.limit, self.first_page
        ))
        .command(CommandLine::reemo("doctor --write"))
    }

    /// Returns a hint at the setting to check if the page before the first one has computers.
    pub(crate) fn first_page_hint(&self) -> Hint {
        let before = self.first_page.saturating_sub(1);
        Hint::new(format!(
            "the API's pages seem to begin at {before} (wire.first_page = {before}); to find out and store it: "
        ))
        .command(CommandLine::reemo("doctor --write"))
    }
}

/// Where a property is found: the state has two names, every other property its own.
pub(crate) fn property(key: &str) -> PropertyPath {
    let path = PropertyPath::new(key);
    match &*key.to_ascii_lowercase() {
        "status" => path.or("status").or("state"),
        "state" => path.or("state").or("status"),
        _ => path,
    }
}

/// Returns where a filter finds a property: also under the heading of its column, which is the name in another case.
pub(crate) fn filter_key(key: &str) -> FilterKey {
    FilterKey {
        path: property(key).in_any_case(),
        ignores_case: is_state(&key.to_ascii_lowercase()) || key.eq_ignore_ascii_case("hostname"),
    }
}

/// The state of a computer that is connected.
pub(crate) const ONLINE: &str = "ONLINE";

/// Whether a property is the state, under either of its names.
pub(crate) fn is_state(property: &str) -> bool {
    matches!(property, "status" | "state")
}

/// Whether a property moves by itself, so that it differs from one listing to the next.
pub(crate) fn is_volatile(property: &str) -> bool {
    let name = property.to_ascii_lowercase().replace('_', "");
    matches!(&*name, "lastseen" | "updatedat")
}

/// A computer's state as the API spells it, such as `OFFLINE`.
pub(crate) fn state(computer: &Computer) -> Option<String> {
    computer
        .property(&property("status"))
        .map(std::borrow::Cow::into_owned)
}

/// Whether a computer is OFFLINE. One without a state is not: only a known state allows a deletion.
pub(crate) fn is_offline(computer: &Computer) -> bool {
    state(computer).is_some_and(|state| state.eq_ignore_ascii_case("OFFLINE"))
}

/// Whether a computer's state is known, and another than OFFLINE.
pub(crate) fn is_online(computer: &Computer) -> bool {
    state(computer).is_some_and(|state| !state.is_empty() && !state.eq_ignore_ascii_case("OFFLINE"))
}

/// Whether no machine has registered as this computer yet: it is OFFLINE, and has neither a hostname nor an ip.
pub(crate) fn is_unregistered(computer: &Computer) -> bool {
    let is_empty = |name: &str| {
        computer
            .property(&PropertyPath::new(name))
            .is_none_or(|text| text.is_empty())
    };
    is_offline(computer) && is_empty("hostname") && is_empty("ip")
}

/// The body that reserves an `_id`.
pub(crate) fn reserve_body(underscore_id: Uuid, name: Option<&str>) -> String {
    match name {
        Some(name) => {
            serde_json::json!({ "_id": underscore_id.to_string(), "name": name }).to_string()
        }
        None => serde_json::json!({ "_id": underscore_id.to_string() }).to_string(),
    }
}

/// The body that renames a computer.
pub(crate) fn rename_body(name: &str) -> String {
    serde_json::json!({ "name": name }).to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Wire, is_offline, is_unregistered, rename_body, reserve_body, state};
    use crate::model::computer::Computer;
    use crate::model::wire_overrides::WireOverrides;

    fn pairs(query: Vec<(String, String)>) -> String {
        query
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    }

    fn other() -> Wire {
        let some = |text: &str| Some(text.to_owned());
        Wire::new(&WireOverrides {
            page: some("p"),
            limit: some("n"),
            first_page: Some(0),
            filter: some("filter[{property}]"),
        })
    }

    #[test]
    fn pages_are_requested_under_the_names_of_the_profile() {
        let usual = Wire::new(&WireOverrides::default());
        assert_eq!(pairs(usual.page_query(0, 100)), "page=1&limit=100");
        assert_eq!(pairs(usual.page_query(2, 1)), "page=3&limit=1");
        assert_eq!(pairs(other().page_query(0, 100)), "p=0&n=100");
        let before = |wire: Wire| wire.page_before_query(9).map(pairs);
        assert_eq!(before(other()), None);
        assert_eq!(before(usual).as_deref(), Some("page=0&limit=9"));
        let hint = other().paging_hint().render(None);
        assert!(
            hint.contains("`p` and `n` (first page 0)") && hint.contains("reemo doctor --write"),
            "{hint}"
        );
    }

    #[test]
    fn only_what_the_reference_names_is_searched_for() {
        let usual = Wire::new(&WireOverrides::default());
        for property in ["name", "hostname", "ip", "_id"] {
            assert_eq!(
                usual
                    .filter_query(property, "a")
                    .map(|pair| pairs(vec![pair])),
                Some(format!("{property}=a"))
            );
        }
        assert_eq!(
            (
                usual.filter_query("os", "a"),
                usual.filter_query("status", "a")
            ),
            (None, None)
        );
        assert_eq!(
            other()
                .filter_query("ip", "1")
                .map(|pair| pairs(vec![pair]))
                .as_deref(),
            Some("filter[ip]=1")
        );
        // Off, and a name that the paging has taken.
        for (page, limit, filter) in [
            ("page", "limit", ""),
            ("ip", "limit", "{property}"),
            ("page", "ip", "{property}"),
        ] {
            let overrides = WireOverrides {
                page: Some(page.to_owned()),
                limit: Some(limit.to_owned()),
                first_page: None,
                filter: Some(filter.to_owned()),
            };
            assert_eq!(
                Wire::new(&overrides).filter_query("ip", "1"),
                None,
                "{overrides:?}"
            );
        }
    }

    #[test]
    fn a_probe_requests_the_second_page_of_single_rows_under_every_usual_name() {
        let probe = pairs(other().probe_query(9));
        assert!(
            probe.starts_with("limit=1&per_page=1&") && probe.contains("&page=1&p=1&"),
            "{probe}"
        );
        assert!(probe.ends_with("&offset=4&skip=4&start=4"), "{probe}");
        assert!(pairs(other().probe_query(1)).ends_with("&start=1"));
        assert!(pairs(Wire::new(&WireOverrides::default()).probe_query(1)).contains("&page=2&"));
    }

    #[test]
    fn only_a_known_state_is_offline() {
        for (json, spelt, offline) in [
            (r#"{"status":"OFFLINE"}"#, Some("OFFLINE"), true),
            (r#"{"state":"offline"}"#, Some("offline"), true),
            (
                r#"{"status":"ONLINE","state":"OFFLINE"}"#,
                Some("ONLINE"),
                false,
            ),
            (r#"{"status":null}"#, Some(""), false),
            ("{}", None, false),
        ] {
            let computer = Computer::new(json);
            assert_eq!(
                (state(&computer).as_deref(), is_offline(&computer)),
                (spelt, offline),
                "{json}"
            );
        }
    }

    #[test]
    fn an_unregistered_computer_is_offline_and_has_no_machine() {
        for (json, unregistered) in [
            (r#"{"status":"OFFLINE"}"#, true),
            (r#"{"state":"offline","hostname":null,"ip":""}"#, true),
            (r#"{"status":"ONLINE"}"#, false),
            (r#"{"hostname":null}"#, false),
            (r#"{"status":"OFFLINE","hostname":"PC"}"#, false),
            (r#"{"status":"OFFLINE","ip":"10.0.0.1"}"#, false),
        ] {
            assert_eq!(
                is_unregistered(&Computer::new(json)),
                unregistered,
                "{json}"
            );
        }
    }

    #[test]
    fn bodies_hold_what_was_typed_as_json() {
        let id = Uuid::from_u128(7);
        assert_eq!(reserve_body(id, None), format!(r#"{{"_id":"{id}"}}"#));
        assert_eq!(
            reserve_body(id, Some("a\"b")),
            format!(r#"{{"_id":"{id}","name":"a\"b"}}"#)
        );
        assert_eq!(rename_body("a\"b"), r#"{"name":"a\"b"}"#);
    }
}
