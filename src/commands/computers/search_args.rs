//! The arguments that say which computers of the account a command reads: texts and filters.

use crate::api::wire;
use crate::model::filter::{Filter, Filters};

/// `TEXT…` and `--filter`.
#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {
    /// Keep computers with this text, ignoring case, in their name, hostname, ip, id or _id; with several texts, all must match
    #[arg(value_name = "TEXT", value_parser = text)]
    texts: Vec<String>,
    /// Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE, KEY~REGEX or KEY<VALUE (<=, >, >=); repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
}

impl SearchArgs {
    /// Returns the filters that a computer must satisfy.
    pub(super) fn filters(&self) -> Filters {
        Filters::new(self.filter.clone(), &self.texts, wire::filter_key)
    }
}

fn text(typed: &str) -> Result<String, String> {
    if typed.is_empty() {
        Err("an empty TEXT matches every computer".to_owned())
    } else {
        Ok(typed.to_owned())
    }
}
