//! Asking for the computers that are waited for, each time with the fewest requests.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::naming::Selector;
use crate::commands::computers::sighting::{Matches, Wanted};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// Asks for certain computers, again and again.
pub(super) struct Query {
    client: Client,
    wanted: Wanted,
    /// The one computer that can be asked for by itself.
    by_id: Option<Uuid>,
    /// What the API is asked to search by, for as long as it finds it.
    search: Option<(&'static str, String)>,
}

impl Query {
    pub(super) fn new(client: Client, named: &[Selector]) -> Self {
        let by_id = if let [Selector::Id(id)] = named {
            Some(*id)
        } else {
            None
        };
        let search = match named {
            [Selector::UnderscoreId(id)] => Some(("_id", id.to_string())),
            [Selector::Name(name) | Selector::Text(name)] => Some(("name", name.clone())),
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
        // By the key that is searched for: a host name is not what the API was asked to find.
        let fits = |computer: &Computer| match &self.search {
            Some(("_id", value)) => {
                computer.underscore_id().map(|id| id.to_string()).as_ref() == Some(value)
            }
            Some((_, value)) => computer.name().as_deref() == Some(value),
            None => true,
        };
        let search = Search::new(self.search.clone(), &fits);
        let (mut sighting, mut rows) = (
            Matches::default(),
            self.client.list(&search, Proof::Required),
        );
        for computer in &mut rows {
            sighting.consider(&self.wanted, &computer?);
        }
        if !rows.is_searched() {
            // What the API does not find only a listing of all can tell.
            self.search = None;
        }
        Ok(sighting)
    }
}
