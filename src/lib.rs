//! `reemo` as a library: the one public door of the program, and the sandbox for tests.

mod api;
mod cli;
mod commands;
mod config;
mod context;
mod exit;
mod model;
mod output;
pub mod sandbox;
mod usage;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

use crate::cli::Cli;
use crate::config::Environment;
use crate::context::Context;
use crate::model::failure::Failure;
use crate::output::Screen;

/// Runs one command line, the program's name first; answers the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = Cli::try_parse_from(&arguments);
    let style = parsed.as_ref().map_or_else(|_| usage::style(&arguments), |cli| cli.global.style());
    // Lives as long as the process, since threads of the client speak through it.
    let screen: &'static Screen = Box::leak(Box::new(Screen::new(style)));
    let done = match parsed {
        Ok(cli) => {
            let context = Context::new(screen, cli.global.flags(), Environment::from_process());
            commands::run(cli.command, &context, Cli::command)
        }
        Err(error) => usage::end(&error, screen),
    };
    end(screen, done)
}

/// What was printed is handed over before a failure is told, so that the error is the last line.
fn end(screen: &Screen, done: Result<(), Failure>) -> u8 {
    match done.and(screen.finish()) {
        Ok(()) => 0,
        Err(failure) => {
            let _ = screen.finish();
            screen.failure(&failure);
            exit::row(failure.kind).exit
        }
    }
}
