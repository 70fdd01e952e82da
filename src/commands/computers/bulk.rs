//! Changes of one or several targets: a record for each, and one verdict at the end.

use anyhow::bail;

use crate::commands::shown::Shown;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::output::{Outcome, Record, Rows, Shape};

/// One object for exactly one target on the command line, else an array.
pub(super) fn shape(targets: usize) -> Shape {
    if targets == 1 { Shape::One } else { Shape::Many }
}

/// Prints records as they come, and counts failures.
pub(super) struct Bulk<'context> {
    rows: Box<dyn Rows + 'context>,
    shape: Shape,
    verb: &'static str,
    done: usize,
    failed: usize,
}

impl<'context> Bulk<'context> {
    pub(super) fn new(shown: &Shown, context: &'context Context, shape: Shape, verb: &'static str) -> Self {
        Self { rows: shown.records(context, shape), shape, verb, done: 0, failed: 0 }
    }

    /// A change that went well.
    pub(super) fn done(&mut self, outcome: Outcome, computer: Computer<'static>) -> anyhow::Result<()> {
        self.done += 1;
        self.rows.row(&Record::done(outcome, computer).row())?;
        Ok(())
    }

    /// A change that failed. A failed change of exactly one target is an error like any other, and ends the command.
    pub(super) fn failed(&mut self, failure: Failure, computer: Option<Computer<'static>>) -> anyhow::Result<()> {
        if self.shape == Shape::One {
            bail!(failure);
        }
        self.failed += 1;
        let outcome = match failure.kind {
            Kind::OutcomeUnknown => Outcome::Unknown,
            Kind::NotOffline | Kind::Conflict => Outcome::Refused,
            _ => Outcome::Failed,
        };
        self.rows.row(&Record { outcome, computer, failure: Some(failure) }.row())?;
        Ok(())
    }

    /// The end of the records, and the verdict.
    ///
    /// # Errors
    /// `PartlyFailed` where a target failed.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        self.rows.finish()?;
        if self.failed == 0 {
            return Ok(());
        }
        let (failed, all) = (self.failed, self.failed + self.done);
        bail!(
            Failure::new(Kind::PartlyFailed, format!("{failed} of {all} computers could not be {}", self.verb))
                .hint("the records say why; running the command again for those that failed is safe")
        )
    }
}
