//! `computers watch`.

mod event_filter;
mod fleet;
mod printer;
mod query;

use std::time::{Duration, SystemTime};

use crate::api::wire;
use crate::commands::computers::polling::{Poller, parse_interval};
use crate::commands::computers::watch::event_filter::EventFilter;
use crate::commands::computers::watch::fleet::{FleetEvent, Snapshot, appeared, diff};
use crate::commands::computers::watch::printer::EventPrinter;
use crate::commands::computers::watch::query::FleetQuery;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints one line per event, as it happens: appeared, gone, online, offline, and changed when \
another property changes. A computer that starts to match the filters has appeared; one that no longer matches is gone.

With jsonl, an event is {\"time\", \"event\", \"computer\"}, and for changed also \"property\", \"old\" and \
\"new\". With json, the events are one array, printed at the end. id and _id print the computer's id.

An outage of the API is reported as a note and causes no events. Without --duration or --count, the \
command runs until Ctrl-C.

Examples:
  reemo computers watch
  reemo computers watch --filter 'hostname=PAR-*' -o jsonl
  reemo computers watch --initial --duration 1h -o csv > events.csv
  reemo computers watch --events online,offline
  reemo computers watch --events changed --properties all -o jsonl
  reemo computers watch --filter status=OFFLINE --count 1 -o id"
)]
pub(crate) struct Args {
    /// Watch computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
    /// Time between two polls, at least 10ms
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = parse_interval)]
    interval: Duration,
    /// Stop after this long
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    duration: Option<Duration>,
    #[command(flatten)]
    events: EventFilter,
    /// Stop after N events
    #[arg(long, value_name = "N", value_parser = crate::model::argument::whole_number(1_u64..))]
    count: Option<u64>,
    /// First print an appeared event for every existing computer
    #[arg(long)]
    initial: bool,
}

pub(super) fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let filters = Filters::new(args.filter, &[], wire::filter_key);
    let has_filters = !filters.is_empty();
    let mut query = FleetQuery::new(context.client()?.polling(), filters);
    let mut poller = Poller::start(context, args.interval, args.duration, move || query.poll())?;
    let mut printer = EventPrinter::new(context);
    let mut is_announced = !context.terminal.is_for_person();
    let result = watch(
        &mut poller,
        &args.events,
        args.initial,
        args.count,
        &mut |time, fleet, events| {
            if !std::mem::replace(&mut is_announced, true) {
                let interval = humantime::format_duration(args.interval);
                let text = format!(
                    "watching {} every {interval} for {}; press Ctrl-C to stop",
                    watched(fleet.len(), has_filters),
                    args.events
                );
                context.terminal.note("watching", &text);
            }
            printer.print(time, fleet, events)
        },
    );
    // An array that an error cut short is not printed, but one that Ctrl-C ended is.
    let is_complete = match &result {
        Ok(()) => true,
        Err(error) => error.kind == ErrorKind::Interrupted,
    };
    if is_complete {
        printer.finish()?;
    }
    Ok(result?)
}

fn watched(computers: usize, has_filters: bool) -> String {
    match (computers, has_filters) {
        (1, false) => "1 computer".to_owned(),
        (1, true) => "1 computer that matches the filters".to_owned(),
        (several, false) => format!("{several} computers"),
        (several, true) => format!("{several} computers that match the filters"),
    }
}

/// Prints the events of a poll, with the time and the computers. Returns `false` if no more are wanted.
type Print<'a> = dyn FnMut(SystemTime, &Snapshot, &[FleetEvent]) -> Result<bool, Error> + 'a;

