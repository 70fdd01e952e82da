//! `computers watch`.

mod fleet;
mod query;
mod shown;

use std::time::{Duration, SystemTime};

use crate::api::wire;
use crate::commands::computers::outage::{OutageTracker, note_on};
use crate::commands::computers::polling::{PollEvent, interrupted, parse_interval, start_polling};
use crate::commands::computers::watch::fleet::{Event, Fleet, appeared, diff};
use crate::commands::computers::watch::query::Query;
use crate::commands::computers::watch::shown::Printer;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};

/// Arguments of `computers watch`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints what happens from now on, one event a line, each at once: appeared, gone, online, offline, and
changed for each other property that has a new value. A computer that comes to fit the filters appears,
one that no longer fits is gone. With jsonl an event is {\"time\", \"event\", \"computer\"}, for changed with
\"property\", \"old\" and \"new\"; json is one array at the end; id and _id print the computer's own.
An outage of the API is one note, and nobody is gone for it. Without --for or --count, Ctrl-C ends it.

Examples:
  reemo computers watch
  reemo computers watch --filter 'hostname=PAR-*' -o jsonl
  reemo computers watch --initial --for 1h -o csv > events.csv
  reemo computers watch --filter status=OFFLINE --count 1 -o id"
)]
pub struct Args {
    /// Watch computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE or KEY~REGEX; repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
    /// Pause this long between two looks, at least 10ms
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = parse_interval)]
    interval: Duration,
    /// End after this long
    #[arg(long = "for", value_name = "DURATION", value_parser = parse_duration)]
    time: Option<Duration>,
    /// End after N events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// Begin with an appeared for each computer that is there already
    #[arg(long)]
    initial: bool,
}

pub(super) fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    let filters = Filters::new(args.filter, wire::property);
    let mut query = Query::new(context.client()?.polling(), filters);
    let mut next = start_polling(&context.stop, args.interval, args.time, move || {
        query.poll()
    })?;
    let note = note_on(context);
    let mut printer = Printer::new(context);
    let followed = follow(
        &mut next,
        &mut OutageTracker::new(&note),
        args.initial,
        args.count,
        &mut |time, event| printer.take(time, event),
    );
    // What was collected until Ctrl-C is printed; an array that a failure cut short is not.
    if followed
        .as_ref()
        .err()
        .is_none_or(|failure| failure.kind == ErrorKind::Interrupted)
    {
        printer.finish()?;
    }
    Ok(followed?)
}

/// Hands out events, until `show` says that nobody reads them, or as many as `count` were handed out.
fn follow(
    next: &mut dyn FnMut() -> PollEvent<Fleet>,
    outage: &mut OutageTracker<'_>,
    initial: bool,
    count: Option<u64>,
    show: &mut dyn FnMut(SystemTime, &Event) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut left = count.unwrap_or(u64::MAX);
    let mut before: Option<Fleet> = None;
    loop {
        match next() {
            PollEvent::Polled(time, answer) => {
                let Some(after) = outage.tolerate(answer)? else {
                    continue;
                };
                let events = match &before {
                    Some(before) => diff(before, &after),
                    None if initial => appeared(&after),
                    None => Vec::new(),
                };
                for event in &events {
                    left -= 1;
                    if !show(time, event)? || left == 0 {
                        return Ok(());
                    }
                }
                before = Some(after);
            }
            PollEvent::TimeUp if before.is_some() => return Ok(()),
            PollEvent::TimeUp => return Err(outage.failure().cloned().unwrap_or_else(never_seen)),
            PollEvent::Interrupted => return Err(interrupted()),
        }
    }
}

/// Success would say that nothing happened, when nothing was seen.
fn never_seen() -> Error {
    Error::new(
        ErrorKind::TimedOut,
        "the time was up before the computers were listed once",
    )
    .hint("give it longer: --for 1m")
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::fleet::{Fleet, What};
    use super::follow;
    use crate::commands::computers::outage::OutageTracker;
    use crate::commands::computers::polling::PollEvent;
    use crate::model::computer::Computer;
    use crate::model::error::{Error, ErrorKind};

    /// The events of polls said beforehand, the time being up after the last of them.
    fn followed(
        initial: bool,
        count: Option<u64>,
        polls: &[Result<&[&str], ErrorKind>],
    ) -> (Vec<What>, Result<(), Error>) {
        let fleet = |rows: &&[&str]| -> Fleet {
            rows.iter()
                .map(|row| Computer::new((*row).to_owned()))
                .collect()
        };
        let failure = |kind: &ErrorKind| Error::new(*kind, "it is away");
        let mut polls = polls.iter();
        let mut next = || match polls.next() {
            Some(answer) => PollEvent::Polled(
                SystemTime::UNIX_EPOCH,
                answer.as_ref().map(fleet).map_err(failure),
            ),
            None => PollEvent::TimeUp,
        };
        let mut events = Vec::new();
        let mut show = |_, event: &super::Event| {
            events.push(event.what.clone());
            Ok(true)
        };
        let ended = follow(
            &mut next,
            &mut OutageTracker::new(&|_, _| {}),
            initial,
            count,
            &mut show,
        );
        (events, ended)
    }

    const ON: &str = r#"{"id":"1","status":"ONLINE"}"#;
    const OFF: &str = r#"{"id":"1","status":"OFFLINE"}"#;

    #[test]
    fn an_outage_is_survived_and_nobody_is_gone_for_it() {
        let polls = [
            Ok(&[ON][..]),
            Err(ErrorKind::ListingNotWhole),
            Err(ErrorKind::InvalidResponse),
            Ok(&[OFF]),
            Ok(&[]),
        ];
        assert_eq!(
            followed(false, None, &polls),
            (vec![What::Offline, What::Gone], Ok(()))
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
    fn it_begins_and_ends_as_asked() {
        assert_eq!(
            followed(true, None, &[Ok(&[ON])]),
            (vec![What::Appeared], Ok(()))
        );
        assert_eq!(
            followed(true, Some(2), &[Ok(&[ON]), Ok(&[OFF]), Ok(&[])]).0,
            [What::Appeared, What::Offline]
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
