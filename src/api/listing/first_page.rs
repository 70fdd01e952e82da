//! The first page of a listing: what the API is asked for where it rejects the search or the page size.

use crate::api::client::Client;
use crate::api::listing::page::Page;
use crate::api::listing::page_fetcher::PageFetcher;
use crate::model::error::{Error, ErrorKind};

impl Client {
    /// Whether the API answers and accepts the key: asks for one computer.
    ///
    /// # Errors
    /// Whatever the request fails with; [`ErrorKind::InvalidResponse`] where there is no listing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        PageFetcher::new(&self.with_limit(1), &[])
            .fetch_first()
            .map(drop)
    }
}

impl PageFetcher {
    /// A fetcher of what `client` may search for by these terms.
    pub(super) fn new(client: &Client, terms: &[(&str, String)]) -> Self {
        Self {
            client: client.clone(),
            size: client.page_size.get(),
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
        let first = if self.search.is_empty() {
            self.fetch_first_of_all()
        } else {
            self.fetch_first_found()
        };
        first.map_err(not_a_listing)
    }

    /// The first page of what the API finds; of everything where it rejects the search.
    fn fetch_first_found(&mut self) -> Result<Page, Error> {
        match self.fetch(0) {
            Err(error) if rejects_search(&error) => {}
            first => return first,
        }
        let search = std::mem::take(&mut self.search);
        let size = self.size;
        let first = self.fetch_first_of_all()?;
        if self.size == size {
            return Ok(first);
        }
        // It was the page size that was rejected, maybe alone.
        self.search = search;
        self.fetch(0).or_else(|_| {
            self.search.clear();
            Ok(first)
        })
    }

    /// The first page of everything, of another size where the API rejects this one.
    fn fetch_first_of_all(&mut self) -> Result<Page, Error> {
        let rejection = match self.fetch(0) {
            Err(error) if rejects_size(&error) => error,
            first => return first,
        };
        let rejected = self.size;
        for size in self.client.page_size.others(rejected) {
            self.size = size;
            match self.fetch(0) {
                Err(error) if rejects_size(&error) => {}
                first => {
                    if first.is_ok() {
                        self.client.page_size.remember(size, rejected);
                    }
                    return first;
                }
            }
        }
        Err(rejection)
    }
}

/// Every account has a list of computers, maybe an empty one: a 404 in its place says that the URL is another thing's, and
/// nothing about any computer.
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

/// Whether an API may have refused a search that it does not understand, or failed at it.
fn rejects_search(error: &Error) -> bool {
    matches!(
        error.status(),
        Some(400 | 404 | 405 | 413 | 414 | 422 | 500 | 501)
    )
}

/// Whether an API may have refused a page size.
fn rejects_size(error: &Error) -> bool {
    matches!(error.status(), Some(400 | 413 | 414 | 422))
}
