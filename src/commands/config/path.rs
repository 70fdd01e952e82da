//! `config path`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::value;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config path")]
pub(crate) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let path = config_file::path(context)?.display().to_string();
    value(context, &path, &json!({ "path": path }))
}
