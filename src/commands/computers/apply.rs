//! `computers apply`.

use crate::commands::computers::fleet_plan::{FleetArgs, Mode};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reserves each _id that the account lacks, then renames computers whose name differs, then with --prune deletes the OFFLINE \
computers that the file lacks. Where that was done already, nothing is sent.

Examples:
  reemo computers apply fleet.csv
  reemo computers apply fleet.csv --dry-run
  reemo computers apply fleet.csv --prune --filter 'name=ci-*' --max 20 --yes"
)]
pub(crate) struct Args {
    #[command(flatten)]
    fleet: FleetArgs,
    /// Delete without a confirmation
    #[arg(short, long)]
    yes: bool,
    /// Change nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let mode = match args {
        Args { dry_run: true, .. } => Mode::DryRun,
        Args { yes: true, .. } => Mode::Confirmed,
        _ => Mode::Ask,
    };
    args.fleet.run(mode, context).map(drop)
}
