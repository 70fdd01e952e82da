//! `auth logout`: removes the stored key, and says if there is another one that is still in force.

use serde_json::json;

use crate::commands::config_file;
use crate::commands::output_args::done;
use crate::config::{self, SECRET_KEY, SettingKey};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo auth logout
  reemo --profile staging auth logout")]
pub(crate) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let settings = context.settings()?;
    let profile = &settings.profile.value;
    config::check_storable(profile)?;
    let key = SettingKey::of_profile(profile, &SECRET_KEY);
    let was_stored =
        settings.config_path.is_some() && config_file::change(context, |file| file.unset(&key))?;
    if was_stored {
        let text = format!("removed the key from profile {profile:?}");
        context.terminal.note("logged_out", &text);
    } else {
        let text = format!("profile {profile:?} had no stored key");
        context.terminal.note("not_logged_in", &text);
    }
    // The settings are those from before the change: a stored key is gone, any other is still used.
    if settings.secret.is_there() && !(was_stored && settings.secret.is_stored()) {
        let text = format!("a key is still in force: {}", settings.secret.describe());
        context.terminal.note("key_remains", &text);
    }
    done(
        context,
        &json!({ "profile": profile, "removed": was_stored }),
    )
}
