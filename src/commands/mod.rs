//! A file per verb: its arguments, then what it does. The only layer that knows both network and terminal.

mod api;
mod auth;
mod change_journal;
mod completions;
mod computers;
mod config;
mod config_file;
mod doctor;
mod dry_run;
mod input_file;
mod interrupt;
mod journal;
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
    #[command(
        subcommand,
        visible_alias = "computer",
        after_help = "Examples:
  reemo computers list --filter status=OFFLINE
  reemo computers get \"Reception Paris\"
  reemo computers connect PAR-WS-01 --open
  reemo computers wait PAR-WS-01 PAR-WS-02 --for online
  reemo computers diff monday.json tuesday.json"
    )]
    Computers(computers::Command),
    /// Store, check and remove a secret key
    #[command(
        subcommand,
        after_help = "Examples:
  reemo auth login
  reemo --profile staging auth login     # a second account
  reemo auth status"
    )]
    Auth(auth::Command),
    /// List, select and remove the profiles of the config file
    #[command(
        subcommand,
        after_help = "A profile is an account: its key, the API and other settings. Logging in with --profile adds one.

Examples:
  reemo --profile staging auth login
  reemo --profile staging computers list
  reemo profile list
  reemo profile use staging"
    )]
    Profile(profile::Command),
    /// Show and change the config file
    #[command(
        subcommand,
        after_help = "Examples:
  reemo config list
  reemo config set request_timeout 1m
  reemo --profile staging config set access read"
    )]
    Config(config::Command),
    /// Send a raw request to the API
    Api(api::Args),
    /// Show the changes that were made from this machine
    Journal(journal::Args),
    /// Check configuration, network, credentials and how the API answers
    Doctor(doctor::Args),
    /// Run a local demo API for trials and tests
    #[command(
        subcommand,
        after_help = "Examples:
  reemo --profile sandbox computers list
  reemo sandbox serve --computers 1000
  reemo sandbox offline PAR-WS-01
  reemo sandbox reset"
    )]
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

impl Command {
    /// Whether the command can print an inventory of Ansible.
    pub(crate) fn has_inventory(&self) -> bool {
        matches!(self, Self::Computers(computers::Command::List(_)))
    }
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
        Command::Journal(args) => journal::run(&args, context),
        Command::Doctor(args) => doctor::run(&args, context),
        Command::Sandbox(command) => sandbox::run(command, context),
        Command::Completions(args) => completions::run(&args, context, tree),
        Command::Man(args) => man::run(&args, context, tree),
        // Read as `--help` before any command is run.
        Command::Help { .. } => Ok(()),
    }
}
