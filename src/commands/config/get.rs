//! `config get`.

use anyhow::bail;
use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::value;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo config get api_url
  reemo config get profiles.staging.wire.page")]
pub(crate) struct Args {
    /// A setting of the profile, such as api_url or wire.page, or profiles.NAME.SETTING, or default_profile
    #[arg(value_name = "KEY")]
    key: String,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let key = super::key(context, &args.key)?;
    let Some(text) = config_file::load(context)?.show(&key) else {
        let message = format!("{key} is not set in the config file");
        let hint = Hint::new("for the value in force: ").command(CommandLine::reemo("auth status"));
        bail!(Error::new(ErrorKind::NotFound, message).hint(hint));
    };
    value(
        context,
        &text,
        &json!({ "key": key.to_string(), "value": text }),
    )
}
