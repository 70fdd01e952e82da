//! Changes of one or several targets: a record for each as it finishes, and one verdict at the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::computers::dry_run;
use crate::commands::computers::records::Records;
use crate::commands::interrupt::Interrupt;
use crate::commands::shown::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::{Format, Outcome, Record, Shape};

/// How often Ctrl-C is looked for.
const GLANCE: Duration = Duration::from_millis(50);

/// What becomes of one target.
pub(super) type ChangeResult = Result<(Outcome, Computer), Error>;

/// One change of one target.
pub(super) trait Change: Send + Sync + 'static {
    /// Makes the change.
    fn run(&self, client: &Client) -> ChangeResult;

    /// The request that makes it, for a dry run.
    fn request(&self) -> Request;

    /// The target as far as it is known, for the record of a failure.
    fn target(&self) -> Computer;
}

/// A target in its place on the command line.
pub(super) enum Step<C> {
    /// What becomes of it is known before anything is sent.
    Known(ChangeResult, Computer),
    /// It is to be changed.
    Change(C),
}

impl<C: Change> Step<C> {
    fn run(&self, client: &Client) -> ChangeResult {
        match self {
            Self::Known(done, _) => done.clone(),
            Self::Change(change) => change.run(client),
        }
    }

    fn target(&self) -> Computer {
        match self {
            Self::Known(_, target) => target.clone(),
            Self::Change(change) => change.target(),
        }
    }
}

/// Prints records in the order of the targets, each as soon as it and those before it are finished; and counts.
pub(super) struct Bulk<'context> {
    context: &'context Context,
    shown: &'context OutputArgs,
    shape: Shape,
    /// Such as `deleted`.
    verb: &'static str,
    done: usize,
    failed: usize,
}

impl<'context> Bulk<'context> {
    pub(super) fn new(
        shown: &'context OutputArgs,
        context: &'context Context,
        shape: Shape,
        verb: &'static str,
    ) -> Self {
        Self {
            context,
            shown,
            shape,
            verb,
            done: 0,
            failed: 0,
        }
    }

    fn record(&mut self, done: ChangeResult, target: Computer) -> Result<Record, Error> {
        Ok(match done {
            Ok((outcome, computer)) => {
                self.done += 1;
                Record {
                    outcome,
                    computer: Some(computer),
                    failure: None,
                }
            }
            // A failed change of exactly one target is an error like any other.
            Err(failure) if self.shape == Shape::One => return Err(failure),
            Err(failure) => {
                self.failed += 1;
                if matches!(
                    self.context.screen.style().format,
                    Format::Id | Format::UnderscoreId
                ) {
                    self.context.screen.note("failed", &failure.message);
                }
                let outcome = match failure.kind {
                    ErrorKind::OutcomeUnknown => Outcome::Unknown,
                    ErrorKind::NotOffline | ErrorKind::Conflict => Outcome::Refused,
                    _ => Outcome::Failed,
                };
                Record {
                    outcome,
                    computer: Some(target),
                    failure: Some(failure),
                }
            }
        })
    }

    /// Makes the changes, several at once, and ends with the verdict.
    ///
    /// # Errors
    /// `PartlyFailed` where a target failed, `Interrupted` after Ctrl-C.
    pub(super) fn run(
        mut self,
        client: &Client,
        steps: Vec<Step<impl Change>>,
    ) -> anyhow::Result<()> {
        let mut records = Records::new(self.shown, self.context, self.shape);
        let count = steps.len();
        let ended = if self.shape == Shape::One {
            for step in &steps {
                records.print(&self.record(step.run(client), step.target())?);
            }
            Ok(())
        } else if steps.is_empty() {
            Ok(())
        } else {
            self.several(client, steps, &mut records)
        };
        let not_begun = count - self.done - self.failed;
        let told = |failure: Error| match &ended {
            Err(interrupted) => failure.detail(interrupted.to_string()),
            Ok(()) if not_begun > 0 => {
                failure.detail(format!("{not_begun} of {count} computers were not begun"))
            }
            Ok(()) => failure,
        };
        // After Ctrl-C the records are printed all the same.
        records.finish().map_err(told)?;
        ended?;
        Ok(self.verdict()?)
    }

