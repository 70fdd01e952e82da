//! Times as RFC 3339 writes them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Formats a time in UTC, to the second, within the years 1970 to 9999.
pub(crate) fn format(time: SystemTime) -> String {
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_seconds(time.clamp(UNIX_EPOCH, last)).to_string()
}

/// Parses a time such as `2026-11-24T08:00:00Z` or `2026-11-24T09:00:00+01:00`, or a date, which begins at 00:00 UTC.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    if text.len() == "2026-11-24".len() {
        return humantime::parse_rfc3339(&format!("{text}T00:00:00Z")).ok();
    }
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return humantime::parse_rfc3339_weak(local).ok();
    }
    let sign = text.len().checked_sub("+01:00".len())?;
    let (local, offset) = text.split_at_checked(sign)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let two_digits = |text: &str| {
        let is_valid = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|_| is_valid)
    };
    let offset_minutes = two_digits(hours)? * 60 + two_digits(minutes)?;
    let local = humantime::parse_rfc3339_weak(local).ok()?;
    let difference = Duration::from_secs(offset_minutes * 60);
    match offset.as_bytes().first()? {
        b'+' => local.checked_sub(difference),
        b'-' => local.checked_add(difference),
        _ => None,
    }
}

/// Parses a time as [`parse`] does, or one before now such as `-30d`, or after it such as `+1h`.
pub(crate) fn parse_or_relative(text: &str) -> Option<SystemTime> {
    parse(text).or_else(|| relative(text))
}

/// Returns the time that is so long before now, or after it with `+`.
fn relative(text: &str) -> Option<SystemTime> {
    let now = SystemTime::now();
    match text.split_at_checked(1)? {
        ("-", duration) => now.checked_sub(humantime::parse_duration(duration).ok()?),
        ("+", duration) => now.checked_add(humantime::parse_duration(duration).ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{format, parse};

    #[test]
    fn times_with_and_without_an_offset() {
        for (text, seconds) in [
            ("1970-01-02", Some(86_400)),
            ("1970-01-01T00:01:00Z", Some(60)),
            ("1970-01-01 00:01:00.5Z", Some(60)),
            ("1970-01-01T02:01:00+02:00", Some(60)),
            ("1970-01-01T00:00:00-01:30", Some(5400)),
            ("1970-01-01T00:01:00", None),
            ("1970-01-01T00:01:00+2:00", None),
            ("1970-01-01T00:01:00*02:00", None),
            ("1970-1-1", None),
            ("1970-01-32", None),
            ("", None),
            ("\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}", None),
            ("60", None),
        ] {
            let parsed = parse(text).map(|time| {
                let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap();
                Duration::from_secs(since.as_secs())
            });
            assert_eq!(parsed, seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn any_time_has_a_timestamp() {
        let second = Duration::from_secs(1);
        for (time, text) in [
            (UNIX_EPOCH + 1_000_000_000 * second, "2001-09-09T01:46:40Z"),
            (UNIX_EPOCH - second, "1970-01-01T00:00:00Z"),
            (
                UNIX_EPOCH + Duration::from_mins(5_000_000_000),
                "9999-12-31T23:59:59Z",
            ),
        ] {
            assert_eq!(format(time), text);
        }
    }
}
