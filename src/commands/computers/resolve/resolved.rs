//! A computer that was found, and by what it was chosen.

use std::sync::Arc;

use uuid::Uuid;

use crate::api::client::Client;
use crate::commands::computers::resolve::keys::MatchKey;
use crate::commands::computers::summary::one_line;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::Filters;
use crate::model::hint::{CommandLine, Hint};
use crate::model::property::PropertyPath;

/// A computer that was found. Before it is changed, it must still be what it was chosen as.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// The computer as it was read.
    pub computer: Computer,
    /// Its `id`, fit for a URL.
    pub id: Uuid,
    /// Whether it was read by its id and just now, and not seen in a listing or some requests ago.
    pub is_current: bool,
    chosen_by: ChosenBy,
}

/// By what a computer was chosen.
#[derive(Debug, Clone)]
enum ChosenBy {
    Key(MatchKey),
    Filters(Arc<Filters>),
}

impl Resolved {
    /// A computer that was read by its id.
    pub(super) fn read(id: Uuid, computer: Computer, is_current: bool) -> Self {
        Self {
            computer,
            id,
            is_current,
            chosen_by: ChosenBy::Key(MatchKey::Id(id)),
        }
    }

    /// A computer of a listing, chosen by one of its properties.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] where its id is no UUID: nothing else goes into a URL.
    pub(super) fn by_key(computer: Computer, key: MatchKey) -> Result<Self, Error> {
        Self::listed(computer, ChosenBy::Key(key))
    }

    /// A computer of a listing that fits filters.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] where its id is no UUID.
    pub(crate) fn by_filters(computer: Computer, filters: &Arc<Filters>) -> Result<Self, Error> {
        Self::listed(computer, ChosenBy::Filters(Arc::clone(filters)))
    }

    fn listed(computer: Computer, chosen_by: ChosenBy) -> Result<Self, Error> {
        let Some(id) = computer.id() else {
            let message =
                "the API returned a computer whose id is not a UUID, so it cannot be requested";
            return Err(Error::new(ErrorKind::InvalidResponse, message).detail(one_line(&computer)));
        };
        Ok(Self {
            computer,
            id,
            is_current: false,
            chosen_by,
        })
    }

    /// Returns whether it was chosen by something other than its `id`, which may have changed since.
    pub(crate) fn may_have_changed(&self) -> bool {
        !matches!(self.chosen_by, ChosenBy::Key(MatchKey::Id(_)))
    }

    /// Reads the computer again, unless that was done just now.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] where it is no longer what was chosen, or whatever the request fails with.
    pub(crate) fn read_again(&self, client: &Client) -> Result<Computer, Error> {
        if self.is_current {
            return Ok(self.computer.clone());
        }
        let now = client.get(self.id)?;
        self.check_still_chosen(&now)?;
        Ok(now)
    }

    /// Checks that the computer, as it was read again, is still what was chosen.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] with what has changed.
    pub(crate) fn check_still_chosen(&self, now: &Computer) -> Result<(), Error> {
        let changed = match &self.chosen_by {
            // What was read by its id has it.
            ChosenBy::Key(MatchKey::Id(_)) => return Ok(()),
            ChosenBy::Key(key) if key.is_of(now) => return Ok(()),
            ChosenBy::Key(key) => {
                let (property, path) = (key.property(), PropertyPath::new(key.property()));
                let value =
                    |computer: &Computer| computer.property(&path).unwrap_or_default().into_owned();
                let (then, now) = (value(&self.computer), value(now));
                format!("by its {property} {then:?}, which is now {now:?}")
            }
            ChosenBy::Filters(filters) => match filters.misfit(now) {
                None => return Ok(()),
                Some((key, value)) => format!("by --filter, but its {key} is now {value:?}"),
            },
        };
        let look = CommandLine::reemo("computers get").arg(format!("id:{}", self.id));
        Err(Error::new(
            ErrorKind::Conflict,
            format!("computer {} was chosen {changed}", self.id),
        )
        .reason("changed meanwhile")
        .hint(Hint::new("check it: ").command(look)))
    }
}