    /// Prints what `run` would send: a request for each change, a record for each target that is known already.
    ///
    /// # Errors
    /// `PartlyFailed` where a target would fail.
    pub(super) fn plan(
        mut self,
        client: &Client,
        steps: Vec<Step<impl Change>>,
    ) -> anyhow::Result<()> {
        let all_changes = steps.iter().all(|step| matches!(step, Step::Change(_)));
        let print = if all_changes {
            OutputArgs::requests
        } else {
            OutputArgs::records
        };
        let profile = self.context.screen.style().profile.as_deref();
        let mut rows = print(self.shown, self.context, self.shape);
        for step in steps {
            match step {
                Step::Known(done, target) => rows.row(&self.record(done, target)?.row(profile))?,
                Step::Change(change) => {
                    self.done += 1;
                    rows.row(&dry_run::row(client, &change.request()))?
                }
            };
        }
        rows.finish()?;
        self.context.screen.finish()?;
        self.context
            .screen
            .note("dry_run", "a dry run: nothing was changed");
        Ok(self.verdict()?)
    }

    fn verdict(self) -> Result<(), Error> {
        let (failed, all) = (self.failed, self.failed + self.done);
        if failed == 0 {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::PartlyFailed,
            format!("{failed} of {all} computers could not be {}", self.verb),
        )
        .hint("the records say why; running the command again for those that failed is safe"))
    }

    /// Makes several changes at once, as long as there is neither a Ctrl-C nor a record that can't be printed.
    fn several(
        &mut self,
        client: &Client,
        steps: Vec<Step<impl Change>>,
        records: &mut Records<'context>,
    ) -> anyhow::Result<()> {
        let interrupt = Interrupt::watch();
        let client = client.for_bulk();
        let (steps, next, halt) = (
            Arc::new(steps),
            Arc::new(AtomicUsize::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let (sender, receiver) = mpsc::channel();
        for _ in 0..client.concurrency().min(steps.len()) {
            let (steps, next, halt, sender) = (
                Arc::clone(&steps),
                Arc::clone(&next),
                Arc::clone(&halt),
                sender.clone(),
            );
            let (client, interrupt) = (client.clone(), interrupt.clone());
            let work = move || {
                while !interrupt.stops() && !halt.load(Ordering::Relaxed) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(step) = steps.get(place) else { break };
                    if sender.send((place, step.run(&client))).is_err() {
                        break;
                    }
                }
            };
            std::thread::Builder::new()
                .name("change".to_owned())
                .spawn(work)
                .context("no thread can be started")?;
        }
        drop(sender);

        let progress = self.context.screen.progress(steps.len());
        let mut waiting: Vec<Option<ChangeResult>> = (0..steps.len()).map(|_| None).collect();
        let (mut told, mut printed) = (false, 0);
        loop {
            match receiver.recv_timeout(GLANCE) {
                Ok((place, done)) => {
                    waiting[place] = Some(done);
                    progress.step();
                }
                Err(RecvTimeoutError::Timeout) if interrupt.leaves() => break,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(done) = waiting.get_mut(printed).and_then(Option::take) {
                records.print(&self.record(done, steps[printed].target())?);
                printed += 1;
            }
            halt.store(!records.can_print(), Ordering::Relaxed);
            if interrupt.stops() && !told {
                told = true;
                self.context.screen.note(
                    "interrupted",
                    "ending after the requests in flight; Ctrl-C again leaves them",
                );
            }
        }
        drop(progress);
        if !interrupt.stops() {
            return Ok(());
        }
        let begun = next.load(Ordering::Relaxed).min(steps.len());
        let mut unknown = 0;
        for place in printed..begun {
            let done = waiting[place].take().unwrap_or_else(|| {
                unknown += 1;
                Err(Error::new(
                    ErrorKind::OutcomeUnknown,
                    "interrupted before the answer came",
                ))
            });
            records.print(&self.record(done, steps[place].target())?);
        }
        let (done, failed, left) = (self.done, self.failed - unknown, steps.len() - begun);
        let text = format!(
            "interrupted: {done} done, {failed} failed, {unknown} unknown, {left} not begun"
        );
        bail!(
            Error::new(ErrorKind::Interrupted, text)
                .hint("running the same command again goes on where this one ended")
        )
    }
}
