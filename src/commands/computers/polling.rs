//! Asking the same again and again: what happens next, as a loop sees it.
//!
//! The requests have a thread of their own, so that the end of the time and a request to stop are noticed while an answer is
//! awaited. A loop takes events from a function and knows no clock: a test passes events of its own.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use crate::commands::interrupt;
use crate::config::parse_duration;
use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

/// Polls come no closer than this.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(10);
/// The longest pause that an API can bring about by answering 429.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Reads `--interval`.
pub(super) fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_duration(text)?;
    if interval < SHORTEST_INTERVAL {
        Err("the shortest interval is 10ms".to_owned())
    } else {
        Ok(interval)
    }
}

/// What happens next.
#[derive(Debug)]
pub(super) enum PollEvent<T> {
    /// The API was asked; when its answer was complete, and what came of it.
    Polled(SystemTime, Result<T, Error>),
    /// The time is up.
    TimeUp,
    /// A stop was requested.
    Interrupted,
}

/// Starts polling: at once for the first event, then `interval` after the next event is asked for, for as long as `time`
/// lasts or until a stop is requested. Nothing is requested whose answer no one waits for.
///
/// # Errors
/// Where signals can't be handled or no thread can be started.
pub(super) fn start_polling<T: Send + 'static>(
    stop: &Stop,
    interval: Duration,
    time: Option<Duration>,
    mut poll: impl FnMut() -> Result<T, Error> + Send + 'static,
) -> anyhow::Result<impl FnMut() -> PollEvent<T>> {
    interrupt::listen(stop)?;
    // What is too long for the clock never ends.
    let end = time.and_then(|time| Instant::now().checked_add(time));
    let (sender, events) = channel();
    let (want, wanted) = channel();
    let (waiting, interrupted) = (stop.clone(), sender.clone());
    spawn("stop", move || {
        waiting.wait();
        let _ = interrupted.send(PollEvent::Interrupted);
    })?;
    let stop = stop.clone();
    spawn("polling", move || {
        let mut pause = Duration::ZERO;
        while wanted.recv().is_ok() {
            stop.sleep(pause);
            let answer = poll();
            // What a poll that was interrupted ends with is no event.
            if stop.is_requested() {
                return;
            }
            pause = next_pause(pause, interval, answer.as_ref().err());
            let polled = PollEvent::Polled(SystemTime::now(), answer);
            if sender.send(polled).is_err() {
                return;
            }
        }
    })?;
    Ok(move || {
        let _ = want.send(());
        let Some(end) = end else {
            return events.recv().unwrap_or(PollEvent::Interrupted);
        };
        match events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => PollEvent::TimeUp,
            Err(RecvTimeoutError::Disconnected) => PollEvent::Interrupted,
        }
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop)
}

/// An API that is asked too often is asked less often until it has answered.
fn next_pause(pause: Duration, interval: Duration, failure: Option<&Error>) -> Duration {
    match failure {
        Some(failure) if failure.kind == ErrorKind::RateLimited => pause
            .max(interval)
            .saturating_mul(2)
            .min(LONGEST_PAUSE)
            .max(interval),
        _ => interval,
    }
}

/// Returns the error of a command that a signal ended. It has no message, since there is nothing to report.
pub(super) fn interrupted() -> Error {
    Error::new(ErrorKind::Interrupted, "")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST_PAUSE, next_pause, parse_interval};
    use crate::model::error::{Error, ErrorKind};

    #[test]
    fn an_api_that_is_asked_too_often_is_asked_less_often() {
        let second = Duration::from_secs(1);
        let too_often = Error::new(ErrorKind::RateLimited, "x");
        assert_eq!(next_pause(second, second, Some(&too_often)), 2 * second);
        assert_eq!(
            next_pause(50 * second, second, Some(&too_often)),
            LONGEST_PAUSE
        );
        assert_eq!(
            next_pause(90 * second, 90 * second, Some(&too_often)),
            90 * second
        );
        assert_eq!(next_pause(8 * second, second, None), second);
        assert!(parse_interval("9ms").is_err() && parse_interval("10ms").is_ok());
    }
}
