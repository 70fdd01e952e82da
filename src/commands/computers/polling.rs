//! Asking the same again and again: what happens next, as a loop sees it, and what an outage on the way is.
//!
//! The asking has a thread of its own, so that the end of the time and Ctrl-C are heard while an answer is still awaited. A loop
//! takes turns from a function and knows no clock: a test hands it turns of its own.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant, SystemTime};

use crate::commands::interrupt::on_interrupt;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::failure::{Failure, Kind};

/// Polls come no closer than this.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(10);
/// The longest pause that an API can bring about by answering 429.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Reads `--interval`.
pub(super) fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_duration(text)?;
    if interval < SHORTEST_INTERVAL { Err("the shortest interval is 10ms".to_owned()) } else { Ok(interval) }
}

/// What happens next.
#[derive(Debug)]
pub(super) enum Turn<T> {
    /// The API was asked; when its answer was complete, and what came of it.
    Polled(SystemTime, Result<T, Failure>),
    /// The time is up.
    TimeUp,
    /// Ctrl-C.
    Interrupted,
}

/// Starts asking: at once, then each time `interval` after an answer was taken, for as long as turns are taken and `time` lasts.
pub(super) fn turns<T: Send + 'static>(
    interval: Duration,
    time: Option<Duration>,
    mut ask: impl FnMut() -> Result<T, Failure> + Send + 'static,
) -> anyhow::Result<impl FnMut() -> Turn<T>> {
    // Too long for a clock is as good as for ever.
    let end = time.and_then(|time| Instant::now().checked_add(time));
    // Without a buffer an answer waits until it is wanted, and no further one is asked for meanwhile.
    let (polled, happened) = sync_channel(0);
    let interrupted = polled.clone();
    on_interrupt(move || drop(interrupted.send(Turn::Interrupted)));
    std::thread::Builder::new().name("polling".to_owned()).spawn(move || {
        let mut pause = interval;
        loop {
            let answer = ask();
            pause = next_pause(pause, interval, answer.as_ref().err());
            if polled.send(Turn::Polled(SystemTime::now(), answer)).is_err() {
                return;
            }
            std::thread::sleep(pause);
        }
    })?;
    Ok(move || match end {
        None => happened.recv().unwrap_or(Turn::Interrupted),
        Some(end) => match happened.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(turn) => turn,
            Err(RecvTimeoutError::Timeout) => Turn::TimeUp,
            Err(RecvTimeoutError::Disconnected) => Turn::Interrupted,
        },
    })
}

/// An API that is asked too often is asked less often until it has answered.
fn next_pause(pause: Duration, interval: Duration, failure: Option<&Failure>) -> Duration {
    match failure {
        Some(failure) if failure.kind == Kind::RateLimited => pause.saturating_mul(2).min(LONGEST_PAUSE).max(interval),
        _ => interval,
    }
}

/// Ctrl-C ends the command; there is nothing to say about it.
pub(super) fn interrupted() -> Failure {
    Failure::new(Kind::Interrupted, "")
}

/// Bears an outage: one note when it begins, one when it is over.
pub(super) struct Outage<'a> {
    note: &'a dyn Fn(&str, &str),
    worked_once: bool,
    failure: Option<Failure>,
}

impl<'a> Outage<'a> {
    /// `note` shows a remark under its code.
    pub(super) fn new(note: &'a dyn Fn(&str, &str)) -> Self {
        Self { note, worked_once: false, failure: None }
    }

    /// What a poll found, or nothing where it failed in a way that may pass.
    ///
    /// # Errors
    /// The failure, where asking again will not help.
    pub(super) fn bear<T>(&mut self, answer: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match answer {
            Ok(found) => {
                self.worked_once = true;
                if self.failure.take().is_some() {
                    (self.note)("outage_over", "the API answers again");
                }
                Ok(Some(found))
            }
            Err(failure) if self.may_pass(failure.kind) => {
                if self.failure.is_none() {
                    (self.note)("outage", &format!("{}; asking again until it answers", failure.message));
                }
                self.failure = Some(failure);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// What failed last, while the outage lasts.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// A setting that worked once is not wrong: what would otherwise speak of one is a gateway's doing then, and may pass.
    fn may_pass(&self, kind: Kind) -> bool {
        match kind {
            Kind::Unreachable | Kind::Proxy | Kind::TimedOut => true,
            Kind::ServerError | Kind::RateLimited | Kind::ListingNotWhole => true,
            Kind::BadAnswer | Kind::Tls | Kind::Redirected | Kind::NotFound => self.worked_once,
            _ => false,
        }
    }
}

/// The note of an outage, on the screen.
pub(super) fn note_on(context: &Context) -> impl Fn(&str, &str) {
    let screen = context.screen;
    move |code: &str, text: &str| screen.note(code, text)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::time::Duration;

    use super::{LONGEST_PAUSE, Outage, next_pause, parse_interval};
    use crate::model::failure::{Failure, Kind};

    #[test]
    fn an_outage_is_noted_when_it_begins_and_when_it_is_over() {
        let notes = RefCell::new(Vec::new());
        let note = |code: &str, _: &str| notes.borrow_mut().push(code.to_owned());
        let mut outage = Outage::new(&note);
        for kind in [Kind::Unreachable, Kind::ServerError, Kind::ListingNotWhole, Kind::RateLimited] {
            assert_eq!(outage.bear::<()>(Err(Failure::new(kind, "x"))), Ok(None));
        }
        assert_eq!(outage.failure().map(|failure| failure.kind), Some(Kind::RateLimited));
        assert_eq!((outage.bear(Ok(1)), outage.bear(Ok(2))), (Ok(Some(1)), Ok(Some(2))));
        assert_eq!(*notes.borrow(), ["outage", "outage_over"]);
    }

    #[test]
    fn what_no_waiting_mends_ends_at_once() {
        let mut outage = Outage::new(&|_, _| {});
        for (kind, at_first, later) in [
            (Kind::CredentialsRefused, false, false),
            (Kind::Rejected, false, false),
            (Kind::Usage, false, false),
            (Kind::Tls, false, true),
            (Kind::Redirected, false, true),
            (Kind::BadAnswer, false, true),
        ] {
            outage.worked_once = false;
            assert_eq!(outage.bear::<()>(Err(Failure::new(kind, "x"))).is_ok(), at_first, "{kind:?}");
            outage.worked_once = true;
            assert_eq!(outage.bear::<()>(Err(Failure::new(kind, "x"))).is_ok(), later, "{kind:?}");
        }
    }

    #[test]
    fn an_api_that_is_asked_too_often_is_asked_less_often() {
        let second = Duration::from_secs(1);
        let too_often = Failure::new(Kind::RateLimited, "x");
        assert_eq!(next_pause(second, second, Some(&too_often)), 2 * second);
        assert_eq!(next_pause(50 * second, second, Some(&too_often)), LONGEST_PAUSE);
        assert_eq!(next_pause(90 * second, 90 * second, Some(&too_often)), 90 * second);
        assert_eq!(next_pause(8 * second, second, None), second);
        assert!(parse_interval("9ms").is_err() && parse_interval("10ms").is_ok());
    }
}
