//! How many targets of a change came to which end, and the verdict that follows.

use crate::commands::computers::record::Outcome;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// What running the same command again would do, so that no hint recommends what does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rerun {
    /// It makes only the changes that are still to be made. With this flag, if any, those made already count as done.
    Continues(Option<&'static str>),
    /// It generates as many `_id`s as the first time.
    Generates,
    /// It generates new `_id`s for the rows of a file that have none.
    GeneratesForRows,
}

/// Counts targets by what became of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    done: usize,
    failed: usize,
    unknown: usize,
    not_begun: usize,
    /// How to name the first one that is unknown.
    first_unknown: Option<String>,
    /// Near names for targets that were not found, a line each.
    suggestions: Vec<String>,
}

impl Tally {
    /// Counts a target of which there is a record.
    pub(super) fn count(&mut self, outcome: Outcome, computer: &Computer) {
        match outcome {
            Outcome::Unknown => {
                self.unknown += 1;
                if self.first_unknown.is_none() {
                    self.first_unknown = selector(computer);
                }
            }
            Outcome::Refused | Outcome::Failed => self.failed += 1,
            Outcome::Created
            | Outcome::Existing
            | Outcome::Renamed
            | Outcome::Unchanged
            | Outcome::Deleted
            | Outcome::Absent => self.done += 1,
        }
    }

    /// Keeps the near names that the error of a target suggests: a table of records has no room for them.
    pub(super) fn keep_suggestions(&mut self, error: &Error) {
        if let (ErrorKind::NotFound, Some(hint)) = (error.kind, &error.hint) {
            let line = format!("{}: {}", error.message, hint.render(None));
            self.suggestions.push(line);
        }
    }

    /// Adds the near names that were kept to the error at the end.
    pub(super) fn with_suggestions(&self, error: Error) -> Error {
        self.suggestions.iter().fold(error, Error::detail)
    }

    /// Counts a target for which no changing request was sent.
    pub(super) fn not_begun(&mut self) {
        self.not_begun += 1;
    }

    /// Returns whether there was a target for which no changing request was sent.
    pub(super) fn has_unbegun(&self) -> bool {
        self.not_begun > 0
    }

    /// Returns such as `3 done, 1 failed, 0 unknown, 2 not begun`.
    pub(super) fn summary(&self) -> String {
        let Self {
            done,
            failed,
            unknown,
            not_begun,
            ..
        } = self;
        format!("{done} done, {failed} failed, {unknown} unknown, {not_begun} not begun")
    }

    /// Judges the whole. `verb` is such as `deleted`.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] where `is_stopped`; else [`ErrorKind::OutcomeUnknown`] where that is so of a target, else
    /// [`ErrorKind::PartlyFailed`] where one failed.
    pub(super) fn verdict(&self, verb: &str, rerun: Rerun, is_stopped: bool) -> Result<(), Error> {
        let kind = match () {
            () if is_stopped => ErrorKind::Interrupted,
            () if self.unknown > 0 => ErrorKind::OutcomeUnknown,
            () if self.failed + self.not_begun > 0 => ErrorKind::PartlyFailed,
            () => return Ok(()),
        };
        let what = if is_stopped {
            "interrupted".to_owned()
        } else {
            format!("not all computers were {verb}")
        };
        let error = Error::new(kind, format!("{what}: {}", self.summary()));
        let error = self.with_suggestions(error);
        Err(match self.hint(rerun) {
            Some(hint) => error.hint(hint),
            None => error,
        })
    }

    /// What is unknown comes first: the rest depends on what is found.
    fn hint(&self, rerun: Rerun) -> Option<Hint> {
        if self.unknown > 0 {
            let first = self.first_unknown.clone()?;
            let text = if self.unknown == 1 {
                "check the one that is unknown: "
            } else {
                "check each that is unknown, the first with: "
            };
            return Some(Hint::new(text).command(check_command(first)));
        }
        if self.not_begun > 0 {
            return Some(rest_hint(rerun, self.failed + self.not_begun));
        }
        (self.failed > 0).then(|| failed_hint(rerun))
    }
}

/// How to go on with those that were not begun. With those that failed they are `rest`.
fn rest_hint(rerun: Rerun, rest: usize) -> Hint {
    match rerun {
        Rerun::Continues(flag) => {
            let with = flag.map_or_else(String::new, |flag| format!(" with {flag}"));
            Hint::from(format!(
                "running the same command again{with} continues where this one ended"
            ))
        }
        Rerun::Generates => Hint::new("the same command would start over; for the rest: ")
            .command(CommandLine::reemo("computers reserve --count").arg(rest.to_string())),
        Rerun::GeneratesForRows => Hint::new(
            "the same command would reserve new _ids for all rows without one; \
             take those that are done out of the file first",
        ),
    }
}

fn failed_hint(rerun: Rerun) -> Hint {
    Hint::new(match rerun {
        Rerun::Continues(_) => {
            "the records say why; running the command again for those that failed is safe"
        }
        Rerun::Generates | Rerun::GeneratesForRows => {
            "the records say why; reserve those that failed by the _id in their record, \
             since the same command would generate new ones"
        }
    })
}

/// Returns the command that shows a computer as it now is.
pub(super) fn check_command(selector: String) -> CommandLine {
    CommandLine::reemo("computers get").arg(selector)
}

/// Returns how to name a computer on the command line by an id of its own.
pub(super) fn selector(computer: &Computer) -> Option<String> {
    let by_id = computer.id().map(|id| format!("id:{id}"));
    by_id.or_else(|| computer.underscore_id().map(|id| format!("_id:{id}")))
}
