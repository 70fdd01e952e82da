//! Listing computers: every page, in order, each computer once. The API is asked to search where it can.
//!
//! This module knows what is listed and which rows are returned. The modules below fetch pages and decide when they are
//! complete.

mod error;
mod page;
mod page_fetcher;
pub(super) mod page_size;
mod pages;
mod paginator;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::event::Event;
use crate::api::listing::page::NewRows;
use crate::api::listing::page_fetcher::PageFetcher;
use crate::api::listing::pages::Pages;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// Which computers to list.
pub(crate) struct Search<'a> {
    terms: Vec<(&'a str, String)>,
    fits: &'a dyn Fn(&Computer) -> bool,
}

impl<'a> Search<'a> {
    /// Matches all computers of the account.
    pub(crate) fn everything() -> Self {
        Self {
            terms: Vec::new(),
            fits: &|_| true,
        }
    }

    /// Matches the computers that `fits` accepts. `terms` are exact values of properties for the API to search for. It may
    /// ignore them, match loosely, by words or by a regular expression, or reject them: only `fits` decides.
    pub(crate) fn new(
        terms: impl IntoIterator<Item = (&'a str, String)>,
        fits: &'a dyn Fn(&Computer) -> bool,
    ) -> Self {
        Self {
            terms: terms.into_iter().collect(),
            fits,
        }
    }
}

/// What a listing must prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// That it has every computer, else it ends in an error. For every decision: that a computer is absent, which one has a
    /// name, that an `_id` is free.
    Required,
    /// The single response of an API that ignores paging is enough too, even if its number of rows is round and so may be
    /// a limit. Only for showing, and with a warning: see [`Listing::warn_unless_proven`].
    Plausible,
}

/// Iterates over computers as their pages arrive. The last item is an error if rows may be missing.
///
/// For a search, it skips the rows that do not match. If none matches, it lists the whole account and returns every computer,
/// matching or not.
pub(crate) struct Listing<'a> {
    client: Client,
    search: &'a Search<'a>,
    proof: Proof,
    pages: Pages,
    rows: Option<NewRows>,
    any_fits: bool,
    is_over: bool,
}

impl Client {
    /// Checks that the API responds and accepts the key, by requesting one computer.
    ///
    /// # Errors
    /// Whatever the request fails with; [`ErrorKind::InvalidResponse`] if the response is not a listing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut fetcher = PageFetcher::new(&self.for_listing(None, Some(1), None), &[]);
        fetcher.fetch_first().map(drop)
    }

    /// Lists computers. The first request is sent when the first row is taken.
    pub(crate) fn list<'a>(&self, search: &'a Search<'a>, proof: Proof) -> Listing<'a> {
        Listing {
            client: self.clone(),
            search,
            proof,
            pages: Pages::new(self, &search.terms),
            rows: None,
            any_fits: false,
            is_over: false,
        }
    }

    /// Lists computers and passes the listing to `read`. Does so again if computers were added or removed meanwhile.
    pub(crate) fn collect<T>(
        &self,
        search: &Search<'_>,
        proof: Proof,
        mut read: impl FnMut(&mut Listing<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut listing = self.list(search, proof);
        match read(&mut listing) {
            Err(error) if listing.pages.fleet_may_have_moved() => {
                let text = format!("{}; listing again", error.message);
                (self.observer)(&Event::Note {
                    code: "listing_again",
                    text: &text,
                });
                read(&mut self.list(search, proof))
            }
            result => result,
        }
    }

    /// Finds the computer with an `_id`. Only if there is none, the whole listing is read.
    ///
    /// # Errors
    /// [`ErrorKind::ListingNotWhole`] if rows may be missing, or whatever a request fails with.
    pub(crate) fn with_underscore_id(
        &self,
        underscore_id: Uuid,
    ) -> Result<Option<Computer>, Error> {
        let fits = |computer: &Computer| computer.underscore_id() == Some(underscore_id);
        let search = Search::new([("_id", underscore_id.to_string())], &fits);
        self.collect(&search, Proof::Required, |rows| {
            rows.find(|row| row.as_ref().map_or(true, fits))
                .map(|row| row.map(|computer| computer.detached()))
                .transpose()
        })
    }
}

impl Listing<'_> {
    /// Returns whether the rows are the API's search results, and not the whole account.
    pub(crate) fn is_searched(&self) -> bool {
        self.pages.is_searched()
    }

    /// Requires proof from a listing that has been read to its end.
    ///
    /// # Errors
    /// [`ErrorKind::ListingNotWhole`] if it is only plausible that it has every computer.
    pub(crate) fn require_proof(&self) -> Result<(), Error> {
        self.pages.doubt().map_or(Ok(()), Err)
    }

    /// Warns if it is only plausible that a listing, read to its end, has every computer.
    pub(crate) fn warn_unless_proven(&self) {
        if let Some(error) = self.pages.doubt() {
            (self.client.observer)(&Event::Warning {
                code: "listing_not_proven",
                text: &error.message,
            });
        }
    }

    /// Returns the next row of the current page. Search results that do not fit are skipped.
    fn next_row(&mut self) -> Option<Computer> {
        let rows = self.rows.as_mut()?;
        if !self.pages.is_searched() {
            return rows.next();
        }
        let row = rows.find(|row| (self.search.fits)(row));
        self.any_fits |= row.is_some();
        row
    }

    /// Fetches the next page: that of the whole account, if the search is at its end and found nothing that fits.
    fn next_page(&mut self) -> Result<(), Error> {
        // The page's memory is released before another one is fetched.
        self.rows = None;
        loop {
            let found_nothing = self.pages.is_searched() && !self.any_fits;
            // There is nothing to check about the end of a search if the account is listed anyway.
            if !(found_nothing && self.pages.is_at_end()) {
                match self.pages.next() {
                    Ok(None) if found_nothing => {}
                    Err(error) if found_nothing && error.kind == ErrorKind::ListingNotWhole => {}
                    next => {
                        self.rows = next?;
                        break;
                    }
                }
            }
            self.pages = Pages::new(&self.client, &[]);
        }
        if self.rows.is_none() && self.proof == Proof::Required {
            self.require_proof()?;
        }
        Ok(())
    }
}

impl Iterator for Listing<'_> {
    type Item = Result<Computer, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            if let Some(row) = self.next_row() {
                return Some(Ok(row));
            }
            let fetched = self.next_page();
            self.is_over = self.rows.is_none();
            if let Err(error) = fetched {
                return Some(Err(error));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
