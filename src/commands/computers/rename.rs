//! `computers rename`.

use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::dry_run::show;
use crate::commands::computers::naming::{Named, find};
use crate::commands::shown::Shown;
use crate::context::Context;
use crate::output::{Outcome, Record, Shape};

/// Arguments of `computers rename`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers rename hostname:PAR-WS-01 \"Reception Paris\"
  reemo computers rename \"Reception Paris\" \"Front desk Paris\" --dry-run")]
pub struct Args {
    /// id:UUID, _id:UUID, name:TEXT, hostname:TEXT, a UUID or a name
    #[arg(value_name = "COMPUTER")]
    computer: Named,
    /// The new name
    #[arg(value_name = "NAME", value_parser = not_blank)]
    name: String,
    /// Change nothing, print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    shown: Shown,
}

fn not_blank(name: &str) -> Result<String, String> {
    if name.trim().is_empty() { Err("a computer needs a name".to_owned()) } else { Ok(name.to_owned()) }
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.shown.check(context)?;
    let client = context.client_for_change(args.dry_run)?;
    let found = find(client, &args.computer)?;
    if found.computer.name().as_deref() == Some(&args.name) {
        return args.shown.record(context, &Record::done(Outcome::Unchanged, found.computer));
    }
    if args.dry_run {
        let path = ["computers".to_owned(), found.id.to_string()];
        let request = Request::change("PUT", path, Some(wire::rename_body(&args.name)));
        return show(&args.shown, context, client, Shape::One, &[request]);
    }
    let renamed = client.rename(found.id, &found.computer, &args.name)?;
    args.shown.record(context, &Record::done(Outcome::Renamed, renamed))
}
