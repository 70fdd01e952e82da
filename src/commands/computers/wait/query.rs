//! The requests of one poll of `wait`: as few as possible.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::resolve::{MatchKey, MatchKeys, Matches};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::wait::progress::Condition;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// Finds the computers that are waited for, at each poll anew.
pub(super) struct WaitQuery {
    client: Client,
    selectors: Vec<Selector>,
    keys: MatchKeys,
    /// The id of the only computer, and the key by which it is selected, if it is read by its id instead of a listing.
    single: Option<(Uuid, MatchKey)>,
    /// The key that the API searches for, as long as it finds something.
    search_key: Option<MatchKey>,
    /// Whether the absence of a computer must be confirmed.
    confirms_absence: bool,
    /// The selectors whose computers are confirmed absent, by position.
    absent: HashSet<usize>,
    /// The ids that the selectors' computers had in earlier listings.
    listed_ids: HashMap<usize, Uuid>,
}

impl WaitQuery {
    pub(super) fn new(client: Client, selectors: &[Selector], goal: Condition) -> Self {
        Self {
            client,
            selectors: selectors.to_vec(),
            keys: MatchKeys::new(selectors),
            single: single(selectors, &Matches::default()),
            search_key: match selectors {
                [selector] => MatchKey::searched(selector),
                _ => None,
            },
            confirms_absence: goal == Condition::Absent,
            absent: HashSet::new(),
            listed_ids: HashMap::new(),
        }
    }

    /// Polls once: reads the only computer, or a listing that is proven complete.
    pub(super) fn poll(&mut self) -> Result<Matches, Error> {
        if let Some(matches) = self.read_single()? {
            return Ok(matches);
        }
        let mut matches = self.list_searched()?;
        if self.confirms_absence {
            self.confirm_absence(&mut matches)?;
        }
        self.single = single(&self.selectors, &matches);
        Ok(matches)
    }

    /// Reads the only computer by its id. Returns `None` if a listing must show more: a gateway may have sent a 404, or a
    /// bare UUID may be an `_id`.
    fn read_single(&self) -> Result<Option<Matches>, Error> {
        let Some((id, key)) = self.single.clone() else {
            return Ok(None);
        };
        match self.client.find(id) {
            Ok(Some(computer)) if key.is_of(&computer) || key == MatchKey::Id(id) => {
                Ok(Some(Matches::of_one(key, computer)))
            }
            Ok(None) if matches!(self.selectors[..], [Selector::Id(_)]) => {
                Ok(Some(Matches::default()))
            }
            Ok(_) => Ok(None),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Lists what the API finds, or everything if it finds nothing.
    fn list_searched(&mut self) -> Result<Matches, Error> {
        let search_key = self.search_key.take();
        let fits = |computer: &Computer| search_key.as_ref().is_none_or(|key| key.is_of(computer));
        let term = search_key.as_ref().and_then(MatchKey::search_term);
        let (matches, is_searched) = self.list(&Search::new(term, &fits))?;
        // Once the API has found nothing, only a listing of everything shows more.
        self.search_key = search_key.filter(|_| is_searched);
        Ok(matches)
    }

    /// Lists. Also returns whether the rows are what the API found.
    fn list(&self, search: &Search<'_>) -> Result<(Matches, bool), Error> {
        let mut matches = Matches::default();
        let mut rows = self.client.list(search, Proof::Required);
        for computer in &mut rows {
            let computer = computer?;
            matches.add(&self.keys.read(&computer), &computer);
        }
        Ok((matches, rows.is_searched()))
    }

    /// Adds computers that the listing has missed, because the fleet changed while it was listed: reads them by the ids that
    /// they had before, and lists again.
    fn confirm_absence(&mut self, matches: &mut Matches) -> Result<(), Error> {
        let mut missing = Vec::new();
        for (position, selector) in self.selectors.iter().enumerate() {
            match matches.find(selector) {
                Ok(None) if !self.absent.contains(&position) => missing.push(position),
                Ok(Some((_, computer))) => {
                    self.listed_ids
                        .extend(computer.id().map(|id| (position, id)));
                }
                _ => {}
            }
        }
        for id in missing
            .iter()
            .filter_map(|position| self.listed_ids.get(position))
        {
            if let Some(computer) = self.client.find(*id)? {
                matches.add(&self.keys.read(&computer), &computer);
            }
        }
        missing.retain(|position| matches.lacks(&self.selectors[*position]));
        if missing.is_empty() {
            return Ok(());
        }
        let (second, _) = self.list(&Search::everything())?;
        matches.complete(second);
        missing.retain(|position| matches.lacks(&self.selectors[*position]));
        self.absent.extend(missing);
        Ok(())
    }
}

/// Returns the id by which the only computer can be read, and the key by which it is selected: of a UUID that turned out to be
/// an `_id`, the computer's own id.
fn single(selectors: &[Selector], matches: &Matches) -> Option<(Uuid, MatchKey)> {
    let [selector] = selectors else { return None };
    let id = selector.id()?;
    let found = matches.find(selector).ok().flatten();
    let found = found.and_then(|(key, computer)| Some((computer.id()?, key)));
    Some(found.unwrap_or((id, MatchKey::Id(id))))
}
