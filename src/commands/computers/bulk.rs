//! Changes of one or several targets: a record for each as it is finished, and one verdict at the end.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::computers::dry_run;
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::records::Records;
use crate::commands::computers::tally::{Rerun, Tally, check_command, selector};
use crate::commands::interrupt;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::Hint;
use crate::output::{Format, Progress, Shape};
use crate::sync::ordered_pool::OrderedPool;

/// How often a wait for a result looks at the stop flag.
const STOP_CHECK_INTERVAL: Duration = Duration::from_millis(50);

/// What became of one target.
pub(super) type ChangeResult = Result<(Outcome, Computer), Error>;

/// One change of one target.
pub(super) trait Change: Send + Sync + 'static {
    /// Makes the change.
    fn run(&self, client: &Client) -> ChangeResult;

    /// Returns the request that makes it, for a dry run.
    fn request(&self) -> Request;

    /// Returns the target as far as it is known, for the record of an error.
    fn target(&self) -> Computer;
}

/// A target in its place on the command line.
pub(super) enum Planned<C> {
    /// What becomes of it is known before anything is sent.
    Known(ChangeResult, Computer),
    /// It is to be changed.
    Change(C),
}

impl<C: Change> Planned<C> {
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
    output: &'context OutputArgs,
    shape: Shape,
    /// Such as `deleted`.
    verb: &'static str,
    rerun: Rerun,
    tally: Tally,
}

impl<'context> Bulk<'context> {
    pub(super) fn new(
        output: &'context OutputArgs,
        context: &'context Context,
        shape: Shape,
        verb: &'static str,
        rerun: Rerun,
    ) -> Self {
        Self {
            context,
            output,
            shape,
            verb,
            rerun,
            tally: Tally::default(),
        }
    }

    /// Makes the changes, several at once, and ends with the verdict. After a request to stop, or once no record can be
    /// printed, no further change is begun; what is in flight is reported all the same.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] after a request to stop, [`ErrorKind::OutcomeUnknown`] where that is so of a target,
    /// [`ErrorKind::PartlyFailed`] where a target failed. Of a single target, its own error.
    pub(super) fn run(
        mut self,
        client: &Client,
        targets: Vec<Planned<impl Change>>,
    ) -> anyhow::Result<()> {
        interrupt::listen(&self.context.stop)?;
        let mut records = Records::new(self.output, self.context, self.shape);
        let count = targets.len();
        let client = match self.shape {
            Shape::One => client.clone(),
            Shape::Many => client.for_bulk(),
        };
        let threads = client.concurrency();
        let running = Arc::new(Running::new(client, targets, self.verb));
        let worker = Arc::clone(&running);
        let pool = OrderedPool::new(0, move |place| {
            ControlFlow::Continue(usize::try_from(place).ok().and_then(|at| worker.run(at)))
        });
        pool.extend_window(count as u64, threads)
            .context("no thread can be started")?;
        let mut waiting = Waiting::new(self.context, pool, count);
        for place in 0..count {
            match waiting.wait_for(place, &running) {
                Some(result) => {
                    records.print(&self.record(result, running.targets[place].target())?);
                }
                None => self.tally.not_begun(),
            }
            if !records.can_print() {
                running.is_halted.store(true, Ordering::Relaxed);
            }
        }
        drop(waiting);
        self.finish(records)
    }

    fn finish(self, records: Records<'_>) -> anyhow::Result<()> {
        let is_stopped = self.context.stop.is_requested();
        if self.shape == Shape::One && self.tally.has_unbegun() {
            let message = "interrupted before anything was changed";
            return Err(Error::new(ErrorKind::Interrupted, message).into());
        }
        let printed = records.finish().map_err(|failure| {
            if is_stopped || self.tally.has_unbegun() {
                failure.detail(self.tally.summary())
            } else {
                failure
            }
        });
        let verdict = self.tally.verdict(self.verb, self.rerun, is_stopped);
        Ok(match (printed, verdict) {
            // What became of the targets matters more than a filter of the output.
            (Err(failure), Err(verdict)) if failure.kind != ErrorKind::OutputFailed => {
                Err(verdict.detail(failure.message))
            }
            (printed, verdict) => printed.and(verdict),
        }?)
    }

    /// Prints what `run` would send: a request for each change, a record for each target that is known already.
    ///
    /// # Errors
    /// [`ErrorKind::PartlyFailed`] where a target would fail. Of a single target, its own error.
    pub(super) fn plan(
        mut self,
        client: &Client,
        targets: Vec<Planned<impl Change>>,
    ) -> anyhow::Result<()> {
        let all_changes = targets
            .iter()
            .all(|target| matches!(target, Planned::Change(_)));
        let print = if all_changes {
            OutputArgs::requests
        } else {
            OutputArgs::records
        };
        let mut rows = print(self.output, self.context, self.shape);
        let (count, mut failed) = (targets.len(), 0);
        for target in targets {
            match target {
                Planned::Known(result, target) => {
                    failed += usize::from(result.is_err());
                    rows.record(&self.record(result, target)?)?;
                }
                Planned::Change(change) => {
                    rows.row(&dry_run::to_json(client, &change.request()))?;
                }
            }
        }
        rows.finish()?;
        self.context.terminal.finish()?;
        self.context
            .terminal
            .note("dry_run", "dry run: nothing was changed");
        if failed == 0 {
            return Ok(());
        }
        let message = format!("{failed} of {count} computers can't be {}", self.verb);
        let error = Error::new(ErrorKind::PartlyFailed, message).hint("the records say why");
        Err(self.tally.with_suggestions(error).into())
    }

