//! `computers delete`.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::api::request::Request;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, Change, ChangeResult, Planned};
use crate::commands::computers::input::{COMPUTER_COLUMNS, InputRow, table};
use crate::commands::computers::or_stdin::{OrStdin, expand};
use crate::commands::computers::record::Outcome;
use crate::commands::computers::resolve::{Certainty, Resolved, resolve};
use crate::commands::computers::selector::Selector;
use crate::commands::computers::summary::one_line;
use crate::commands::computers::tally::Rerun;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};
use crate::model::sanitize::escape;
use crate::output::Shape;

/// Arguments of `computers delete`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers delete \"Reception Paris\"
  reemo computers delete _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 --yes --ignore-missing
  reemo computers delete PAR-RM-04 LYO-MAC-07 --dry-run
  reemo computers delete --from retired.csv --dry-run
  reemo computers delete --filter status=OFFLINE --filter 'name=ci-*' --max 20 --yes")]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT; - reads them from standard input
    #[arg(
        value_name = "COMPUTER",
        required_unless_present_any = ["filter", "from"],
        conflicts_with_all = ["filter", "from"]
    )]
    computers: Vec<OrStdin<Selector>>,
    /// Delete the computers in a csv file with a column computer, id, _id or hostname; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "filter")]
    from: Option<String>,
    /// Delete all computers that match, as in list --filter; repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
    /// Delete nothing if more than N computers match
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// Skip the confirmation
    #[arg(short, long)]
    yes: bool,
    /// Treat missing computers as already deleted
    #[arg(long)]
    ignore_missing: bool,
    /// Delete nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    let asks = !args.yes && !args.dry_run;
    if asks && !context.is_interactive()? {
        bail!(unconfirmed("there is no terminal to ask at"));
    }
    let is_stdin = |target: &OrStdin<_>| matches!(target, OrStdin::StandardInput);
    if asks && (args.computers.iter().any(is_stdin) || args.from.as_deref() == Some("-")) {
        bail!(unconfirmed(
            "standard input is where the computers are read from"
        ));
    }
    let (selectors, shape) = match &args.from {
        Some(path) => {
            let columns = &COMPUTER_COLUMNS;
            let selectors = table(path, columns, &[columns], context, InputRow::selector)?;
            (selectors, Shape::Many)
        }
        None if args.filter.is_empty() => expand(&args.computers)?,
        None => (Vec::new(), Shape::Many),
    };
    let client = context.client_for_change(args.dry_run)?;
    let mut steps = if args.filter.is_empty() {
        args.selected(client, &selectors)?
    } else {
        args.fitting(client)?
    };
    let victims: Vec<&Deletion> = steps
        .iter()
        .filter_map(|step| {
            if let Planned::Change(victim) = step {
                Some(victim)
            } else {
                None
            }
        })
        .collect();
    if let Some(max) = args.max.filter(|max| victims.len() > *max) {
        let text = format!(
            "{} computers match, more than --max {max}; nothing was deleted",
            victims.len()
        );
        bail!(
            Error::new(ErrorKind::NotConfirmed, text)
                .hint("review them first: run the same command with --dry-run and without --max")
        );
    }
    let bulk = Bulk::new(&args.output, context, shape, "deleted", args.rerun());
    if args.dry_run {
        return bulk.plan(client, steps.into_iter().map(Deletion::checked).collect());
    }
    if asks && !victims.is_empty() {
        confirm(context, &victims)?;
        // Nobody knows how long the question stood there.
        steps.iter_mut().for_each(Deletion::outdate);
    }
    bulk.run(client, steps)
}

fn unconfirmed(why: &str) -> Error {
    Error::new(
        ErrorKind::NotConfirmed,
        format!("deleting needs a confirmation, and {why}"),
    )
    .hint("add --yes to confirm without a question")
}

impl Args {
    /// Computers that are gone no longer fit a filter, and are an error where they are named.
    fn rerun(&self) -> Rerun {
        let is_enough = !self.filter.is_empty() || self.ignore_missing;
        Rerun::Continues((!is_enough).then_some("--ignore-missing"))
    }

