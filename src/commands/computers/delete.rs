//! `computers delete`.

use anyhow::{Context as _, bail};

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, shape};
use crate::commands::computers::dry_run::show;
use crate::commands::computers::naming::{Found, Named, find, line};
use crate::commands::shown::Shown;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::model::sanitize::visible;
use crate::output::Outcome;

/// Arguments of `computers delete`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers delete \"Reception Paris\"
  reemo computers delete _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 --yes --ignore-missing
  reemo computers delete PAR-WS-01 PAR-WS-02 --dry-run")]
pub struct Args {
    /// id:UUID, _id:UUID, name:TEXT, hostname:TEXT, a UUID or a name; several are possible
    #[arg(value_name = "COMPUTER", required = true)]
    computers: Vec<Named>,
    /// Delete without asking
    #[arg(short, long)]
    yes: bool,
    /// Take a computer that is not there for deleted
    #[arg(long)]
    ignore_missing: bool,
    /// Delete nothing, print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.shown.check(context)?;
    let asks = !args.yes && !args.dry_run;
    if asks && !context.may_ask()? {
        bail!(Failure::new(Kind::NotConfirmed, "deleting needs a confirmation, and there is no terminal to ask at"));
    }
    let client = context.client_for_change(args.dry_run)?;
    let mut bulk = Bulk::new(&args.shown, context, shape(args.computers.len()), "deleted");

    let mut victims: Vec<Found> = Vec::new();
    for named in &args.computers {
        match find(client, named) {
            Ok(found) if victims.iter().any(|victim| victim.id == found.id) => {}
            Ok(found) => victims.push(found),
            Err(failure) if args.ignore_missing && failure.proves_absence() => bulk.done(Outcome::Absent, stand_in(named))?,
            Err(failure) => bulk.failed(failure, Some(stand_in(named)))?,
        }
    }
    if args.dry_run {
        return plan(args, context, client, &victims);
    }
    if asks && !victims.is_empty() {
        confirm(context, &victims)?;
    }
    for victim in victims {
        // A victim that was found by its id, with nothing asked since, was read just now.
        let fresh =
            if victim.by_id && !asks && args.computers.len() == 1 { Ok(victim.computer.clone()) } else { client.get(victim.id) };
        let deleted = fresh.and_then(|computer| offline(&computer).and_then(|()| client.delete(victim.id)).map(|()| computer));
        match deleted {
            Ok(computer) => bulk.done(Outcome::Deleted, computer)?,
            Err(failure) if args.ignore_missing && failure.proves_absence() => bulk.done(Outcome::Absent, victim.computer)?,
            Err(failure) => bulk.failed(failure, Some(victim.computer))?,
        }
    }
    bulk.finish()
}

fn offline(computer: &Computer<'_>) -> Result<(), Failure> {
    if wire::is_offline(computer) {
        return Ok(());
    }
    let name = computer.name().unwrap_or_default();
    let id = computer.id().map_or_else(String::new, |id| id.to_string());
    let state = wire::state(computer).map_or_else(|| "has no state".to_owned(), |state| format!("is {state}"));
    Err(Failure::new(Kind::NotOffline, format!("computer {name:?} ({id}) {state}, so it was not deleted")))
}

/// What a computer that was never found is called in its record: by what was typed.
fn stand_in(named: &Named) -> Computer<'static> {
    let (property, value) = match named {
        Named::Id(id) | Named::Uuid(id) => ("id", id.to_string()),
        Named::UnderscoreId(id) => ("_id", id.to_string()),
        Named::Name(text) | Named::Text(text) => ("name", text.clone()),
        Named::Hostname(text) => ("hostname", text.clone()),
    };
    Computer::new(serde_json::json!({ property: value }).to_string())
}

fn plan(args: &Args, context: &Context, client: &Client, victims: &[Found]) -> anyhow::Result<()> {
    for victim in victims {
        offline(&victim.computer)?;
    }
    let request = |victim: &Found| Request::change("DELETE", ["computers".to_owned(), victim.id.to_string()], None);
    let requests: Vec<Request> = victims.iter().map(request).collect();
    show(&args.shown, context, client, shape(args.computers.len()), &requests)
}

/// Names each victim and asks once for all.
fn confirm(context: &Context, victims: &[Found]) -> anyhow::Result<()> {
    let mut question = String::new();
    for victim in victims {
        question.push_str(&format!("  {}\n", visible(&line(&victim.computer))));
    }
    let what = if victims.len() == 1 { "this computer".to_owned() } else { format!("these {} computers", victims.len()) };
    context.screen.ask(&format!("{question}Delete {what}? [y/N] "));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).context("the answer can't be read")?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    bail!(Failure::new(Kind::NotConfirmed, "nothing was deleted"))
}
