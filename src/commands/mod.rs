//! A file per verb: its arguments, then what it does. The only layer that knows both network and terminal.

mod api;
mod auth;
mod completions;
mod computers;
mod config;
mod config_file;
mod doctor;
mod dry_run;
mod input_file;
mod interrupt;
mod man;
mod output_args;
mod profile;
mod sandbox;

use clap::Subcommand;

use crate::context::Context;

/// The commands at the top of the tree.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List, connect to, reserve, rename, delete and watch computers
    #[command(subcommand, visible_alias = "computer")]
    Computers(computers::Command),
    /// Store, check and remove a secret key
    #[command(subcommand)]
    Auth(auth::Command),
    /// List, select and remove the profiles of the config file
    #[command(subcommand)]
    Profile(profile::Command),
    /// Show and change the config file
    #[command(subcommand)]
    Config(config::Command),
    /// Send a raw request to the API
    Api(api::Args),
    /// Check configuration, network, credentials and how the API answers
    Doctor(doctor::Args),
    /// Run a local demo API for trials and tests
    #[command(subcommand)]
    Sandbox(sandbox::Command),
    /// Print shell completions
    Completions(completions::Args),
    /// Print manual pages
    Man(man::Args),
    /// Print the help of a command
    #[command(after_help = "Examples:
  reemo help
  reemo help computers list")]
    Help {
        /// The command, such as computers list
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
}

/// Runs a command. `tree` makes the clap tree, for what is generated from it.
pub(crate) fn run(
    command: Command,
    context: &Context,
    tree: fn() -> clap::Command,
) -> anyhow::Result<()> {
    match command {
        Command::Computers(command) => computers::run(command, context),
        Command::Auth(command) => auth::run(command, context),
        Command::Profile(command) => profile::run(command, context),
        Command::Config(command) => config::run(command, context),
        Command::Api(args) => api::run(&args, context),
        Command::Doctor(args) => doctor::run(&args, context),
        Command::Sandbox(command) => sandbox::run(command, context),
        Command::Completions(args) => completions::run(&args, context, tree),
        Command::Man(args) => man::run(&args, context, tree),
        // Read as `--help` before any command is run.
        Command::Help { .. } => Ok(()),
    }
}
