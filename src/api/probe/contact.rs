//! What answers at the API's URL: the API, or something else, which is told apart from its answer.

use reqwest::Url;
use uuid::Uuid;

use crate::api::probe::answer::keys;
use crate::api::probe::filter::Named;
use crate::api::response::Response;
use crate::api::wire::{self, PageInfo};
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::PropertyPath;

/// What the first request came to.
#[derive(Debug)]
pub(crate) enum Contact {
    /// The listing of an account.
    Listing(FirstListing),
    /// 401 or 403: the status.
    Refused(u16),
    /// Something else than the API.
    Wrong(WrongApi),
    /// The API, or a gateway before it, failed or limits the rate of requests: the status.
    Unclear(u16),
    /// There was no answer.
    Unreachable(Error),
}

/// What answers in place of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WrongApi {
    /// A redirect to this origin, which may be the same.
    Redirect {
        /// Scheme, host and port, if the redirect has them.
        origin: Option<String>,
        /// Whether that is the API URL's own host.
        is_same_host: bool,
    },
    /// A web page, with this status.
    WebPage(u16),
    /// There is nothing at this path: whether the answer was JSON.
    NothingThere(bool),
    /// JSON that rejects a listing without parameters, with this status.
    Rejected(u16),
    /// JSON that is not a listing.
    OtherJson,
    /// A listing of other things than computers.
    OtherRows,
    /// Something else, with this status: neither JSON nor a web page.
    Other(u16),
}

/// The computers that the first request listed, as far as they are needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct FirstListing {
    /// What tells them apart, in order.
    pub(super) keys: Vec<String>,
    /// The `id` of one of them.
    pub(super) id: Option<Uuid>,
    /// One that has a name.
    pub(super) named: Option<Named>,
    /// The number of computers in all, if the API gives one.
    pub total: Option<u64>,
    /// Whether the API says that there are more.
    pub has_more: bool,
    /// The name of the property with the state, if there is one.
    pub state_property: Option<&'static str>,
}

impl FirstListing {
    /// Returns the number of computers that the first request listed.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

/// Judges the answer to a listing without parameters, at an API URL.
pub(super) fn judge(response: &Response, base: &Url) -> Contact {
    let is_page = is_web_page(response);
    match response.status {
        401 | 403 if is_page => Contact::Wrong(WrongApi::WebPage(response.status)),
        401 | 403 => Contact::Refused(response.status),
        300..=399 => Contact::Wrong(redirect(response, base)),
        511 => Contact::Wrong(WrongApi::WebPage(511)),
        408 | 429 | 500..=599 => Contact::Unclear(response.status),
        status if is_page && status != 404 => Contact::Wrong(WrongApi::WebPage(status)),
        404 | 405 | 410 => Contact::Wrong(WrongApi::NothingThere(response.json().is_ok())),
        200..=299 => listing(response),
        status if response.json().is_ok() => Contact::Wrong(WrongApi::Rejected(status)),
        status => Contact::Wrong(WrongApi::Other(status)),
    }
}

fn is_web_page(response: &Response) -> bool {
    let named = response.header("content-type").unwrap_or_default();
    let start = response.text().trim_start().get(..5).unwrap_or_default();
    named.to_ascii_lowercase().contains("html")
        || start.eq_ignore_ascii_case("<html")
        || start.eq_ignore_ascii_case("<!doc")
}

/// A redirect's path and query may contain anything, such as a token: only its origin is kept.
fn redirect(response: &Response, base: &Url) -> WrongApi {
    let target = response.header("location");
    let target = target.and_then(|location| base.join(&location).ok());
    WrongApi::Redirect {
        is_same_host: target
            .as_ref()
            .is_some_and(|target| target.host() == base.host()),
        origin: target.map(|target| target.origin().ascii_serialization()),
    }
}

fn listing(response: &Response) -> Contact {
    let Ok(json) = response.json() else {
        return Contact::Wrong(WrongApi::Other(response.status));
    };
    let Ok(listing) = wire::read_listing(json) else {
        return Contact::Wrong(WrongApi::OtherJson);
    };
    let hints = listing
        .hints
        .with_head(response.status, |name| response.header(name));
    match fleet(&listing.rows, hints) {
        Some(fleet) => Contact::Listing(fleet),
        None => Contact::Wrong(WrongApi::OtherRows),
    }
}

/// Returns the computers, or `None` if these are none: a computer's `id` is a UUID, and it has a property that Reemo's have.
fn fleet(rows: &[&str], hints: PageInfo) -> Option<FirstListing> {
    let computers = || rows.iter().map(|row| Computer::new(*row));
    let has = |computer: &Computer, name: &str| computer.raw(&PropertyPath::new(name)).is_some();
    let is_known = |computer: &Computer| {
        let known = ["_id", "hostname", "status", "state"];
        computer.id().is_some() && known.iter().any(|name| has(computer, name))
    };
    if !rows.is_empty() && !computers().take(10).any(|computer| is_known(&computer)) {
        return None;
    }
    let mut names = computers().filter_map(|computer| {
        let name = computer.name()?.into_owned();
        (!name.trim().is_empty() && name.len() < 256).then(|| Named {
            key: computer.key().1.into_owned(),
            name,
        })
    });
    let state = |property| {
        computers()
            .take(10)
            .any(|computer| has(&computer, property))
    };
    Some(FirstListing {
        keys: keys(rows),
        id: computers().find_map(|computer| computer.id()),
        named: names.next(),
        total: hints.total,
        has_more: hints.more == Some(true),
        state_property: ["status", "state"].into_iter().find(|name| state(name)),
    })
}
