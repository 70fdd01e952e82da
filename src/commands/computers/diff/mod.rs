//! `computers diff`.

mod difference;
mod listings;

use crate::commands::computers::diff::difference::{Difference, Kind};
use crate::commands::computers::fleet_diff::compare;
use crate::commands::computers::saved::{FleetRow, read_fleet, read_listing};
use crate::commands::computers::unknown::UnknownProperties;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "With one file, its rows are compared with the account by _id: missing, renamed, extra (what apply would change). With two \
files, computers are compared by id: added, removed, changed. The account and the key are not used then.

Examples:
  reemo computers list --json > monday.json
  reemo computers diff fleet.csv
  reemo computers diff fleet.csv --exit-code
  reemo computers diff monday.json tuesday.json
  reemo computers diff monday.json tuesday.json --properties name,ip -o csv"
)]
pub(crate) struct Args {
    /// A file with computers, as list prints them: csv, json or jsonl; - reads standard input
    #[arg(value_name = "OLD")]
    old: String,
    /// A later file to compare it with [default: the account as it is now]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Compare these properties alone [default: all but those that always move, such as lastSeen]
    #[arg(
        long,
        value_name = "A,B,C",
        value_delimiter = ',',
        num_args = 1,
        requires = "new"
    )]
    properties: Vec<String>,
    /// End with exit code 10 if there are differences
    #[arg(long)]
    exit_code: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let differences = match &args.new {
        Some(new) => between_files(args, new, context)?,
        None => from_account(args, context)?,
    };
    difference::print(&differences, context)?;
    if args.exit_code && !differences.is_empty() {
        return Err(Error::new(ErrorKind::Differs, "").into());
    }
    Ok(())
}

fn between_files(args: &Args, new: &str, context: &Context) -> Result<Vec<Difference>, Error> {
    if args.old == "-" && new == "-" {
        let message = "standard input can be only one of the two files";
        return Err(Error::new(ErrorKind::Usage, message));
    }
    let old = read_listing(&args.old, "id", context)?;
    let new = read_listing(new, "id", context)?;
    let named = args.properties.iter().map(String::as_str);
    let mut unknown = UnknownProperties::new(named.filter(|name| *name != listings::ALL));
    let rows = old.rows.iter().chain(&new.rows);
    rows.for_each(|row| unknown.look(&row.computer));
    unknown.tell(context);
    Ok(listings::compare(&old, &new, &args.properties))
}

fn from_account(args: &Args, context: &Context) -> Result<Vec<Difference>, Error> {
    let rows = read_fleet(&args.old, context)?;
    let client = context.client()?;
    let progress = context.listing_progress();
    let diff = compare(client, &rows)?;
    drop(progress);
    if diff.incomparable > 0 {
        context
            .terminal
            .note("incomparable", &diff.incomparable_text());
    }
    let missing = diff.missing.iter().map(FleetRow::reserved);
    let missing = missing.map(|computer| Difference::new(Kind::Missing, computer));
    let renamed = diff.renamed.iter().map(|(computer, row)| {
        let name = serde_json::Value::from(row.name.as_deref()).to_string();
        let old = computer.raw(&"name".into()).unwrap_or("null").to_owned();
        Difference {
            change: Some(("name".to_owned(), old, name)),
            ..Difference::new(Kind::Renamed, computer.clone())
        }
    });
    let extra = diff.extra.iter().cloned();
    let extra = extra.map(|computer| Difference::new(Kind::Extra, computer));
    Ok(missing.chain(renamed).chain(extra).collect())
}
