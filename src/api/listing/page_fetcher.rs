//! Requests single pages of one listing, with the search and the page size that the API accepts.
//!
//! Which page is the last is decided by the paginator.

use std::hash::RandomState;

use crate::api::client::Client;
use crate::api::listing::page::Page;
use crate::api::request::Request;
use crate::api::retry::SendError;
use crate::model::error::{Error, ErrorKind};

/// Fetches the pages of one listing.
#[derive(Clone)]
pub(super) struct PageFetcher {
    pub(super) client: Client,
    /// The page size to request, in computers.
    pub(super) size: u64,
    /// The query pairs of the search. Empty to list everything.
    pub(super) search: Vec<(String, String)>,
    pub(super) hasher: RandomState,
}

impl PageFetcher {
    /// Prepares for a search by those of the terms that `client` can search for.
    pub(super) fn new(client: &Client, terms: &[(&str, String)]) -> Self {
        Self {
            client: client.clone(),
            size: client.page_size.get(),
            search: terms
                .iter()
                .filter_map(|(property, value)| client.wire.filter_query(property, value))
                .collect(),
            hasher: RandomState::new(),
        }
    }

    /// Fetches one page; `index` counts from 0.
    pub(super) fn fetch(&self, index: u64) -> Result<Page, Error> {
        self.fetch_query(self.client.wire.page_query(index, self.size))
    }

    /// Fetches the page that a query requests, of the search.
    pub(super) fn fetch_query(&self, mut query: Vec<(String, String)>) -> Result<Page, Error> {
        query.extend_from_slice(&self.search);
        let path = match &self.client.collection {
            None => vec!["computers".to_owned()],
            Some(collection) => {
                query.extend_from_slice(&collection.query);
                collection.path.clone()
            }
        };
        let response = self
            .client
            .send(&Request::read(path, query))
            .map_err(SendError::into_error)?;
        Page::read(response, &self.hasher)
    }

    /// Fetches the first page. From then on the search and the page size are those that the API accepted.
    pub(super) fn fetch_first(&mut self) -> Result<Page, Error> {
        let first = if self.search.is_empty() {
            self.fetch_first_of_any_size()
        } else {
            self.fetch_first_found()
        };
        match &self.client.collection {
            None => first.map_err(not_a_listing),
            Some(_) => first,
        }
    }

    /// Fetches the first page of the search, or of everything if the API rejects the search.
    fn fetch_first_found(&mut self) -> Result<Page, Error> {
        match self.fetch(0) {
            Err(error) if may_reject_search(&error) => {}
            first => return first,
        }
        let search = std::mem::take(&mut self.search);
        let size = self.size;
        let first = self.fetch_first_of_any_size()?;
        if self.size == size {
            return Ok(first);
        }
        // The page size was rejected, maybe it alone.
        self.search = search;
        self.fetch(0).or_else(|_| {
            self.search.clear();
            Ok(first)
        })
    }

    /// Fetches the first page, of another size if the API rejects this one.
    fn fetch_first_of_any_size(&mut self) -> Result<Page, Error> {
        let rejection = match self.fetch(0) {
            Err(error) if may_reject_size(&error) => error,
            first => return first,
        };
        let rejected = self.size;
        for size in self.client.page_size.others(rejected) {
            self.size = size;
            match self.fetch(0) {
                Err(error) if may_reject_size(&error) => {}
                Err(error) => return Err(error),
                Ok(first) => {
                    self.client.page_size.remember(size, rejected);
                    return Ok(first);
                }
            }
        }
        Err(rejection)
    }
}

/// Explains a 404: every account has a list of computers, so the URL is wrong, and nothing is known of any computer.
fn not_a_listing(error: Error) -> Error {
    if error.kind != ErrorKind::NotFound {
        return error;
    }
    Error {
        kind: ErrorKind::InvalidResponse,
        message: format!("there is no list of computers here: {}", error.message),
        ..error
    }
}

/// Returns whether the API may have rejected a search that it does not understand, or failed because of it.
fn may_reject_search(error: &Error) -> bool {
    matches!(
        error.status(),
        Some(400 | 404 | 405 | 413 | 414 | 422 | 500 | 501)
    )
}

/// Returns whether the API may have rejected the page size.
fn may_reject_size(error: &Error) -> bool {
    matches!(error.status(), Some(400 | 413 | 414 | 422))
}
