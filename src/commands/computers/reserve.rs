//! `computers reserve`.

use std::path::PathBuf;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, shape};
use crate::commands::computers::dry_run::show;
use crate::commands::shown::Shown;
use crate::config::write_whole;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::output::Outcome;

/// Arguments of `computers reserve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers reserve
  reemo computers reserve --count 5 -o _id
  reemo computers reserve 3f2504e0-4f89-41d3-9a0c-0305e82c3301 --name \"Reception Paris\" --ensure
  reemo computers reserve --name \"Build agent\" --id-file ./_id")]
pub struct Args {
    /// The `_id`s to reserve; without any, one is generated
    #[arg(value_name = "UUID")]
    ids: Vec<Uuid>,
    /// Generate N `_id`s
    #[arg(long, value_name = "N", conflicts_with = "ids", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    count: Option<u32>,
    /// Give the computer this name (one reservation)
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Take an `_id` that is yours already for a success
    #[arg(long)]
    ensure: bool,
    /// Write the `_id` alone to this file, for the Reemo Service (one reservation)
    #[arg(long, value_name = "PATH")]
    id_file: Option<PathBuf>,
    /// Overwrite another `_id` in the file
    #[arg(long, requires = "id_file")]
    force: bool,
    /// Reserve nothing, print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.shown.check(context)?;
    let ids = wanted(args)?;
    if let ([id], Some(path)) = (&ids[..], &args.id_file) {
        check_id_file(path, *id, args.force)?;
    }
    let client = context.client_for_change(args.dry_run)?;
    if args.dry_run {
        let request =
            |id: &Uuid| Request::change("POST", ["computers".to_owned()], Some(wire::reserve_body(*id, args.name.as_deref())));
        let requests: Vec<Request> = ids.iter().map(request).collect();
        return show(&args.shown, context, client, shape(ids.len()), &requests);
    }
    let mut bulk = Bulk::new(&args.shown, context, shape(ids.len()), "reserved");
    for id in ids {
        match reserve(client, id, args) {
            Ok((outcome, computer)) => {
                if let Some(path) = &args.id_file {
                    write_whole(path, id.to_string().as_bytes(), 0o644)
                        .map_err(|failure| failure.detail(format!("{id} is reserved all the same; write it there yourself")))?;
                }
                bulk.done(outcome, computer)?;
            }
            Err(failure) => bulk.failed(failure, Some(Computer::new(wire::reserve_body(id, args.name.as_deref()))))?,
        }
    }
    bulk.finish()
}

fn wanted(args: &Args) -> Result<Vec<Uuid>, Failure> {
    let ids = match args.count {
        Some(count) => (0..count).map(|_| Uuid::new_v4()).collect(),
        None if args.ids.is_empty() => vec![Uuid::new_v4()],
        None => args.ids.clone(),
    };
    if ids.iter().any(Uuid::is_nil) {
        return Err(Failure::new(Kind::Usage, "the nil UUID can't be an _id"));
    }
    let only_one =
        |flag: &str| Failure::new(Kind::Usage, format!("{flag} goes with one reservation, and {} are asked for", ids.len()));
    match ids.len() {
        1 => Ok(ids),
        _ if args.name.is_some() => Err(only_one("--name")),
        _ if args.id_file.is_some() => Err(only_one("--id-file")),
        _ => Ok(ids),
    }
}

/// Looks before anything is sent whether the file may be written.
fn check_id_file(path: &std::path::Path, id: Uuid, force: bool) -> Result<(), Failure> {
    let present = match std::fs::read_to_string(path) {
        Ok(present) => present,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::new(Kind::OutputFailed, format!("{} can't be read: {error}", path.display()))),
    };
    if force || present.trim().is_empty() || Uuid::try_parse(present.trim()).is_ok_and(|present| present == id) {
        return Ok(());
    }
    Err(Failure::new(Kind::Conflict, format!("{} holds another _id already", path.display()))
        .hint("reserve the _id in the file (with --ensure), name another file, or overwrite it with --force"))
}

fn reserve(client: &Client, id: Uuid, args: &Args) -> Result<(Outcome, Computer<'static>), Failure> {
    let failure = match client.reserve(id, args.name.as_deref()) {
        Ok(computer) => return Ok((Outcome::Created, computer)),
        Err(failure) => failure,
    };
    if failure.kind != Kind::Conflict {
        return Err(failure);
    }
    let ours = if args.ensure { client.search("_id", &id.to_string())?.into_iter().next() } else { None };
    match ours {
        Some(computer) => Ok((Outcome::Existing, computer)),
        None if args.ensure => Err(failure.detail(format!("no computer of this account has the _id {id}"))),
        None => Err(Failure { message: format!("the _id {id} is reserved already"), ..failure }
            .hint("if it is yours, --ensure takes that for a success")),
    }
}
