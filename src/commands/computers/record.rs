//! The record of one change: what happened to one target.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::error_object;

/// What happened to a target. The names are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// An `_id` was reserved.
    Created,
    /// The `_id` was in the account already.
    Existing,
    /// The computer has the new name.
    Renamed,
    /// The computer had the name already.
    Unchanged,
    /// The computer was deleted.
    Deleted,
    /// There was no such computer.
    Absent,
    /// The computer's state does not allow the change.
    Refused,
    /// The change failed.
    Failed,
    /// It is unknown whether the change was made.
    Unknown,
}

impl Outcome {
    /// Returns the name in a record.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Existing => "existing",
            Self::Renamed => "renamed",
            Self::Unchanged => "unchanged",
            Self::Deleted => "deleted",
            Self::Absent => "absent",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// What happened to one target.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// In one word.
    pub outcome: Outcome,
    /// The computer, as far as it is known.
    pub computer: Computer,
    /// What went wrong.
    pub error: Option<Error>,
}

impl Record {
    /// Returns the record as a JSON object, with the text of the computer unchanged. Hints name `profile`.
    pub(crate) fn to_json(&self, profile: Option<&str>) -> String {
        let error = self.error.as_ref().map_or_else(String::new, |error| {
            format!(",\"error\":{}", error_object(error, profile))
        });
        self.with(&error)
    }

    /// Returns the record as a row of a table: in place of the error it has the `reason`, in a few words.
    pub(crate) fn to_table_row(&self) -> String {
        let reason = self.error.as_ref().map_or_else(String::new, |error| {
            format!(",\"reason\":{}", Value::from(&*reason(error)))
        });
        self.with(&reason)
    }

    fn with(&self, member: &str) -> String {
        let (outcome, computer) = (self.outcome.name(), self.computer.text());
        format!("{{\"outcome\":\"{outcome}\",\"computer\":{computer}{member}}}")
    }
}

fn reason(error: &Error) -> Cow<'_, str> {
    if let Some(reason) = &error.reason {
        return Cow::Borrowed(reason);
    }
    Cow::Borrowed(match error.kind {
        ErrorKind::NotFound => "not found",
        ErrorKind::Ambiguous => "matches several",
        ErrorKind::OutcomeUnknown => "outcome unknown",
        ErrorKind::TimedOut => "timed out",
        ErrorKind::Unreachable | ErrorKind::Proxy => "API unreachable",
        ErrorKind::Tls => "TLS error",
        ErrorKind::CredentialsRefused => "key refused",
        ErrorKind::Interrupted => "interrupted",
        _ => {
            let status = error.status().map(|status| format!("HTTP {status}"));
            return status.map_or(Cow::Borrowed(&*error.message), Cow::Owned);
        }
    })
}
