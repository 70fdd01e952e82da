//! `api`: one raw request with the profile's credentials.

mod body;

use std::sync::Arc;

use anyhow::bail;

use crate::api::client::{Client, Collection};
use crate::api::listing::{Listing, Proof, Search};
use crate::api::path::RawPath;
use crate::api::request::{Effect, Request};
use crate::api::response::Response;
use crate::commands::change_journal::{Journal, JournalEntry};
use crate::commands::dry_run::show;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::output::Format;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints the response unchanged: JSON is indented, or on one line with -o jsonl. Any other content is \
an error with -o json, jsonl or --jq; at a terminal, its control characters are escaped.

If the API returns an error status, reemo ends with the matching exit code. Every method but GET and HEAD counts as a change: \
read-only profiles refuse it, and it is not sent again if the response is lost (exit code 9).

After api, -q is --query; --quiet has no short form there.

Examples:
  reemo api GET /computers -q limit=5
  reemo api GET '/computers?page=2&limit=5' --jq '.computers[].name' -r
  reemo api POST /computers -f _id=3f2504e0-4f89-41d3-9a0c-0305e82c3301 -f name=\"Reception Paris\"
  reemo api PUT /computers/3f2504e0-4f89-41d3-9a0c-0305e82c3301 -f name=Reception --dry-run
  reemo api GET /computers -q limit=1 --include
  reemo api GET /computers --paginate --jq length"
)]
pub(crate) struct Args {
    /// GET, HEAD, POST, PUT, PATCH or DELETE
    #[arg(value_name = "METHOD", value_parser = method)]
    method: &'static str,
    /// A path below the API's base URL, such as /computers
    #[arg(value_name = "PATH")]
    path: RawPath,
    /// Add a query parameter; repeatable
    #[arg(short, long, value_name = "KEY=VALUE", value_parser = body::field)]
    query: Vec<(String, String)>,
    /// Add a string property to the JSON body; repeatable
    #[arg(short = 'f', long, value_name = "KEY=VALUE", value_parser = body::field, conflicts_with = "input")]
    raw_field: Vec<(String, String)>,
    /// Add a property with a JSON value to the JSON body, such as n=1.5 or on=true; repeatable
    #[arg(short = 'F', long, value_name = "KEY=JSON", value_parser = body::json_field, conflicts_with = "input")]
    field: Vec<(String, String)>,
    /// Send the JSON in this file unchanged; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = input)]
    input: Option<String>,
    /// Request every page, and print the rows of all as one array (a row per line with -o jsonl)
    #[arg(long, conflicts_with_all = ["include", "dry_run"])]
    paginate: bool,
    /// Print the status and headers before the response
    #[arg(short, long)]
    include: bool,
    /// Send nothing; print what would be sent
    #[arg(long)]
    dry_run: bool,
    // Stands for the global flag of this name, which has -q everywhere else.
    /// Print no notes and no progress
    #[arg(long, help_heading = "Global options")]
    quiet: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    if !args.dry_run
        && !matches!(
            context.terminal.style().format,
            Format::Table | Format::Json | Format::Jsonl
        )
    {
        let message = "api prints the response as it came; use --output json or jsonl";
        bail!(Error::new(ErrorKind::Usage, message));
    }
    let request = request(args)?;
    let client = match request.effect {
        Effect::Read => context.client()?,
        Effect::Change => context.client_for_change(args.dry_run)?,
    };
    if args.dry_run {
        return show(&OutputArgs::default(), context, client, &request);
    }
    if args.paginate {
        return Ok(paginate(client, request, context)?);
    }
    let answer = send(client, &request, context)?;
    let carried_out = |failure: Error| match request.effect {
        Effect::Read => failure,
        Effect::Change => failure.detail(format!(
            "the request was carried out (status {})",
            answer.status
        )),
    };
    let is_change = request.effect == Effect::Change;
    Ok(print(args, &answer, is_change, context).map_err(carried_out)?)
}

