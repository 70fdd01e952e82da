//! Whether an attempt is made again, by what is known about the request and not by its method alone.
//!
//! Pure but for clock and sleep, which are injected with the jitter, so that tests take no time.

use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant, SystemTime};

use crate::api::request::Effect;
use crate::api::response::Response;
use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

/// The first pause is drawn from zero to this; each further one from twice the range.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// The longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// No attempt is begun later than this after the first one, however many are left.
pub(super) const LONGEST_RETRYING: Duration = Duration::from_secs(5 * 60);

/// What came of one attempt.
#[derive(Debug)]
pub(super) enum Attempt {
    /// A whole answer with 2xx.
    Done(Response),
    /// The request never left.
    NotSent(Error),
    /// The API turned the request away before doing anything.
    TurnedAway(Error, Option<Duration>),
    /// The request may or may not have been carried out.
    Maybe(Error),
    /// The request was carried out (2xx), but its answer is lost.
    Lost(Error),
    /// Nothing would change by asking again.
    Final(Error),
}

impl Attempt {
    /// What a whole answer means.
    pub(super) fn from_answer(answer: Response, failure: impl FnOnce(&Response) -> Error) -> Self {
        let wait = answer
            .header("retry-after")
            .and_then(|text| retry_after(&text, SystemTime::now()));
        match answer.status {
            200..=299 => Self::Done(answer),
            429 => Self::TurnedAway(failure(&answer), wait),
            503 if wait.is_some() || answer.json().is_ok() => {
                Self::TurnedAway(failure(&answer), wait)
            }
            408 | 500 | 502 | 503 | 504 => Self::Maybe(failure(&answer)),
            _ => Self::Final(failure(&answer)),
        }
    }
}

/// What `send` ends with where no answer could be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// It is known that nothing was changed.
    Failed(Error),
    /// A change may have been made.
    Maybe(Error),
    /// A change was made, and its answer is lost.
    Lost(Error),
    /// A stop was requested, so nothing was sent; of a request that reads, no further attempt was made. The kind of the
    /// error is [`ErrorKind::Interrupted`].
    Interrupted(Error),
}

impl SendError {
    /// Returns the error, whatever is known about the request.
    pub fn into_failure(self) -> Error {
        match self {
            Self::Failed(failure)
            | Self::Maybe(failure)
            | Self::Lost(failure)
            | Self::Interrupted(failure) => failure,
        }
    }
}

/// How long to sleep and by how much to vary it.
#[derive(Clone, Copy)]
pub struct Timing {
    /// The time now.
    pub clock: fn() -> Instant,
    /// Sleeps, but not beyond the request to stop.
    pub sleep: fn(&Stop, Duration),
    /// A number from 0 to below 1, different each time.
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

impl std::fmt::Debug for Timing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Timing")
    }
}

fn random_fraction() -> f64 {
    fraction(std::hash::RandomState::new().build_hasher().finish())
}

/// Spreads all numbers from 0 to below 1.
fn fraction(random: u64) -> f64 {
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / (f64::from(u32::MAX) + 1.0)
}

/// What follows an attempt.
#[derive(Debug)]
pub(super) enum Next {
    /// The answer.
    Response(Response),
    /// Ask again after a pause; why, for the note.
    Again(Duration, Error),
    /// Give up.
    Stop(SendError),
}

/// Decides what follows the attempt number `attempt` (from 1) of at most `most`.
pub(super) fn next(effect: Effect, outcome: Attempt, attempt: u32, most: u32, jitter: f64) -> Next {
    let left = attempt < most;
    let pause = FIRST_PAUSE
        .saturating_mul(1 << (attempt - 1).min(10))
        .min(LONGEST_PAUSE)
        .mul_f64(jitter);
    match outcome {
        Attempt::Done(answer) => Next::Response(answer),
        Attempt::Final(failure) => Next::Stop(SendError::Failed(failure)),
        Attempt::TurnedAway(failure, Some(wait)) if wait > LONGEST_WAIT => {
            let kind_hint = format!(
                "the API asks to wait for {} s; try again then",
                wait.as_secs()
            );
            Next::Stop(SendError::Failed(failure.hint(kind_hint)))
        }
        Attempt::TurnedAway(failure, wait) if left => {
            Next::Again(pause.max(wait.unwrap_or_default()), failure)
        }
        Attempt::NotSent(failure) if left => Next::Again(pause, failure),
        Attempt::TurnedAway(failure, _) | Attempt::NotSent(failure) => {
            Next::Stop(SendError::Failed(failure))
        }
        Attempt::Maybe(failure) | Attempt::Lost(failure)
            if effect == Effect::Read && left && failure.kind != ErrorKind::Unexpected =>
        {
            Next::Again(pause, failure)
        }
        Attempt::Maybe(failure) | Attempt::Lost(failure) if effect == Effect::Read => {
            Next::Stop(SendError::Failed(failure))
        }
        Attempt::Maybe(failure) => Next::Stop(SendError::Maybe(failure)),
        Attempt::Lost(failure) => Next::Stop(SendError::Lost(failure)),
    }
}

