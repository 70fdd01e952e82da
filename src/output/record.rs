//! The record of one change: what became of one target.

use serde_json::Value;

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::output::failure::error_object;

/// What became of a target. The names are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// An `_id` was reserved.
    Created,
    /// It was ours already.
    Existing,
    /// It has the new name.
    Renamed,
    /// It had the name already.
    Unchanged,
    /// It is gone.
    Deleted,
    /// It was not there.
    Absent,
    /// Its state does not allow the change.
    Refused,
    /// The change failed.
    Failed,
    /// Whether the change was made is not known.
    Unknown,
}

impl Outcome {
    /// The name in a record.
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

/// What became of one target.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// In one word.
    pub outcome: Outcome,
    /// The computer, as far as it is known.
    pub computer: Option<Computer>,
    /// What went wrong.
    pub failure: Option<Error>,
}

impl Record {
    /// Returns the record as a row; the computer's text stands in it to the letter. `profile` is the one that hints name.
    pub(crate) fn row(&self, profile: Option<&str>) -> Computer {
        let mut text = format!("{{\"outcome\":\"{}\"", self.outcome.name());
        if let Some(computer) = &self.computer {
            text.push_str(",\"computer\":");
            text.push_str(computer.text());
        }
        if let Some(failure) = &self.failure {
            text.push_str(",\"error\":");
            text.push_str(&Value::Object(error_object(failure, profile)).to_string());
        }
        text.push('}');
        Computer::new(text)
    }
}
