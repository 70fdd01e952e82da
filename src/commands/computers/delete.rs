//! `computers delete`.

use std::collections::HashSet;
use std::sync::Arc;

use crate::api::client::Client;
use crate::api::wire;
use crate::commands::computers::bulk::{Bulk, Planned};
use crate::commands::computers::confirm::{check_can_ask, confirm};
use crate::commands::computers::deletion::{Deletion, forgive};
use crate::commands::computers::input::{COMPUTER_COLUMNS, InputRow, table};
use crate::commands::computers::or_stdin::{OrStdin, expand};
use crate::commands::computers::pick::{check_named, named_or_picked};
use crate::commands::computers::record::Record;
use crate::commands::computers::rerun::Rerun;
use crate::commands::computers::resolve::{Certainty, Resolved, resolve, resolve_filters};
use crate::commands::computers::selector::Selector;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::{Filter, Filters};
use crate::output::Shape;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "At a terminal, a list to pick from is shown if COMPUTER is left out.

Examples:
  reemo computers delete \"Reception Paris\"
  reemo computers delete _id:3f2504e0-4f89-41d3-9a0c-0305e82c3301 --yes --ignore-missing
  reemo computers delete PAR-RM-04 LYO-MAC-07 --dry-run
  reemo computers delete --from retired.csv --dry-run
  reemo computers delete --filter status=OFFLINE --filter 'name=ci-*' --max 20 --yes"
)]
pub(crate) struct Args {
    /// A name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, hostname:TEXT, ip:TEXT; - reads them from standard input
    #[arg(
        value_name = "COMPUTER",
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
    #[arg(long, value_name = "N", value_parser = crate::model::argument::whole_number(0_usize..))]
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
    check_named(
        !args.names_none(),
        context,
        "computers delete",
        &["<COMPUTER>..."],
    )?;
    args.output.check(context)?;
    let asks = !args.yes && !args.dry_run;
    if asks {
        check_can_ask(args.reads_stdin(), context)?;
    }
    let (selectors, shape) = args.selectors(context)?;
    let client = context.client_for_change(args.dry_run)?;
    let mut targets = if args.filter.is_empty() {
        args.selected(client, &selectors)?
    } else {
        args.matching(client, context)?
    };
    args.check_max(&targets)?;
    // The question and a dry run tell which can't be deleted. Right before its deletion each is checked, also with --yes.
    if !args.yes {
        targets = targets.into_iter().map(Deletion::checked).collect();
    }
    if asks {
        confirm(context, &targets, !args.filter.is_empty())?;
        // It is unknown for how long the question was open.
        targets.iter_mut().for_each(Deletion::outdate);
    }
    let bulk = Bulk {
        context,
        output: &args.output,
        shape,
        rerun: args.rerun(),
        dry_run: args.dry_run,
    };
    bulk.run(client, targets)
}

impl Args {
    fn names_none(&self) -> bool {
        self.computers.is_empty() && self.from.is_none() && self.filter.is_empty()
    }

    /// Whether the computers are read from standard input.
    fn reads_stdin(&self) -> bool {
        let is_stdin = |target: &OrStdin<_>| matches!(target, OrStdin::StandardInput);
        self.computers.iter().any(is_stdin) || self.from.as_deref() == Some("-")
    }

    fn selectors(&self, context: &Context) -> Result<(Vec<Selector>, Shape), Error> {
        let columns = &COMPUTER_COLUMNS;
        match &self.from {
            Some(path) => Ok((
                table(path, columns, &[columns], context, InputRow::selector)?,
                Shape::Many,
            )),
            None if self.names_none() => {
                // A read-only profile refuses before a list is shown to pick from.
                context.client_for_change(self.dry_run)?;
                Ok((vec![named_or_picked(None, context)?], Shape::One))
            }
            None if self.filter.is_empty() => expand(&self.computers, context),
            None => Ok((Vec::new(), Shape::Many)),
        }
    }

    fn check_max(&self, targets: &[Planned<Deletion>]) -> Result<(), Error> {
        let is_match = |target: &&Planned<_>| matches!(target, Planned::Change(_));
        let matching = targets.iter().filter(is_match).count();
        match self.max {
            Some(max) if matching > max => Err(Error::new(
                ErrorKind::NotConfirmed,
                format!("{matching} computers match, more than --max {max}; nothing was deleted"),
            )
            .hint("review them first: run the same command with --dry-run and without --max")),
            _ => Ok(()),
        }
    }

    /// Computers that are gone no longer match a filter; one that is named is an error then.
    fn rerun(&self) -> Rerun {
        let needs_flag = self.filter.is_empty() && !self.ignore_missing;
        Rerun::Continues(needs_flag.then_some("--ignore-missing"))
    }

    /// Returns what is selected, each computer once.
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
        let mut targets = Vec::new();
        for (found, selector) in resolve(client, selectors, certainty)?
            .into_iter()
            .zip(selectors)
        {
            match found {
                Ok(chosen) if !ids.insert(chosen.id) => {}
                Ok(chosen) => targets.push(Planned::Change(self.deletion(chosen))),
                Err(error) => targets.push(Planned::Known(
                    match forgive(self.ignore_missing, error, selector.stand_in()) {
                        Ok(absent) => absent,
                        Err(error) => Record::failed(error, selector.stand_in()),
                    },
                )),
            }
        }
        Ok(targets)
    }

    /// Returns all computers that match the filters, from a listing that is proven complete.
    fn matching(
        &self,
        client: &Client,
        context: &Context,
    ) -> Result<Vec<Planned<Deletion>>, Error> {
        let filters = Arc::new(Filters::new(self.filter.clone(), &[], wire::filter_key));
        let found = resolve_filters(client, &filters, context)?;
        let change = |chosen| Planned::Change(self.deletion(chosen));
        Ok(found.into_iter().map(change).collect())
    }

    fn deletion(&self, chosen: Resolved) -> Deletion {
        Deletion {
            chosen,
            ignore_missing: self.ignore_missing,
        }
    }
}
