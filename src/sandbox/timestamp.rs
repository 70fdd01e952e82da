//! Points in time to the second, written as RFC 3339 in UTC.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 9999-12-31T23:59:59Z, the last second of the last year with four digits.
const MAX_SECONDS: i64 = 253_402_300_799;

/// Seconds since 1970-01-01T00:00:00Z, between that and the end of the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Timestamp(i64);

impl Timestamp {
    /// Returns the timestamp with so many seconds since 1970, clamped to the range.
    pub(super) const fn from_unix_seconds(seconds: i64) -> Self {
        Self(if seconds < 0 {
            0
        } else if seconds > MAX_SECONDS {
            MAX_SECONDS
        } else {
            seconds
        })
    }

    pub(super) fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since.map_or(0, |since| since.as_secs());
        Self::from_unix_seconds(i64::try_from(seconds).unwrap_or(MAX_SECONDS))
    }

    pub(super) const fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix_seconds(self.0.saturating_add(seconds))
    }

    /// Returns the last timestamp up to this one that is a multiple of `interval` seconds and `phase` more.
    pub(super) const fn last_multiple(self, interval: i64, phase: i64) -> Self {
        Self::from_unix_seconds(self.0 - (self.0 - phase).rem_euclid(interval))
    }

    /// Reads exactly what `Display` writes.
    fn parse(text: &str) -> Option<Self> {
        let time = humantime::parse_rfc3339(text).ok()?;
        let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let timestamp = Self::from_unix_seconds(i64::try_from(seconds).ok()?);
        (timestamp.to_string() == text).then_some(timestamp)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = Duration::from_secs(self.0.unsigned_abs());
        humantime::format_rfc3339_seconds(UNIX_EPOCH + since).fmt(formatter)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom("not a date such as 2026-01-31T12:00:00Z"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_written_and_read_back() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (MAX_SECONDS, "9999-12-31T23:59:59Z"),
        ] {
            let timestamp = Timestamp::from_unix_seconds(seconds);
            assert_eq!(timestamp.to_string(), text);
            assert_eq!(Timestamp::parse(text), Some(timestamp));
        }
    }

    #[test]
    fn the_range_is_clamped() {
        let first = Timestamp::from_unix_seconds(0);
        assert_eq!(first.plus_seconds(-1), first);
        let last = first.plus_seconds(i64::MAX);
        assert_eq!(last, Timestamp(MAX_SECONDS));
    }

    #[test]
    fn any_other_text_is_rejected() {
        for text in [
            "",
            "2025-02-30T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-01-01",
            "2025-01-01T00:00:00.5Z",
            "2025-01-01 00:00:00Z",
            "1969-12-31T23:59:59Z",
            "0000-00-00T00:00:00Z",
            "é025-01-01T00:00:00Z",
            "+025-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
