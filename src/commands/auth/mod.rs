//! The secret key: a file per verb.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::context::Context;

/// The commands of `auth`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a secret key and store it
    Login(login::Args),
    /// Show which key and settings are in force, and whether the API accepts the key
    Status(status::Args),
    /// Remove the stored key
    Logout(logout::Args),
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Login(args) => login::run(&args, context),
        Command::Status(args) => status::run(&args, context),
        Command::Logout(args) => logout::run(&args, context),
    }
}
