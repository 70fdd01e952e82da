//! Finds out how an instance behaves where the API's reference is silent, with requests that only read.
//!
//! A verdict counts only if the answers prove it: everything else stays unknown. What is done with the verdicts is up to the
//! caller. No verdict contains anything of a computer.

mod answer;
pub(crate) mod certificate;
mod contact;
mod filter;
mod hunt;
pub(crate) mod network;
mod paging;
mod single;

use std::time::{Duration, SystemTime};

use uuid::Uuid;

pub(crate) use contact::{Contact, FirstListing, WrongApi};
pub(crate) use filter::FilterVerdict;
pub(crate) use hunt::Found;
pub(crate) use paging::{Cap, PageNumbers, Paging};
pub(crate) use single::{Missing, Single};

use crate::api::client::Client;
use crate::api::probe::answer::{Answer, Control, Query};
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::wire::probes::CONTROL;
use crate::model::error::Error;
use crate::model::wire_overrides::WireOverrides;

/// The largest number of requests that one probe sends.
const MAX_REQUESTS: u32 = 20;
/// After so many requests without any answer, nothing more is sent: each of them may have taken the whole time limit.
const MAX_UNANSWERED: u32 = 2;

/// How much is probed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Only whether the parameters in force page: two requests.
    Short,
    /// Everything.
    Full,
}

/// What the first request showed.
pub(crate) struct FirstContact {
    /// What answered.
    pub contact: Contact,
    /// The time from sending the request to the end of the answer.
    pub elapsed: Option<Duration>,
    /// The time that the server's `Date` header says, and this machine's.
    pub clocks: Option<(SystemTime, SystemTime)>,
    /// Whether the same API answers one level down, at `/v1`.
    pub is_under_v1: bool,
}

/// How the instance answers.
#[derive(Debug)]
pub(crate) struct WireVerdicts {
    /// The parameters of paging.
    pub paging: Paging,
    /// How filters are sent.
    pub filter: FilterVerdict,
    /// What one computer looks like. `None` if that was not requested.
    pub single: Option<Single>,
    /// What the response for a computer that does not exist looks like. `None` if that was not requested.
    pub missing: Option<Missing>,
}

/// Sends the requests, and counts them.
pub(crate) struct Probe<'client> {
    client: &'client Client,
    sent: u32,
    unanswered: u32,
}

impl<'client> Probe<'client> {
    /// Sends nothing yet.
    pub(crate) fn new(client: &'client Client) -> Self {
        Self {
            client,
            sent: 0,
            unanswered: 0,
        }
    }

    /// Requests the listing without any parameter.
    pub(crate) fn first_contact(&mut self) -> FirstContact {
        let answer = self.get(&["computers"], Vec::new());
        let now = SystemTime::now();
        let (elapsed, date) = match &answer {
            Some(Ok(response)) => (Some(response.elapsed), response.header("date")),
            _ => (None, None),
        };
        let date = date.and_then(|text| httpdate::parse_http_date(&text).ok());
        let base = self.client.base.clone();
        let contact = match answer {
            Some(Ok(response)) => contact::judge(&response, &base),
            Some(Err(error)) => Contact::Unreachable(error),
            None => Contact::Unclear(0),
        };
        let may_be_below = matches!(contact, Contact::Wrong(_))
            && !base.path().trim_end_matches('/').ends_with("/v1");
        FirstContact {
            is_under_v1: may_be_below && self.is_listing(&["v1", "computers"], &base),
            contact,
            elapsed,
            clocks: date.map(|date| (date, now)),
        }
    }

    fn is_listing(&mut self, path: &[&str], base: &reqwest::Url) -> bool {
        let response = self.get(path, Vec::new());
        response.is_some_and(|response| {
            response.is_ok_and(|response| {
                matches!(contact::judge(&response, base), Contact::Listing(_))
            })
        })
    }

    /// Finds out how the instance answers. `fleet` is what the first request listed.
    pub(crate) fn wire(&mut self, fleet: &FirstListing, depth: Depth) -> WireVerdicts {
        let in_force = &self.client.wire.clone();
        if depth == Depth::Short {
            return WireVerdicts {
                paging: paging::in_force(&fleet.keys, in_force, &mut |query| self.ask(query)),
                filter: FilterVerdict::Unknown,
                single: None,
                missing: None,
            };
        }
        let control = if fleet.keys.is_empty() {
            Control::Unclear
        } else {
            let answer = self.ask(vec![(CONTROL.to_owned(), "1".to_owned())]);
            Control::judge(&answer, &fleet.keys)
        };
        let single = fleet.id.and_then(|id| {
            let response = self.get(&["computers", &id.to_string()], Vec::new())?;
            Some(single::judge(&response.ok()?, id))
        });
        let missing = self.get(&["computers", &Uuid::new_v4().to_string()], Vec::new());
        let missing = missing.and_then(Result::ok);
        let ask = &mut |query| self.ask(query);
        let paging = paging::find(fleet, control, in_force, ask);
        let filter = filter::find(fleet.named.as_ref(), control, &in_force.filter, ask);
        let cap = paging::cap(&paging, fleet, ask);
        WireVerdicts {
            paging: Paging { cap, ..paging },
            filter,
            single,
            missing: missing.map(|response| single::judge_missing(&response)),
        }
    }

    fn ask(&mut self, query: Query) -> Answer {
        match self.get(&["computers"], query) {
            Some(Ok(response)) => Answer::judge(&response),
            _ => Answer::Unclear,
        }
    }

    /// Sends one request, once. Returns `None` if there have been too many, or too many without an answer.
    fn get(&mut self, path: &[&str], query: Query) -> Option<Result<Response, Error>> {
        if self.sent == MAX_REQUESTS || self.unanswered == MAX_UNANSWERED {
            return None;
        }
        self.sent += 1;
        let path = path.iter().map(|segment| (*segment).to_owned());
        let request = Request {
            is_private: true,
            ..Request::read(path, query)
        };
        let response = self.client.probe(&request);
        self.unanswered += u32::from(response.is_err());
        Some(response)
    }
}

/// Returns the settings that differ from those in force, as far as the verdicts prove them.
pub(crate) fn differences(client: &Client, verdicts: &WireVerdicts) -> WireOverrides {
    let in_force = &client.wire;
    let paging = &verdicts.paging;
    let (page, first_page) = match &paging.page {
        Found::Is(PageNumbers { name, first }) => (Some(name.clone()), Some(*first)),
        _ => (None, None),
    };
    let limit = match &paging.limit {
        Found::Is(name) => Some(name.clone()),
        _ => None,
    };
    let filter = match &verdicts.filter {
        FilterVerdict::Works { template, .. } => Some(template.clone()),
        FilterVerdict::Nothing { .. } => Some(String::new()),
        _ => None,
    };
    WireOverrides {
        page: page.filter(|page| in_force.page != *page),
        limit: limit.filter(|limit| in_force.limit != *limit),
        first_page: first_page.filter(|first| in_force.first_page != *first),
        filter: filter.filter(|filter| in_force.filter != *filter),
    }
}

#[cfg(test)]
mod tests;
