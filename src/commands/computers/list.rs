//! `computers list`.

use std::cell::RefCell;

use crate::api::client::Client;
use crate::api::listing::{Listing, Proof, Search};
use crate::commands::computers::ansible::Inventory;
use crate::commands::computers::duplicates::duplicates;
use crate::commands::computers::search_args::SearchArgs;
use crate::commands::computers::sort::Sort;
use crate::commands::computers::unknown::UnknownProperties;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::argument::whole_number;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::filter::Filters;
use crate::output::{Format, Rows};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers list
  reemo computers list paris
  reemo computers list --filter status=OFFLINE --sort name
  reemo computers list --filter 'hostname=PAR-*' --filter 'os~^Windows' -o wide
  reemo computers list --filter site=Paris --filter status=OFFLINE
  reemo computers list --filter 'lastSeen<-12h' --sort lastSeen   # not seen since
  reemo computers list --json
  reemo computers list --jq 'group_by(.status)[] | [.[0].status, length] | @tsv' -r
  reemo computers list --duplicates hostname
  reemo computers list -o ansible --group-by site
  reemo computers list -o csv --columns id,name,screens.0.w
  reemo computers list -o csv --columns all > computers.csv")]
pub(crate) struct Args {
    #[command(flatten)]
    search: SearchArgs,
    /// Sort by a property, or by several with commas; -KEY sorts in descending order
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    sort: Option<Sort>,
    /// Print at most N computers
    #[arg(long, value_name = "N", value_parser = whole_number(1_u64..))]
    limit: Option<u64>,
    /// Keep computers that share the value of a property with another one, such as hostname
    #[arg(long, value_name = "KEY")]
    duplicates: Option<String>,
    /// With -o ansible: make groups by the value of a property, such as site
    #[arg(long, value_name = "KEY")]
    group_by: Option<String>,
    /// Request N computers per page [default: the API's maximum]
    #[arg(long, value_name = "N", value_parser = whole_number(1_u64..=100_000))]
    page_size: Option<u64>,
    /// Request up to N pages at once [default: 8, or 20 if pages are small and slow]
    #[arg(long, value_name = "N", value_parser = whole_number(1_u8..=64))]
    concurrency: Option<u8>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(mut args: Args, context: &Context) -> anyhow::Result<()> {
    args.output.check(context)?;
    args.check_format(context)?;
    args.use_defaults(context)?;
    let filters = args.search.filters();
    let client = args.client(context, &filters)?;
    let asked: Vec<&str> = filters
        .keys()
        .chain(args.sort.iter().flat_map(Sort::properties))
        .chain(args.output.chosen())
        .chain(args.duplicates.as_deref())
        .chain(args.group_by.as_deref())
        .collect();
    let unknown = RefCell::new(UnknownProperties::new(asked));
    let fits = |computer: &Computer| filters.fit(computer);
    let matching = |row: &Result<Computer, Error>| {
        row.as_ref().map_or(true, |computer| {
            unknown.borrow_mut().look(computer);
            fits(computer)
        })
    };
    let search = Search::new(filters.exact(), &fits);
    let progress = context.listing_progress();
    let mut printed = Printed::new(&args, context);
    let listed = if args.arranges() {
        let (kept, listed) = keep(&client, &search, matching);
        if listed.is_ok() || is_table(context) {
            printed.print(&mut args.arranged(kept).into_iter().map(Ok))?;
        }
        listed
    } else {
        let mut print = |listing: &mut Listing<'_>| {
            printed = Printed::new(&args, context);
            printed.print(&mut listing.by_ref().filter(matching))?;
            listing.warn_unless_proven();
            Ok(())
        };
        if args.output.is_whole(context) {
            client.collect(&search, Proof::Plausible, print)
        } else {
            print(&mut client.list(&search, Proof::Plausible))
        }
    };
    drop(progress);
    let count = printed.finish(listed)?;
    unknown.borrow().tell(context);
    if count == 0 && is_table(context) {
        tell_none(context, &filters);
    }
    Ok(())
}

