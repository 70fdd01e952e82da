//! A computer that was found, and by what it was chosen.

use std::sync::Arc;

use uuid::Uuid;

use crate::api::client::Client;
use crate::commands::computers::resolve::keys::MatchKey;
use crate::commands::computers::summary::{check_hint, one_line};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::Filters;
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
    /// The property that it was chosen by.
    key: MatchKey,
    /// The filters that it was chosen by as well.
    filters: Option<Arc<Filters>>,
}

impl Resolved {
    /// A computer that was read by its id.
    pub(super) fn read(id: Uuid, computer: Computer, is_current: bool) -> Self {
        Self {
            computer,
            id,
            is_current,
            key: MatchKey::Id(id),
            filters: None,
        }
    }

    /// A computer of a listing, chosen by one of its properties.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] where its id is no UUID: nothing else goes into a URL.
    pub(crate) fn by_key(computer: Computer, key: MatchKey) -> Result<Self, Error> {
        let id = url_id(&computer)?;
        Ok(Self {
            key,
            ..Self::read(id, computer, false)
        })
    }

    /// A computer of a listing that fits filters.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] where its id is no UUID.
    pub(crate) fn by_filters(computer: Computer, filters: &Arc<Filters>) -> Result<Self, Error> {
        let id = url_id(&computer)?;
        Ok(Self::read(id, computer, false).and_filters(filters))
    }

    /// Returns it as one that was chosen by filters as well.
    #[must_use]
    pub(crate) fn and_filters(self, filters: &Arc<Filters>) -> Self {
        Self {
            filters: Some(Arc::clone(filters)),
            ..self
        }
    }

    /// Returns whether it was chosen by something other than its `id`, which may have changed since.
    pub(crate) fn may_have_changed(&self) -> bool {
        !matches!(self.key, MatchKey::Id(_)) || self.filters.is_some()
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
        // What was read by its id has it.
        let has_key = matches!(self.key, MatchKey::Id(_)) || self.key.is_of(now);
        let misfit = || self.filters.as_ref()?.misfit(now);
        let changed = if !has_key {
            let (property, path) = (self.key.property(), PropertyPath::new(self.key.property()));
            let value =
                |computer: &Computer| computer.property(&path).unwrap_or_default().into_owned();
            let (then, now) = (value(&self.computer), value(now));
            format!("by its {property} {then:?}, which is now {now:?}")
        } else if let Some((key, value)) = misfit() {
            format!("by --filter, but its {key} is now {value:?}")
        } else {
            return Ok(());
        };
        let message = format!("computer {} was chosen {changed}", self.id);
        Err(Error::new(ErrorKind::Conflict, message)
            .reason("changed meanwhile")
            .hint(check_hint("check it: ", format!("id:{}", self.id))))
    }
}

/// Returns the id of a computer of a listing.
///
/// # Errors
/// [`ErrorKind::InvalidResponse`] if it is no UUID: nothing else goes into a URL.
fn url_id(computer: &Computer) -> Result<Uuid, Error> {
    computer.id().ok_or_else(|| {
        let message =
            "the API returned a computer whose id is not a UUID, so it cannot be requested";
        Error::new(ErrorKind::InvalidResponse, message).detail(one_line(computer))
    })
}
