//! `auth logout`: forgets the stored key; a key from elsewhere is named, since it stays.

use crate::config;
use crate::context::Context;

/// Arguments of `auth logout`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo auth logout
  reemo --profile staging auth logout")]
pub struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let settings = context.settings()?;
    config::check_storable(&settings.profile)?;
    let mut notes = Vec::new();
    let forgotten = match &settings.config_path {
        Some(path) => config::forget_secret(path, &settings.profile, &mut notes)?,
        None => false,
    };
    context.note(&notes);
    if forgotten {
        context.terminal.note(
            "logged_out",
            &format!("the key of profile {} is forgotten", settings.profile),
        );
    } else {
        context.terminal.note(
            "not_logged_in",
            &format!("profile {} had no stored key", settings.profile),
        );
    }
    // A settings' source of the stored kind is gone now; any other goes on to work.
    if settings.secret.is_there() && !(forgotten && settings.secret.is_stored()) {
        context.terminal.note(
            "key_remains",
            &format!("a key is still in force: {}", settings.secret.describe()),
        );
    }
    Ok(())
}
