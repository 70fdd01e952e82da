//! `profile remove`.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::done;
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo profile remove staging")]
pub(crate) struct Args {
    /// The profile to remove from the config file
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let name = &args.name;
    let was_default = config_file::change(context, |file| file.remove_profile(name))?;
    let text = format!("removed profile {name:?}");
    context.terminal.note("profile_removed", &text);
    if was_default {
        let text = format!("{name:?} was the default profile; there is none now");
        context.terminal.note("default_profile", &text);
    }
    done(
        context,
        &json!({ "removed": name, "was_default": was_default }),
    )
}
