//! `config list`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::table;
use crate::context::Context;

/// Arguments of `config list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config list
  reemo config list --json")]
pub struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let settings = config_file::load(context)?.list();
    table(
        context,
        &["key", "value"],
        settings
            .into_iter()
            .map(|(key, value)| json!({ "key": key, "value": value })),
    )
}
