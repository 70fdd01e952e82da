//! The changes that make the account as a FLEET says, and their guards: no file that is empty or wrong deletes a whole account.

use std::sync::Arc;

use crate::api::client::Client;
use crate::api::request::Request;
use crate::api::settle::Reserved;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, Change, Planned};
use crate::commands::computers::confirm::{check_can_ask, confirm};
use crate::commands::computers::deletion::Deletion;
use crate::commands::computers::fleet_diff::{FleetDiff, compare};
use crate::commands::computers::record::{Outcome, Record};
use crate::commands::computers::renaming::Renaming;
use crate::commands::computers::rerun::Rerun;
use crate::commands::computers::resolve::{MatchKey, Resolved};
use crate::commands::computers::saved::{FleetRow, read_fleet};
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::argument::whole_number;
use crate::model::computer::Computer;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};
use crate::output::Shape;

/// So many deletions need no `--max`, in however small an account.
const MAX_DELETIONS: usize = 10;
/// Nor does this part of the account's computers, in percent.
const MAX_DELETIONS_PERCENT: usize = 30;

/// The arguments of `computers plan` and `computers apply`.
#[derive(Debug, clap::Args)]
pub(crate) struct FleetArgs {
    /// A file whose rows have an _id and a name, as list prints them: csv, json or jsonl; - reads standard input
    #[arg(value_name = "FLEET")]
    fleet: String,
    /// Also delete the OFFLINE computers that FLEET lacks
    #[arg(long)]
    prune: bool,
    /// Delete only computers that match, as in list --filter; repeatable
    #[arg(long, value_name = "KEY=VALUE", requires = "prune")]
    filter: Vec<Filter>,
    /// Change nothing if more than N computers match for deletion [default: 10, or 30 % of the account's if that is more]
    #[arg(long, value_name = "N", requires = "prune", value_parser = whole_number(0_usize..))]
    max: Option<usize>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Whether changes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are only shown.
    DryRun,
    /// They are made. Deletions are confirmed at the terminal.
    Ask,
    /// They are made.
    Confirmed,
}

/// The changes to make, and what is known of computers that can't be changed.
struct Plan {
    reservations: Vec<Planned<Step>>,
    renames: Vec<Planned<Step>>,
    deletions: Vec<Planned<Deletion>>,
}

impl FleetArgs {
    /// Makes or shows the changes. Returns how many there are, with those that can't be made.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a file that can't be used, [`ErrorKind::NotConfirmed`] for deletions that are too many or are not
    /// confirmed, or as [`Bulk::run_phases`].
    pub(super) fn run(&self, mode: Mode, context: &Context) -> anyhow::Result<usize> {
        self.output.check(context)?;
        let asks = self.prune && mode == Mode::Ask;
        if asks {
            check_can_ask(self.fleet == "-", context)?;
        }
        let rows = self.rows(context)?;
        let is_dry_run = mode == Mode::DryRun;
        let client = context.client_for_change(is_dry_run)?;
        let progress = context.listing_progress();
        let diff = compare(client, &rows)?;
        drop(progress);
        let mut plan = self.plan(&diff);
        self.check_max(plan.deletions.len(), diff.total, is_dry_run, context)?;
        if mode != Mode::Confirmed {
            plan.deletions = plan.deletions.into_iter().map(Deletion::checked).collect();
        }
        let changes = plan.note(&diff, self.prune, context);
        if asks {
            confirm(context, &plan.deletions, true)?;
            // It is unknown for how long the question was open.
            plan.deletions.iter_mut().for_each(Deletion::outdate);
        }
        if changes > 0 || !context.terminal.style().format.is_for_people() {
            let bulk = Bulk {
                context,
                output: &self.output,
                shape: Shape::Many,
                rerun: Rerun::Continues(None),
                dry_run: is_dry_run,
            };
            bulk.run_phases(client, plan.phases())?;
        }
        Ok(changes)
    }

    fn rows(&self, context: &Context) -> Result<Vec<FleetRow>, Error> {
        let rows = read_fleet(&self.fleet, context)?;
        if self.prune && rows.is_empty() {
            let message = "the file lists no computers, so --prune would delete all of the account";
            return Err(Error::new(ErrorKind::Usage, message)
                .hint("to delete computers without a file, use computers delete --filter"));
        }
        Ok(rows)
    }

    fn plan(&self, diff: &FleetDiff) -> Plan {
        let rename = |(computer, row): &(Computer, FleetRow)| {
            let name = row.name.clone().unwrap_or_default();
            planned(computer, |chosen| Step::Rename(Renaming { chosen, name }))
        };
        let filters = Arc::new(Filters::new(self.filter.clone(), &[], wire::filter_key));
        let delete = |computer: &Computer| {
            planned(computer, |chosen| Deletion {
                chosen: chosen.and_filters(&filters),
                ignore_missing: true,
            })
        };
        let extra = diff.extra.iter().filter(|_| self.prune);
        let extra = extra.filter(|computer| filters.fit(computer));
        let missing = diff.missing.iter().cloned();
        Plan {
            reservations: missing.map(Step::Reserve).map(Planned::Change).collect(),
            renames: diff.renamed.iter().map(rename).collect(),
            deletions: extra.map(delete).collect(),
        }
    }