/// Reads `Retry-After`: seconds, or an HTTP date. `None` where it is malformed; zero where it is past.
pub fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds is longer than anyone waits.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Attempt, Next, SendError, Timing, fraction, next, random_fraction, retry_after};
    use crate::api::request::Effect;
    use crate::api::response::Response;
    use crate::model::error::{Error, ErrorKind, RequestInfo};

    fn failure() -> Error {
        Error::new(ErrorKind::ServerError, "x")
    }

    #[test]
    fn the_table() {
        use Effect::{Change, Read};
        let what = |effect, outcome| match next(effect, outcome, 1, 3, 0.5) {
            Next::Response(_) => "answer",
            Next::Again(_, _) => "again",
            Next::Stop(SendError::Failed(_)) => "failed",
            Next::Stop(SendError::Maybe(_)) => "maybe",
            Next::Stop(SendError::Lost(_)) => "lost",
            Next::Stop(SendError::Interrupted(_)) => "interrupted",
        };
        for (effect, not_sent, away, maybe, lost, last) in [
            (Read, "again", "again", "again", "again", "failed"),
            (Change, "again", "again", "maybe", "lost", "failed"),
        ] {
            assert_eq!(what(effect, Attempt::NotSent(failure())), not_sent);
            assert_eq!(what(effect, Attempt::TurnedAway(failure(), None)), away);
            assert_eq!(what(effect, Attempt::Maybe(failure())), maybe);
            assert_eq!(what(effect, Attempt::Lost(failure())), lost);
            assert_eq!(what(effect, Attempt::Final(failure())), last);
        }
    }

    #[test]
    fn what_each_status_says_of_the_request() {
        let answer = |status, wait: Option<&str>, body: &str| Response {
            asked: RequestInfo::default(),
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
            let whole = match Attempt::from_answer(answer(status, None, "<html>"), |_| failure()) {
                Attempt::Done(answer) => format!("done {}", answer.status),
                other => name(&other).to_owned(),
            };
            let expected = match status {
                200..=299 => format!("done {status}"),
                429 => "away".to_owned(),
                408 | 500 | 502 | 503 | 504 => "maybe".to_owned(),
                _ => "final".to_owned(),
            };
            assert_eq!(whole, expected, "{status}");
        }
        for (status, wait, body, expected) in [
            (503, None, "{}", ("away", None)),
            (503, Some("5"), "", ("away", Some(5))),
            (503, Some("5"), "{}", ("away", Some(5))),
            (503, Some("soon"), "", ("maybe", None)),
            (429, Some("5"), "", ("away", Some(5))),
            (502, Some("5"), "{}", ("maybe", None)),
        ] {
            let attempt = Attempt::from_answer(answer(status, wait, body), |_| failure());
            let asked = if let Attempt::TurnedAway(_, wait) = &attempt {
                *wait
            } else {
                None
            };
            assert_eq!(
                (name(&attempt), asked.map(|wait| wait.as_secs())),
                expected,
                "{status} {wait:?} {body}"
            );
        }
    }

    fn name(attempt: &Attempt) -> &'static str {
        match attempt {
            Attempt::Done(_) => "done",
            Attempt::NotSent(_) => "not sent",
            Attempt::TurnedAway(..) => "away",
            Attempt::Maybe(_) => "maybe",
            Attempt::Lost(_) => "lost",
            Attempt::Final(_) => "final",
        }
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        let stops = |effect, outcome| match next(effect, outcome, 3, 3, 0.5) {
            Next::Stop(SendError::Failed(_)) => "failed",
            Next::Stop(SendError::Maybe(_)) => "maybe",
            Next::Stop(SendError::Lost(_)) => "lost",
            _ => "goes on",
        };
        for (effect, maybe, lost) in [
            (Effect::Read, "failed", "failed"),
            (Effect::Change, "maybe", "lost"),
        ] {
            assert_eq!(stops(effect, Attempt::NotSent(failure())), "failed");
            assert_eq!(
                stops(effect, Attempt::TurnedAway(failure(), None)),
                "failed"
            );
            assert_eq!(stops(effect, Attempt::Maybe(failure())), maybe);
            assert_eq!(stops(effect, Attempt::Lost(failure())), lost);
        }
        // A bug is not mended by asking again.
        let bug = Attempt::Lost(Error::new(ErrorKind::Unexpected, "x"));
        assert!(matches!(
            next(Effect::Read, bug, 1, 3, 0.5),
            Next::Stop(SendError::Failed(_))
        ));
    }

    #[test]
    fn a_wait_that_is_too_long_is_named() {
        let away = |wait| {
            next(
                Effect::Read,
                Attempt::TurnedAway(failure(), Some(Duration::from_secs(wait))),
                1,
                3,
                0.5,
            )
        };
        assert!(matches!(away(60), Next::Again(pause, _) if pause == Duration::from_secs(60)));
        let Next::Stop(stopped) = away(61) else {
            panic!("it waits")
        };
        assert_eq!(
            stopped.into_failure().hint,
            Some(
                "the API asks to wait for 61 s; try again then"
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
            assert_eq!(unanswered.into_failure(), failure());
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
        assert_eq!(format!("{:?}", Timing::default()), "Timing");
    }

    #[test]
    fn pauses_double_up_to_a_limit_and_respect_the_servers_wish() {
        let pause = |attempt, wait| match next(
            Effect::Read,
            Attempt::TurnedAway(failure(), wait),
            attempt,
            100,
            0.5,
        ) {
            Next::Again(pause, _) => Some(pause),
            _ => None,
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
