//! Columns: a header and where its value is found.

use crate::model::format::Format;
use crate::model::property::PropertyPath;

/// One column of a table or of csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// The name as in `--columns`, and as csv's header; tables show it in upper case.
    pub name: String,
    /// Where a row has its value.
    pub path: PropertyPath,
}

impl Column {
    /// A column of that name.
    pub(crate) fn new(name: impl Into<String>, path: PropertyPath) -> Self {
        Self {
            name: name.into(),
            path,
        }
    }
}

/// The columns of computers: those chosen, else the format's own. `path` says where a property is found.
pub(crate) fn computer_columns(
    format: Format,
    chosen: Option<&[String]>,
    path: impl Fn(&str) -> PropertyPath,
) -> Vec<Column> {
    let own: &[&str] = match format {
        Format::Table => &["name", "hostname", "ip", "status", "id"],
        Format::Wide => &["name", "hostname", "ip", "status", "id", "_id"],
        _ => &["id", "_id", "name", "hostname", "ip", "status"],
    };
    named(own, chosen, path)
}

/// The columns of records of changes; all but `outcome` and `error` are the computer's properties.
pub(crate) fn record_columns(
    format: Format,
    chosen: Option<&[String]>,
    path: impl Fn(&str) -> PropertyPath,
) -> Vec<Column> {
    let own: &[&str] = match format {
        Format::Table => &["outcome", "name", "_id", "id", "error"],
        Format::Wide => &[
            "outcome", "name", "hostname", "ip", "status", "_id", "id", "error",
        ],
        _ => &[
            "outcome", "id", "_id", "name", "hostname", "ip", "status", "error",
        ],
    };
    named(own, chosen, |name| match name {
        "outcome" => PropertyPath::new("outcome"),
        "error" => PropertyPath::new("error.message"),
        property => path(property).within("computer"),
    })
}

fn named(
    own: &[&str],
    chosen: Option<&[String]>,
    path: impl Fn(&str) -> PropertyPath,
) -> Vec<Column> {
    let column = |name: &str| Column::new(name, path(name));
    match chosen {
        Some(names) => names.iter().map(|name| column(name)).collect(),
        None => own.iter().copied().map(column).collect(),
    }
}
