//! The query of a listing: which page, and which filters. It knows no fleet.

use std::collections::BTreeMap;

use url::form_urlencoded;

use super::error::SandboxError;

/// The largest page, in computers, which is also the default.
const MAX_PAGE_SIZE: usize = 100;

#[derive(Debug, PartialEq)]
pub(super) struct ListQuery {
    /// From 1 on.
    pub(super) page: u64,
    pub(super) limit: usize,
    /// By property: the values of which one must match.
    pub(super) filters: BTreeMap<String, Vec<String>>,
}

impl ListQuery {
    /// Reads the query of a URL. A name that is neither about paging nor a property has no effect, as in Reemo's API.
    pub(super) fn parse(query: &str) -> Result<Self, SandboxError> {
        let (mut page, mut limit) = (1, MAX_PAGE_SIZE);
        let mut filters = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "page" => page = positive(&name, &value)?,
                "limit" => {
                    limit = usize::try_from(positive(&name, &value)?).unwrap_or(MAX_PAGE_SIZE);
                }
                _ => {
                    let values = filters.entry(name.into_owned()).or_default();
                    values.push(value.into_owned());
                }
            }
        }
        Ok(Self {
            page,
            limit: limit.min(MAX_PAGE_SIZE),
            filters,
        })
    }

    /// Returns the number of computers on the pages before this one.
    pub(super) fn offset(&self) -> usize {
        let pages = usize::try_from(self.page - 1).unwrap_or(usize::MAX);
        pages.saturating_mul(self.limit)
    }
}

/// Reads a whole number from 1 on. One that is too large for a `u64` becomes the largest, which no fleet reaches.
fn positive(name: &str, value: &str) -> Result<u64, SandboxError> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match value.parse().unwrap_or(u64::MAX) {
        number if digits && number > 0 => Ok(number),
        _ => Err(SandboxError::Invalid(format!(
            "{name} must be a whole number from 1 on, not {value:?}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paging_has_defaults_and_limits() {
        let default = ListQuery::parse("").unwrap();
        assert_eq!((default.page, default.limit, default.offset()), (1, 100, 0));
        let capped = ListQuery::parse("page=3&limit=5000").unwrap();
        assert_eq!((capped.page, capped.limit, capped.offset()), (3, 100, 200));
        let huge = "99999999999999999999999";
        let far = ListQuery::parse(&format!("page={huge}&limit={huge}")).unwrap();
        assert_eq!((far.limit, far.offset()), (100, usize::MAX));
    }

    #[test]
    fn paging_by_anything_but_a_positive_number_is_invalid() {
        for query in [
            "page=0",
            "page=",
            "page",
            "page=-1",
            "page=%2B1",
            "page=x",
            "limit=0",
            "limit=1.5",
        ] {
            let query_error = ListQuery::parse(query).unwrap_err();
            assert!(matches!(query_error, SandboxError::Invalid(_)), "{query}");
        }
    }

    #[test]
    fn filters_are_decoded_and_keep_their_order() {
        let query = "name=a+b=c&x&name=%C3%A9%zz%ff%00&&=y";
        let filters = [
            ("name", vec!["a b=c", "é%zz\u{fffd}\0"]),
            ("x", vec![""]),
            ("", vec!["y"]),
        ];
        let filters = filters.map(|(name, values)| {
            let values = values.into_iter().map(str::to_owned).collect();
            (name.to_owned(), values)
        });
        assert_eq!(
            ListQuery::parse(query).unwrap().filters,
            BTreeMap::from(filters)
        );
    }
}
