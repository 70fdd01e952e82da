//! `config list`.

use serde_json::{Value, json};

use crate::commands::config_file;
use crate::commands::output_args::table;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config list
  reemo config list --json")]
pub(crate) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let in_file = config_file::load(context)?.list().into_iter();
    let in_file = in_file.map(|(key, value)| row(&key, &value, "config file"));
    let in_environment = context.environment.list();
    let in_environment = in_environment.map(|(key, variable, value)| row(key, &value, variable));
    table(
        context,
        &["key", "value", "source"],
        &["key", "value"],
        in_file.chain(in_environment),
    )
}

fn row(key: &str, value: &str, source: &str) -> Value {
    json!({ "key": key, "value": value, "source": source })
}
