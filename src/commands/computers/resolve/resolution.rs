//! One selector on its way to a computer, and what is told where there is none.

use std::net::IpAddr;

use crate::api::client::Client;
use crate::commands::computers::resolve::matches::Matches;
use crate::commands::computers::resolve::near_names::NearNames;
use crate::commands::computers::resolve::resolved::Resolved;
use crate::commands::computers::selector::Selector;
use crate::model::error::{Error, ErrorKind};

/// Names that no computer has, for which near ones are suggested: each is compared with the whole fleet.
const MAX_WITH_SUGGESTIONS: usize = 10;

/// One selector, and how far it is resolved.
pub(super) struct Resolution<'a> {
    selector: &'a Selector,
    result: Option<Result<Resolved, Error>>,
    /// The 404 for a bare UUID as an id.
    unknown_id: Option<Error>,
}

impl<'a> Resolution<'a> {
    pub(super) fn new(selector: &'a Selector) -> Self {
        Self {
            selector,
            result: None,
            unknown_id: None,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.result.is_none()
    }

    /// Whether it is unresolved, and was not asked for by its id.
    pub(super) fn may_be_an_id(&self) -> bool {
        self.is_open() && self.unknown_id.is_none()
    }

    /// Asks for the computer by its id, where it is selected by one.
    pub(super) fn read(&mut self, client: &Client, is_current: bool) {
        let Some(id) = self.selector.id() else { return };
        match client.get(id) {
            Ok(computer) => self.result = Some(Ok(Resolved::read(id, computer, is_current))),
            Err(error)
                if error.kind == ErrorKind::NotFound
                    && matches!(self.selector, Selector::Uuid(_)) =>
            {
                self.unknown_id = Some(error);
            }
            Err(error) => self.result = Some(Err(error)),
        }
    }

    /// Takes what a listing has for the selector.
    pub(super) fn look_in(&mut self, matches: &Matches) {
        self.result = match matches.find(self.selector) {
            Ok(None) => None,
            Ok(Some((key, computer))) => Some(Resolved::by_key(computer.clone(), key)),
            Err(error) => Some(Err(error)),
        };
    }
}

/// The selectors without a result.
pub(super) fn open<'a>(searches: &[Resolution<'a>]) -> Vec<&'a Selector> {
    searches
        .iter()
        .filter(|search| search.is_open())
        .map(|search| search.selector)
        .collect()
}

/// The results, with an error for each selector that matches no computer.
pub(super) fn finished(
    searches: Vec<Resolution<'_>>,
    near_names: &NearNames,
) -> Vec<Result<Resolved, Error>> {
    let mut missing = 0;
    let finish = |search: Resolution<'_>| {
        search.result.unwrap_or_else(|| {
            missing += 1;
            let near = if missing <= MAX_WITH_SUGGESTIONS {
                near_names.suggest(search.selector)
            } else {
                Vec::new()
            };
            Err(not_found(search.selector, search.unknown_id, &near))
        })
    };
    searches.into_iter().map(finish).collect()
}

/// That no computer matches. `unknown_id` is the 404 for its id; one that a gateway may have sent proves nothing.
pub(super) fn not_found(selector: &Selector, unknown_id: Option<Error>, near: &[&str]) -> Error {
    if let Some(unproven) = unknown_id.filter(|error| !error.proves_absence()) {
        let message = format!("no computer was found with the {selector}");
        return Error {
            message,
            ..unproven
        };
    }
    let error = Error::new(
        ErrorKind::NotFound,
        format!("no computer has the {selector}"),
    );
    if near.is_empty() {
        return match selector {
            Selector::Text(text) if text.parse::<IpAddr>().is_ok() => {
                error.hint(format!("did you mean \"ip:{text}\"?"))
            }
            _ => error,
        };
    }
    let near: Vec<String> = near.iter().map(|name| format!("{name:?}")).collect();
    error.hint(format!("did you mean {}?", near.join(", ")))
}
