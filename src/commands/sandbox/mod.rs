//! The embedded API: serving it to other clients, and simulating the machines behind it. A file per verb.

mod online;
mod register;
mod reset;
mod serve;

use clap::Subcommand;

use crate::config;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::sandbox::{SandboxError, Store};

/// What can be done with the sandbox.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API to other clients until Ctrl-C
    Serve(serve::Args),
    /// Restore the demo fleet
    Reset(reset::Args),
    /// Simulate the Reemo Service starting on a machine with a reserved _id
    Register(register::Args),
    /// Switch a computer ONLINE
    Online(online::Args),
    /// Switch a computer OFFLINE
    Offline(online::Args),
}

/// Selects one of the sandbox's fleets.
#[derive(Debug, clap::Args)]
pub(super) struct FleetArgs {
    /// Use the demo fleet of N computers; each size keeps its own changes
    #[arg(long, value_name = "N", default_value_t = crate::sandbox::DEFAULT_COMPUTERS, value_parser = crate::model::argument::whole_number(0..=crate::sandbox::MAX_COMPUTERS))]
    computers: usize,
}

impl FleetArgs {
    fn store(&self) -> Result<Store, Error> {
        Store::open(&config::sandbox_folder()?, self.computers).map_err(failure)
    }
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::Serve(args) => serve::run(&args, context),
        Command::Reset(args) => reset::run(&args, context),
        Command::Register(args) => register::run(&args, context),
        Command::Online(args) => online::run(&args, context, true),
        Command::Offline(args) => online::run(&args, context, false),
    }
}

fn failure(error: SandboxError) -> Error {
    let kind = match &error {
        SandboxError::NotFound(_) => ErrorKind::NotFound,
        SandboxError::Ambiguous(_) => ErrorKind::Ambiguous,
        SandboxError::Invalid(_) => ErrorKind::Usage,
        SandboxError::Refused(_) | SandboxError::Locked(_) => ErrorKind::Conflict,
        SandboxError::State(_) => ErrorKind::Config,
        _ => ErrorKind::Unexpected,
    };
    let failure = Error::new(kind, error.to_string());
    if let SandboxError::Locked(_) = error {
        return failure.hint("wait for the other command to end, then run this one again");
    }
    match kind {
        ErrorKind::NotFound => {
            failure.hint(CommandLine::reemo("computers list").in_profile("sandbox"))
        }
        ErrorKind::Config => failure.hint(CommandLine::reemo("sandbox reset").in_any_profile()),
        _ => failure,
    }
}

fn computer(text: Result<String, SandboxError>) -> Result<Computer, Error> {
    text.map(Computer::new).map_err(failure)
}
