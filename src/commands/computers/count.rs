//! `computers count`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::listing::{Proof, Search};
use crate::api::wire;
use crate::commands::computers::search_args::SearchArgs;
use crate::commands::computers::unknown::UnknownProperties;
use crate::commands::output_args::{table, value};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::property::Lookup;
use crate::output::Format;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --by, one row is printed for each combination of values; in JSON formats it is an object with the \
properties and \"count\". A computer that lacks a property counts under an empty value (null in JSON).

Examples:
  reemo computers count
  reemo computers count paris --filter status=ONLINE
  reemo computers count --by status,site
  reemo computers count --filter 'lastSeen<-30d' --json"
)]
pub(crate) struct Args {
    #[command(flatten)]
    search: SearchArgs,
    /// Count for each value of these properties, such as status,site
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', num_args = 1, value_parser = property)]
    by: Vec<String>,
}

fn property(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("expected the names of properties, such as status,site".to_owned()),
        "count" => Err("the column count has the numbers; name a property to count by".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// The number of computers for each combination of values, which are JSON texts.
type Counts = BTreeMap<Vec<String>, u64>;

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    if matches!(
        context.terminal.style().format,
        Format::Id | Format::UnderscoreId
    ) {
        let message = "a count has no ids: use table, wide, json, jsonl or csv";
        return Err(Error::new(ErrorKind::Usage, message).into());
    }
    let counts = count(args, context)?;
    if args.by.is_empty() {
        let count = counts.values().sum::<u64>();
        return value(
            context,
            &count.to_string(),
            &serde_json::json!({ "count": count }),
        );
    }
    let columns: Vec<&str> = args
        .by
        .iter()
        .map(String::as_str)
        .chain(["count"])
        .collect();
    let row = |(mut values, count): (Vec<String>, u64)| {
        values.push(count.to_string());
        let member = |(name, value): (&&str, String)| format!("{}:{value}", Value::from(*name));
        let members: Vec<String> = columns.iter().zip(values).map(member).collect();
        format!("{{{}}}", members.join(","))
    };
    table(context, &columns, &["count"], counts.into_iter().map(row))
}

fn count(args: &Args, context: &Context) -> Result<Counts, Error> {
    let filters = args.search.filters();
    let fits = |computer: &Computer| filters.fit(computer);
    let paths: Vec<_> = args
        .by
        .iter()
        .map(|name| wire::filter_key(name).path)
        .collect();
    let lookup = Lookup::new(&paths);
    let search = Search::new(filters.exact(), &fits);
    let _progress = context.listing_progress();
    context
        .client()?
        .collect(&search, Proof::Plausible, |rows| {
            let mut unknown =
                UnknownProperties::new(filters.keys().chain(args.by.iter().map(String::as_str)));
            let mut counts = Counts::new();
            for computer in rows.by_ref() {
                let computer = computer?;
                unknown.look(&computer);
                if fits(&computer) {
                    let values = lookup.find(computer.text());
                    let text = |value: Option<&str>| value.unwrap_or("null").to_owned();
                    *counts
                        .entry(values.into_iter().map(text).collect())
                        .or_default() += 1;
                }
            }
            rows.warn_unless_proven();
            unknown.tell(context);
            Ok(counts)
        })
}
