//! `computers rename`.

use std::collections::HashSet;

use anyhow::bail;
use uuid::Uuid;

use crate::commands::computers::bulk::{Bulk, Planned};
use crate::commands::computers::input::{COMPUTER_COLUMNS, InputRow, in_file, table};
use crate::commands::computers::pick::{check_named, named_or_picked};
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::renaming::Renaming;
use crate::commands::computers::rerun::Rerun;
use crate::commands::computers::resolve::{Certainty, resolve};
use crate::commands::computers::selector::Selector;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::output::Shape;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "At a terminal, a list to pick from is shown if COMPUTER and NAME are left out.

Examples:
  reemo computers rename hostname:PAR-WS-01 \"Reception Paris\"
  reemo computers rename \"Reception Paris\" \"Front desk Paris\" --dry-run
  reemo computers list -o csv --columns id,name > names.csv   # edit it
  reemo computers rename --from names.csv --dry-run
  reemo computers rename --from names.csv"
)]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT
    #[arg(value_name = "COMPUTER", requires = "name", conflicts_with = "from")]
    computer: Option<Selector>,
    /// The new name
    #[arg(value_name = "NAME", value_parser = not_blank)]
    name: Option<String>,
    /// Rename the computers in a csv file with a column name and at least one of computer, id, _id and hostname; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// Rename nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

fn not_blank(name: &str) -> Result<String, String> {
    if name.trim().is_empty() {
        Err("a computer needs a name".to_owned())
    } else {
        Ok(name.to_owned())
    }
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let is_named = args.computer.is_some() || args.from.is_some();
    let missing = ["<COMPUTER>", "<NAME>"];
    check_named(is_named, context, "computers rename", &missing)?;
    args.output.check(context)?;
    let (wanted, shape) = wanted(args, context)?;
    let client = context.client_for_change(args.dry_run)?;
    let (selectors, names): (Vec<Selector>, Vec<NewName>) = wanted.into_iter().unzip();
    let found = resolve(client, &selectors, Certainty::CHANGE)?;
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    for ((found, selector), new) in found.into_iter().zip(&selectors).zip(names) {
        targets.push(match found {
            Err(error) => Planned::Known(Record::failed(error, selector.stand_in())),
            Ok(chosen) if !ids.insert(chosen.id) => bail!(listed_twice(chosen.id)),
            Ok(chosen) if chosen.computer.name().unwrap_or_default() == new.name => {
                Planned::Known(Record::new(Outcome::Unchanged, chosen.computer))
            }
            Ok(_) if new.name.is_empty() => {
                let message = format!("line {}: the new name is missing", new.line);
                let path = args.from.as_deref().unwrap_or_default();
                bail!(in_file(path)(Error::new(ErrorKind::Usage, message)));
            }
            Ok(chosen) => Planned::Change(Renaming {
                chosen,
                name: new.name,
            }),
        });
    }
    let bulk = Bulk {
        context,
        output: &args.output,
        shape,
        rerun: Rerun::Continues(None),
        dry_run: args.dry_run,
    };
    bulk.run(client, targets)
}

/// A new name, and the line of the file that gives it.
struct NewName {
    /// Empty where an exported row has none because its computer has no name.
    name: String,
    line: usize,
}

fn wanted(args: &Args, context: &Context) -> Result<(Vec<(Selector, NewName)>, Shape), Error> {
    let Some(path) = &args.from else {
        if args.computer.is_none() {
            context.client_for_change(args.dry_run)?;
        }
        let computer = named_or_picked(args.computer.as_ref(), context)?;
        let name = match &args.name {
            Some(name) => name.clone(),
            None => not_blank(&context.terminal.prompt("New name: ")?)
                .map_err(|message| Error::new(ErrorKind::Usage, message))?,
        };
        return Ok((vec![(computer, NewName { name, line: 0 })], Shape::One));
    };
    let columns = [&COMPUTER_COLUMNS[..], &["name"]].concat();
    let needed: [&[&str]; 2] = [&COMPUTER_COLUMNS, &["name"]];
    Ok((
        table(path, &columns, &needed, context, from_row)?,
        Shape::Many,
    ))
}

fn from_row(row: &InputRow) -> Result<(Selector, NewName), Error> {
    let (selector, name) = (row.selector()?, row.cells[COMPUTER_COLUMNS.len()].clone());
    // An export, which names computers by their ids, has computers without a name.
    if name.is_none() && row.cells[0].is_some() {
        return Err(row.error("the new name is missing"));
    }
    let name = name.unwrap_or_default();
    let line = row.line;
    Ok((selector, NewName { name, line }))
}

fn listed_twice(id: Uuid) -> Error {
    let message = format!("the computer {id} is listed with two new names; nothing was renamed");
    Error::new(ErrorKind::Usage, message).hint("list each computer once")
}
