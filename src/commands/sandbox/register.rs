//! `sandbox register`.

use crate::commands::output_args::OutputArgs;
use crate::commands::sandbox::{FleetArgs, computer};
use crate::context::Context;
use crate::model::argument::UuidArg;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo sandbox register 3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
pub(crate) struct Args {
    /// The reserved _id
    #[arg(value_name = "_ID")]
    id: UuidArg,
    #[command(flatten)]
    fleet: FleetArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    Ok(args
        .output
        .computer(context, &computer(args.fleet.store()?.register(args.id.0))?)?)
}
