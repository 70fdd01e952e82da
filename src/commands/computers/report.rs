//! The report of changes: a record for each target, then the verdict. What can't be printed is named in the error: no change
//! is lost, least of all a new `_id`.

use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::rerun::Rerun;
use crate::commands::computers::summary::{check_hint, selector};
use crate::commands::dry_run;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::Hint;
use crate::output::{Format, Rows, Shape};

/// How changes are made and their records printed, in the order of the targets.
pub(super) struct Bulk<'context> {
    pub context: &'context Context,
    pub output: &'context OutputArgs,
    pub shape: Shape,
    pub rerun: Rerun,
    pub dry_run: bool,
}

/// Prints records and counts targets by what happened to them.
pub(super) struct Report<'a> {
    bulk: &'a Bulk<'a>,
    /// What is done to targets, such as `deleted`.
    verb: &'static str,
    rows: Box<dyn Rows + 'a>,
    done: usize,
    failed: usize,
    unknown: usize,
    /// Targets for which no changing request was sent.
    pub(super) not_begun: usize,
    /// How to name the first one that is unknown.
    first_unknown: Option<String>,
    /// Near names for targets that were not found, a line each: a table of records has no room for them.
    suggestions: Vec<String>,
    /// A line for each record that is not known to be printed.
    unprinted: Vec<String>,
    /// Why the first of these was not.
    failure: Option<Error>,
}

impl<'a> Report<'a> {
    pub(super) fn new(bulk: &'a Bulk<'a>, verb: &'static str) -> Self {
        Self {
            bulk,
            verb,
            rows: bulk.output.records(bulk.context, bulk.shape),
            done: 0,
            failed: 0,
            unknown: 0,
            not_begun: 0,
            first_unknown: None,
            suggestions: Vec::new(),
            unprinted: Vec::new(),
            failure: None,
        }
    }

    /// Whether a record can still be printed.
    pub(super) fn can_print(&self) -> bool {
        self.failure
            .as_ref()
            .is_none_or(|failure| failure.kind != ErrorKind::OutputFailed)
    }

    /// Counts a record and prints it, or keeps what is to be said of it at the end.
    ///
    /// # Errors
    /// The error of a single target, which is an error like any other; after a request to stop it says so.
    pub(super) fn print(&mut self, record: &Record) -> Result<(), Error> {
        match &record.error {
            Some(error) if self.bulk.shape == Shape::One => return Err(self.single(error)),
            Some(error) => self.keep_reason(record.outcome, error),
            None => {}
        }
        match record.outcome {
            Outcome::Unknown => {
                self.unknown += 1;
                if self.first_unknown.is_none() {
                    self.first_unknown = selector(&record.computer);
                }
            }
            Outcome::Refused | Outcome::Failed => self.failed += 1,
            _ => self.done += 1,
        }
        let waits = self.bulk.context.terminal.style().format.is_whole();
        let printed = if self.can_print() {
            self.hand_over(record, waits)
        } else {
            Ok(())
        };
        if waits || printed.is_err() || !self.can_print() {
            self.unprinted.push(line(record));
        }
        if let Err(failure) = printed {
            self.failure.get_or_insert(failure);
        }
        Ok(())
    }

    fn single(&self, error: &Error) -> Error {
        let error = error.clone();
        if !self.bulk.context.stop.is_requested() {
            return error;
        }
        Error {
            kind: ErrorKind::Interrupted,
            message: format!("interrupted: {}", error.message),
            ..error
        }
    }

    /// Keeps near names, and says why a change failed if the format prints ids alone.
    fn keep_reason(&mut self, outcome: Outcome, error: &Error) {
        if let (ErrorKind::NotFound, Some(hint)) = (error.kind, &error.hint) {
            let line = format!("{}: {}", error.message, hint.render(None));
            self.suggestions.push(line);
        }
        let terminal = self.bulk.context.terminal;
        if matches!(terminal.style().format, Format::Id | Format::UnderscoreId) {
            terminal.note(outcome.name(), &error.message);
        }
    }

    fn hand_over(&mut self, record: &Record, waits: bool) -> Result<(), Error> {
        let terminal = self.bulk.context.terminal;
        let style = terminal.style();
        let json = record.to_json(style.format, style.profile.as_deref());
        self.rows.row(&terminal.redact_data(&json))?;
        if waits { Ok(()) } else { terminal.finish() }
    }

