//! `profile use`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::done;
use crate::config::PROFILE;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo profile use production")]
pub(crate) struct Args {
    /// The profile that commands use unless --profile or REEMO_PROFILE selects another one
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    config_file::change(context, |file| file.use_profile(&args.name))?;
    let text = format!("the default profile is {:?}", args.name);
    context.terminal.note("default_profile", &text);
    config_file::note_if_outranked(context, &PROFILE, "the default profile");
    done(context, &json!({ "default_profile": args.name }))
}
