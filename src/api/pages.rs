//! Listing computers: all pages, always, in order, each computer once; searched for where the API can, listed where not.

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::event::Event;
use crate::api::walk::{Ended, Flow, Sink};
use crate::model::computer::Computer;
use crate::model::error::Error;

impl Client {
    /// Lists the account's computers. `search` holds exact values of properties that the API is asked to look for, where it
    /// can; it may ignore them, match loosely or reject them, so `sink` must check each row itself. An answer with other
    /// computers too holds at least all that fit; an empty one may come from an API that can't search by this property, so
    /// then everything is listed.
    ///
    /// # Errors
    /// `ListingNotWhole` after the last row where rows may be missing; whatever a request fails with; what `sink` fails with.
    pub fn walk(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Error> {
        self.walk_or_list(search, sink).map_err(Ended::into_failure)
    }

    /// The same of what the API finds, which may be nothing for no reason.
    ///
    /// # Errors
    /// As `walk`.
    pub fn walk_found(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Error> {
        self.walk_once(search, sink)
            .map(drop)
            .map_err(Ended::into_failure)
    }

    /// Walks what the API finds, and everything where it finds nothing.
    fn walk_or_list(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Ended> {
        let mut any = false;
        let searched = self.walk_once(search, &mut |computer| {
            any = true;
            sink(computer)
        })?;
        if searched && !any {
            self.walk_once(&[], sink)?;
        }
        Ok(())
    }

    /// Walks a listing and gathers what is wanted of it; once more from the beginning where computers came or went meanwhile.
    /// `start` makes an empty gathering, for each walk its own.
    ///
    /// # Errors
    /// As `walk`, of the second walk where there is one.
    pub fn gather<Gathered>(
        &self,
        search: &[(&str, String)],
        start: &dyn Fn() -> Gathered,
        take: &mut dyn FnMut(&mut Gathered, &Computer) -> Result<Flow, Error>,
    ) -> Result<Gathered, Error> {
        self.gather_twice(start, &mut |gathered| {
            self.walk_or_list(search, &mut |computer| take(gathered, computer))
        })
    }

    /// The same of what the API finds, which may be nothing for no reason.
    ///
    /// # Errors
    /// As `gather`.
    pub fn gather_found<Gathered>(
        &self,
        search: &[(&str, String)],
        start: &dyn Fn() -> Gathered,
        take: &mut dyn FnMut(&mut Gathered, &Computer) -> Result<Flow, Error>,
    ) -> Result<Gathered, Error> {
        self.gather_twice(start, &mut |gathered| {
            self.walk_once(search, &mut |computer| take(gathered, computer))
                .map(drop)
        })
    }

    fn gather_twice<Gathered>(
        &self,
        start: &dyn Fn() -> Gathered,
        walk: &mut dyn FnMut(&mut Gathered) -> Result<(), Ended>,
    ) -> Result<Gathered, Error> {
        let mut gathered = start();
        match walk(&mut gathered) {
            Err(Ended::Moved(failure)) => {
                let text = format!("{}; listing once more", failure.message);
                (self.observer)(&Event::Remark {
                    code: "listing_again",
                    text: &text,
                });
                gathered = start();
                walk(&mut gathered).map_err(Ended::into_failure)?;
            }
            walked => walked.map_err(Ended::into_failure)?,
        }
        Ok(gathered)
    }

    /// Whether the API can be asked to look for values of this property.
    pub fn searches(&self, property: &str) -> bool {
        self.wire.filter_query(property, "").is_some()
    }

    /// All computers with that `_id`, of which there should be one, from a listing that is proven whole.
    ///
    /// # Errors
    /// As `walk`.
    pub fn all_with_underscore_id(&self, underscore_id: Uuid) -> Result<Vec<Computer>, Error> {
        self.gather(
            &[("_id", underscore_id.to_string())],
            &Vec::new,
            &mut |fitting, computer| {
                if computer.underscore_id() == Some(underscore_id) {
                    fitting.push(computer.detached());
                }
                Ok(Flow::More)
            },
        )
    }

    /// The computer with that `_id`. Listing ends where it is found; only that there is none needs the whole listing.
    ///
    /// # Errors
    /// As `walk`.
    pub fn with_underscore_id(&self, underscore_id: Uuid) -> Result<Option<Computer>, Error> {
        self.gather(
            &[("_id", underscore_id.to_string())],
            &|| None,
            &mut |found, computer| {
                if computer.underscore_id() != Some(underscore_id) {
                    return Ok(Flow::More);
                }
                *found = Some(computer.detached());
                Ok(Flow::Enough)
            },
        )
    }
}
