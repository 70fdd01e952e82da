//! Makes the changes of one or several targets, several at once, and reports them in the order of the targets.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;

use crate::api::change_trace::ChangeTrace;
use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::change_journal::{Journal, JournalEntry};
use crate::commands::computers::record::{Outcome, Record};
pub(super) use crate::commands::computers::report::Bulk;
use crate::commands::computers::report::Report;
use crate::commands::computers::summary::{check_hint, selector};
use crate::commands::dry_run;
use crate::commands::interrupt;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::{Progress, Shape};
use crate::sync::ordered_pool::OrderedPool;

/// How often a wait for a result looks at the stop flag.
const STOP_CHECK_INTERVAL: Duration = Duration::from_millis(50);

/// One change of one target.
pub(super) trait Change: Send + Sync + 'static {
    /// What is done to targets, such as `deleted`.
    const VERB: &'static str;

    /// Makes the change.
    fn run(&self, client: &Client) -> Result<Record, Error>;

    /// Returns the request that makes it, for a dry run.
    fn request(&self) -> Request;

    /// Returns the record of a dry run, but for the request. Its computer is the target as far as it is known.
    fn planned(&self) -> Record;
}

/// A target in its place on the command line.
pub(super) enum Planned<C> {
    /// What happens to it is known before anything is sent.
    Known(Record),
    /// It is to be changed.
    Change(C),
}

