//! Parsers of arguments for which the standard ones give errors that only a programmer understands.

use std::fmt::Display;
use std::ops::{Bound, RangeBounds};
use std::str::FromStr;

use uuid::Uuid;

/// Returns a parser of whole numbers within these bounds.
pub(crate) fn whole_number<T: FromStr + PartialOrd + Display>(
    bounds: impl RangeBounds<T> + Clone + Send + Sync + 'static,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|number| bounds.contains(number));
        number.ok_or_else(|| match (bounds.start_bound(), bounds.end_bound()) {
            (Bound::Included(min), Bound::Included(max)) => {
                format!("expected a whole number from {min} to {max}")
            }
            (Bound::Included(min), _) => format!("expected a whole number, {min} or more"),
            _ => "expected a whole number".to_owned(),
        })
    }
}

/// A UUID in any of its usual forms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UuidArg(pub(crate) Uuid);

impl FromStr for UuidArg {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text)
            .map(Self)
            .map_err(|_| "expected a UUID")
    }
}
