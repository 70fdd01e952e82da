//! `config unset`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::done;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config unset wire.page
  reemo config unset profiles.corp.api_url")]
pub(crate) struct Args {
    /// A setting of the profile, such as api_url or wire.page, or profiles.NAME.SETTING, or default_profile
    #[arg(value_name = "KEY")]
    key: String,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let key = super::key(context, &args.key)?;
    let was_set = config_file::change(context, |file| file.unset(&key))?;
    let text = if was_set {
        format!("{key} is no longer set")
    } else {
        format!("{key} was not set")
    };
    context.terminal.note("unset", &text);
    let object = json!({ "key": key.to_string(), "was_set": was_set });
    done(context, &object)
}
