//! What a listing's query asks for: a page and filters. It reads text and knows no fleet.

use std::collections::BTreeMap;

use super::error::SandboxError;

/// Computers on a page: the largest number, and the one that is answered where none was asked for.
const PAGE_SIZE: usize = 100;

/// What a query asks for.
#[derive(Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) page: u64,
    pub(super) limit: usize,
    /// By property: the values of which one must fit.
    pub(super) filters: BTreeMap<String, Vec<String>>,
}

impl Wanted {
    /// Reads a query's pairs. Names that are neither paging nor a property are not looked at, as ever in this API.
    pub(super) fn parse(pairs: Vec<(String, String)>) -> Result<Self, SandboxError> {
        let (mut page, mut limit) = (1, PAGE_SIZE);
        let mut filters = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in pairs {
            match name.as_str() {
                "page" => page = positive(&name, &value)?,
                "limit" => limit = usize::try_from(positive(&name, &value)?).unwrap_or(PAGE_SIZE),
                _ => filters.entry(name).or_default().push(value),
            }
        }
        let limit = limit.min(PAGE_SIZE);
        Ok(Self {
            page,
            limit,
            filters,
        })
    }

    /// The number of computers on the pages before it.
    pub(super) fn offset(&self) -> usize {
        let pages = usize::try_from(self.page - 1).unwrap_or(usize::MAX);
        pages.saturating_mul(self.limit)
    }
}

/// A number from 1 on; one too large for any fleet is as good as the largest.
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
    use super::super::query::pairs;
    use super::*;

    fn wanted(query: &str) -> Result<Wanted, SandboxError> {
        Wanted::parse(pairs(query))
    }

    #[test]
    fn paging_has_defaults_and_a_cap_and_no_nonsense() {
        let plain = wanted("").unwrap();
        assert_eq!((plain.page, plain.limit, plain.offset()), (1, 100, 0));
        let capped = wanted("page=3&limit=5000").unwrap();
        assert_eq!((capped.page, capped.limit, capped.offset()), (3, 100, 200));
        let far = wanted("page=99999999999999999999999&limit=99999999999999999999999").unwrap();
        assert_eq!((far.limit, far.offset()), (100, usize::MAX));
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
            assert!(
                matches!(wanted(query), Err(SandboxError::Invalid(_))),
                "{query}"
            );
        }
    }
}