impl Bulk<'_> {
    /// Makes the changes, several at once, and ends with the verdict; or prints what a dry run would send. After a request to
    /// stop, or once no record can be printed, no further change is begun; what is in flight is reported all the same.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] after a request to stop, [`ErrorKind::OutcomeUnknown`] where that is so of a target,
    /// [`ErrorKind::PartlyFailed`] where a target failed. Of a single target, its own error.
    pub(super) fn run<C: Change>(
        &self,
        client: &Client,
        targets: Vec<Planned<C>>,
    ) -> anyhow::Result<()> {
        self.run_phases(client, vec![targets])
    }

    /// Makes the changes of several phases as [`Self::run`] does. A phase begins once each change of the one before has ended.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub(super) fn run_phases<C: Change>(
        &self,
        client: &Client,
        phases: Vec<Vec<Planned<C>>>,
    ) -> anyhow::Result<()> {
        let mut report = Report::new(self, C::VERB);
        if self.dry_run {
            return Ok(plan(client, phases.into_iter().flatten(), report)?);
        }
        interrupt::listen(&self.context.stop)?;
        let client = match self.shape {
            Shape::One => client.clone(),
            Shape::Many => client.for_bulk(),
        };
        let mut is_stop_told = false;
        for targets in phases {
            self.run_phase(&client, targets, &mut report, &mut is_stop_told)?;
        }
        Ok(report.finish()?)
    }

    fn run_phase<C: Change>(
        &self,
        client: &Client,
        targets: Vec<Planned<C>>,
        report: &mut Report<'_>,
        is_stop_told: &mut bool,
    ) -> anyhow::Result<()> {
        let (count, threads) = (targets.len(), client.concurrency());
        let journal = Journal::of(self.context)?;
        let running = Arc::new(Running::new(client.clone(), targets, journal));
        let can_print = report.can_print();
        running.is_halted.store(!can_print, Ordering::Relaxed);
        let worker = Arc::clone(&running);
        let pool = OrderedPool::new(0, move |place| {
            ControlFlow::Continue(usize::try_from(place).ok().and_then(|at| worker.run(at)))
        });
        pool.extend_window(count as u64, threads)
            .context("no thread can be started")?;
        let mut waiting = Waiting::new(self.context, pool, count, is_stop_told);
        for place in 0..count {
            match waiting.wait_for(place, &running) {
                Some(record) => report.print(&record)?,
                None => report.not_begun += 1,
            }
            if !report.can_print() {
                running.is_halted.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }
}

/// Prints what would be sent.
fn plan<C: Change>(
    client: &Client,
    targets: impl Iterator<Item = Planned<C>>,
    mut report: Report<'_>,
) -> Result<(), Error> {
    for target in targets {
        report.print(&match target {
            Planned::Known(record) => record,
            Planned::Change(change) => Record {
                request: Some(dry_run::to_json(client, &change.request())),
                ..change.planned()
            },
        })?;
    }
    report.finish_dry_run()
}

/// The changes, as the threads see them.
struct Running<C> {
    client: Client,
    targets: Vec<Planned<C>>,
    /// For each target, what is known of the requests that change it.
    traces: Vec<Arc<ChangeTrace>>,
    journal: Option<Journal>,
    /// For each target, whether its change is in the journal.
    is_journaled: Vec<AtomicBool>,
    /// Whether no further change may be begun, since its record could not be printed.
    is_halted: AtomicBool,
}

impl<C: Change> Running<C> {
    fn new(client: Client, targets: Vec<Planned<C>>, journal: Option<Journal>) -> Self {
        Self {
            client,
            traces: targets.iter().map(|_| Arc::default()).collect(),
            journal,
            is_journaled: targets.iter().map(|_| AtomicBool::default()).collect(),
            targets,
            is_halted: AtomicBool::new(false),
        }
    }

    /// Makes one change. Returns nothing if it was not started.
    fn run(&self, place: usize) -> Option<Record> {
        if self.is_halted.load(Ordering::Relaxed) {
            return None;
        }
        match &self.targets[place] {
            Planned::Known(record) => Some(record.clone()),
            Planned::Change(change) => {
                let client = self.client.with_change_trace(&self.traces[place]);
                let record = match change.run(&client) {
                    Err(failure) if failure.kind == ErrorKind::Interrupted => {
                        return self.abandoned(place);
                    }
                    Err(failure) => Record::failed(failure, change.planned().computer),
                    Ok(record) => record,
                };
                self.write_journal(place, change, &record);
                Some(record)
            }
        }
    }

    /// Returns what is known of a target whose result is no longer waited for: its change is unknown if a request was sent that
    /// may have made it; else it was not started.
    fn abandoned(&self, place: usize) -> Option<Record> {
        match &self.targets[place] {
            Planned::Known(record) => Some(record.clone()),
            Planned::Change(change) => self.traces[place].has_begun().then(|| {
                let target = change.planned().computer;
                let record = Record::failed(not_answered(&target, C::VERB), target);
                self.write_journal(place, change, &record);
                record
            }),
        }
    }

    /// Writes a change to the journal, if a request was sent for it.
    fn write_journal(&self, place: usize, change: &C, record: &Record) {
        let trace = &self.traces[place];
        let Some(journal) = self.journal.as_ref().filter(|_| trace.has_begun()) else {
            return;
        };
        if self.is_journaled[place].swap(true, Ordering::SeqCst) {
            return;
        }
        let before = change.planned();
        let (verb, computer) = match before.outcome {
            Outcome::WouldRename => ("rename", &before.computer),
            Outcome::WouldDelete => ("delete", &record.computer),
            _ => ("reserve", &record.computer),
        };
        journal.write(&JournalEntry {
            verb,
            outcome: record.outcome.name(),
            computer: Some(computer),
            new_name: before.other_name.as_deref(),
            request: None,
            error: record.error.as_ref(),
            request_id: trace.request_id(),
        });
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
        Some(target) => error.hint(check_hint("check: ", target)),
        None => error,
    }
}

/// Waits for the results in order, shows how many there are, and tells of a request to stop.
struct Waiting<'context> {
    context: &'context Context,
    pool: OrderedPool<Option<Record>>,
    progress: Progress<'context>,
    steps: u64,
    is_stop_told: &'context mut bool,
}

impl<'context> Waiting<'context> {
    fn new(
        context: &'context Context,
        pool: OrderedPool<Option<Record>>,
        count: usize,
        is_stop_told: &'context mut bool,
    ) -> Self {
        Self {
            context,
            pool,
            progress: context.terminal.progress(count),
            steps: 0,
            is_stop_told,
        }
    }

    /// Waits for a record. Returns nothing if the change was not started.
    fn wait_for(&mut self, place: usize, running: &Running<impl Change>) -> Option<Record> {
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
        if self.context.stop.is_requested() && !std::mem::replace(self.is_stop_told, true) {
            self.context.terminal.note(
                "interrupted",
                "finishing requests in flight; press Ctrl-C again to abandon them",
            );
        }
    }
}
