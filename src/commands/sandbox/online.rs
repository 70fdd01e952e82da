//! `sandbox online` and `sandbox offline`.

use crate::commands::output_args::OutputArgs;
use crate::commands::sandbox::{FleetArgs, computer};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo sandbox online PAR-WS-01
  reemo sandbox offline \"Reception Paris\"")]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT
    #[arg(value_name = "COMPUTER")]
    computer: String,
    #[command(flatten)]
    fleet: FleetArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context, online: bool) -> anyhow::Result<()> {
    args.output.check(context)?;
    Ok(args.output.computer(
        context,
        &computer(args.fleet.store()?.switch(&args.computer, online))?,
    )?)
}
