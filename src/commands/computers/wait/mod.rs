//! `computers wait`.

mod progress;
mod query;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::api::wire;
use crate::commands::computers::or_stdin::{OrStdin, expand};
use crate::commands::computers::polling::{Poller, parse_interval};
use crate::commands::computers::resolve::{Matches, resolve_filters};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::wait::progress::{Condition, WaitProgress};
use crate::commands::computers::wait::query::WaitQuery;
use crate::commands::output_args::OutputArgs;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};
use crate::output::{Format, Rows, Shape};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The computers need not exist yet. One that has reached the state counts, even if it changes again \
while others are waited for, and is printed as it was then: immediately with jsonl, csv, id and _id, \
and once all are there with table and json. With --for absent there is nothing to print.

An outage of the API is reported as a note, and the command keeps waiting. If the time runs out, the \
computers that have reached the state are printed, and the error names the others (exit code 124). At a \
terminal, the table also shows the others, as they were last seen.

Examples:
  reemo computers wait _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 --for online
  reemo computers wait PAR-WS-01 PAR-WS-02 --for offline --timeout 30m
  reemo computers wait --filter 'name=ci-*' --for online
  reemo computers wait \"Reception Paris\" --for absent --interval 30s
  reemo computers reserve --count 5 -o _id > ids.txt
  reemo computers wait - --for online --timeout 1h --json < ids.txt"
)]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT; - reads them from standard input
    #[arg(
        value_name = "COMPUTER",
        required_unless_present = "filter",
        conflicts_with = "filter"
    )]
    computers: Vec<OrStdin<Selector>>,
    /// Wait for the computers that match at the start (filters as in list); repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
    /// State to wait for: online, offline, present or absent
    #[arg(long = "for", value_name = "STATE", hide_possible_values = true)]
    goal: Condition,
    /// Give up after this long, with exit code 124
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = parse_duration)]
    timeout: Duration,
    /// Time between two polls, at least 10ms
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = parse_interval)]
    interval: Duration,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    let (selectors, shape) = if args.filter.is_empty() {
        expand(&args.computers, context)?
    } else {
        (matching(args, context)?, Shape::Many)
    };
    let mut query = WaitQuery::new(context.client()?.polling(), &selectors, args.goal);
    let mut poller = Poller::start(context, args.interval, Some(args.timeout), move || {
        query.poll()
    })?;
    let mut progress = WaitProgress::new(args.goal, selectors);
    let mut printed = PrintedMatches::new(args, context, shape);
    let spinner = context.terminal.spinner(&progress.summary());
    let timeout = humantime::format_duration(args.timeout).to_string();
    let result = wait_for_all(
        &mut progress,
        &mut poller,
        &timeout,
        &mut |progress, reached| {
            context.terminal.set_progress_text(|| progress.summary());
            let mut reached = reached.into_iter();
            reached.try_for_each(|(position, computer)| printed.add(position, computer))
        },
    );
    drop(spinner);
    match result {
        Ok(()) => printed.finish(),
        Err(error) => {
            if error.kind == ErrorKind::WaitTimedOut {
                if shape == Shape::Many && context.terminal.is_for_person() {
                    printed.add_missing(&progress)?;
                }
                printed.finish_if_any()?;
            }
            Err(error.into())
        }
    }
}

/// Returns the computers that match the filters, by their ids.
///
/// # Errors
/// [`ErrorKind::NotFound`] if there are none, unless it is their absence that is waited for; whatever the listing fails with.
fn matching(args: &Args, context: &Context) -> Result<Vec<Selector>, Error> {
    let filters = Arc::new(Filters::new(args.filter.clone(), &[], wire::filter_key));
    let found = resolve_filters(context.client()?, &filters, context)?;
    if found.is_empty() && args.goal != Condition::Absent {
        let message = "no computers match the filters, so there is nothing to wait for";
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    Ok(found
        .into_iter()
        .map(|found| Selector::Id(found.id))
        .collect())
}

/// Takes how far a wait has come after a poll, and the computers that have reached the condition by it, each with its
/// position on the command line.
type Polled<'a> = dyn FnMut(&WaitProgress, Vec<(usize, Computer)>) -> Result<(), Error> + 'a;

/// Polls until all computers have reached the condition.
fn wait_for_all(
    progress: &mut WaitProgress,
    poller: &mut Poller<'_, Matches>,
    timeout: &str,
    polled: &mut Polled<'_>,
) -> Result<(), Error> {
    while !progress.is_done() {
        let Some((_, matches)) = poller.next()? else {
            return Err(progress.timed_out(timeout, poller.outage()));
        };
        let reached = progress.update(&matches)?;
        polled(progress, reached)?;
    }
    Ok(())
}

/// Prints each computer once, even if it is named twice.
struct PrintedMatches<'context> {
    context: &'context Context,
    rows: Box<dyn Rows + 'context>,
    seen: HashSet<String>,
    /// The computers to print at the end, in a format that is printed as a whole.
    kept: Option<Vec<(usize, Computer)>>,
    /// Whether nothing is printed, since no computer is there.
    is_silent: bool,
}

impl<'context> PrintedMatches<'context> {
    fn new(args: &Args, context: &'context Context, shape: Shape) -> Self {
        let is_absent = args.goal == Condition::Absent;
        let format = context.terminal.style().format;
        let keeps = format.is_for_people() || format == Format::Json;
        Self {
            context,
            rows: args
                .output
                .computers(context, if is_absent { Shape::Many } else { shape }),
            seen: HashSet::new(),
            kept: keeps.then(Vec::new),
            is_silent: is_absent && format != Format::Json,
        }
    }

    fn add(&mut self, position: usize, computer: Computer) -> Result<(), Error> {
        let id = computer.id().map(|id| id.to_string());
        if !self
            .seen
            .insert(id.unwrap_or_else(|| computer.text().to_owned()))
        {
            return Ok(());
        }
        if let Some(kept) = &mut self.kept {
            kept.push((position, computer));
            return Ok(());
        }
        self.rows.row(computer.text())?;
        self.context.terminal.finish()
    }

    /// Adds the computers that have not reached the condition, in their present state.
    fn add_missing(&mut self, progress: &WaitProgress) -> Result<(), Error> {
        self.is_silent = false;
        let mut missing = progress.missing();
        missing.try_for_each(|(position, computer)| self.add(position, computer))
    }

    fn finish_if_any(self) -> anyhow::Result<()> {
        if self.seen.is_empty() {
            Ok(())
        } else {
            self.finish()
        }
    }

    fn finish(mut self) -> anyhow::Result<()> {
        let mut kept = self.kept.unwrap_or_default();
        kept.sort_by_key(|(position, _)| *position);
        for (_, computer) in &kept {
            self.rows.row(computer.text())?;
        }
        if !self.is_silent {
            self.rows.finish()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
