//! The config file: a file per verb. The key itself can't be set or read here.

mod get;
mod list;
mod path;
mod set;
mod unset;

use clap::Subcommand;

use crate::commands::config_file;
use crate::config::{self, SettingKey};
use crate::context::Context;
use crate::model::error::Error;

/// The commands of `config`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print where the config file is
    Path(path::Args),
    /// List the settings in the config file and the environment
    List(list::Args),
    /// Print one setting
    Get(get::Args),
    /// Change one setting
    Set(set::Args),
    /// Remove one setting
    Unset(unset::Args),
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Path(args) => path::run(&args, context),
        Command::List(args) => list::run(&args, context),
        Command::Get(args) => get::run(&args, context),
        Command::Set(args) => set::run(&args, context),
        Command::Unset(args) => unset::run(&args, context),
    }
}

/// Reads a setting's name as typed. Without `profiles.NAME.` it belongs to the selected profile.
fn key(context: &Context, typed: &str) -> Result<SettingKey, Error> {
    let file = config_file::load(context)?;
    let profile = config::selected_profile(&context.flags, &context.environment, &file)?;
    SettingKey::parse(typed, &profile.value)
}
