//! One request as data: method, path, query, body, and what an answer that never came would mean.

use reqwest::Url;

/// What a request does to the account; decides what may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing: may be sent again whatever happened.
    Read,
    /// Changes something: sent again only where it is known not to have been done.
    Change,
}

/// A request, relative to the API's base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// Segments below the base URL, joined by `/`; percent-encoded where needed.
    pub path: Vec<String>,
    /// Query pairs, in order, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<String>,
    /// What it does to the account.
    pub effect: Effect,
}

impl Request {
    /// The whole URL, under a base URL.
    pub(super) fn under(&self, base: &Url) -> Url {
        let mut url = base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(&self.path);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }

    /// A request that reads.
    pub fn read(path: impl IntoIterator<Item = String>, query: Vec<(String, String)>) -> Self {
        Self {
            method: "GET",
            path: path.into_iter().collect(),
            query,
            body: None,
            effect: Effect::Read,
        }
    }

    /// A request that changes something.
    pub fn change(
        method: &'static str,
        path: impl IntoIterator<Item = String>,
        body: Option<String>,
    ) -> Self {
        Self {
            method,
            path: path.into_iter().collect(),
            query: Vec::new(),
            body,
            effect: Effect::Change,
        }
    }
}
