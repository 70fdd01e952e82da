//! Asking for the computers that are waited for, each time with the fewest requests.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::walk::Flow;
use crate::commands::computers::naming::Selector;
use crate::commands::computers::sighting::{Key, Matches, Wanted};
use crate::model::error::{Error, ErrorKind};

/// Asks for certain computers, again and again.
pub(super) struct Query {
    client: Client,
    wanted: Wanted,
    /// The one computer that can be asked for by itself.
    by_id: Option<Uuid>,
    /// What the API is asked to search by, for as long as it answers with just what was searched.
    search: Option<(Key, &'static str, String)>,
}

impl Query {
    pub(super) fn new(client: Client, named: &[Selector]) -> Self {
        let by_id = if let [Selector::Id(id)] = named {
            Some(*id)
        } else {
            None
        };
        let search = match named {
            [Selector::UnderscoreId(id)] => Some((Key::UnderscoreId(*id), "_id", id.to_string())),
            [Selector::Name(name) | Selector::Text(name)] => {
                Some((Key::Name(name.clone()), "name", name.clone()))
            }
            // A host name is compared without regard to case, an API's search may not be.
            _ => None,
        };
        Self {
            client,
            wanted: Wanted::new(named),
            by_id,
            search,
        }
    }

    /// One poll: one computer, or one listing that is proven whole, however many are waited for.
    ///
    /// # Errors
    /// Whatever a request fails with.
    pub(super) fn look(&mut self) -> Result<Matches, Error> {
        if let Some(id) = self.by_id {
            match self.client.get(id) {
                Ok(computer) => return Ok(Matches::of_one(id, computer)),
                Err(failure) if failure.proves_absence() => return Ok(Matches::default()),
                // A gateway may say so while the API is away; only a listing proves that a computer is not there.
                Err(failure) if failure.kind == ErrorKind::NotFound => {}
                Err(failure) => return Err(failure),
            }
        }
        if let Some((searched, property, value)) = &self.search {
            let (sighting, others) = self.list(&[(*property, value.clone())])?;
            let is_found = sighting.has(searched);
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
    fn list(&self, search: &[(&str, String)]) -> Result<(Matches, bool), Error> {
        let (mut sighting, mut others) = (Matches::default(), false);
        self.client.walk_found(search, &mut |computer| {
            others |= !sighting.consider(&self.wanted, computer);
            Ok(Flow::More)
        })?;
        Ok((sighting, others))
    }
}