/// Parses a method, in any case.
fn method(typed: &str) -> Result<&'static str, String> {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(typed))
        .ok_or_else(|| "expected GET, HEAD, POST, PUT, PATCH or DELETE".to_owned())
}

/// Parses the name of an input file.
fn input(typed: &str) -> Result<String, &'static str> {
    if typed.is_empty() {
        return Err("expected a file, or - for standard input");
    }
    Ok(typed.to_owned())
}

/// Sends the request, and writes it to the journal if it may change something.
fn send(client: &Client, request: &Request, context: &Context) -> Result<Response, Error> {
    if request.effect == Effect::Read {
        return client.raw(request);
    }
    let journal = Journal::of(context)?;
    let trace = Arc::default();
    let answer = client.with_change_trace(&trace).raw(request);
    if let Some(journal) = journal.filter(|_| trace.has_begun()) {
        let error = answer.as_ref().err();
        journal.write(&JournalEntry {
            verb: "api",
            outcome: match error.map(|error| error.kind) {
                None => "done",
                Some(ErrorKind::OutcomeUnknown) => "unknown",
                Some(_) => "failed",
            },
            computer: None,
            new_name: None,
            request: Some((request.method, client.url(request))),
            error,
            request_id: trace.request_id(),
        });
    }
    answer
}

fn request(args: &Args) -> Result<Request, Error> {
    let method = args.method;
    let effect = match method {
        "GET" | "HEAD" => Effect::Read,
        _ => Effect::Change,
    };
    let body = match &args.input {
        Some(input) => Some(body::read(input)?),
        None if args.raw_field.is_empty() && args.field.is_empty() => None,
        None => Some(body::object(&args.raw_field, &args.field)?),
    };
    if body.is_some() && effect == Effect::Read {
        let message = format!("a {method} request has no body; pass parameters with --query");
        return Err(Error::new(ErrorKind::Usage, message));
    }
    if args.paginate && method != "GET" {
        let message = format!("--paginate is for GET, not for {method}");
        return Err(Error::new(ErrorKind::Usage, message));
    }
    let query = args.path.query.iter().chain(&args.query).cloned().collect();
    Ok(Request {
        method,
        path: args.path.segments.clone(),
        query,
        body,
        effect,
        is_private: false,
    })
}

/// Prints the rows of all pages. As in a listing of computers, it must be proven that they are all.
fn paginate(client: &Client, request: Request, context: &Context) -> Result<(), Error> {
    let client = client.with_collection(Collection {
        path: request.path,
        query: request.query,
    })?;
    let print = |listing: &mut Listing<'_>| {
        let mut rows = context.terminal.json_rows();
        for row in listing.by_ref() {
            if !rows.row(row?.text())? {
                break;
            }
        }
        listing.warn_unless_proven();
        rows.finish()
    };
    let everything = Search::everything();
    if context.terminal.style().format == Format::Jsonl {
        print(&mut client.list(&everything, Proof::Plausible))
    } else {
        client.collect(&everything, Proof::Plausible, print)
    }
}

fn head(answer: &Response) -> String {
    let mut head = format!("{} {}\n", answer.version, answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!(
            "{name}: {}\n",
            crate::model::sanitize::escape(value)
        ));
    }
    head.push('\n');
    head
}

fn print(args: &Args, answer: &Response, is_change: bool, context: &Context) -> Result<(), Error> {
    if args.include {
        context.terminal.text(&head(answer))?;
    }
    // What can't be handed over is lost, whatever else went wrong.
    let printed = body(answer, is_change, context);
    context.terminal.finish().and(printed)
}

fn body(answer: &Response, is_change: bool, context: &Context) -> Result<(), Error> {
    if answer.body.is_empty() {
        return Ok(());
    }
    match answer.json() {
        Ok(json) => context.terminal.document(json, is_change),
        // A JSON format promises JSON.
        Err(failure) if context.terminal.style().format.is_json() => Err(failure),
        Err(_) => context.terminal.text(&answer.body),
    }
}
