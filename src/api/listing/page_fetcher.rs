//! Requests for single pages of one listing. Which page is the last is for the paginator to say.

use std::hash::RandomState;

use crate::api::client::Client;
use crate::api::listing::page::Page;
use crate::api::request::Request;
use crate::api::retry::SendError;
use crate::model::error::Error;

/// Fetches the pages of one listing.
#[derive(Clone)]
pub(super) struct PageFetcher {
    pub(super) client: Client,
    /// The page size to request, in computers.
    pub(super) size: u64,
    /// The search that is sent along, as query pairs.
    pub(super) search: Vec<(String, String)>,
    pub(super) hasher: RandomState,
}

impl PageFetcher {
    /// Fetches one page; `index` counts from 0.
    pub(super) fn fetch(&self, index: u64) -> Result<Page, Error> {
        self.fetch_query(self.client.wire.page_query(index, self.size))
    }

    /// Fetches a page by its query, with the search.
    pub(super) fn fetch_query(&self, mut query: Vec<(String, String)>) -> Result<Page, Error> {
        query.extend_from_slice(&self.search);
        let response = self
            .client
            .send(&Request::read(["computers".to_owned()], query))
            .map_err(SendError::into_error)?;
        Page::read(response, &self.hasher)
    }
}