/// Returns the computers for which `is_kept` returns true. If the listing fails, they are those that came before.
fn keep(
    client: &Client,
    search: &Search<'_>,
    is_kept: impl Fn(&Result<Computer, Error>) -> bool,
) -> (Vec<Computer>, Result<(), Error>) {
    let mut kept = Vec::new();
    let listed = client.collect(search, Proof::Plausible, |listing| {
        kept.clear();
        for row in listing.by_ref().filter(&is_kept) {
            kept.push(row?.detached());
        }
        listing.warn_unless_proven();
        Ok(())
    });
    (kept, listed)
}

/// Says why a table has no rows.
fn tell_none(context: &Context, filters: &Filters) {
    let text = if filters.is_empty() {
        "there are no computers"
    } else {
        "no computers match the filters"
    };
    context.terminal.note("none", text);
}

fn is_table(context: &Context) -> bool {
    context.terminal.style().format.is_for_people()
}

/// The computers that were printed so far, as many as `--limit` allows.
struct Printed<'context> {
    context: &'context Context,
    rows: Box<dyn Rows + 'context>,
    limit: usize,
    count: usize,
}

impl<'context> Printed<'context> {
    fn new(args: &Args, context: &'context Context) -> Self {
        let limit = args.limit.map(usize::try_from);
        Self {
            context,
            rows: args.rows(context),
            limit: limit.and_then(Result::ok).unwrap_or(usize::MAX),
            count: 0,
        }
    }

    fn print(
        &mut self,
        computers: &mut dyn Iterator<Item = Result<Computer, Error>>,
    ) -> Result<(), Error> {
        for computer in computers.take(self.limit) {
            let has_reader = self.rows.row(computer?.text())?;
            self.count += 1;
            if !has_reader {
                break;
            }
        }
        Ok(())
    }

    /// Ends the rows, and returns how many there are. A table is for people: if the listing failed, what came
    /// is printed before the error. A program must not take it for all there is.
    fn finish(self, listed: Result<(), Error>) -> Result<usize, Error> {
        let Err(error) = listed else {
            self.rows.finish()?;
            return Ok(self.count);
        };
        let may_print = !matches!(error.kind, ErrorKind::OutputFailed | ErrorKind::Interrupted);
        if may_print && self.count > 0 && is_table(self.context) {
            self.rows.finish()?;
            self.context.terminal.finish()?;
        }
        Err(error)
    }
}

impl Args {
    /// Takes the columns and the order that the profile has for a terminal.
    fn use_defaults(&mut self, context: &Context) -> Result<(), Error> {
        let defaults = &context.defaults;
        if context.terminal.style().format == Format::Table {
            self.output.default_columns(defaults.columns.as_deref());
        }
        if let (None, Some(sort)) = (&self.sort, &defaults.sort) {
            let invalid = |message| Error::new(ErrorKind::Config, format!("sort: {message}"));
            self.sort = Some(sort.parse().map_err(invalid)?);
        }
        Ok(())
    }

    /// Refuses a flag that the format has no use for.
    fn check_format(&self, context: &Context) -> Result<(), Error> {
        if self.group_by.is_some() && context.terminal.style().format != Format::Ansible {
            let message = "--group-by makes groups for -o ansible";
            return Err(Error::new(ErrorKind::Usage, message));
        }
        Ok(())
    }

    fn rows<'context>(&self, context: &'context Context) -> Box<dyn Rows + 'context> {
        match context.terminal.style().format {
            Format::Ansible => Box::new(Inventory::new(context, self.group_by.as_deref())),
            _ => self.output.listing(context),
        }
    }

    /// Whether all computers are needed before the first is printed.
    fn arranges(&self) -> bool {
        self.sort.is_some() || self.duplicates.is_some()
    }

    fn arranged(&self, mut computers: Vec<Computer>) -> Vec<Computer> {
        if let Some(property) = &self.duplicates {
            computers = duplicates(property, computers);
        }
        match &self.sort {
            Some(sort) => sort.sorted(computers),
            None => computers,
        }
    }

    fn client(&self, context: &Context, filters: &Filters) -> Result<Client, Error> {
        // Where the first rows are all that is wanted, a smaller first page brings them sooner.
        let first_rows = self
            .limit
            .filter(|_| filters.is_empty() && !self.arranges());
        let concurrency = self.concurrency.map(usize::from);
        let client = context.client()?;
        Ok(client.for_listing(self.page_size, first_rows, concurrency))
    }
}
