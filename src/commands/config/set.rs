//! `config set`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::done;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config set default_profile production
  reemo --profile corp config set api_url https://reemo.example.com/v1
  reemo config set profiles.corp.wire.filter 'filter[{property}]'")]
pub(crate) struct Args {
    /// A setting of the profile, such as api_url or wire.page, or profiles.NAME.SETTING, or default_profile
    #[arg(value_name = "KEY")]
    key: String,
    /// The new value
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    value: String,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let key = super::key(context, &args.key)?;
    config_file::change(context, |file| file.set(&key, &args.value))?;
    context.terminal.note("set", &format!("{key} is set"));
    let object = json!({ "key": key.to_string(), "value": args.value });
    done(context, &object)
}
