//! The first page of a listing: what the API is asked for where it rejects the search or the page size.

use std::sync::atomic::Ordering;

use crate::api::client::Client;
use crate::api::listing::page::Page;
use crate::api::listing::prefetch::PageFetcher;
use crate::api::wire::CAUTIOUS_PAGE_SIZE;
use crate::model::error::{Error, ErrorKind};

impl PageFetcher {
    /// A fetcher of what `client` may search for by these terms.
    pub(super) fn new(client: &Client, terms: &[(&str, String)]) -> Self {
        Self {
            client: client.clone(),
            size: client.page_size.load(Ordering::Relaxed),
            search: terms
                .iter()
                .filter_map(|(property, value)| client.wire.filter_query(property, value))
                .collect(),
            hasher: std::hash::RandomState::new(),
        }
    }

    /// Fetches the first page. From then on the search and the page size are those that the API accepted.
    ///
    /// # Errors
    /// Whatever the request fails with.
    pub(super) fn fetch_first(&mut self) -> Result<Page, Error> {
        let mut first = self.fetch(0);
        if !self.search.is_empty() && first.as_ref().is_err_and(is_rejected) {
            self.search.clear();
            first = self.fetch(0);
        }
        if self.size > CAUTIOUS_PAGE_SIZE
            && self.client.may_shrink
            && first.as_ref().is_err_and(is_rejected)
        {
            self.size = CAUTIOUS_PAGE_SIZE;
            first = self.fetch(0);
            if first.is_ok() {
                self.client.page_size.store(self.size, Ordering::Relaxed);
            }
        }
        first.map_err(not_a_listing)
    }
}

/// Every account has a list of computers, maybe an empty one: a 404 in its place says that the URL is another thing's, and
/// nothing about any computer.
pub(in crate::api) fn not_a_listing(error: Error) -> Error {
    if error.kind != ErrorKind::NotFound {
        return error;
    }
    Error {
        kind: ErrorKind::InvalidResponse,
        message: format!("there is no list of computers here: {}", error.message),
        ..error
    }
}

/// Whether an API said that it does not understand the query.
fn is_rejected(error: &Error) -> bool {
    matches!(
        error.status(),
        Some(400 | 404 | 405 | 413 | 414 | 422 | 501)
    )
}
