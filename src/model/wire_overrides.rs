//! A profile's `[wire]` table, as plain data between the config that reads it and the wire that uses it.

/// The query names that differ from the default on one instance. `None` keeps the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WireOverrides {
    /// The parameter that carries the page number.
    pub page: Option<String>,
    /// The parameter that carries the page size.
    pub limit: Option<String>,
    /// The number of the first page.
    pub first_page: Option<u64>,
    /// A template with `{property}`, or empty to filter on this side alone.
    pub filter: Option<String>,
}
