//! `computers rename`.

use std::collections::HashSet;

use anyhow::bail;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, Change, ChangeResult, Step};
use crate::commands::computers::input::{Row, table};
use crate::commands::computers::naming::{Resolved, Selector};
use crate::commands::computers::targets::find_all;
use crate::commands::shown::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::{Outcome, Shape};

/// Arguments of `computers rename`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers rename hostname:PAR-WS-01 \"Reception Paris\"
  reemo computers rename \"Reception Paris\" \"Front desk Paris\" --dry-run
  reemo computers rename --from names.csv")]
pub struct Args {
    /// id:UUID, _id:UUID, name:TEXT, hostname:TEXT, a UUID or a name
    #[arg(
        value_name = "COMPUTER",
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    computer: Option<Selector>,
    /// The new name
    #[arg(value_name = "NAME", value_parser = not_blank, required_unless_present = "from")]
    name: Option<String>,
    /// Rename what this csv file lists, in the columns computer and name; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// Change nothing, print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    shown: OutputArgs,
}

fn not_blank(name: &str) -> Result<String, String> {
    if name.trim().is_empty() {
        Err("a computer needs a name".to_owned())
    } else {
        Ok(name.to_owned())
    }
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.shown.check(context)?;
    let (wanted, shape) = wanted(args)?;
    let client = context.client_for_change(args.dry_run)?;
    let (named, names): (Vec<Selector>, Vec<String>) = wanted.into_iter().unzip();
    let step = |((found, named), name): ((Result<Resolved, Error>, &Selector), String)| match found
    {
        Ok(found) if found.computer.name().as_deref() == Some(&name) => {
            Step::Known(Ok((Outcome::Unchanged, found.computer)), named.stand_in())
        }
        Ok(found) => Step::Change(Renaming { found, name }),
        Err(failure) => Step::Known(Err(failure), named.stand_in()),
    };
    let found = find_all(client, &named)?;
    let mut ids = HashSet::new();
    if let Some(twice) = found.iter().flatten().find(|found| !ids.insert(found.id)) {
        bail!(
            Error::new(
                ErrorKind::Usage,
                format!(
                    "the computer {} is to have two names; nothing was renamed",
                    twice.id
                )
            )
            .hint("name each computer once")
        );
    }
    let steps = found.into_iter().zip(&named).zip(names).map(step).collect();
    let bulk = Bulk::new(&args.shown, context, shape, "renamed");
    if args.dry_run {
        bulk.plan(client, steps)
    } else {
        bulk.run(client, steps)
    }
}

fn wanted(args: &Args) -> Result<(Vec<(Selector, String)>, Shape), Error> {
    let Some(path) = &args.from else {
        return Ok((
            args.computer
                .clone()
                .zip(args.name.clone())
                .into_iter()
                .collect(),
            Shape::One,
        ));
    };
    let rows = table(path, &["computer", "name"])?;
    let pair = |row: &Row| {
        let computer = row.cells[0]
            .as_ref()
            .ok_or_else(|| row.wrong("it names no computer"))?;
        let name = row.cells[1]
            .clone()
            .ok_or_else(|| row.wrong("it has no new name"))?;
        Ok((
            computer.parse().map_err(|why: String| row.wrong(why))?,
            name,
        ))
    };
    Ok((
        rows.iter().map(pair).collect::<Result<_, Error>>()?,
        Shape::Many,
    ))
}

/// One computer to rename.
struct Renaming {
    found: Resolved,
    name: String,
}

impl Change for Renaming {
    fn run(&self, client: &Client) -> ChangeResult {
        client
            .rename(self.found.id, &self.found.computer, &self.name, &|_| Ok(()))
            .map(|computer| (Outcome::Renamed, computer))
    }

    fn request(&self) -> Request {
        Request::change(
            "PUT",
            ["computers".to_owned(), self.found.id.to_string()],
            Some(wire::rename_body(&self.name)),
        )
    }

    fn target(&self) -> Computer {
        self.found.computer.clone()
    }
}
