//! Asking the same again and again: what happens next, as a loop sees it.
//!
//! The asking has a thread of its own, so that the end of the time and Ctrl-C are heard while an answer is still awaited. A loop
//! takes turns from a function and knows no clock: a test hands it turns of its own.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use crate::commands::interrupt::on_interrupt;
use crate::config::parse_duration;
use crate::model::error::{Error, ErrorKind};

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
    /// Ctrl-C.
    Interrupted,
}

/// Asks at the first turn, then `interval` after the next turn is wanted, for as long as `time` lasts. Nothing is asked that
/// nobody waits for.
pub(super) fn turns<T: Send + 'static>(
    interval: Duration,
    time: Option<Duration>,
    mut ask: impl FnMut() -> Result<T, Error> + Send + 'static,
) -> anyhow::Result<impl FnMut() -> PollEvent<T>> {
    // Too long for a clock is as good as for ever.
    let end = time.and_then(|time| Instant::now().checked_add(time));
    let (polled, happened) = channel();
    let (want, wanted) = channel();
    let interrupted = polled.clone();
    on_interrupt(move || drop(interrupted.send(PollEvent::Interrupted)));
    std::thread::Builder::new()
        .name("polling".to_owned())
        .spawn(move || {
            let mut pause = Duration::ZERO;
            while wanted.recv().is_ok() {
                std::thread::sleep(pause);
                let answer = ask();
                pause = next_pause(pause, interval, answer.as_ref().err());
                if polled
                    .send(PollEvent::Polled(SystemTime::now(), answer))
                    .is_err()
                {
                    return;
                }
            }
        })?;
    Ok(move || {
        let _ = want.send(());
        match end {
            None => happened.recv().unwrap_or(PollEvent::Interrupted),
            Some(end) => match happened.recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(turn) => turn,
                Err(RecvTimeoutError::Timeout) => PollEvent::TimeUp,
                Err(RecvTimeoutError::Disconnected) => PollEvent::Interrupted,
            },
        }
    })
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

/// Ctrl-C ends the command; there is nothing to say about it.
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
