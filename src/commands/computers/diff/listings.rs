//! Compares two saved listings by `id`.

use std::collections::HashMap;

use crate::api::wire;
use crate::commands::computers::diff::difference::{Difference, Kind};
use crate::commands::computers::saved::SavedListing;
use crate::model::computer::Computer;
use crate::model::property::{PropertyPath, display_text, names};
use crate::output::compact;

/// The value of `--properties` that stands for every property.
pub(super) const ALL: &str = "all";

/// Returns what differs: first what the old listing has, in its order, then what is new. `properties` are those to compare;
/// if there are none, all that both files can have, but those that always move.
pub(super) fn compare(
    old: &SavedListing,
    new: &SavedListing,
    properties: &[String],
) -> Vec<Difference> {
    let comparison = ListingComparison::new(old, new, properties);
    let mut later: HashMap<_, _> = new.rows.iter().map(|row| (row.key, row)).collect();
    let mut differences = Vec::new();
    for row in &old.rows {
        match later.remove(&row.key) {
            None => differences.push(Difference::new(Kind::Removed, row.computer.clone())),
            Some(now) => comparison.add_changes(&row.computer, &now.computer, &mut differences),
        }
    }
    let added = new.rows.iter().filter(|row| later.contains_key(&row.key));
    differences.extend(added.map(|row| Difference::new(Kind::Added, row.computer.clone())));
    differences
}

struct ListingComparison {
    /// The properties to compare. `None` if they are those that the two computers have.
    properties: Option<Vec<String>>,
    /// Whether properties that always move are compared too.
    with_volatile: bool,
    /// Whether one file is csv, which has no types: values are compared as texts, and an absent one equals an empty one.
    as_texts: bool,
}

impl ListingComparison {
    fn new(old: &SavedListing, new: &SavedListing, properties: &[String]) -> Self {
        let is_all = properties.iter().any(|name| name == ALL);
        let columns = match (&old.columns, &new.columns) {
            (Some(old), Some(new)) => {
                let is_in_both = |name: &&String| new.contains(name);
                Some(old.iter().filter(is_in_both).cloned().collect())
            }
            (Some(columns), None) | (None, Some(columns)) => Some(columns.clone()),
            (None, None) => None,
        };
        let chosen = (!is_all && !properties.is_empty()).then(|| properties.to_vec());
        Self {
            with_volatile: is_all || chosen.is_some(),
            properties: chosen.or(columns),
            as_texts: old.columns.is_some() || new.columns.is_some(),
        }
    }

    fn add_changes(&self, old: &Computer, new: &Computer, differences: &mut Vec<Difference>) {
        let mut compared = vec!["id".to_owned()];
        let properties = self.properties.clone().unwrap_or_else(|| {
            let mut properties = names(old.text());
            properties.extend(names(new.text()));
            properties
        });
        for property in properties {
            if compared.contains(&property) || !self.with_volatile && wire::is_volatile(&property) {
                continue;
            }
            let path = self.path(&property);
            let value = |computer: &Computer| compact(computer.raw(&path).unwrap_or("null"));
            let (before, after) = (value(old), value(new));
            if !self.are_equal(&before, &after) {
                differences.push(Difference {
                    change: Some((property.clone(), before, after)),
                    ..Difference::new(Kind::Changed, new.clone())
                });
            }
            compared.push(property);
        }
    }

    /// Returns where a property is. One that was chosen, or is the heading of a column, may be nested or in another case.
    fn path(&self, property: &str) -> PropertyPath {
        match self.properties {
            Some(_) => wire::property(property).in_any_case(),
            None => PropertyPath::new(property),
        }
    }

    fn are_equal(&self, before: &str, after: &str) -> bool {
        before == after || self.as_texts && display_text(before) == display_text(after)
    }
}
