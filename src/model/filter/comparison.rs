//! Comparisons of numbers and times: `<30`, `>=2026-11-24`, `<-30d`.

use std::cmp::Ordering;
use std::str::FromStr;
use std::time::SystemTime;

use crate::model::decimal::Decimal;
use crate::model::timestamp;

const EXPECTED: &str = "expected a number, a time such as 2026-11-24T08:00:00Z, a date, or a time before now such as -30d";

/// An operator and the value on its right.
#[derive(Debug, Clone)]
pub(super) struct Comparison {
    /// Whether the value on the left may be less, equal or greater.
    less: bool,
    equal: bool,
    bound: Bound,
}

#[derive(Debug, Clone)]
enum Bound {
    Number(Decimal),
    Time(SystemTime),
}

impl FromStr for Comparison {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let less = text.starts_with('<');
        let rest = text.get(1..).unwrap_or_default();
        let value = rest.strip_prefix('=');
        let equal = value.is_some();
        let value = value.unwrap_or(rest).trim();
        let bound = if let Ok(number) = value.parse() {
            Bound::Number(number)
        } else {
            let time = timestamp::parse_or_relative(value);
            Bound::Time(time.ok_or(EXPECTED)?)
        };
        Ok(Self { less, equal, bound })
    }
}

impl Comparison {
    /// Whether a property's value satisfies it. One that is neither a number nor a time satisfies none.
    pub(super) fn holds(&self, value: &str) -> bool {
        let order = match &self.bound {
            Bound::Number(bound) => value.parse::<Decimal>().ok().map(|value| value.cmp(bound)),
            Bound::Time(bound) => timestamp::parse(value).map(|value| value.cmp(bound)),
        };
        match order {
            Some(Ordering::Less) => self.less,
            Some(Ordering::Equal) => self.equal,
            Some(Ordering::Greater) => !self.less,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Comparison;

    fn holds(comparison: &str, value: &str) -> bool {
        comparison.parse::<Comparison>().unwrap().holds(value)
    }

    #[test]
    fn numbers_compare_exactly() {
        for (comparison, value, expected) in [
            ("<2", "1", true),
            ("<2", "2", false),
            ("<=2", "2.0", true),
            (">2", "10", true),
            (">=2", "1.99", false),
            (">12345678901234567890123", "12345678901234567890124", true),
            (
                ">=12345678901234567890124",
                "12345678901234567890123",
                false,
            ),
            ("<-1", "-2", true),
            ("> 0.5", "0.50001", true),
            ("<2", "", false),
            ("<2", "one", false),
            (">2", "2026-11-24", false),
        ] {
            assert_eq!(holds(comparison, value), expected, "{value} {comparison}");
        }
    }

    #[test]
    fn times_compare_as_moments() {
        for (comparison, value, expected) in [
            ("<2026-11-24", "2026-11-23T23:59:59Z", true),
            ("<2026-11-24", "2026-11-24T00:00:00Z", false),
            (">=2026-11-24", "2026-11-24T00:00:00.000Z", true),
            (">2026-11-24T08:00:00Z", "2026-11-24T09:30:00+01:00", true),
            (">2026-11-24T08:00:00Z", "2026-11-24T09:00:00+01:00", false),
            ("<=2026-11-24T09:00:00+01:00", "2026-11-24T08:00:00Z", true),
            ("<2026-11-24", "5", false),
            ("<2026-11-24", "", false),
        ] {
            assert_eq!(holds(comparison, value), expected, "{value} {comparison}");
        }
    }

    #[test]
    fn relative_times_count_from_now() {
        let ago = |days: u64| {
            let time = SystemTime::now() - Duration::from_secs(days * 86_400);
            humantime::format_rfc3339(time).to_string()
        };
        assert!(holds("<-30d", &ago(31)) && !holds("<-30d", &ago(29)));
        assert!(holds(">-1h", &ago(0)) && !holds(">-1h", &ago(1)));
        assert!(holds("<+1h", &ago(0)) && holds(">=-2days", &ago(1)));
    }

    #[test]
    fn other_values_are_refused() {
        for text in ["<", "<=", ">x", "<-", "<-30x", ">2026-13-01", "<+", "<30d"] {
            assert!(text.parse::<Comparison>().is_err(), "{text}");
        }
    }
}
