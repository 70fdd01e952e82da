//! `profile list`.

use serde_json::{Value, json};

use crate::commands::config_file;
use crate::commands::output_args::table;
use crate::config::{self, ACCESS, ConfigFile, SANDBOX};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo profile list
  reemo profile list --json")]
pub(crate) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let file = config_file::load(context)?;
    let selected = config::selected_profile(&context.flags, &context.environment, &file)?;
    let names = file.profile_names().chain([SANDBOX]);
    table(
        context,
        &["name", "selected", "api_url", "secret_key", "access"],
        &["name", "selected", "access"],
        names.map(|name| row(&file, name, name == selected.value)),
    )
}

fn row(file: &ConfigFile, name: &str, is_selected: bool) -> Value {
    let is_sandbox = name == SANDBOX;
    let api_url = (!is_sandbox).then(|| file.api_url(name));
    let is_read_only = file.get(name, &ACCESS) == Some(false);
    json!({
        "name": name,
        "selected": is_selected,
        "api_url": api_url.map(|url| url.to_string()),
        "secret_key": file.key_settings(name).first(),
        "access": config::access_name(is_read_only),
    })
}