    /// Ends the report of changes.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] after a request to stop, [`ErrorKind::OutcomeUnknown`] where that is so of a target,
    /// [`ErrorKind::PartlyFailed`] where one failed. What kept a record from being printed, with what happened to each target
    /// whose record may be lost.
    pub(super) fn finish(self) -> Result<(), Error> {
        let is_stopped = self.bulk.context.stop.is_requested();
        if self.bulk.shape == Shape::One && self.not_begun > 0 {
            let message = "interrupted before anything was changed";
            return Err(Error::new(ErrorKind::Interrupted, message));
        }
        let summary = (is_stopped || self.not_begun > 0).then(|| self.summary());
        let verdict = self.verdict(is_stopped);
        let printed = self
            .print_rest(false)
            .map_err(|failure| summary.into_iter().fold(failure, Error::detail));
        match (printed, verdict) {
            // What happened to the targets matters more than a filter of the output.
            (Err(failure), Err(verdict)) if failure.kind != ErrorKind::OutputFailed => {
                Err(verdict.detail(failure.message))
            }
            (printed, verdict) => printed.and(verdict),
        }
    }

    /// Ends the report of a dry run.
    ///
    /// # Errors
    /// [`ErrorKind::PartlyFailed`] if a change would fail, or what kept a record from being printed.
    pub(super) fn finish_dry_run(self) -> Result<(), Error> {
        let (context, failed, all) = (self.bulk.context, self.failed, self.done + self.failed);
        let message = format!("{failed} of {all} computers can't be {}", self.verb);
        let verdict = Error::new(ErrorKind::PartlyFailed, message).hint("the records say why");
        let verdict = self.with_suggestions(verdict);
        self.print_rest(true)?;
        dry_run::note(context);
        if failed == 0 { Ok(()) } else { Err(verdict) }
    }

    /// Prints what waited for the end. The error names each record that may be lost, unless it is one of a dry run.
    fn print_rest(self, is_dry_run: bool) -> Result<(), Error> {
        let printed = if self.can_print() {
            let finished = self.rows.finish();
            // What can't be handed over is lost, whatever else went wrong.
            self.bulk.context.terminal.finish().and(finished)
        } else {
            Ok(())
        };
        self.failure.map_or(printed, Err).map_err(|failure| {
            if failure.kind == ErrorKind::OutputFailed && !is_dry_run {
                self.unprinted.into_iter().fold(failure, Error::detail)
            } else {
                failure
            }
        })
    }

    /// Returns such as `3 done, 1 failed, 0 unknown, 2 not started`.
    fn summary(&self) -> String {
        format!(
            "{} done, {} failed, {} unknown, {} not started",
            self.done, self.failed, self.unknown, self.not_begun
        )
    }

    fn verdict(&self, is_stopped: bool) -> Result<(), Error> {
        let (kind, what) = if is_stopped {
            (ErrorKind::Interrupted, "interrupted".to_owned())
        } else {
            let kind = match self.unknown {
                0 if self.failed + self.not_begun == 0 => return Ok(()),
                0 => ErrorKind::PartlyFailed,
                _ => ErrorKind::OutcomeUnknown,
            };
            (kind, format!("not all computers were {}", self.verb))
        };
        let error = Error::new(kind, format!("{what}: {}", self.summary()));
        let error = self.with_suggestions(error);
        Err(match self.hint() {
            Some(hint) => error.hint(hint),
            None => error,
        })
    }

    fn with_suggestions(&self, error: Error) -> Error {
        self.suggestions.iter().fold(error, Error::detail)
    }

    /// What is unknown comes first: the rest depends on what is found.
    fn hint(&self) -> Option<Hint> {
        if self.unknown > 0 {
            let text = match self.unknown {
                1 => "check the one that is unknown: ",
                _ => "check each target with an unknown outcome, starting with: ",
            };
            return Some(check_hint(text, self.first_unknown.clone()?));
        }
        if self.not_begun > 0 {
            return Some(self.bulk.rerun.rest_hint(self.failed + self.not_begun));
        }
        (self.failed > 0).then(|| self.bulk.rerun.failed_hint())
    }
}

/// Returns a line such as `created: _id:… id:…`.
fn line(record: &Record) -> String {
    let mut line = format!("{}:{}", record.outcome.name(), named(&record.computer));
    if let Some(error) = &record.error {
        line.push_str(&format!(" ({error})"));
    }
    line
}

fn named(computer: &Computer) -> String {
    let ids = [("_id", computer.underscore_id()), ("id", computer.id())];
    let text: String = ids
        .iter()
        .filter_map(|(name, id)| Some(format!(" {name}:{}", (*id)?)))
        .collect();
    if !text.is_empty() {
        return text;
    }
    let name = computer.name().or_else(|| computer.hostname());
    name.map_or_else(String::new, |name| format!(" {name:?}"))
}
