//! Whether a failed attempt is followed by another: by what is known about the request, not by its method alone.
//!
//! Clock, sleep and jitter are injected, so that tests take no time.

use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant, SystemTime};

use crate::api::request::Effect;
use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

/// The upper bound of the delay before the second attempt. It doubles with each further one.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(8);
/// The longest `Retry-After` that is waited for.
const MAX_RETRY_AFTER: Duration = Duration::from_mins(1);
/// No attempt is started later than this after the first one, however many are left.
pub(super) const RETRY_TIMEOUT: Duration = Duration::from_mins(5);

/// An attempt without a usable 2xx response.
#[derive(Debug)]
pub(super) struct AttemptError {
    /// Why there is none.
    pub error: Error,
    /// What became of the request.
    pub outcome: AttemptOutcome,
}

impl AttemptError {
    pub(super) fn new(outcome: AttemptOutcome, error: Error) -> Self {
        Self { error, outcome }
    }
}

/// What is known of a request whose attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttemptOutcome {
    /// Nothing was done: the request was not sent, or the API turned it away, maybe for a time that it named.
    NotDone(Option<Duration>),
    /// The request may or may not have been carried out.
    Maybe,
    /// The request was carried out (2xx), but its response is lost.
    Lost,
    /// Another attempt would end the same way.
    Final,
}

/// Why [`Client::send`](crate::api::client::Client::send) has no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SendError {
    /// Nothing was changed.
    Failed(Error),
    /// A change may have been made.
    Maybe(Error),
    /// A change was made, and its response is lost.
    Lost(Error),
    /// A stop was requested, so nothing was sent; of a request that reads, no further attempt was made. The kind of the
    /// error is [`ErrorKind::Interrupted`].
    Interrupted(Error),
}

impl SendError {
    /// Returns the error, whatever is known about the request.
    pub(crate) fn into_error(self) -> Error {
        match self {
            Self::Failed(error)
            | Self::Maybe(error)
            | Self::Lost(error)
            | Self::Interrupted(error) => error,
        }
    }
}

/// The clock, the sleep and the randomness of retries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    /// Returns the current time.
    pub clock: fn() -> Instant,
    /// Sleeps, but not beyond a request to stop.
    pub sleep: fn(&Stop, Duration),
    /// Returns a random number from 0 to below 1.
    pub jitter: fn() -> f64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            clock: Instant::now,
            sleep: Stop::sleep,
            jitter: random_fraction,
        }
    }
}

fn random_fraction() -> f64 {
    fraction(std::hash::RandomState::new().build_hasher().finish())
}

/// Maps all numbers evenly to the range from 0 to below 1.
fn fraction(random: u64) -> f64 {
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / (f64::from(u32::MAX) + 1.0)
}

/// Returns the delay before the next attempt, with the error of attempt number `attempt` (from 1).
pub(super) fn delay(
    effect: Effect,
    failed: AttemptError,
    attempt: u32,
    max_attempts: u32,
    jitter: f64,
) -> Result<(Duration, Error), SendError> {
    let AttemptError { error, outcome } = failed;
    let is_last = attempt >= max_attempts;
    let backoff = FIRST_BACKOFF
        .saturating_mul(1 << (attempt - 1).min(10))
        .min(MAX_BACKOFF)
        .mul_f64(jitter);
    match (outcome, effect) {
        (AttemptOutcome::NotDone(Some(wait)), _) if wait > MAX_RETRY_AFTER => {
            let seconds = wait.as_secs();
            Err(SendError::Failed(error.hint(format!(
                "the API asks clients to wait {seconds} s; try again after that"
            ))))
        }
        (AttemptOutcome::NotDone(wait), _) if !is_last => {
            Ok((backoff.max(wait.unwrap_or_default()), error))
        }
        (AttemptOutcome::Maybe | AttemptOutcome::Lost, Effect::Read)
            if !is_last && error.kind != ErrorKind::Unexpected =>
        {
            Ok((backoff, error))
        }
        (AttemptOutcome::Maybe, Effect::Change) => Err(SendError::Maybe(error)),
        (AttemptOutcome::Lost, Effect::Change) => Err(SendError::Lost(error)),
        _ => Err(SendError::Failed(error)),
    }
}

