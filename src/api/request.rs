//! One request as data: method, path, query and body, and whether it changes anything.

use reqwest::Url;
use uuid::Uuid;

/// What a request does to the account. Decides whether it may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Changes nothing, so that it may always be sent again.
    Read,
    /// Changes something: it is sent again only if it is known not to have been carried out.
    Change,
}

/// A request, relative to the API's base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The segments below the base URL, not yet encoded.
    pub path: Vec<String>,
    /// The query's pairs, in order, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<String>,
    /// What it does to the account.
    pub effect: Effect,
    /// Whether it is shown without ids and values, and its response without headers.
    pub is_private: bool,
}

impl Request {
    /// Makes a request that reads.
    pub(crate) fn read(
        path: impl IntoIterator<Item = String>,
        query: Vec<(String, String)>,
    ) -> Self {
        Self {
            method: "GET",
            path: path.into_iter().collect(),
            query,
            body: None,
            effect: Effect::Read,
            is_private: false,
        }
    }

    /// Makes a request that changes something.
    pub(crate) fn change(
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
            is_private: false,
        }
    }

    /// Returns the URL as it is shown.
    pub(super) fn shown_url(&self, base: &Url) -> Url {
        if !self.is_private {
            return self.url(base);
        }
        let segment = |text: &String| match Uuid::parse_str(text) {
            Ok(_) => "ID".to_owned(),
            Err(_) => text.clone(),
        };
        let pair = |(name, value): &(String, String)| {
            let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
            let value = if is_number { value } else { "TEXT" };
            (name.clone(), value.to_owned())
        };
        let path = self.path.iter().map(segment);
        let query = self.query.iter().map(pair).collect();
        Self::read(path, query).url(base)
    }

    /// Returns the whole URL, below a base URL.
    pub(super) fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(&self.path);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}
