//! The computers of one listing that selectors match. Requests nothing itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::commands::computers::resolve::keys::{MatchKey, RowKeys};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::summary::one_line;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// The computers that were found, by each key that was looked for.
#[derive(Debug, Default)]
pub(crate) struct Matches(HashMap<MatchKey, Vec<Computer>>);

impl Matches {
    /// One computer, which was read by itself, under the key by which it was asked for.
    pub(crate) fn of_one(key: MatchKey, computer: Computer) -> Self {
        Self(HashMap::from([(key, vec![computer])]))
    }

    /// Keeps a computer of a listing under the keys that are looked for.
    pub(crate) fn add(&mut self, row: &RowKeys<'_>, computer: &Computer) {
        for key in &row.keys {
            self.0
                .entry(key.clone())
                .or_default()
                .push(computer.detached());
        }
    }

    /// Takes in another listing, for the keys of which this one has no computer.
    pub(crate) fn complete(&mut self, other: Self) {
        for (key, computers) in other.0 {
            if let Entry::Vacant(place) = self.0.entry(key) {
                place.insert(computers);
            }
        }
    }

    /// The computer that a selector matches, where there is one, and the key by which it does.
    ///
    /// # Errors
    /// [`ErrorKind::Ambiguous`] with all of them where it matches several.
    pub(crate) fn find(&self, selector: &Selector) -> Result<Option<(MatchKey, &Computer)>, Error> {
        let found = MatchKey::of(selector)
            .into_iter()
            .find_map(|key| Some((self.0.get(&key)?.as_slice(), key)));
        match found {
            None | Some(([], _)) => Ok(None),
            Some(([computer], key)) => Ok(Some((key, computer))),
            Some((several, key)) => Err(ambiguous(selector, &key, several)),
        }
    }

    /// Whether a selector matches no computer.
    pub(crate) fn lacks(&self, selector: &Selector) -> bool {
        matches!(self.find(selector), Ok(None))
    }

    #[cfg(test)]
    pub(crate) fn of(selectors: &[Selector], rows: &[&str]) -> Self {
        let keys = crate::commands::computers::resolve::keys::MatchKeys::new(selectors);
        let mut matches = Self::default();
        for row in rows {
            let computer = Computer::new((*row).to_owned());
            matches.add(&keys.read(&computer), &computer);
        }
        matches
    }
}

fn ambiguous(selector: &Selector, key: &MatchKey, computers: &[Computer]) -> Error {
    let message = match key {
        MatchKey::ShortId(start) => {
            format!(
                "the ids of {} computers begin with {start:?}",
                computers.len()
            )
        }
        _ => format!("{} computers have the {selector}", computers.len()),
    };
    computers
        .iter()
        .map(one_line)
        .fold(Error::new(ErrorKind::Ambiguous, message), Error::detail)
}

#[cfg(test)]
mod tests {
    use super::Matches;
    use crate::commands::computers::selector::Selector;
    use crate::model::error::ErrorKind;

    const ONE: &str = "00000001-1111-4111-8111-1d1d1d1d1d1d";
    const OTHER: &str = "00000002-2222-4222-9222-2e2e2e2e2e2e";

    fn found(word: &str, rows: &[&str]) -> Result<Option<String>, ErrorKind> {
        let selector: Selector = word.parse().unwrap();
        let matches = Matches::of(std::slice::from_ref(&selector), rows);
        let found = matches.find(&selector).map_err(|error| error.kind)?;
        assert_eq!(found.is_none(), matches.lacks(&selector));
        Ok(found.map(|(_, computer)| computer.text().to_owned()))
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
        let (short_id, other) = ("00000001-11", format!(r#"{{"id":"{OTHER}"}}"#));
        let by_name = format!(r#"{{"id":"{OTHER}","name":"{short_id}"}}"#);
        assert_eq!(found(short_id, &[&by_id, &other]), Ok(Some(by_id.clone())));
        assert_eq!(
            found(short_id, &[&by_id, &by_name]),
            Ok(Some(by_name.clone()))
        );
        assert_eq!(
            found("000000", &[&by_id, &other]),
            Err(ErrorKind::Ambiguous)
        );
    }

    #[test]
    fn a_second_listing_adds_only_what_the_first_lacks() {
        let selectors: Vec<Selector> = ["a", "b"].map(|word| word.parse().unwrap()).into();
        let mut matches = Matches::of(&selectors, &[r#"{"name":"a"}"#]);
        let second = [r#"{"name":"a","n":2}"#, r#"{"name":"b"}"#];
        matches.complete(Matches::of(&selectors, &second));
        let found = |selector| matches.find(selector).unwrap().unwrap().1.text();
        assert_eq!(
            (found(&selectors[0]), found(&selectors[1])),
            (r#"{"name":"a"}"#, r#"{"name":"b"}"#)
        );
    }
}
