//! `computers get`.

use crate::commands::computers::pick::{check_named, named_or_picked};
use crate::commands::computers::resolve::{Certainty, resolve_one};
use crate::commands::computers::selector::Selector;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "At a terminal, a list to pick from is shown if COMPUTER is left out.

Examples:
  reemo computers get \"Reception Paris\"
  reemo computers get hostname:PAR-WS-01 --json
  reemo computers get hostname:PAR-WS-01 --jq .ip -r     # for a shell variable
  reemo computers get _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 -o id"
)]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT
    #[arg(value_name = "COMPUTER")]
    computer: Option<Selector>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    check_named(
        args.computer.is_some(),
        context,
        "computers get",
        &["<COMPUTER>"],
    )?;
    args.output.check(context)?;
    let client = context.client()?;
    let computer = named_or_picked(args.computer.as_ref(), context)?;
    let found = resolve_one(client, &computer, Certainty::SHOW)?;
    // A row of a listing may have fewer properties than the computer itself.
    let computer = if found.is_current {
        found.computer
    } else {
        client.get(found.id)?
    };
    Ok(args.output.computer(context, &computer)?)
}
