//! Asking for the computers that are waited for, each time with the fewest requests.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::resolve::{MatchKey, MatchKeys, Matches};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::wait::goal::Condition;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// Asks for certain computers, again and again.
pub(super) struct Query {
    client: Client,
    selectors: Vec<Selector>,
    keys: MatchKeys,
    /// The one computer that can be asked for by itself.
    single: Option<Single>,
    /// What the API is asked to search for, for as long as it finds it.
    search_key: Option<MatchKey>,
    /// Whether a computer that a listing lacks must be shown to be absent.
    proves_absence: bool,
    /// The places of the selectors whose computers were shown to be absent.
    absent: HashSet<usize>,
    /// The ids of computers that were listed before, by the places of their selectors.
    listed: HashMap<usize, Uuid>,
}

/// A computer that can be asked for by its id.
#[derive(Debug, Clone)]
struct Single {
    id: Uuid,
    /// By what it was selected.
    key: MatchKey,
}

impl Query {
    pub(super) fn new(client: Client, selectors: &[Selector], goal: Condition) -> Self {
        Self {
            client,
            selectors: selectors.to_vec(),
            keys: MatchKeys::new(selectors),
            single: Single::of(selectors),
            search_key: match selectors {
                [selector] => MatchKey::searched(selector),
                _ => None,
            },
            proves_absence: goal == Condition::Absent,
            absent: HashSet::new(),
            listed: HashMap::new(),
        }
    }

    /// Polls once: one computer, or a listing that is proven whole, however many are waited for.
    ///
    /// # Errors
    /// Whatever a request fails with.
    pub(super) fn poll(&mut self) -> Result<Matches, Error> {
        if let Some(Single { id, key }) = self.single.clone() {
            match self.client.get(id) {
                Ok(computer) if key.is_of(&computer) || key == MatchKey::Id(id) => {
                    return Ok(Matches::of_one(key, computer));
                }
                Ok(_) => {}
                Err(error) if error.proves_absence() && self.is_selected_as_id() => {
                    return Ok(Matches::default());
                }
                // A gateway may say so, or the UUID may be an `_id`: a listing shows it.
                Err(error) if error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        let mut matches = self.list_searched()?;
        if self.proves_absence {
            self.remember_ids(&matches);
            self.prove_absence(&mut matches)?;
        }
        self.single =
            Single::of(&self.selectors).map(|single| single.found_in(&matches, &self.selectors));
        Ok(matches)
    }

    fn is_selected_as_id(&self) -> bool {
        matches!(self.selectors[..], [Selector::Id(_)])
    }

    /// Lists what the API finds, or everything where it finds nothing.
    fn list_searched(&mut self) -> Result<Matches, Error> {
        // By the key that is searched for: a host name is not what the API was asked to find.
        let search_key = self.search_key.take();
        let fits = |computer: &Computer| search_key.as_ref().is_none_or(|key| key.is_of(computer));
        let term = search_key.as_ref().and_then(MatchKey::search_term);
        let (matches, is_searched) = self.list(&Search::new(term, &fits))?;
        // What the API does not find only a listing of all can tell.
        self.search_key = search_key.filter(|_| is_searched);
        Ok(matches)
    }

    /// Lists; also returns whether the rows are what the API found.
    fn list(&self, search: &Search<'_>) -> Result<(Matches, bool), Error> {
        let mut matches = Matches::default();
        let mut rows = self.client.list(search, Proof::Required);
        for computer in &mut rows {
            let computer = computer?;
            matches.add(&self.keys.read(&computer), &computer);
        }
        Ok((matches, rows.is_searched()))
    }

    fn remember_ids(&mut self, matches: &Matches) {
        for (place, selector) in self.selectors.iter().enumerate() {
            let found = matches.find(selector).ok().flatten();
            if let Some(id) = found.and_then(|(_, computer)| computer.id()) {
                self.listed.insert(place, id);
            }
        }
    }

    /// Where a computer is missing, asks for it by its id if it was listed before, and lists once more: one listing alone may
    /// miss it while the fleet moves.
    fn prove_absence(&mut self, matches: &mut Matches) -> Result<(), Error> {
        let missing: Vec<usize> = (0..self.selectors.len())
            .filter(|place| !self.absent.contains(place) && matches.lacks(&self.selectors[*place]))
            .collect();
        for id in missing.iter().filter_map(|place| self.listed.get(place)) {
            match self.client.get(*id) {
                Ok(computer) => matches.add(&self.keys.read(&computer), &computer),
                Err(error) if error.proves_absence() => {}
                Err(error) => return Err(error),
            }
        }
        if missing
            .iter()
            .all(|place| !matches.lacks(&self.selectors[*place]))
        {
            return Ok(());
        }
        let (second, _) = self.list(&Search::everything())?;
        matches.complete(second);
        let is_absent = |place: &usize| matches.lacks(&self.selectors[*place]);
        self.absent.extend(missing.into_iter().filter(is_absent));
        Ok(())
    }
}

impl Single {
    /// The computer that one selector names by what may be its id.
    fn of(selectors: &[Selector]) -> Option<Self> {
        let [selector] = selectors else { return None };
        let id = selector.id()?;
        Some(Self {
            id,
            key: MatchKey::Id(id),
        })
    }

    /// The computer that has the UUID as its `_id`, where one was listed: it is asked for by its own id from then on.
    fn found_in(self, matches: &Matches, selectors: &[Selector]) -> Self {
        let found = selectors
            .first()
            .and_then(|selector| matches.find(selector).ok().flatten());
        match found.and_then(|(key, computer)| Some((key, computer.id()?))) {
            Some((key, id)) => Self { id, key },
            None => self,
        }
    }
}