/// Passes events to `print` until it returns `false`, `count` events were passed, or the time is up.
fn watch(
    poller: &mut Poller<'_, Snapshot>,
    filter: &EventFilter,
    initial: bool,
    count: Option<u64>,
    print: &mut Print<'_>,
) -> Result<(), Error> {
    let mut left = count.map_or(usize::MAX, |count| {
        usize::try_from(count).unwrap_or(usize::MAX)
    });
    let mut before: Option<Snapshot> = None;
    while let Some((time, after)) = poller.next()? {
        let mut events = match &before {
            Some(before) => diff(before, &after),
            None if initial => appeared(&after),
            None => Vec::new(),
        };
        events.retain(|event| filter.includes(&event.kind));
        events.truncate(left);
        left -= events.len();
        if !print(time, &after, &events)? || left == 0 {
            return Ok(());
        }
        before = Some(after);
    }
    match before {
        Some(_) => Ok(()),
        None => Err(poller.outage().cloned().unwrap_or_else(never_listed)),
    }
}

/// Returns the error of a watch that has seen nothing: success would mean that nothing happened.
fn never_listed() -> Error {
    let message = "--duration ended before the first listing was complete";
    Error::new(ErrorKind::TimedOut, message).hint("give it longer: --duration 1m")
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::event_filter::EventFilter;
    use super::fleet::{EventKind, FleetEvent, Snapshot};
    use super::watch;
    use crate::commands::computers::polling::{PollEvent, Poller};
    use crate::model::computer::Computer;
    use crate::model::error::{Error, ErrorKind};

    /// Returns the events of scripted polls, with a timeout after the last one.
    fn followed(
        initial: bool,
        count: Option<u64>,
        polls: &[Result<&[&str], ErrorKind>],
    ) -> (Vec<EventKind>, Result<(), Error>) {
        let fleet = |rows: &&[&str]| -> Snapshot {
            rows.iter()
                .map(|row| Computer::new((*row).to_owned()))
                .collect()
        };
        let failure = |kind: &ErrorKind| Error::new(*kind, "it is away");
        let mut polls = polls.iter();
        let next = || match polls.next() {
            Some(answer) => PollEvent::Polled(
                SystemTime::UNIX_EPOCH,
                answer.as_ref().map(fleet).map_err(failure),
            ),
            None => PollEvent::TimedOut,
        };
        let mut events = Vec::new();
        let mut show = |_, _: &Snapshot, new: &[FleetEvent]| {
            events.extend(new.iter().map(|event| event.kind.clone()));
            Ok(true)
        };
        let mut poller = Poller::new(next, |_, _| {});
        let ended = watch(
            &mut poller,
            &EventFilter::everything(),
            initial,
            count,
            &mut show,
        );
        (events, ended)
    }

    const ON: &str = r#"{"id":"1","status":"ONLINE"}"#;
    const OFF: &str = r#"{"id":"1","status":"OFFLINE"}"#;

    #[test]
    fn an_outage_is_tolerated_and_no_computer_is_gone_by_it() {
        let polls = [
            Ok(&[ON][..]),
            Err(ErrorKind::ListingNotWhole),
            Err(ErrorKind::InvalidResponse),
            Ok(&[OFF]),
            Ok(&[]),
        ];
        assert_eq!(
            followed(false, None, &polls),
            (vec![EventKind::Offline, EventKind::Gone], Ok(()))
        );
        let refused = followed(
            false,
            None,
            &[Ok(&[ON]), Err(ErrorKind::CredentialsRefused), Ok(&[])],
        );
        assert_eq!(
            (refused.0, refused.1.unwrap_err().kind),
            (vec![], ErrorKind::CredentialsRefused)
        );
    }

    #[test]
    fn the_options_say_when_it_begins_and_ends() {
        assert_eq!(
            followed(true, None, &[Ok(&[ON])]),
            (vec![EventKind::Appeared], Ok(()))
        );
        assert_eq!(
            followed(true, Some(2), &[Ok(&[ON]), Ok(&[OFF]), Ok(&[])]).0,
            [EventKind::Appeared, EventKind::Offline]
        );
        assert_eq!(
            followed(false, None, &[]).1.unwrap_err().kind,
            ErrorKind::TimedOut
        );
        assert_eq!(
            followed(false, None, &[Err(ErrorKind::Unreachable)])
                .1
                .unwrap_err()
                .kind,
            ErrorKind::Unreachable
        );
    }
}