    /// What is selected, each once.
    fn selected(
        &self,
        client: &Client,
        selectors: &[Selector],
    ) -> Result<Vec<Planned<Deletion>>, Error> {
        let certainty = if self.ignore_missing {
            Certainty::CHANGE_OR_ABSENT
        } else {
            Certainty::CHANGE
        };
        let mut ids = HashSet::new();
        let mut steps = Vec::new();
        for (found, selector) in resolve(client, selectors, certainty)?
            .into_iter()
            .zip(selectors)
        {
            match found {
                Ok(chosen) if !ids.insert(chosen.id) => {}
                Ok(chosen) => steps.push(Planned::Change(self.deletion(chosen))),
                Err(error) => {
                    steps.push(Planned::Known(
                        forgive(self.ignore_missing, error, || selector.stand_in()),
                        selector.stand_in(),
                    ));
                }
            }
        }
        Ok(steps)
    }

    /// All computers that fit the filters, from a listing that is proven whole.
    fn fitting(&self, client: &Client) -> Result<Vec<Planned<Deletion>>, Error> {
        let filters = Arc::new(Filters::new(self.filter.clone(), &[], wire::filter_key));
        let fits = |computer: &Computer| filters.fit(computer);
        let search = Search::new(filters.exact(), &fits);
        client.collect(&search, Proof::Required, |rows| {
            let mut steps = Vec::new();
            for computer in rows {
                let computer = computer?;
                if fits(&computer) {
                    let chosen = Resolved::by_filters(computer.detached(), &filters)?;
                    steps.push(Planned::Change(self.deletion(chosen)));
                }
            }
            Ok(steps)
        })
    }

    fn deletion(&self, chosen: Resolved) -> Deletion {
        Deletion {
            chosen,
            ignore_missing: self.ignore_missing,
        }
    }
}

fn forgive(ignore_missing: bool, error: Error, target: impl FnOnce() -> Computer) -> ChangeResult {
    if ignore_missing && error.proves_absence() {
        Ok((Outcome::Absent, target()))
    } else {
        Err(error)
    }
}

/// One computer to delete.
struct Deletion {
    chosen: Resolved,
    ignore_missing: bool,
}

impl Deletion {
    /// For a dry run: whether it would be refused is known by what was read.
    fn checked(step: Planned<Self>) -> Planned<Self> {
        match step {
            Planned::Change(deletion) => match check_offline(&deletion.chosen.computer) {
                Ok(()) => Planned::Change(deletion),
                Err(error) => Planned::Known(Err(error), deletion.chosen.computer),
            },
            known @ Planned::Known(..) => known,
        }
    }

    /// What was read of the computer is no longer current.
    fn outdate(step: &mut Planned<Self>) {
        if let Planned::Change(deletion) = step {
            deletion.chosen.is_current = false;
        }
    }

    fn delete(&self, client: &Client) -> Result<Computer, Error> {
        let now = self.chosen.read_again(client)?;
        check_offline(&now)?;
        client.delete(self.chosen.id, &|now| self.chosen.check_still_chosen(now))?;
        Ok(now)
    }
}

impl Change for Deletion {
    fn run(&self, client: &Client) -> ChangeResult {
        match self.delete(client) {
            Ok(computer) => Ok((Outcome::Deleted, computer)),
            Err(error) => forgive(self.ignore_missing, error, || self.target()),
        }
    }

    fn request(&self) -> Request {
        Request::change(
            "DELETE",
            ["computers".to_owned(), self.chosen.id.to_string()],
            None,
        )
    }

    fn target(&self) -> Computer {
        self.chosen.computer.clone()
    }
}

fn check_offline(computer: &Computer) -> Result<(), Error> {
    if wire::is_offline(computer) {
        return Ok(());
    }
    let name = computer.name().unwrap_or_default();
    let id = computer.id().map_or_else(String::new, |id| id.to_string());
    let state = wire::state(computer)
        .map_or_else(|| "has no state".to_owned(), |state| format!("is {state}"));
    Err(Error::new(
        ErrorKind::NotOffline,
        format!("computer {name:?} ({id}) {state}, so it is not deleted"),
    )
    .reason(state))
}

/// Names each victim and asks once for all.
fn confirm(context: &Context, victims: &[&Deletion]) -> anyhow::Result<()> {
    let mut question = String::new();
    for victim in victims {
        question.push_str(&format!(
            "  {}\n",
            escape(&one_line(&victim.chosen.computer))
        ));
    }
    let what = if victims.len() == 1 {
        "this computer".to_owned()
    } else {
        format!("these {} computers", victims.len())
    };
    context
        .terminal
        .ask(&format!("{question}Delete {what}? [y/N] "));
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .context("the answer can't be read")?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    bail!(Error::new(ErrorKind::NotConfirmed, "nothing was deleted"))
}
