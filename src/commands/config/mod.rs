//! The config file: a file per verb. The key itself can't be set or read here.

mod get;
mod list;
mod path;
mod set;
mod unset;

use std::path::PathBuf;

use clap::Subcommand;

use crate::config::{self, ConfigFile, SettingKey};
use crate::context::Context;
use crate::model::error::Error;

/// The commands of `config`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print where the config file is
    Path(path::Args),
    /// List all settings in the config file
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

fn path(context: &Context) -> Result<PathBuf, Error> {
    config::config_path(&context.environment)
}

fn file(context: &Context) -> Result<ConfigFile, Error> {
    let mut notes = Vec::new();
    let file = ConfigFile::load(&path(context)?, &mut notes);
    context.note(&notes);
    file
}

/// Reads a setting's name as typed. Without `profiles.NAME.` it belongs to the selected profile.
fn key(context: &Context, typed: &str) -> Result<SettingKey, Error> {
    let file = file(context)?;
    let profile = config::selected_profile(&context.flags, &context.environment, &file)?;
    SettingKey::parse(typed, &profile.value)
}

/// Changes the config file.
fn change<T>(
    context: &Context,
    edit: impl Fn(&mut ConfigFile) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut notes = Vec::new();
    let done = config::change(&path(context)?, &mut notes, edit)?;
    context.note(&notes);
    Ok(done)
}