/// Reads `Retry-After`: seconds, or an HTTP date. Returns `None` if it is malformed, zero if it is in the past.
pub(crate) fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number with too many digits is longer than any wait.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{
        AttemptError, AttemptOutcome, SendError, delay, fraction, random_fraction, retry_after,
    };
    use crate::api::error::check_status;
    use crate::api::request::Effect;
    use crate::api::response::Response;
    use crate::model::error::{Error, ErrorKind, RequestInfo};

    fn failure() -> Error {
        Error::new(ErrorKind::ServerError, "x")
    }

    fn failed(outcome: AttemptOutcome) -> AttemptError {
        AttemptError::new(outcome, failure())
    }

    #[test]
    fn the_table() {
        use Effect::{Change, Read};
        let what = |effect, outcome| match delay(effect, outcome, 1, 3, 0.5) {
            Ok(_) => "again",
            Err(SendError::Failed(_)) => "failed",
            Err(SendError::Maybe(_)) => "maybe",
            Err(SendError::Lost(_)) => "lost",
            Err(SendError::Interrupted(_)) => "interrupted",
        };
        for (effect, not_done, maybe, lost, last) in [
            (Read, "again", "again", "again", "failed"),
            (Change, "again", "maybe", "lost", "failed"),
        ] {
            assert_eq!(
                what(effect, failed(AttemptOutcome::NotDone(None))),
                not_done
            );
            assert_eq!(what(effect, failed(AttemptOutcome::Maybe)), maybe);
            assert_eq!(what(effect, failed(AttemptOutcome::Lost)), lost);
            assert_eq!(what(effect, failed(AttemptOutcome::Final)), last);
        }
    }

    #[test]
    fn what_each_status_says_of_the_request() {
        let answer = |status, wait: Option<&str>, body: &str| Response {
            request: RequestInfo::default(),
            version: "HTTP/1.1".to_owned(),
            elapsed: Duration::ZERO,
            allocation: None,
            status,
            headers: wait
                .map(|wait| ("retry-after".to_owned(), wait.to_owned()))
                .into_iter()
                .collect(),
            body: body.to_owned(),
        };
        for status in 100..=599 {
            let whole = match check_status(answer(status, None, "<html>")) {
                Ok(answer) => format!("done {}", answer.status),
                Err(error) => name(&error).to_owned(),
            };
            let expected = match status {
                200..=299 => format!("done {status}"),
                429 => "not done".to_owned(),
                408 | 500 | 502 | 503 | 504 => "maybe".to_owned(),
                _ => "final".to_owned(),
            };
            assert_eq!(whole, expected, "{status}");
        }
        for (status, wait, body, expected) in [
            (503, None, "{}", ("not done", None)),
            (503, Some("5"), "", ("not done", Some(5))),
            (503, Some("5"), "{}", ("not done", Some(5))),
            (503, Some("soon"), "", ("maybe", None)),
            (429, Some("5"), "", ("not done", Some(5))),
            (502, Some("5"), "{}", ("maybe", None)),
        ] {
            let error = check_status(answer(status, wait, body)).unwrap_err();
            let asked = match error.outcome {
                AttemptOutcome::NotDone(wait) => wait,
                _ => None,
            };
            assert_eq!(
                (name(&error), asked.map(|wait| wait.as_secs())),
                expected,
                "{status} {wait:?} {body}"
            );
        }
    }

    fn name(error: &AttemptError) -> &'static str {
        match error.outcome {
            AttemptOutcome::NotDone(_) => "not done",
            AttemptOutcome::Maybe => "maybe",
            AttemptOutcome::Lost => "lost",
            AttemptOutcome::Final => "final",
        }
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        let stops = |effect, outcome| match delay(effect, outcome, 3, 3, 0.5) {
            Err(SendError::Failed(_)) => "failed",
            Err(SendError::Maybe(_)) => "maybe",
            Err(SendError::Lost(_)) => "lost",
            _ => "goes on",
        };
        for (effect, maybe, lost) in [
            (Effect::Read, "failed", "failed"),
            (Effect::Change, "maybe", "lost"),
        ] {
            assert_eq!(
                stops(effect, failed(AttemptOutcome::NotDone(None))),
                "failed"
            );
            assert_eq!(stops(effect, failed(AttemptOutcome::Maybe)), maybe);
            assert_eq!(stops(effect, failed(AttemptOutcome::Lost)), lost);
        }
        // A bug is not mended by asking again.
        let bug = AttemptError::new(AttemptOutcome::Lost, Error::new(ErrorKind::Unexpected, "x"));
        assert!(matches!(
            delay(Effect::Read, bug, 1, 3, 0.5),
            Err(SendError::Failed(_))
        ));
    }

    #[test]
    fn a_wait_that_is_too_long_is_named() {
        let away = |wait| {
            delay(
                Effect::Read,
                failed(AttemptOutcome::NotDone(Some(Duration::from_secs(wait)))),
                1,
                3,
                0.5,
            )
        };
        assert!(matches!(away(60), Ok((pause, _)) if pause == Duration::from_mins(1)));
        let stopped = away(61).unwrap_err();
        assert_eq!(
            stopped.into_error().hint,
            Some(
                "the API asks clients to wait 61 s; try again after that"
                    .to_owned()
                    .into()
            )
        );
        for unanswered in [
            SendError::Failed(failure()),
            SendError::Maybe(failure()),
            SendError::Lost(failure()),
            SendError::Interrupted(failure()),
        ] {
            assert_eq!(unanswered.into_error(), failure());
        }
    }

    #[test]
    fn jitter_is_spread_from_zero_to_one() {
        let drawn: Vec<f64> = (0..1000).map(|_| random_fraction()).collect();
        assert!(drawn.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        let tenths: std::collections::HashSet<u8> = drawn
            .iter()
            .map(|fraction| (fraction * 10.0) as u8)
            .collect();
        assert_eq!(tenths.len(), 10, "{drawn:?}");
        assert_eq!([0, 1 << 62, 1 << 63].map(fraction), [0.0, 0.25, 0.5]);
        assert!((0.999_999..1.0).contains(&fraction(u64::MAX)));
    }

    #[test]
    fn pauses_double_up_to_a_limit_and_respect_the_servers_wish() {
        let pause = |attempt, wait| match delay(
            Effect::Read,
            failed(AttemptOutcome::NotDone(wait)),
            attempt,
            100,
            0.5,
        ) {
            Ok((pause, _)) => Some(pause),
            Err(_) => None,
        };
        let seconds = Duration::from_secs;
        assert_eq!(pause(1, None), Some(Duration::from_millis(250)));
        assert_eq!(pause(2, None), Some(Duration::from_millis(500)));
        assert_eq!(pause(4, None), Some(seconds(2)));
        assert_eq!(pause(60, None), Some(seconds(4)));
        assert_eq!(pause(1, Some(seconds(60))), Some(seconds(60)));
        assert_eq!(pause(1, Some(seconds(61))), None);
    }

    #[test]
    fn retry_after_in_each_form() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (text, seconds) in [
            ("7", Some(7)),
            ("0", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("-1", None),
            ("soon", None),
            ("", None),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:27 GMT", Some(0)),
            ("1.5", None),
        ] {
            assert_eq!(
                retry_after(text, now),
                seconds.map(Duration::from_secs),
                "{text}"
            );
        }
    }
}
