//! The computers of an account: a file per verb, and what the verbs share.

mod ansible;
mod apply;
mod bulk;
pub(super) mod columns;
mod confirm;
mod connect;
mod count;
mod delete;
mod deletion;
mod diff;
mod duplicates;
mod fleet_diff;
mod fleet_plan;
mod get;
mod input;
mod list;
mod open;
mod or_stdin;
mod outage;
mod pick;
mod plan;
mod polling;
pub(super) mod record;
mod rename;
mod renaming;
mod report;
mod rerun;
mod reserve;
mod resolve;
mod saved;
mod search_args;
mod selector;
mod sort;
mod summary;
mod unknown;
mod wait;
mod watch;

use clap::Subcommand;

use crate::context::Context;

/// What can be done with computers.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List computers
    #[command(visible_alias = "ls")]
    List(list::Args),
    /// Count computers, by state or any other property
    Count(count::Args),
    /// Show every property of one computer
    Get(get::Args),
    /// Request short-lived tokens to access a computer with the Reemo WebClient
    Connect(connect::Args),
    /// Reserve _ids before their machines exist
    Reserve(reserve::Args),
    /// Rename a computer
    Rename(rename::Args),
    /// Delete OFFLINE computers
    #[command(visible_alias = "rm")]
    Delete(delete::Args),
    /// Block until computers are online, offline, present or absent
    Wait(wait::Args),
    /// Compare a file with the account, or two files with each other
    Diff(diff::Args),
    /// Show what apply would change
    Plan(plan::Args),
    /// Make the account as a file says: reserve, rename, and with --prune delete
    Apply(apply::Args),
    /// Follow computers and print an event for each change
    Watch(watch::Args),
}

pub(super) fn run(command: Command, context: &Context) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list::run(args, context),
        Command::Count(args) => count::run(&args, context),
        Command::Get(args) => get::run(&args, context),
        Command::Connect(args) => connect::run(&args, context),
        Command::Reserve(args) => reserve::run(&args, context),
        Command::Rename(args) => rename::run(&args, context),
        Command::Delete(args) => delete::run(&args, context),
        Command::Wait(args) => wait::run(&args, context),
        Command::Diff(args) => diff::run(&args, context),
        Command::Plan(args) => plan::run(&args, context),
        Command::Apply(args) => apply::run(&args, context),
        Command::Watch(args) => watch::run(args, context),
    }
}
