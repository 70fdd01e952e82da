//! The secret key: a file per verb.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::context::Context;

/// What can be done with the secret key.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a secret key and store it
    Login(login::Args),
    /// Say which key and settings are in force, and whether the API accepts them
    Status(status::Args),
    /// Forget the stored key
    Logout(logout::Args),
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Login(args) => login::run(&args, context),
        Command::Status(args) => status::run(&args, context),
        Command::Logout(args) => logout::run(&args, context),
    }
}
