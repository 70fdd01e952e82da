//! The public API of the crate: running the program, and the sandbox for tests.

#![cfg_attr(
    test,
    allow(
        clippy::too_many_lines,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::float_cmp,
        reason = "tables of cases are long, and numbers in tests are known"
    )
)]

mod api;
mod cli;
mod commands;
mod config;
mod context;
mod exit;
mod fs;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[allow(
    clippy::expect_used,
    reason = "a failed check ends the fuzzer and the test"
)]
pub mod fuzzing;
mod model;
mod output;
pub mod sandbox;
mod sync;
mod usage;
mod webclient;

use std::ffi::OsString;
use std::io::IsTerminal;

use clap::{CommandFactory, Parser};

use crate::cli::Cli;
use crate::commands::Command;
use crate::config::{Defaults, Environment};
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::output::Terminal;

/// Runs one command line, which begins with the program's name. Returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    disable_core_dumps();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|word| word == output::WORKER) {
        return u8::from(output::serve_jq().is_err());
    }
    let (arguments, parsed) = parse(arguments);
    let environment = Environment::from_process();
    let defaults = match &parsed {
        Ok(cli) if std::io::stdout().is_terminal() => {
            config::terminal_defaults(&cli.global.flags(), &environment)
        }
        _ => Ok(Defaults::default()),
    };
    let style = parsed.as_ref().map_or_else(
        |_| usage::style(&arguments),
        |cli| {
            let profile = config::chosen_profile(&cli.global.flags(), &environment);
            let format = defaults.as_ref().ok().and_then(|defaults| defaults.output);
            cli.global.style(profile, format)
        },
    );
    // Lives as long as the process, because threads of the client print notes.
    let terminal: &'static Terminal = Box::leak(Box::new(Terminal::new(style)));
    let done = match parsed {
        Ok(cli) => defaults.and_then(|defaults| {
            let context = Context::new(terminal, cli.global.flags(), environment, defaults);
            run_command(cli, &context, &arguments)
        }),
        Err(error) => usage::end(&error, &arguments, Cli::command(), terminal),
    };
    end(terminal, done)
}

/// Parses a command line. `help computers list` is read as `computers list --help`.
fn parse(mut arguments: Vec<OsString>) -> (Vec<OsString>, Result<Cli, clap::Error>) {
    let mut parsed = Cli::try_parse_from(&arguments);
    let is_help = |cli: &Cli| matches!(cli.command, Command::Help { .. });
    if parsed.as_ref().is_ok_and(is_help)
        && let Some(place) = arguments.iter().position(|word| word == "help")
    {
        arguments.remove(place);
        arguments.push("--help".into());
        parsed = Cli::try_parse_from(&arguments);
    }
    (arguments, parsed)
}

/// Runs the command. A usage error without a hint of its own names the command's help.
fn run_command(cli: Cli, context: &Context, arguments: &[OsString]) -> Result<(), Error> {
    let done = cli
        .global
        .check(&cli.command)
        .and_then(|()| commands::run(cli.command, context, Cli::command).map_err(known));
    done.map_err(|failure| match (failure.kind, &failure.hint) {
        (ErrorKind::Usage, None) => failure.hint(usage::help_of(arguments, &Cli::command())),
        _ => failure,
    })
}

/// Keeps the secret key in this process: no core dump contains it, and no other process of the same user can read the memory
/// or the environment. If the system can't do that, the program runs all the same.
fn disable_core_dumps() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Returns the typed error inside an error. Any other error is unexpected, and its causes become details.
fn known(error: anyhow::Error) -> Error {
    error.downcast::<Error>().unwrap_or_else(|error| {
        let causes = error
            .chain()
            .skip(1)
            .map(|cause| format!("because: {cause}"));
        causes.fold(
            Error::new(ErrorKind::Unexpected, error.to_string()),
            Error::detail,
        )
    })
}

/// Flushes the output, then prints the error, so that it is the last line. Returns the exit code.
fn end(terminal: &Terminal, done: Result<(), Error>) -> u8 {
    match done.and(terminal.finish()) {
        Ok(()) => 0,
        Err(failure) => {
            let _ = terminal.finish();
            // A key may have been typed in the wrong place, and a usage error is printed before any setting is read.
            for secret in config::known_secrets(&Environment::from_process()) {
                terminal.hide(&secret);
            }
            // Without a message, what was printed says it all.
            if !failure.message.is_empty() {
                terminal.failure(&failure);
            }
            exit::code(failure.kind).1
        }
    }
}
