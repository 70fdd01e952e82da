//! Listing computers: every page, in order, each computer once; searched for where the API can search, listed where not.
//!
//! What a listing is asked for and how its rows are handed out stands here. How pages are fetched, and when they are proven
//! to be all, stands in the modules below.

mod error;
mod first_page;
mod page;
mod page_fetcher;
mod page_size;
mod pages;
mod paginator;

pub(super) use page_size::PageSize;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::event::Event;
use crate::api::listing::page::NewRows;
use crate::api::listing::pages::Pages;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// What a listing is asked for.
pub(crate) struct Search<'a> {
    terms: Vec<(&'a str, String)>,
    fits: &'a dyn Fn(&Computer) -> bool,
}

impl<'a> Search<'a> {
    /// All computers of the account.
    pub(crate) fn everything() -> Self {
        Self {
            terms: Vec::new(),
            fits: &|_| true,
        }
    }

    /// The computers that `fits` accepts. `terms` are exact values of properties, which the API is asked to search for where
    /// it can. It may ignore them, match loosely, by words or by a regular expression, or reject them: only `fits` decides.
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

/// How sure it must be that a listing has every computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The listing is whole, or ends in an error. For every decision: that a computer is absent, which one has a name, that
    /// an `_id` is free.
    Required,
    /// Also enough is the one response of an API that ignores paging, where its number of rows is round and so may be a
    /// limit. For showing only, and with a warning: see [`Listing::warn_unless_proven`].
    Plausible,
}

/// The computers of a listing, as pages arrive. The last item is an error where rows may be missing.
///
/// Of what the API found for a search, only computers that fit are handed out. Where none does, everything is listed
/// instead, and every computer is handed out, whether it fits or not.
pub(crate) struct Listing<'a> {
    client: Client,
    search: &'a Search<'a>,
    proof: Proof,
    pages: Option<Pages>,
    rows: Option<NewRows>,
    any_fits: bool,
    state: State,
}

/// How far a listing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The API is asked to search.
    Searching,
    /// Everything is listed.
    Everything,
    /// The last computer, or an error, was handed out.
    Ended,
}

impl Client {
    /// Lists computers. Nothing is requested before the first one is asked for.
    pub(crate) fn list<'a>(&self, search: &'a Search<'a>, proof: Proof) -> Listing<'a> {
        Listing {
            client: self.clone(),
            search,
            proof,
            pages: None,
            rows: None,
            any_fits: false,
            state: State::Searching,
        }
    }

    /// Lists computers and hands the listing to `read`; once more from the beginning where computers came or went meanwhile.
    ///
    /// # Errors
    /// What `read` fails with, the second time where there is one.
    pub(crate) fn collect<T>(
        &self,
        search: &Search<'_>,
        proof: Proof,
        mut read: impl FnMut(&mut Listing<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut listing = self.list(search, proof);
        match read(&mut listing) {
            Err(error) if listing.fleet_moved() => {
                let text = format!("{}; listing once more", error.message);
                (self.observer)(&Event::Note {
                    code: "listing_again",
                    text: &text,
                });
                read(&mut self.list(search, proof))
            }
            result => result,
        }
    }

    /// The computer with that `_id`. Listing ends where it is found; only that there is none needs the whole listing.
    ///
    /// # Errors
    /// [`ErrorKind::ListingNotWhole`] where rows may be missing; whatever a request fails with.
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
    /// Whether the rows are what the API found for the search, and not everything.
    pub(crate) fn is_searched(&self) -> bool {
        self.pages.as_ref().is_some_and(Pages::is_searched)
    }

    /// Asks for proof of a listing that has been read to its end.
    ///
    /// # Errors
    /// `ListingNotWhole` where it is only plausible that it has every computer.
    pub(crate) fn require_proof(&self) -> Result<(), Error> {
        match self.pages.as_ref().and_then(Pages::doubt) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Warns where it is only plausible that a listing, read to its end, has every computer.
    pub(crate) fn warn_unless_proven(&self) {
        if let Err(error) = self.require_proof() {
            (self.client.observer)(&Event::Warning {
                code: "listing_not_proven",
                text: &error.message,
            });
        }
    }

    /// Whether it ended in an error because computers seem to have come or gone meanwhile, so that another listing may do
    /// better.
    fn fleet_moved(&self) -> bool {
        self.pages.as_ref().is_some_and(Pages::fleet_moved)
    }

    /// The next row of the page at hand. What the API found and does not fit is skipped.
    fn next_row(&mut self) -> Option<Computer> {
        let rows = self.rows.as_mut()?;
        if self.state != State::Searching {
            return rows.next();
        }
        let row = rows.find(|row| (self.search.fits)(row));
        self.any_fits |= row.is_some();
        row
    }

    /// Takes up the next page; whether there is one.
    fn next_page(&mut self) -> Result<bool, Error> {
        // The page's memory is given back before another one is fetched.
        self.rows = None;
        loop {
            let pages = if let Some(pages) = &mut self.pages {
                pages
            } else {
                let terms: &[_] = match self.state {
                    State::Searching => &self.search.terms,
                    _ => &[],
                };
                let pages = Pages::start(&self.client, terms)?;
                if !pages.is_searched() {
                    self.state = State::Everything;
                }
                self.pages.insert(pages)
            };
            let found_nothing = self.state == State::Searching && !self.any_fits;
            let next = if found_nothing && pages.is_at_end() {
                // Everything is listed anyway.
                Ok(None)
            } else {
                pages.next()
            };
            match next {
                Ok(Some(rows)) => {
                    self.rows = Some(rows);
                    return Ok(true);
                }
                Ok(None) if found_nothing => {}
                Ok(None) if self.proof == Proof::Required => {
                    return self.require_proof().map(|()| false);
                }
                Ok(None) => return Ok(false),
                Err(error) if found_nothing && error.kind == ErrorKind::ListingNotWhole => {}
                Err(error) => return Err(error),
            }
            self.pages = None;
            self.state = State::Everything;
        }
    }
}

impl Iterator for Listing<'_> {
    type Item = Result<Computer, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.state != State::Ended {
            if let Some(row) = self.next_row() {
                return Some(Ok(row));
            }
            match self.next_page() {
                Ok(true) => {}
                Ok(false) => self.state = State::Ended,
                Err(error) => {
                    self.state = State::Ended;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
