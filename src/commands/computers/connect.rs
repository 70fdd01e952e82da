//! `computers connect`.

use std::path::PathBuf;

use crate::api::request::Request;
use crate::commands::computers::dry_run::show;
use crate::commands::computers::resolve::{Certainty, resolve_one};
use crate::commands::computers::selector::Selector;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::fs::{atomic_write, check_writable};
use crate::model::computer::Computer;
use crate::model::error::Error;

/// Arguments of `computers connect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers connect \"Reception Paris\" --json
  reemo computers connect hostname:PAR-WS-01 --out computer.json
  reemo computers connect hostname:PAR-WS-01 --dry-run")]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT
    #[arg(value_name = "COMPUTER")]
    computer: Selector,
    /// Write the object to this file, readable only by you
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Send nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    if let Some(path) = &args.out {
        check_writable(path).map_err(Error::from)?;
    }
    let client = context.client_for_change(args.dry_run)?;
    let found = resolve_one(client, &args.computer, Certainty::CHANGE)?;
    if args.dry_run {
        let request = Request::change(
            "POST",
            [
                "computers".to_owned(),
                found.id.to_string(),
                "connect".to_owned(),
            ],
            None,
        );
        return show(&args.output, context, client, &request);
    }
    let computer = client.connect(found.id)?;
    let given = |failure: Error| {
        failure.detail(format!(
            "tokens were issued for id:{} and expire soon",
            found.id
        ))
    };
    Ok(hand_out(args, context, &computer).map_err(given)?)
}

fn hand_out(args: &Args, context: &Context, computer: &Computer) -> Result<(), Error> {
    let Some(path) = &args.out else {
        args.output.computer(context, computer)?;
        return context.terminal.finish();
    };
    atomic_write(path, format!("{}\n", computer.text()).as_bytes(), 0o600)?;
    context.terminal.note(
        "written",
        &format!("the tokens are in {} and expire soon", path.display()),
    );
    Ok(())
}
