//! The names that an instance may use for what the API's reference leaves open: they are tried one after the other.

/// Parameters that may carry the page size.
pub(crate) const LIMITS: [&str; 8] = [
    "limit",
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "size",
    "count",
    "take",
];

/// Parameters that may carry the page number.
pub(crate) const PAGES: [&str; 5] = ["page", "p", "page_number", "pageNumber", "pageNo"];

/// Parameters that may carry the number of computers to skip. This program can't page by them.
pub(crate) const OFFSETS: [&str; 3] = ["offset", "skip", "start"];

/// Forms that a filter may have, as `wire.filter` writes them.
pub(crate) const FILTERS: [&str; 3] = ["{property}", "filter[{property}]", "filter.{property}"];

/// A parameter that no API knows: what happens to it happens to every unknown parameter.
pub(crate) const CONTROL: &str = "reemo_doctor";

/// A name that no computer has.
pub(crate) const NO_SUCH_NAME: &str = "reemo-doctor: no computer has this name";