    /// Counts a result and makes a record of it.
    ///
    /// # Errors
    /// The error of a single target, which is an error like any other; after a request to stop it says so.
    fn record(&mut self, result: ChangeResult, target: Computer) -> Result<Record, Error> {
        let (outcome, computer, failure) = match result {
            Ok((outcome, computer)) => (outcome, computer, None),
            Err(failure) if self.shape == Shape::One => return Err(self.single(failure)),
            Err(failure) => (outcome_of(&failure), target, Some(failure)),
        };
        self.tally.count(outcome, &computer);
        if let Some(failure) = &failure {
            self.tally.keep_suggestions(failure);
        }
        let has_no_reason = matches!(
            self.context.terminal.style().format,
            Format::Id | Format::UnderscoreId
        );
        if let Some(failure) = failure.as_ref().filter(|_| has_no_reason) {
            self.context.terminal.note(outcome.name(), &failure.message);
        }
        Ok(Record {
            outcome,
            computer,
            error: failure,
        })
    }

    fn single(&self, failure: Error) -> Error {
        if !self.context.stop.is_requested() {
            return failure;
        }
        Error {
            kind: ErrorKind::Interrupted,
            message: format!("interrupted: {}", failure.message),
            ..failure
        }
    }
}

fn outcome_of(failure: &Error) -> Outcome {
    match failure.kind {
        ErrorKind::OutcomeUnknown => Outcome::Unknown,
        ErrorKind::NotOffline | ErrorKind::Conflict => Outcome::Refused,
        _ => Outcome::Failed,
    }
}

/// The changes, as the threads see them.
struct Running<C> {
    client: Client,
    targets: Vec<Planned<C>>,
    /// For each target, whether a request that changes it was sent.
    begun: Vec<Arc<AtomicBool>>,
    /// Whether no further change may be begun, since its record could not be printed.
    is_halted: AtomicBool,
    verb: &'static str,
}

impl<C: Change> Running<C> {
    fn new(client: Client, targets: Vec<Planned<C>>, verb: &'static str) -> Self {
        Self {
            client,
            begun: targets.iter().map(|_| Arc::default()).collect(),
            targets,
            is_halted: AtomicBool::new(false),
            verb,
        }
    }

    /// Makes one change; `None` where it was not begun.
    fn run(&self, place: usize) -> Option<ChangeResult> {
        if self.is_halted.load(Ordering::Relaxed) {
            return None;
        }
        match &self.targets[place] {
            Planned::Known(result, _) => Some(result.clone()),
            Planned::Change(change) => {
                let client = self.client.with_change_begun(&self.begun[place]);
                match change.run(&client) {
                    Err(failure) if failure.kind == ErrorKind::Interrupted => {
                        self.interrupted(place)
                    }
                    result => Some(result),
                }
            }
        }
    }

    /// What is known of a target whose result is not waited for any longer.
    fn abandoned(&self, place: usize) -> Option<ChangeResult> {
        match &self.targets[place] {
            Planned::Known(result, _) => Some(result.clone()),
            Planned::Change(_) => self.interrupted(place),
        }
    }

    /// A change that was interrupted is unknown if a request was sent that may have made it; else it was not begun.
    fn interrupted(&self, place: usize) -> Option<ChangeResult> {
        if !self.begun[place].load(Ordering::SeqCst) {
            return None;
        }
        Some(Err(not_answered(&self.targets[place].target(), self.verb)))
    }
}

fn not_answered(target: &Computer, verb: &str) -> Error {
    let what = match (target.id(), target.underscore_id()) {
        (Some(id), _) => format!("computer {id}"),
        (None, Some(id)) => format!("the _id {id}"),
        (None, None) => "the computer".to_owned(),
    };
    let message = format!(
        "could not confirm whether {what} was {verb}: interrupted before the response arrived"
    );
    let error = Error::new(ErrorKind::OutcomeUnknown, message);
    match selector(target) {
        Some(target) => error.hint(Hint::new("check: ").command(check_command(target))),
        None => error,
    }
}

/// Waits for the results in order, shows how many there are, and tells of a request to stop.
struct Waiting<'context> {
    context: &'context Context,
    pool: OrderedPool<Option<ChangeResult>>,
    progress: Progress<'context>,
    steps: u64,
    is_stop_told: bool,
}

impl<'context> Waiting<'context> {
    fn new(
        context: &'context Context,
        pool: OrderedPool<Option<ChangeResult>>,
        count: usize,
    ) -> Self {
        Self {
            context,
            pool,
            progress: context.terminal.progress(count),
            steps: 0,
            is_stop_told: false,
        }
    }

    /// Waits for a result; `None` where the change was not begun.
    fn wait_for(&mut self, place: usize, running: &Running<impl Change>) -> Option<ChangeResult> {
        loop {
            self.tell_stop();
            let is_abandoned = self.context.stop.is_abandoned();
            let timeout = if is_abandoned {
                Duration::ZERO
            } else {
                STOP_CHECK_INTERVAL
            };
            let result = self.pool.wait_for(place as u64, timeout);
            for _ in self.steps..self.pool.finished() {
                self.progress.step();
                self.steps += 1;
            }
            match result {
                Some(result) => return result,
                None if is_abandoned => return running.abandoned(place),
                None => {}
            }
        }
    }

    fn tell_stop(&mut self) {
        if self.context.stop.is_requested() && !std::mem::replace(&mut self.is_stop_told, true) {
            self.context.terminal.note(
                "interrupted",
                "finishing requests in flight; press Ctrl-C again to abandon them",
            );
        }
    }
}
