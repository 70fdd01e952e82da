//! What one answer to a listing with parameters says, and what becomes of a parameter that no API knows.

use crate::api::response::Response;
use crate::api::wire;
use crate::model::computer::key;

/// The parameters of a listing.
pub(super) type Query = Vec<(String, String)>;

/// An answer to a listing, as far as something follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// These computers, told apart by their keys.
    Rows(Vec<String>),
    /// The request was rejected for what was in it.
    Rejected,
    /// Nothing follows: no answer, a failure of the server, a limit on the rate of requests.
    Unclear,
}

impl Answer {
    pub(super) fn judge(response: &Response) -> Self {
        match response.status {
            200..=299 => match response.json().map(wire::read_listing) {
                Ok(Ok(listing)) => Self::Rows(keys(&listing.rows)),
                _ => Self::Unclear,
            },
            401 | 403 | 408 | 429 => Self::Unclear,
            400..=499 => Self::Rejected,
            _ => Self::Unclear,
        }
    }
}

/// Returns what tells rows apart.
pub(super) fn keys(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| key(row).1.into_owned()).collect()
}

/// What becomes of a parameter that no API knows. Without this, an answer to a name that is tried would prove nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    /// The listing is the same as without it.
    Ignored,
    /// The request is rejected.
    Rejected,
    /// It is taken for the name of a property, which no computer has.
    Filtered,
    /// It is not known.
    Unclear,
}

impl Control {
    /// Judges the answer to an unknown parameter. `listed` are the computers without it.
    pub(super) fn judge(answer: &Answer, listed: &[String]) -> Self {
        match answer {
            Answer::Rows(rows) if rows == listed => Self::Ignored,
            Answer::Rows(rows) if rows.is_empty() => Self::Filtered,
            Answer::Rejected => Self::Rejected,
            _ => Self::Unclear,
        }
    }

    /// Whether several names can be tried in one request: those that are not the right one do no harm.
    pub(super) fn allows_together(self) -> bool {
        self == Self::Ignored
    }
}
