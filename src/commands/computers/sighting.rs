//! The computers of one listing that are looked for, however they are named. Asks nothing itself.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::commands::computers::naming::{Selector, several};
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// One property by which a computer is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id(Uuid),
    UnderscoreId(Uuid),
    Name(String),
    /// In lower case.
    Hostname(String),
}

/// By what a computer may be known that is named so; an earlier key goes before a later one.
fn meant(named: &Selector) -> Vec<Key> {
    match named {
        Selector::Id(id) => vec![Key::Id(*id)],
        Selector::UnderscoreId(id) => vec![Key::UnderscoreId(*id)],
        Selector::Name(name) => vec![Key::Name(name.clone())],
        Selector::Hostname(hostname) => vec![Key::Hostname(hostname.to_lowercase())],
        Selector::Uuid(id) => vec![Key::Id(*id), Key::UnderscoreId(*id)],
        Selector::Text(text) => vec![Key::Name(text.clone()), Key::Hostname(text.to_lowercase())],
    }
}

/// All that is looked for.
#[derive(Debug)]
pub(super) struct Wanted {
    keys: HashSet<Key>,
    lookup: Lookup,
}

impl Wanted {
    pub(super) fn new(named: &[Selector]) -> Self {
        let paths = ["id", "_id", "name", "hostname"].map(PropertyPath::new);
        Self {
            keys: named.iter().flat_map(meant).collect(),
            lookup: Lookup::new(&paths),
        }
    }
}

/// What was seen of it, by each key that is asked for.
#[derive(Debug, Default)]
pub(super) struct Matches(HashMap<Key, Vec<Computer>>);

impl Matches {
    /// Of one computer, which was asked for by its id.
    pub(super) fn of_one(id: Uuid, computer: Computer) -> Self {
        Self(HashMap::from([(Key::Id(id), vec![computer])]))
    }

    /// Keeps a computer where it is wanted; whether it is.
    pub(super) fn consider(&mut self, wanted: &Wanted, computer: &Computer) -> bool {
        let values = wanted.lookup.find(computer.text());
        let text = |place: usize| values.get(place).copied().flatten().map(display_text);
        let uuid = |place: usize| text(place).and_then(|text| Uuid::try_parse(&text).ok());
        let keys = [
            uuid(0).map(Key::Id),
            uuid(1).map(Key::UnderscoreId),
            text(2).map(|name| Key::Name(name.into_owned())),
            text(3).map(|hostname| Key::Hostname(hostname.to_lowercase())),
        ];
        let mut is_wanted = false;
        for key in keys
            .into_iter()
            .flatten()
            .filter(|key| wanted.keys.contains(key))
        {
            self.0.entry(key).or_default().push(computer.detached());
            is_wanted = true;
        }
        is_wanted
    }

    /// The computer that is meant, where there is one.
    ///
    /// # Errors
    /// `Ambiguous` where the name fits several.
    pub(super) fn find(&self, named: &Selector) -> Result<Option<&Computer>, Error> {
        match meant(named)
            .iter()
            .find_map(|key| self.0.get(key))
            .map(Vec::as_slice)
        {
            None | Some([]) => Ok(None),
            Some([computer]) => Ok(Some(computer)),
            Some(fitting) => Err(several(named, fitting)),
        }
    }

    #[cfg(test)]
    pub(super) fn of(named: &[Selector], rows: &[&str]) -> Self {
        let wanted = Wanted::new(named);
        let mut sighting = Self::default();
        for row in rows {
            sighting.consider(&wanted, &Computer::new((*row).to_owned()));
        }
        sighting
    }
}

#[cfg(test)]
mod tests {
    use super::Matches;
    use crate::commands::computers::naming::Selector;
    use crate::model::error::ErrorKind;

    const ONE: &str = "00000001-1111-4111-8111-1d1d1d1d1d1d";
    const OTHER: &str = "00000002-2222-4222-9222-2e2e2e2e2e2e";

    fn found(word: &str, rows: &[&str]) -> Result<Option<String>, ErrorKind> {
        let named: Selector = word.parse().unwrap();
        let sighting = Matches::of(std::slice::from_ref(&named), rows);
        let row = sighting
            .find(&named)
            .map_err(|failure| failure.kind)?
            .map(|computer| computer.text().to_owned());
        Ok(row)
    }

    #[test]
    fn an_id_goes_before_an_underscore_id_and_a_name_before_a_host_name() {
        let by_id = format!(r#"{{"id":"{ONE}","_id":"{OTHER}"}}"#);
        let by_underscore_id = format!(r#"{{"id":"{OTHER}","_id":"{ONE}"}}"#);
        assert_eq!(
            found(ONE, &[&by_underscore_id, &by_id]),
            Ok(Some(by_id.clone()))
        );
        assert_eq!(
            found(ONE, &[&by_underscore_id]),
            Ok(Some(by_underscore_id.clone()))
        );
        assert_eq!(
            found(&format!("_id:{ONE}"), &[&by_underscore_id, &by_id]),
            Ok(Some(by_underscore_id))
        );
        let (name, hostname) = (r#"{"name":"PC"}"#, r#"{"name":"x","hostname":"pc"}"#);
        assert_eq!(found("PC", &[hostname, name]), Ok(Some(name.to_owned())));
        assert_eq!(found("PC", &[hostname]), Ok(Some(hostname.to_owned())));
        assert_eq!(found("name:pc", &[hostname, name]), Ok(None));
        assert_eq!(found("PC", &[name, name]), Err(ErrorKind::Ambiguous));
    }
}
