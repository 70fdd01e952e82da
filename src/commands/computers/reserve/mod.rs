//! `computers reserve`.

mod id_file;
mod wanted;

use std::path::PathBuf;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::settle::Reserved;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, Change, Planned};
use crate::commands::computers::or_stdin::OrStdin;
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::rerun::Rerun;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::argument::{UuidArg, whole_number};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::output::Terminal;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers reserve
  reemo computers reserve --count 5 -o _id
  reemo computers reserve 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --name \"Reception Paris\" --ensure
  reemo computers reserve --derive build-agent-7 --ensure --id-file ./_id
  reemo computers reserve --from machines.csv --ensure -o jsonl")]
pub(crate) struct Args {
    /// The _ids to reserve [default: one that is generated]; - reads them from standard input
    #[arg(value_name = "UUID", conflicts_with_all = ["count", "derive", "from"])]
    ids: Vec<OrStdin<UuidArg>>,
    /// Generate N _ids
    #[arg(long, value_name = "N", conflicts_with_all = ["derive", "from"], value_parser = whole_number(1_u32..=100_000))]
    count: Option<u32>,
    /// Derive the _id from TEXT and a namespace: the same text in the same namespace always gives the same _id; repeatable
    #[arg(long, value_name = "TEXT", conflicts_with = "from")]
    derive: Vec<String>,
    /// Namespace of --derive [default: REEMO_NAMESPACE or the profile's]
    #[arg(long, value_name = "UUID")]
    namespace: Option<UuidArg>,
    /// Reserve the rows of a csv file with the columns _id, name and derive; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// Name the computer (single reservations only)
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    name: Option<String>,
    /// Succeed if the _id is already reserved in your account
    #[arg(long)]
    ensure: bool,
    /// Write only the _id to this file, for the Reemo Service (single reservations only)
    #[arg(long, value_name = "PATH")]
    id_file: Option<PathBuf>,
    /// Overwrite a file that holds another _id
    #[arg(long, requires = "id_file")]
    force: bool,
    /// Reserve nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    let (reservations, shape) = wanted::wanted(args, context)?;
    if let ([reservation], Some(path)) = (&reservations[..], &args.id_file) {
        id_file::check(path, reservation.id, args.force)?;
    }
    let client = context.client_for_change(args.dry_run)?;
    let next = next_step(&reservations, context.settings()?.is_sandbox);
    let bulk = Bulk {
        context,
        output: &args.output,
        shape,
        rerun: args.rerun(&reservations),
        dry_run: args.dry_run,
    };
    let targets = reservations.into_iter().map(Planned::Change).collect();
    bulk.run(client, targets)?;
    if !args.dry_run {
        context.terminal.next_step(next);
    }
    Ok(())
}

/// Returns the command that usually follows: the machine registers with its `_id` once the Reemo Service runs on it.
fn next_step(reservations: &[Reservation], is_sandbox: bool) -> CommandLine {
    match reservations {
        [one] if is_sandbox => CommandLine::reemo("sandbox register")
            .arg(one.id.to_string())
            .in_any_profile(),
        [one] => CommandLine::reemo("computers wait")
            .arg(format!("_id:{}", one.id))
            .arg("--for")
            .arg("online"),
        _ => CommandLine::reemo("computers watch --events online"),
    }
}

impl Args {
    fn rerun(&self, reservations: &[Reservation]) -> Rerun {
        let is_generated = reservations.iter().any(|one| one.is_generated);
        match &self.from {
            Some(_) if is_generated => Rerun::GeneratesForRows,
            None if is_generated => Rerun::Generates,
            _ => Rerun::Continues((!self.ensure).then_some("--ensure")),
        }
    }
}

/// One `_id` to reserve.
#[derive(Debug)]
struct Reservation {
    id: Uuid,
    /// Whether the `_id` was generated for this run, so that another run would generate another one.
    is_generated: bool,
    name: Option<String>,
    ensure: bool,
    id_file: Option<PathBuf>,
    terminal: &'static Terminal,
}

impl Reservation {
    fn reserve(&self, client: &Client) -> Result<Record, Error> {
        match client.reserve(self.id, self.name.as_deref(), self.ensure) {
            Ok(Reserved::Created(computer)) => Ok(Record::new(Outcome::Created, computer)),
            Ok(Reserved::Existing(computer)) => {
                self.note_other_name(&computer);
                Ok(Record::new(Outcome::Existing, computer))
            }
            Err(error) if error.kind == ErrorKind::Conflict && !self.ensure => {
                Err(error.hint("if it is reserved in your account, add --ensure"))
            }
            Err(error) => Err(error),
        }
    }

    /// An existing reservation keeps its name.
    fn note_other_name(&self, computer: &Computer) {
        let present = computer.name().unwrap_or_default();
        if let Some(name) = &self.name
            && *name != present
        {
            let text = format!(
                "_id {} is already reserved and keeps its name {present:?} instead of {name:?}",
                self.id
            );
            self.terminal.note("name_differs", &text);
        }
    }
}

impl Change for Reservation {
    const VERB: &'static str = "reserved";

    fn run(&self, client: &Client) -> Result<Record, Error> {
        // Before it is sent: whatever happens then, the user knows which `_id` to look for.
        if self.is_generated {
            self.terminal.note(
                "generated_id",
                &format!("reserving the new _id {}", self.id),
            );
        }
        let done = self.reserve(client)?;
        if let Some(path) = &self.id_file {
            id_file::write(path, self.id)?;
        }
        Ok(done)
    }

    fn request(&self) -> Request {
        Request::reserve(self.id, self.name.as_deref())
    }

    fn planned(&self) -> Record {
        let body = wire::reserve_body(self.id, self.name.as_deref());
        Record::new(Outcome::WouldCreate, Computer::new(body))
    }
}
