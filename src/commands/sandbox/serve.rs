//! `sandbox serve`.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde_json::json;

use crate::commands::sandbox::Fleet;
use crate::commands::shown::properties;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::Format;
use crate::sandbox::{DEFAULT_PORT, Options, SECRET_KEY, start};

/// Arguments of `sandbox serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo sandbox serve
  reemo sandbox serve --port 8080 --computers 1000
  reemo sandbox serve --latency 30ms --fail 0.1 --fail-status 429")]
pub struct Args {
    /// Listen on this port of 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
    port: u16,
    #[command(flatten)]
    fleet: Fleet,
    /// Answer each request this much later
    #[arg(long, value_name = "DURATION", value_parser = crate::config::parse_duration)]
    latency: Option<Duration>,
    /// Fail this share of the requests, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    fail: f64,
    /// The status of the requests that fail
    #[arg(long, value_name = "STATUS", default_value_t = 503, value_parser = clap::value_parser!(u16).range(400..=599))]
    fail_status: u16,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)),
        latency: args.latency.unwrap_or_default(),
        fail: args.fail,
        fail_status: args.fail_status,
        ..Options::default()
    };
    let running = start(args.fleet.store()?, options).map_err(|error| {
        let failure = Error::new(
            ErrorKind::Conflict,
            format!(
                "port {} of 127.0.0.1 can't be listened on: {error}",
                args.port
            ),
        );
        failure.hint(
            Hint::new("take a free port: ")
                .command(CommandLine::reemo("sandbox serve --port 0").in_any_profile()),
        )
    })?;
    let url = running.url();
    match context.screen.style().format {
        Format::Table | Format::Wide => {
            context
                .screen
                .data(banner(&url, args.fleet.computers).as_bytes())?;
        }
        _ => properties(
            context,
            &json!({ "url": url, "secret_key": SECRET_KEY, "computers": args.fleet.computers }),
        )?,
    }
    context.screen.finish()?;
    running.wait();
    Ok(())
}

fn banner(url: &str, computers: usize) -> String {
    let fleet = if computers == crate::sandbox::DEFAULT_COMPUTERS {
        String::new()
    } else {
        format!(" --computers {computers}")
    };
    format!(
        "The sandbox serves a demo fleet of {computers} computers at {url} until Ctrl-C.

In another terminal:
  export REEMO_API_URL={url}
  export REEMO_SECRET_KEY={SECRET_KEY}
  reemo computers list
  curl -H \"Authorization: $REEMO_SECRET_KEY\" \"$REEMO_API_URL/computers\"
  reemo sandbox register{fleet} _ID     # plays a reserved computer coming up
"
    )
}
