//! The config file: a file per verb. The key itself never goes through here.

mod get;
mod list;
mod path;
mod set;
mod unset;

use std::path::PathBuf;

use clap::Subcommand;

use crate::config::{self, Document, SettingKey};
use crate::context::Context;
use crate::model::error::Error;

/// What can be done with the config file.
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

fn file(context: &Context) -> Result<PathBuf, Error> {
    config::config_file(&context.environment)
}

fn document(context: &Context) -> Result<Document, Error> {
    let mut notes = Vec::new();
    let document = Document::load(&file(context)?, &mut notes);
    context.note(&notes);
    document
}

/// A setting as typed; without `profiles.NAME.` it is the selected profile's.
fn key(context: &Context, typed: &str) -> Result<SettingKey, Error> {
    let (profile, _) =
        config::select_profile(&context.flags, &context.environment, &document(context)?)?;
    SettingKey::parse(typed, &profile)
}
