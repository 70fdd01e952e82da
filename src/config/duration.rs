//! Durations as users write them: `500ms`, `30s`, `2m`, `1h`. A bare number is refused, since its unit would be a guess.

use std::time::Duration;

/// The longest timeout of a request.
const MAX_TIMEOUT: Duration = Duration::from_hours(1);

const USAGE: &str = "expected a whole number and a unit, such as 500ms, 30s, 2m or 1h";

/// Parses a duration longer than zero.
///
/// # Errors
/// What is expected instead.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let unit_at = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(unit_at);
    if digits.is_empty() {
        return Err(USAGE.to_owned());
    }
    let factor: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "" => return Err(format!("the unit is missing; {USAGE}")),
        _ => return Err(USAGE.to_owned()),
    };
    let milliseconds = digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .ok_or("the duration is too long")?;
    if milliseconds == 0 {
        return Err("the duration must be longer than zero".to_owned());
    }
    Ok(Duration::from_millis(milliseconds))
}

/// Parses the timeout of a request: a duration of at most an hour.
///
/// # Errors
/// What is expected instead.
pub(crate) fn parse_timeout(text: &str) -> Result<Duration, String> {
    let timeout = parse_duration(text)?;
    if timeout > MAX_TIMEOUT {
        Err("the longest timeout is 1h".to_owned())
    } else {
        Ok(timeout)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{parse_duration, parse_timeout};

    #[test]
    fn a_number_and_a_unit() {
        for (text, milliseconds) in [
            ("1ms", 1),
            ("500ms", 500),
            ("30s", 30_000),
            ("2m", 120_000),
            ("1h", 3_600_000),
        ] {
            assert_eq!(
                parse_timeout(text),
                Ok(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        assert_eq!(parse_duration("48h"), Ok(Duration::from_hours(48)));
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
            "1.5s",
            "1 s",
            " 1s",
            "1s ",
            "1S",
            "1d",
            "1m30s",
            "٣s",
            "99999999999999999999h",
        ] {
            assert!(parse_duration(text).is_err(), "{text:?}");
        }
        assert!(parse_duration("18446744073709551615h").is_err());
        assert!(parse_timeout("61m").is_err());
        assert!(parse_duration("30").unwrap_err().contains("30s"));
    }
}
