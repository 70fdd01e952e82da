//! `computers list`.

use crate::api::walk::Flow;
use crate::api::wire;
use crate::commands::computers::sort::Sort;
use crate::commands::computers::unknown::Unknown;
use crate::commands::shown::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::filter::{Filter, Filters};
use crate::output::{Format, Rows, Shape};

/// Arguments of `computers list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo computers list
  reemo computers list --filter status=OFFLINE --sort name
  reemo computers list --filter 'hostname=PAR-*' --filter 'os~^Windows' -o wide
  reemo computers list --json
  reemo computers list --jq 'group_by(.status)[] | [.[0].status, length] | @tsv' -r
  reemo computers list -o csv --columns id,name,screens.0.w")]
pub struct Args {
    /// Keep computers with KEY=VALUE (wildcards * and ?), KEY!=VALUE or KEY~REGEX; repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,
    /// Sort by a property; -KEY sorts downwards
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    sort: Option<Sort>,
    /// Print at most N computers
    #[arg(long, value_name = "N", value_parser = from_one)]
    limit: Option<u64>,
    /// Ask for N computers a page, where the largest page that the API grants is not wanted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    page_size: Option<u64>,
    /// Fetch up to N pages at once [default: 8, or 20 where pages are small and slow to come]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    concurrency: Option<u8>,
    #[command(flatten)]
    shown: OutputArgs,
}

fn from_one(text: &str) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| "expected a whole number from 1 on".to_owned())
}

pub(super) fn run(args: Args, context: &Context) -> anyhow::Result<()> {
    args.shown.check(context)?;
    let filters = Filters::new(args.filter, wire::property);
    let limit = args.limit.map_or(usize::MAX, |limit| {
        usize::try_from(limit).unwrap_or(usize::MAX)
    });
    // Where the first rows are all that is wanted, a smaller first page brings them sooner.
    let few = args
        .limit
        .filter(|_| filters.is_empty() && args.sort.is_none());
    let mut client = match (args.page_size, few) {
        (Some(size), _) => context.client()?.with_page_size(size),
        (None, Some(few)) => context.client()?.wanting(few),
        (None, None) => context.client()?.clone(),
    };
    if let Some(concurrency) = args.concurrency {
        client = client.with_concurrency(usize::from(concurrency));
    }
    let search: Vec<(&str, String)> = filters.exact().collect();
    let asked: Vec<&str> = filters
        .keys()
        .chain(args.sort.iter().map(Sort::key))
        .chain(args.shown.chosen())
        .collect();
    let mut unknown = Unknown::new(asked);
    let start = || args.shown.computers(context, Shape::Many);
    let (rows, printed) = if let Some(sort) = &args.sort {
        let kept = client.gather(
            &search,
            &Vec::new,
            &mut |kept: &mut Vec<Computer>, computer| {
                unknown.look(computer);
                if filters.fit(computer) {
                    kept.push(computer.detached());
                }
                Ok(Flow::More)
            },
        )?;
        let (mut rows, count) = (start(), kept.len());
        for computer in sort.sorted(kept).iter().take(limit) {
            if !rows.row(computer)? {
                break;
            }
        }
        (rows, count)
    } else {
        let mut take = |(rows, printed): &mut (Box<dyn Rows + '_>, usize), computer: &Computer| {
            unknown.look(computer);
            if !filters.fit(computer) {
                return Ok(Flow::More);
            }
            *printed += 1;
            let wanted = rows.row(computer)?;
            Ok(if wanted && *printed < limit {
                Flow::More
            } else {
                Flow::Enough
            })
        };
        if context.screen.style().format.is_whole() {
            client.gather(&search, &|| (start(), 0), &mut take)?
        } else {
            let mut printing = (start(), 0);
            client.walk(&search, &mut |computer| take(&mut printing, computer))?;
            printing
        }
    };
    rows.finish()?;
    unknown.tell(context);
    if printed == 0 && matches!(context.screen.style().format, Format::Table | Format::Wide) {
        context.screen.note(
            "none",
            if filters.is_empty() {
                "there are no computers"
            } else {
                "no computer fits the filters"
            },
        );
    }
    Ok(())
}
