//! `computers wait`.

mod goal;
mod query;

use std::collections::HashSet;
use std::time::Duration;

use crate::commands::computers::or_stdin::{OrStdin, expand};
use crate::commands::computers::outage::{OutageTracker, note_on};
use crate::commands::computers::polling::{PollEvent, interrupted, parse_interval, start_polling};
use crate::commands::computers::resolve::Matches;
use crate::commands::computers::selector::Selector;
use crate::commands::computers::wait::goal::{Condition, Progress};
use crate::commands::computers::wait::query::Query;
use crate::commands::output_args::OutputArgs;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::output::{Format, Rows, Shape};

/// Arguments of `computers wait`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A computer that does not exist yet is waited for, by any name; one that got there counts, whatever
becomes of it while others are waited for. Each is printed as it was then: with jsonl, csv, id and _id
at once, with table and json when all are there. For absent there is nothing to print: json prints [].
An outage of the API is a note, and the waiting goes on. Out of time is exit code 124.

Examples:
  reemo computers wait _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 --for online
  reemo computers wait PAR-WS-01 PAR-WS-02 --for offline --timeout 30m
  reemo computers wait \"Reception Paris\" --for absent --interval 30s
  reemo computers reserve --count 5 -o _id > ids.txt
  reemo computers wait - --for online --timeout 1h --json < ids.txt"
)]
pub struct Args {
    /// id:UUID, _id:UUID, name:TEXT, hostname:TEXT, a UUID or a name; several are possible; - reads standard input
    #[arg(value_name = "COMPUTER", required = true)]
    computers: Vec<OrStdin<Selector>>,
    /// Wait until all of them are online, offline, present or absent
    #[arg(long = "for", value_name = "STATE", hide_possible_values = true)]
    goal: Condition,
    /// Give up after this long, with exit code 124
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = parse_duration)]
    timeout: Duration,
    /// Pause this long between two looks, at least 10ms
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = parse_interval)]
    interval: Duration,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    let (selectors, shape) = expand(&args.computers)?;
    let mut query = Query::new(context.client()?.polling(), &selectors, args.goal);
    let mut next = start_polling(
        &context.stop,
        args.interval,
        Some(args.timeout),
        move || query.poll(),
    )?;
    let note = note_on(context);
    let mut progress = Progress::new(args.goal, selectors);
    let mut printed = Printed::new(args, context, shape);
    let within = humantime::format_duration(args.timeout).to_string();
    until_there(
        &mut progress,
        &mut next,
        &mut OutageTracker::new(&note),
        &within,
        &mut |place, computer| printed.take(place, computer),
    )?;
    printed.finish()
}

/// Waits; hands out each computer as it gets there, with its place on the command line.
fn until_there(
    progress: &mut Progress,
    next: &mut dyn FnMut() -> PollEvent<Matches>,
    outage: &mut OutageTracker<'_>,
    within: &str,
    reached: &mut dyn FnMut(usize, Computer) -> Result<(), Error>,
) -> Result<(), Error> {
    while !progress.is_done() {
        match next() {
            PollEvent::Polled(_, answer) => {
                if let Some(matches) = outage.tolerate(answer)? {
                    for (place, computer) in progress.see(&matches)? {
                        reached(place, computer)?;
                    }
                }
            }
            PollEvent::TimeUp => return Err(progress.timed_out(within, outage.failure())),
            PollEvent::Interrupted => return Err(interrupted()),
        }
    }
    Ok(())
}

/// Prints each computer once, though it may have been named twice.
struct Printed<'context> {
    context: &'context Context,
    rows: Box<dyn Rows + 'context>,
    known: HashSet<String>,
    /// What can only be printed as a whole is kept for the end, in the order of the command line.
    kept: Option<Vec<(usize, Computer)>>,
    /// There is nothing to print of computers that are not there; an array says so.
    nothing: bool,
}

impl<'context> Printed<'context> {
    fn new(args: &Args, context: &'context Context, shape: Shape) -> Self {
        let is_absent = args.goal == Condition::Absent;
        let format = context.terminal.style().format;
        let keeps = matches!(format, Format::Table | Format::Wide | Format::Json);
        Self {
            context,
            rows: args
                .output
                .computers(context, if is_absent { Shape::Many } else { shape }),
            known: HashSet::new(),
            kept: keeps.then(Vec::new),
            nothing: is_absent && format != Format::Json,
        }
    }

    fn take(&mut self, place: usize, computer: Computer) -> Result<(), Error> {
        let is_known = !self.known.insert(
            computer
                .id()
                .map_or_else(|| computer.text().to_owned(), |id| id.to_string()),
        );
        match &mut self.kept {
            _ if is_known => Ok(()),
            Some(kept) => {
                kept.push((place, computer));
                Ok(())
            }
            None => {
                self.rows.row(&computer)?;
                self.context.terminal.finish()
            }
        }
    }

    fn finish(mut self) -> anyhow::Result<()> {
        let mut kept = self.kept.unwrap_or_default();
        kept.sort_by_key(|(place, _)| *place);
        for (_, computer) in &kept {
            self.rows.row(computer)?;
        }
        if !self.nothing {
            self.rows.finish()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
