//! Polling: the same requests again and again, until a command has seen enough.
//!
//! The requests have a thread of their own, so that the timeout and a request to stop are noticed while a response is
//! awaited. A command takes what polls find from a [`Poller`] and knows no clock: a test scripts the polls.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use crate::commands::computers::outage::OutageTracker;
use crate::commands::interrupt;
use crate::config::parse_duration;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

const MIN_INTERVAL: Duration = Duration::from_millis(10);
/// The longest delay between polls that an API can bring about by answering 429.
const MAX_BACKOFF: Duration = Duration::from_mins(1);

/// Parses `--interval`.
pub(super) fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_duration(text)?;
    if interval < MIN_INTERVAL {
        Err("the shortest interval is 10ms".to_owned())
    } else {
        Ok(interval)
    }
}

/// What happens next while polling.
#[derive(Debug)]
pub(super) enum PollEvent<T> {
    /// A poll ended then, with this result.
    Polled(SystemTime, Result<T, Error>),
    /// The timeout has passed.
    TimedOut,
    /// A stop was requested.
    Interrupted,
}

/// Polls, and tolerates outages.
pub(super) struct Poller<'a, T> {
    next_event: Box<dyn FnMut() -> PollEvent<T> + 'a>,
    outage: OutageTracker<'a>,
}

impl<'a, T> Poller<'a, T> {
    /// Returns a poller of these events. `note` shows a note under its code.
    pub(super) fn new(
        next_event: impl FnMut() -> PollEvent<T> + 'a,
        note: impl Fn(&str, &str) + 'a,
    ) -> Self {
        Self {
            next_event: Box::new(next_event),
            outage: OutageTracker::new(note),
        }
    }

    /// Returns what the next successful poll found, and when; `None` once the timeout has passed.
    ///
    /// # Errors
    /// Whatever a poll fails with, if waiting will not help; [`ErrorKind::Interrupted`] after a request to stop.
    pub(super) fn next(&mut self) -> Result<Option<(SystemTime, T)>, Error> {
        loop {
            match (self.next_event)() {
                PollEvent::Polled(time, result) => {
                    if let Some(found) = self.outage.tolerate(result)? {
                        return Ok(Some((time, found)));
                    }
                }
                PollEvent::TimedOut => return Ok(None),
                // There is nothing to report.
                PollEvent::Interrupted => return Err(Error::interrupted()),
            }
        }
    }

    /// Returns the last error, while an outage lasts.
    pub(super) fn outage(&self) -> Option<&Error> {
        self.outage.error.as_ref()
    }
}

impl<'a, T: Send + 'static> Poller<'a, T> {
    /// Starts polling: at once for the first event, then `interval` after the next one is awaited.
    pub(super) fn start(
        context: &'a Context,
        interval: Duration,
        timeout: Option<Duration>,
        poll: impl FnMut() -> Result<T, Error> + Send + 'static,
    ) -> anyhow::Result<Self> {
        interrupt::listen(&context.stop)?;
        let next_event = start(&context.stop, interval, timeout, poll)?;
        let terminal = context.terminal;
        Ok(Self::new(next_event, move |code, text| {
            terminal.note(code, text);
        }))
    }
}

/// Starts the threads. Nothing is requested before its result is awaited.
fn start<T: Send + 'static>(
    stop: &Stop,
    interval: Duration,
    timeout: Option<Duration>,
    mut poll: impl FnMut() -> Result<T, Error> + Send + 'static,
) -> std::io::Result<impl FnMut() -> PollEvent<T>> {
    // A timeout beyond the end of the clock never passes.
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let (sender, events) = channel();
    let (request, requests) = channel();
    let (awaited_stop, interrupted) = (stop.clone(), sender.clone());
    spawn("stop", move || {
        awaited_stop.wait();
        let _ = interrupted.send(PollEvent::Interrupted);
    })?;
    let stop = stop.clone();
    spawn("polling", move || {
        let mut delay = Duration::ZERO;
        while requests.recv().is_ok() {
            stop.sleep(delay);
            let result = poll();
            // The result of a poll that was interrupted is no event.
            if stop.is_requested() {
                return;
            }
            delay = next_delay(delay, interval, result.as_ref().err());
            if sender
                .send(PollEvent::Polled(SystemTime::now(), result))
                .is_err()
            {
                return;
            }
        }
    })?;
    Ok(move || {
        let _ = request.send(());
        let Some(deadline) = deadline else {
            return events.recv().unwrap_or(PollEvent::Interrupted);
        };
        match events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => PollEvent::TimedOut,
            Err(RecvTimeoutError::Disconnected) => PollEvent::Interrupted,
        }
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop)
}

/// Returns the delay before the next poll: doubled while the API answers 429.
fn next_delay(delay: Duration, interval: Duration, error: Option<&Error>) -> Duration {
    if error.is_none_or(|error| error.kind != ErrorKind::RateLimited) {
        return interval;
    }
    let doubled = delay.max(interval).saturating_mul(2);
    doubled.min(MAX_BACKOFF).max(interval)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{MAX_BACKOFF, next_delay, parse_interval};
    use crate::model::error::{Error, ErrorKind};

    #[test]
    fn polls_are_rarer_while_the_api_answers_429() {
        let second = Duration::from_secs(1);
        let limited = Error::new(ErrorKind::RateLimited, "x");
        assert_eq!(next_delay(second, second, Some(&limited)), 2 * second);
        assert_eq!(next_delay(50 * second, second, Some(&limited)), MAX_BACKOFF);
        assert_eq!(
            next_delay(90 * second, 90 * second, Some(&limited)),
            90 * second
        );
        assert_eq!(next_delay(8 * second, second, None), second);
        let other = Error::new(ErrorKind::ServerError, "x");
        assert_eq!(next_delay(8 * second, second, Some(&other)), second);
        assert!(parse_interval("9ms").is_err() && parse_interval("10ms").is_ok());
    }
}
