//! What one poll saw of the computers that are waited for, and how it is asked with the fewest requests.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::pages::Flow;
use crate::commands::computers::naming::{Named, line};
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};

/// One property by which a computer is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Id(Uuid),
    UnderscoreId(Uuid),
    Name(String),
    /// In lower case.
    Hostname(String),
}

/// By what a computer may be known that is named so; an earlier key goes before a later one.
fn meant(named: &Named) -> Vec<Key> {
    match named {
        Named::Id(id) => vec![Key::Id(*id)],
        Named::UnderscoreId(id) => vec![Key::UnderscoreId(*id)],
        Named::Name(name) => vec![Key::Name(name.clone())],
        Named::Hostname(hostname) => vec![Key::Hostname(hostname.to_lowercase())],
        Named::Uuid(id) => vec![Key::Id(*id), Key::UnderscoreId(*id)],
        Named::Text(text) => vec![Key::Name(text.clone()), Key::Hostname(text.to_lowercase())],
    }
}

/// The computers of one listing that are waited for, by each key that is asked for.
#[derive(Debug, Default)]
pub(super) struct Sighting(HashMap<Key, Vec<Computer<'static>>>);

impl Sighting {
    /// Keeps a computer where it is wanted; whether it is.
    fn consider(&mut self, wanted: &HashSet<Key>, computer: &Computer<'_>) -> bool {
        let keys = [
            computer.id().map(Key::Id),
            computer.underscore_id().map(Key::UnderscoreId),
            computer.name().map(|name| Key::Name(name.into_owned())),
            computer.hostname().map(|hostname| Key::Hostname(hostname.to_lowercase())),
        ];
        let mut is_wanted = false;
        for key in keys.into_iter().flatten().filter(|key| wanted.contains(key)) {
            self.0.entry(key).or_default().push(computer.clone().into_owned());
            is_wanted = true;
        }
        is_wanted
    }

    /// The computer that is meant, where there is one.
    ///
    /// # Errors
    /// `Ambiguous` where the name fits several.
    pub(super) fn find(&self, named: &Named) -> Result<Option<&Computer<'static>>, Failure> {
        match meant(named).iter().find_map(|key| self.0.get(key)).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([computer]) => Ok(Some(computer)),
            Some(several) => {
                let failure = Failure::new(Kind::Ambiguous, format!("{} computers have the {named}", several.len()));
                Err(several.iter().fold(failure, |failure, computer| failure.detail(line(computer))))
            }
        }
    }

    #[cfg(test)]
    pub(super) fn of(named: &[Named], rows: &[&str]) -> Self {
        let wanted = named.iter().flat_map(meant).collect();
        let mut sighting = Self::default();
        for row in rows {
            sighting.consider(&wanted, &Computer::new((*row).to_owned()));
        }
        sighting
    }
}

/// Asks for certain computers, again and again.
pub(super) struct Lookout {
    client: Client,
    wanted: HashSet<Key>,
    /// The one computer that can be asked for by itself.
    by_id: Option<Uuid>,
    /// What the API is asked to search by, for as long as it answers with just what was searched.
    search: Option<(Key, &'static str, String)>,
}

impl Lookout {
    pub(super) fn new(client: Client, named: &[Named]) -> Self {
        let by_id = if let [Named::Id(id)] = named { Some(*id) } else { None };
        let search = match named {
            [Named::UnderscoreId(id)] => Some((Key::UnderscoreId(*id), "_id", id.to_string())),
            [Named::Name(name) | Named::Text(name)] => Some((Key::Name(name.clone()), "name", name.clone())),
            // A host name is compared without regard to case, an API's search may not be.
            _ => None,
        };
        Self { client, wanted: named.iter().flat_map(meant).collect(), by_id, search }
    }

    /// One poll: one computer, or one listing that is proven whole, however many are waited for.
    ///
    /// # Errors
    /// Whatever a request fails with.
    pub(super) fn look(&mut self) -> Result<Sighting, Failure> {
        if let Some(id) = self.by_id {
            let mut sighting = Sighting::default();
            match self.client.get(id) {
                Ok(computer) => {
                    sighting.0.insert(Key::Id(id), vec![computer]);
                    return Ok(sighting);
                }
                Err(failure) if failure.proves_absence() => return Ok(sighting),
                // A gateway may say so while the API is away; only a listing proves that a computer is not there.
                Err(failure) if failure.kind == Kind::NotFound => {}
                Err(failure) => return Err(failure),
            }
        }
        if let Some((searched, property, value)) = &self.search {
            let (sighting, others) = self.list(&[(*property, value.clone())])?;
            let is_found = sighting.0.contains_key(searched);
            if others || !is_found {
                // Ignored, matched loosely, or not there. What is not there only a listing of all can tell.
                self.search = None;
            }
            if is_found {
                return Ok(sighting);
            }
        }
        Ok(self.list(&[])?.0)
    }

    /// Lists; also answers whether there were computers that nobody waits for.
    fn list(&self, search: &[(&str, String)]) -> Result<(Sighting, bool), Failure> {
        let (mut sighting, mut others) = (Sighting::default(), false);
        self.client.walk(search, &mut |computer| {
            others |= !sighting.consider(&self.wanted, computer);
            Ok(Flow::More)
        })?;
        Ok((sighting, others))
    }
}

#[cfg(test)]
mod tests {
    use super::Sighting;
    use crate::commands::computers::naming::Named;
    use crate::model::failure::Kind;

    const ONE: &str = "00000001-1111-4111-8111-1d1d1d1d1d1d";
    const OTHER: &str = "00000002-2222-4222-9222-2e2e2e2e2e2e";

    fn found(word: &str, rows: &[&str]) -> Result<Option<String>, Kind> {
        let named: Named = word.parse().unwrap();
        let sighting = Sighting::of(std::slice::from_ref(&named), rows);
        let row = sighting.find(&named).map_err(|failure| failure.kind)?.map(|computer| computer.text().to_owned());
        Ok(row)
    }

    #[test]
    fn an_id_goes_before_an_underscore_id_and_a_name_before_a_host_name() {
        let by_id = format!(r#"{{"id":"{ONE}","_id":"{OTHER}"}}"#);
        let by_underscore_id = format!(r#"{{"id":"{OTHER}","_id":"{ONE}"}}"#);
        assert_eq!(found(ONE, &[&by_underscore_id, &by_id]), Ok(Some(by_id.clone())));
        assert_eq!(found(ONE, &[&by_underscore_id]), Ok(Some(by_underscore_id.clone())));
        assert_eq!(found(&format!("_id:{ONE}"), &[&by_underscore_id, &by_id]), Ok(Some(by_underscore_id)));
        let (name, hostname) = (r#"{"name":"PC"}"#, r#"{"name":"x","hostname":"pc"}"#);
        assert_eq!(found("PC", &[hostname, name]), Ok(Some(name.to_owned())));
        assert_eq!(found("PC", &[hostname]), Ok(Some(hostname.to_owned())));
        assert_eq!(found("name:pc", &[hostname, name]), Ok(None));
        assert_eq!(found("PC", &[name, name]), Err(Kind::Ambiguous));
    }
}