    /// Refuses too many deletions. A dry run shows them, unless the user set the limit.
    fn check_max(
        &self,
        deletions: usize,
        total: usize,
        is_dry_run: bool,
        context: &Context,
    ) -> Result<(), Error> {
        let percent = total.saturating_mul(MAX_DELETIONS_PERCENT) / 100;
        let max = self.max.unwrap_or(percent.max(MAX_DELETIONS));
        if deletions <= max {
            return Ok(());
        }
        let what = format!("{deletions} of {total} computers are not in the file and match");
        let refused = |message: String| Err(Error::new(ErrorKind::NotConfirmed, message));
        match self.max {
            Some(max) => refused(format!(
                "{what}, more than --max {max}; nothing was changed"
            )),
            None if is_dry_run => {
                let text = format!("{what}, more than {max}: apply needs --max {deletions}");
                context.terminal.warning("too_many_deletions", &text);
                Ok(())
            }
            None => {
                let hint = format!(
                    "check that the file is complete; if they may all be deleted, add --max {deletions}"
                );
                refused(format!("{what}, more than {max}; nothing was changed"))
                    .map_err(|error| error.hint(hint))
            }
        }
    }
}

impl Plan {
    /// Says what is to be changed. Returns how many changes there are.
    fn note(&self, diff: &FleetDiff, prunes: bool, context: &Context) -> usize {
        let (reserve, rename) = (self.reservations.len(), self.renames.len());
        let changes = reserve + rename + self.deletions.len();
        if diff.incomparable > 0 {
            context
                .terminal
                .note("incomparable", &diff.incomparable_text());
        }
        if !prunes && !diff.extra.is_empty() {
            let is_one = diff.extra.len() == 1;
            let text = format!(
                "{} {} not in the file; --prune would delete {}",
                counted(diff.extra.len() as u64, "computer"),
                if is_one { "is" } else { "are" },
                if is_one { "it" } else { "them" },
            );
            context.terminal.note("extra", &text);
        }
        if changes == 0 {
            let text = "nothing to change: the account is as the file says";
            context.terminal.note("unchanged", text);
        } else if context.terminal.style().format.is_for_people() {
            let delete = self.deletions.len();
            let text = format!("{reserve} to reserve, {rename} to rename, {delete} to delete");
            context.terminal.note("plan", &text);
        }
        changes
    }

    fn phases(self) -> Vec<Vec<Planned<Step>>> {
        let delete = |deletion: Planned<Deletion>| match deletion {
            Planned::Change(deletion) => Planned::Change(Step::Delete(deletion)),
            Planned::Known(record) => Planned::Known(record),
        };
        let deletions = self.deletions.into_iter().map(delete).collect();
        vec![self.reservations, self.renames, deletions]
    }
}

/// Plans a change of a computer of the listing, which is chosen by its `_id`.
fn planned<C>(computer: &Computer, change: impl FnOnce(Resolved) -> C) -> Planned<C> {
    let key = MatchKey::UnderscoreId(computer.underscore_id().unwrap_or_default());
    match Resolved::by_key(computer.clone(), key) {
        Ok(chosen) => Planned::Change(change(chosen)),
        Err(error) => Planned::Known(Record::failed(error, computer.clone())),
    }
}

/// One change of an account.
enum Step {
    Reserve(FleetRow),
    Rename(Renaming),
    Delete(Deletion),
}

/// Reserves the `_id` of a row. If someone else did that meanwhile, the computer is given the name of the row.
fn reserve(row: &FleetRow, client: &Client) -> Result<Record, Error> {
    let name = row.name.as_deref();
    match (client.reserve(row.underscore_id, name, true)?, name) {
        (Reserved::Created(computer), _) => Ok(Record::new(Outcome::Created, computer)),
        (Reserved::Existing(computer), Some(name))
            if computer.name().unwrap_or_default() != name =>
        {
            let key = MatchKey::UnderscoreId(row.underscore_id);
            let renaming = Renaming {
                chosen: Resolved::by_key(computer, key)?,
                name: name.to_owned(),
            };
            renaming.run(client)
        }
        (Reserved::Existing(computer), _) => Ok(Record::new(Outcome::Existing, computer)),
    }
}

impl Change for Step {
    const VERB: &'static str = "changed";

    fn run(&self, client: &Client) -> Result<Record, Error> {
        match self {
            Self::Reserve(row) => reserve(row, client),
            Self::Rename(renaming) => renaming.run(client),
            Self::Delete(deletion) => deletion.run(client),
        }
    }

    fn request(&self) -> Request {
        match self {
            Self::Reserve(row) => Request::reserve(row.underscore_id, row.name.as_deref()),
            Self::Rename(renaming) => renaming.request(),
            Self::Delete(deletion) => deletion.request(),
        }
    }

    fn planned(&self) -> Record {
        match self {
            Self::Reserve(row) => Record::new(Outcome::WouldCreate, row.reserved()),
            Self::Rename(renaming) => renaming.planned(),
            Self::Delete(deletion) => deletion.planned(),
        }
    }
}
