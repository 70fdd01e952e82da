//! `computers plan`.

use crate::commands::computers::fleet_plan::{FleetArgs, Mode};
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};

#[derive(Debug, clap::Args)]
#[command(after_help = "Sends no change: the same as apply --dry-run.

Examples:
  reemo computers plan fleet.csv
  reemo computers plan fleet.csv --exit-code -o jsonl
  reemo computers plan fleet.csv --prune --filter 'name=ci-*'")]
pub(crate) struct Args {
    #[command(flatten)]
    fleet: FleetArgs,
    /// End with exit code 10 if there is something to change
    #[arg(long)]
    exit_code: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let changes = args.fleet.run(Mode::DryRun, context)?;
    if args.exit_code && changes > 0 {
        return Err(Error::new(ErrorKind::Differs, "").into());
    }
    Ok(())
}
