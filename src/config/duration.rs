//! Durations as users write them: `500ms`, `30s`, `1m 30s`, `1h`. A bare number is refused, since its unit would be a guess.

use std::time::Duration;

/// The longest timeout of a request.
const MAX_TIMEOUT: Duration = Duration::from_hours(1);
/// The longest duration. Added to any time of a computer's clock, it does not overflow.
const MAX_DURATION: Duration = Duration::from_hours(100 * 365 * 24);

/// Parses a duration longer than zero.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("the duration must be longer than zero".to_owned()),
        Ok(duration) if duration <= MAX_DURATION => Ok(duration),
        Ok(_) | Err(humantime::DurationError::NumberOverflow) => {
            Err("the duration is too long".to_owned())
        }
        Err(_) => Err("expected a number and a unit, such as 500ms, 30s, 2m or 1h".to_owned()),
    }
}

/// Parses the timeout of a request: a duration of at most an hour.
pub(crate) fn parse_timeout(text: &str) -> Result<Duration, String> {
    let timeout = parse_duration(text)?;
    if timeout > MAX_TIMEOUT {
        return Err("the longest timeout is 1h".to_owned());
    }
    Ok(timeout)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{parse_duration, parse_timeout};

    #[test]
    fn numbers_and_units_are_added_up() {
        for (text, milliseconds) in [
            ("1ms", 1),
            ("500ms", 500),
            ("30s", 30_000),
            ("2m", 120_000),
            ("1m30s", 90_000),
            ("1h", 3_600_000),
        ] {
            let expected = Ok(Duration::from_millis(milliseconds));
            assert_eq!(parse_timeout(text), expected, "{text}");
        }
        assert_eq!(parse_duration("48h"), Ok(Duration::from_hours(48)));
        assert_eq!(parse_duration("2d"), Ok(Duration::from_hours(48)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "s",
            "30",
            "0s",
            "-1s",
            "+1s",
            "1S",
            "٣s",
            "99999999999999999999h",
            "18446744073709551615h",
            "1000years",
        ] {
            assert!(parse_duration(text).is_err(), "{text:?}");
        }
        assert!(parse_timeout("61m").is_err());
        assert!(parse_duration("30").unwrap_err().contains("30s"));
    }
}
