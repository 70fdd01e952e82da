//! Names that are like one that no computer has, for a hint.

use crate::commands::computers::resolve::keys::RowKeys;
use crate::commands::computers::selector::Selector;

/// Suggestions for one name.
const MAX_SUGGESTIONS: usize = 3;
/// Computers whose names are remembered; about 8 MiB. A larger fleet is compared as far as this.
const MAX_REMEMBERED: usize = 100_000;
/// How like a name must be to be suggested, from 0 to 1.
const MIN_LIKENESS: f64 = 0.8;

/// The names and host names of the computers of one listing.
#[derive(Debug, Default)]
pub(super) struct NearNames(Vec<[Option<Box<str>>; 2]>);

impl NearNames {
    /// Remembers the names of a computer.
    pub(super) fn add(&mut self, row: &RowKeys<'_>) {
        if self.0.len() < MAX_REMEMBERED {
            self.0.push(
                [row.name.as_deref(), row.hostname.as_deref()].map(|text| text.map(Box::from)),
            );
        }
    }

    /// The names most like the one that is selected, the most like first.
    pub(super) fn suggest(&self, selector: &Selector) -> Vec<&str> {
        let (text, by_name, by_hostname) = match selector {
            Selector::Text(text) => (text, true, true),
            Selector::Name(text) => (text, true, false),
            Selector::Hostname(text) => (text, false, true),
            _ => return Vec::new(),
        };
        let wanted = text.to_lowercase();
        let mut near: Vec<(f64, &str)> = Vec::new();
        for [name, hostname] in &self.0 {
            let best = [
                hostname.as_deref().filter(|_| by_hostname),
                name.as_deref().filter(|_| by_name),
            ]
            .into_iter()
            .flatten()
            .map(|name| (likeness(&name.to_lowercase(), &wanted), name))
            .max_by(|one, other| one.0.total_cmp(&other.0));
            if let Some(best) = best.filter(|(likeness, _)| *likeness > MIN_LIKENESS) {
                near.push(best);
                near.sort_by(|one, other| {
                    other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1))
                });
                near.truncate(MAX_SUGGESTIONS);
            }
        }
        near.into_iter().map(|(_, name)| name).collect()
    }
}

/// From 0 to 1; a name that contains the other is as like it as can be.
fn likeness(name: &str, wanted: &str) -> f64 {
    if name.contains(wanted) {
        1.0
    } else {
        strsim::jaro_winkler(name, wanted)
    }
}
