//! The record of one change: what happened to one target, or what a dry run would do to it.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::{Format, error_object};

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
    /// In a dry run: the `_id` would be reserved.
    WouldCreate,
    /// In a dry run: the computer would be renamed.
    WouldRename,
    /// In a dry run: the computer would be deleted.
    WouldDelete,
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
            Self::WouldCreate => "would_create",
            Self::WouldRename => "would_rename",
            Self::WouldDelete => "would_delete",
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
    /// The JSON of the request that a dry run would send.
    pub request: Option<String>,
    /// The name before the computer was renamed; in a dry run, the new one.
    pub other_name: Option<String>,
}

impl Record {
    /// Creates a record without an error.
    pub(crate) fn new(outcome: Outcome, computer: Computer) -> Self {
        Self {
            outcome,
            computer,
            error: None,
            request: None,
            other_name: None,
        }
    }

    /// Creates the record of a change that was not made, or may not have been made.
    pub(crate) fn failed(error: Error, computer: Computer) -> Self {
        let outcome = match error.kind {
            ErrorKind::OutcomeUnknown => Outcome::Unknown,
            ErrorKind::NotOffline | ErrorKind::Conflict => Outcome::Refused,
            _ => Outcome::Failed,
        };
        Self {
            error: Some(error),
            ..Self::new(outcome, computer)
        }
    }

    /// Returns the record as a JSON object, with the text of the computer unchanged. Hints name `profile`. For a table it has
    /// the `reason` of the error, in a few words, and the `new_name`.
    pub(crate) fn to_json(&self, format: Format, profile: Option<&str>) -> String {
        let (outcome, computer) = (self.outcome.name(), self.computer.text());
        let mut json = format!("{{\"outcome\":\"{outcome}\",\"computer\":{computer}");
        let mut add = |name: &str, value: Value| json.push_str(&format!(",\"{name}\":{value}"));
        let is_table = format.is_for_people();
        match &self.error {
            Some(error) if is_table => add("reason", Value::from(&*reason(error))),
            Some(error) => add("error", error_object(error, profile)),
            None => {}
        }
        let other_name = || Value::from(self.other_name.as_deref());
        match self.outcome {
            Outcome::Renamed => add("previous_name", other_name()),
            Outcome::WouldRename if is_table => add("new_name", other_name()),
            _ => {}
        }
        if let Some(request) = &self.request {
            json.push_str(&format!(",\"request\":{request}"));
        }
        json + "}"
    }
}

/// Returns why a change failed, in a few words.
pub(crate) fn reason(error: &Error) -> Cow<'_, str> {
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
