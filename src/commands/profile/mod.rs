//! The profiles of the config file: a file per verb.

mod list;
mod remove;
mod r#use;

use clap::Subcommand;

use crate::context::Context;

/// The commands of `profile`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the profiles and where their keys come from
    #[command(visible_alias = "ls")]
    List(list::Args),
    /// Make a profile the default one
    Use(r#use::Args),
    /// Remove a profile and the key stored in it
    #[command(visible_alias = "rm")]
    Remove(remove::Args),
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list::run(&args, context),
        Command::Use(args) => r#use::run(&args, context),
        Command::Remove(args) => remove::run(&args, context),
    }
}
