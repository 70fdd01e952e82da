//! `journal`: the changes that this user made from this machine.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::SystemTime;

use serde_json::value::RawValue;

use crate::config;
use crate::context::Context;
use crate::fs::{open_no_follow, previous_path};
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::property::{PropertyPath, first};
use crate::model::timestamp;
use crate::output::{Column, Fit, Format, RowOptions, Rows, Shape};

/// The columns of a table.
const COLUMNS: [&str; 7] = [
    "time", "profile", "verb", "outcome", "name", "new_name", "id",
];
/// Those of wide and csv.
const ALL_COLUMNS: [&str; 9] = [
    "time", "profile", "api_host", "verb", "outcome", "name", "new_name", "_id", "id",
];

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every change that reemo sends is a line, oldest first: when, in which profile and at which API, what was done, how it came
out, the computer as it was before, and the API's id of the request. journal = false in a profile turns it off.

Examples:
  reemo journal
  reemo journal --since -7d --profile production
  reemo journal --since 2026-11-01 --until 2026-12-01 -o csv
  reemo journal -o jsonl --jq 'select(.outcome == \"deleted\") | .computer | {_id, name}'"
)]
pub(crate) struct Args {
    /// Show only changes since then: a time, a date, or a time before now such as -7d
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    since: Option<SystemTime>,
    /// Show only changes before then
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    until: Option<SystemTime>,
}

fn time(text: &str) -> Result<SystemTime, String> {
    timestamp::parse_or_relative(text).ok_or_else(|| {
        "expected a time such as 2026-11-24T08:00:00Z, a date, or a time before now such as -7d"
            .to_owned()
    })
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let path = config::journal_path()?;
    let columns: &[&str] = match context.terminal.style().format {
        Format::Table => &COLUMNS,
        _ => &ALL_COLUMNS,
    };
    let columns = columns.iter().map(column).collect();
    let mut rows = context.terminal.rows(RowOptions {
        ids_in: Some("computer"),
        ..RowOptions::new(Shape::Many, columns)
    });
    let (mut shown, mut broken) = (0, 0);
    for file in [previous_path(&path), path] {
        for line in lines(&file)? {
            let line = line.map_err(|error| unreadable(&file, &error.to_string()))?;
            if !is_object(&line) {
                broken += u64::from(!line.trim().is_empty());
            } else if args.includes(&line, context) {
                shown += 1;
                rows.row(&line)?;
            }
        }
    }
    finish(rows, shown, broken, context)
}

fn finish(
    rows: Box<dyn Rows + '_>,
    shown: u64,
    broken: u64,
    context: &Context,
) -> anyhow::Result<()> {
    if shown > 0 || !context.terminal.style().format.is_for_people() {
        rows.finish()?;
    } else {
        context
            .terminal
            .note("none", "the journal has no such changes");
    }
    if broken > 0 {
        let lines = counted(broken, "line");
        let text = format!("{lines} of the journal can't be read");
        context.terminal.warning("journal_incomplete", &text);
    }
    Ok(())
}

impl Args {
    /// Whether a line is of the profile that was chosen by flag, and within the time.
    fn includes(&self, line: &str, context: &Context) -> bool {
        let is_of_profile = context.flags.profile.as_deref().is_none_or(|profile| {
            first(line, &["profile"]).is_some_and(|(_, name)| name == profile)
        });
        if !is_of_profile || self.since.is_none() && self.until.is_none() {
            return is_of_profile;
        }
        let time = first(line, &["time"]).and_then(|(_, time)| timestamp::parse(&time));
        time.is_some_and(|time| {
            self.since.is_none_or(|since| time >= since)
                && self.until.is_none_or(|until| time < until)
        })
    }
}

/// Returns the lines of a file; none if it does not exist.
fn lines(path: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>, Error> {
    let file = open_no_follow(path, "journal").map_err(|error| {
        let failure = Error::new(ErrorKind::Unexpected, error.message);
        match error.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    Ok(file
        .into_iter()
        .flat_map(|file| BufReader::new(file).lines()))
}

fn unreadable(path: &Path, why: &str) -> Error {
    let message = format!("the journal {} can't be read: {why}", path.display());
    Error::new(ErrorKind::Unexpected, message)
}

fn is_object(line: &str) -> bool {
    line.starts_with('{') && serde_json::from_str::<&RawValue>(line).is_ok()
}

fn column(name: &&str) -> Column {
    let path = PropertyPath::new(*name);
    let path = match *name {
        "id" | "_id" | "name" => path.within("computer"),
        _ => path,
    };
    Column {
        fit: match *name {
            "id" | "_id" => Fit::Shorten,
            "time" | "verb" | "outcome" => Fit::Whole,
            _ => Fit::Cut,
        },
        is_kept: matches!(*name, "verb" | "outcome" | "name" | "id"),
        hides_empty: *name == "new_name",
        ..Column::new(*name, path)
    }
}
