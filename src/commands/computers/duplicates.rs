//! `computers list --duplicates`: computers that share a value.

use std::collections::HashMap;

use crate::api::wire;
use crate::model::computer::Computer;

/// Returns the computers whose value of this property another one has too, those with one value together. A host name is the
/// same in any case, and an empty value is shared by none.
pub(super) fn duplicates(property: &str, computers: Vec<Computer>) -> Vec<Computer> {
    let path = wire::property(property).in_any_case();
    let is_hostname = property.eq_ignore_ascii_case("hostname");
    let value = |computer: &Computer| {
        let value = computer.property(&path).unwrap_or_default();
        if is_hostname {
            value.to_lowercase()
        } else {
            value.into_owned()
        }
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<Computer>> = Vec::new();
    for computer in computers {
        let value = value(&computer);
        if value.is_empty() {
            continue;
        }
        let place = *places.entry(value).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(computer),
            None => groups.push(vec![computer]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups.into_iter().flatten().collect()
}
