//! The config file, as the commands that show or change it use it.

use std::path::PathBuf;

use crate::config::{self, AnySetting, ConfigFile};
use crate::context::Context;
use crate::model::error::Error;

/// Returns the path of the config file.
///
/// # Errors
/// [`ErrorKind::Config`](crate::model::error::ErrorKind::Config) if there is no place for one.
pub(super) fn path(context: &Context) -> Result<PathBuf, Error> {
    config::config_path(&context.environment)
}

/// Reads the config file.
pub(super) fn load(context: &Context) -> Result<ConfigFile, Error> {
    let mut notes = Vec::new();
    let file = ConfigFile::load(&path(context)?, &mut notes);
    context.note(&notes);
    file
}

/// Changes the config file.
pub(super) fn change<T>(
    context: &Context,
    edit: impl Fn(&mut ConfigFile) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut notes = Vec::new();
    let done = config::change(&path(context)?, &mut notes, edit)?;
    context.note(&notes);
    Ok(done)
}

/// Tells the user if the environment sets what was just stored in the file as `stored`, and so takes precedence over it.
pub(super) fn note_if_outranked(context: &Context, setting: &dyn AnySetting, stored: &str) {
    if let Some(variable) = setting.variable()
        && context.environment.has(setting)
    {
        let text = format!("{variable} is set and takes precedence over {stored}");
        context.terminal.note("environment_goes_first", &text);
    }
}
