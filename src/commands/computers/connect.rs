//! `computers connect`.

use std::path::{Path, PathBuf};

use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::open;
use crate::commands::computers::pick::{check_named, named_or_picked};
use crate::commands::computers::resolve::{Certainty, resolve_one};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::summary::selector;
use crate::commands::dry_run::show;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::fs::{atomic_write, check_writable};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// What `--out` takes for standard output.
const STANDARD_OUTPUT: &str = "-";

#[derive(Debug, clap::Args)]
#[command(
    after_help = "At a terminal, a list to pick from is shown if COMPUTER is left out.

Examples:
  reemo computers connect \"Reception Paris\" --open
  reemo computers connect \"Reception Paris\" --json
  reemo computers connect hostname:PAR-WS-01 --out computer.json
  reemo computers connect hostname:PAR-WS-01 --out -
  reemo computers connect hostname:PAR-WS-01 --dry-run"
)]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT
    #[arg(value_name = "COMPUTER")]
    computer: Option<Selector>,
    /// Write the object with the tokens to this file, readable only by you; - is standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Open the desktop in a browser, and stay until its page is closed
    #[arg(long, conflicts_with = "out")]
    open: bool,
    /// With --open, print the page's URL and start no browser
    #[arg(long, requires = "open")]
    no_browser: bool,
    /// Send nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    check_named(
        args.computer.is_some(),
        context,
        "computers connect",
        &["<COMPUTER>"],
    )?;
    args.output.check(context)?;
    if args.open {
        open::check_format(context)?;
    }
    let out = args
        .out
        .as_deref()
        .filter(|path| path.as_os_str() != STANDARD_OUTPUT);
    if let Some(path) = out {
        check_writable(path).map_err(Error::from)?;
    }
    let client = context.client_for_change(args.dry_run)?;
    let computer = named_or_picked(args.computer.as_ref(), context)?;
    let found = resolve_one(client, &computer, Certainty::CHANGE)?;
    if args.dry_run {
        return show(&args.output, context, client, &Request::connect(found.id));
    }
    if args.open {
        return Ok(open::open(context, client, &found, args.no_browser)?);
    }
    let connected = client
        .connect(found.id)
        .map_err(|error| hint_at_waiting(error, &found.computer))?;
    let printed = match out {
        Some(path) => write(path, &connected, context),
        None => print(args, &found.computer, &connected, context),
    };
    let issued = |failure: Error| {
        failure.detail(format!(
            "tokens were issued for id:{} and expire soon",
            found.id
        ))
    };
    Ok(printed.map_err(issued)?)
}

/// Says how to wait for a computer that can't be connected to because it is OFFLINE.
fn hint_at_waiting(error: Error, computer: &Computer) -> Error {
    match selector(computer) {
        Some(selector) if error.kind == ErrorKind::Conflict && wire::is_offline(computer) => {
            let wait = CommandLine::reemo("computers wait").arg(selector);
            error.hint(
                Hint::new("wait until it is online: ").command(wait.arg("--for").arg("online")),
            )
        }
        _ => error,
    }
}

fn write(path: &Path, connected: &Computer, context: &Context) -> Result<(), Error> {
    atomic_write(path, format!("{}\n", connected.text()).as_bytes(), 0o600)?;
    let path = path.display();
    let terminal = context.terminal;
    terminal.note(
        "written",
        &format!("the tokens are in {path} and expire soon"),
    );
    terminal.next_step(format!(
        "pass the object in {path} to connect() of the Reemo WebClient"
    ));
    Ok(())
}

/// Prints the object if that was asked for. Otherwise the computer is shown as it was before, without the tokens: they are
/// secrets, and a terminal or the log of a job keeps them.
fn print(
    args: &Args,
    computer: &Computer,
    connected: &Computer,
    context: &Context,
) -> Result<(), Error> {
    let terminal = context.terminal;
    let is_table = terminal.style().format.is_for_people();
    if args.out.is_some() && !terminal.style().format.is_json() {
        terminal.line(connected.text())?;
    } else if is_table && args.output.chosen().next().is_none() {
        args.output.computer(context, computer)?;
        terminal.finish()?;
        terminal.note(
            "tokens_hidden",
            "the tokens are hidden; print them with --json, or write them to a file with --out FILE",
        );
        if let Some(selector) = selector(computer) {
            let open = CommandLine::reemo("computers connect").arg(selector);
            terminal.next_step(Hint::new("open its desktop: ").command(open.arg("--open")));
        }
    } else {
        args.output.computer(context, connected)?;
    }
    terminal.finish()
}
