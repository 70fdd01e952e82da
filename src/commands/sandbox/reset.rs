//! `sandbox reset`.

use serde_json::json;

use crate::commands::output_args::done;
use crate::commands::sandbox::{FleetArgs, failure};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo sandbox reset
  reemo sandbox reset --computers 1000")]
pub(crate) struct Args {
    #[command(flatten)]
    fleet: FleetArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let computers = args.fleet.store()?.reset().map_err(failure)?;
    context.terminal.note(
        "reset",
        &format!("restored the demo fleet of {computers} computers"),
    );
    done(context, &json!({ "computers": computers }))
}
