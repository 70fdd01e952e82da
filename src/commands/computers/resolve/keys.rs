//! The properties by which computers are known, and how a selector uses them.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::json;
use uuid::Uuid;

use crate::commands::computers::selector::{Selector, short_id};
use crate::model::computer::Computer;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// One property and the value by which a computer is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum MatchKey {
    Id(Uuid),
    UnderscoreId(Uuid),
    Name(String),
    /// In lower case: host names are compared ignoring case.
    Hostname(String),
    Ip(String),
    /// The beginning of an id, in lower case and with dashes.
    ShortId(String),
}

impl MatchKey {
    /// The keys by which a selector finds a computer; an earlier one goes before a later one.
    pub(crate) fn of(selector: &Selector) -> Vec<Self> {
        let hostname = |text: &str| Self::Hostname(text.to_lowercase());
        match selector {
            Selector::Id(id) => vec![Self::Id(*id)],
            Selector::UnderscoreId(id) => vec![Self::UnderscoreId(*id)],
            Selector::Name(name) => vec![Self::Name(name.clone())],
            Selector::Hostname(text) => vec![hostname(text)],
            Selector::Uuid(id) => vec![Self::Id(*id), Self::UnderscoreId(*id)],
            Selector::Ip(text) => vec![Self::Ip(text.clone())],
            Selector::Text(text) => [Self::Name(text.clone()), hostname(text)]
                .into_iter()
                .chain(short_id(text).map(Self::ShortId))
                .collect(),
        }
    }

    /// The key by which the API can be asked to search for what a selector matches. There is none for a host name, since
    /// an API may mind its case, and none for an id, which needs no search.
    pub(crate) fn searched(selector: &Selector) -> Option<Self> {
        Self::of(selector)
            .into_iter()
            .find(|key| key.search_term().is_some())
    }

    /// The property's name.
    pub(crate) fn property(&self) -> &'static str {
        match self {
            Self::Id(_) | Self::ShortId(_) => "id",
            Self::UnderscoreId(_) => "_id",
            Self::Name(_) => "name",
            Self::Hostname(_) => "hostname",
            Self::Ip(_) => "ip",
        }
    }

    /// Whether a computer has this value.
    pub(crate) fn is_of(&self, computer: &Computer) -> bool {
        match self {
            Self::Id(id) => computer.id() == Some(*id),
            Self::UnderscoreId(id) => computer.underscore_id() == Some(*id),
            Self::Name(name) => computer.name().as_deref() == Some(name),
            Self::Hostname(hostname) => computer
                .hostname()
                .is_some_and(|text| text.to_lowercase() == *hostname),
            Self::Ip(ip) => {
                let property = computer.property(&PropertyPath::new("ip"));
                property.as_deref() == Some(ip)
            }
            Self::ShortId(start) => computer
                .id()
                .is_some_and(|id| id.to_string().starts_with(start)),
        }
    }

    /// The property and value that the API can be asked to search for.
    pub(crate) fn search_term(&self) -> Option<(&'static str, String)> {
        match self {
            Self::UnderscoreId(id) => Some(("_id", id.to_string())),
            Self::Name(name) => Some(("name", name.clone())),
            Self::Ip(ip) => Some(("ip", ip.clone())),
            Self::Id(_) | Self::Hostname(_) | Self::ShortId(_) => None,
        }
    }
}

impl Selector {
    /// A computer that was never found, for its record: only what was typed is known of it.
    pub(in crate::commands::computers) fn stand_in(&self) -> Computer {
        Computer::new(json!({ self.property(): self.value() }).to_string())
    }

    /// A computer that was not found, for a table of states.
    pub(in crate::commands::computers) fn not_found(&self) -> Computer {
        Computer::new(json!({ self.property(): self.value(), "status": "not found" }).to_string())
    }

    /// Returns the property that is looked for first.
    fn property(&self) -> &'static str {
        MatchKey::of(self)
            .first()
            .map_or("name", MatchKey::property)
    }
}

/// All keys of some selectors, and how they are read from a row.
#[derive(Debug)]
pub(crate) struct MatchKeys {
    keys: HashSet<MatchKey>,
    /// The lengths of the short ids among the keys.
    short_ids: HashSet<usize>,
    lookup: Lookup,
}

/// What a row has of the properties that are matched.
pub(crate) struct RowKeys<'row> {
    pub name: Option<Cow<'row, str>>,
    pub hostname: Option<Cow<'row, str>>,
    /// Those of its keys that are looked for.
    pub keys: Vec<MatchKey>,
}

impl MatchKeys {
    pub(crate) fn new<'a>(selectors: impl IntoIterator<Item = &'a Selector>) -> Self {
        let paths = ["id", "_id", "name", "hostname", "ip"].map(PropertyPath::new);
        let keys: HashSet<MatchKey> = selectors.into_iter().flat_map(MatchKey::of).collect();
        let short_id = |key: &MatchKey| match key {
            MatchKey::ShortId(start) => Some(start.len()),
            _ => None,
        };
        Self {
            short_ids: keys.iter().filter_map(short_id).collect(),
            keys,
            lookup: Lookup::new(&paths),
        }
    }

    /// Reads one computer of a listing.
    pub(crate) fn read<'row>(&self, computer: &'row Computer) -> RowKeys<'row> {
        let values = self.lookup.find(computer.text());
        let text = |place: usize| values.get(place).copied().flatten().map(display_text);
        let uuid = |place: usize| text(place).and_then(|text| Uuid::try_parse(&text).ok());
        let (id, name, hostname) = (uuid(0), text(2), text(3));
        let short_id = |length: &usize| {
            let start = id?.to_string().get(..*length)?.to_owned();
            Some(MatchKey::ShortId(start))
        };
        let keys = [
            id.map(MatchKey::Id),
            uuid(1).map(MatchKey::UnderscoreId),
            name.as_deref().map(|name| MatchKey::Name(name.to_owned())),
            hostname
                .as_deref()
                .map(|hostname| MatchKey::Hostname(hostname.to_lowercase())),
            text(4).map(|ip| MatchKey::Ip(ip.into_owned())),
        ];
        let keys = keys
            .into_iter()
            .flatten()
            .chain(self.short_ids.iter().filter_map(short_id))
            .filter(|key| self.keys.contains(key))
            .collect();
        RowKeys {
            name,
            hostname,
            keys,
        }
    }
}
