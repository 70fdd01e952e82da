//! `sandbox serve`.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde_json::json;

use crate::commands::output_args::properties;
use crate::commands::sandbox::FleetArgs;
use crate::context::Context;
use crate::model::argument::whole_number;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::Format;
use crate::sandbox::{DEFAULT_COMPUTERS, DEFAULT_PORT, SECRET_KEY, ServerOptions, start};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo sandbox serve
  reemo sandbox serve --port 8080 --computers 1000
  reemo sandbox serve --latency 30ms --fail 0.1 --fail-status 429")]
pub(crate) struct Args {
    /// Listen on this port of 127.0.0.1; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT, value_parser = whole_number(0_u16..=u16::MAX))]
    port: u16,
    #[command(flatten)]
    fleet: FleetArgs,
    /// Delay each response by this much
    #[arg(long, value_name = "DURATION", value_parser = crate::config::parse_duration)]
    latency: Option<Duration>,
    /// Fail this fraction of the requests, from 0 to 1
    #[arg(long, value_name = "FRACTION", default_value_t = 0.0, value_parser = fraction)]
    fail: f64,
    /// HTTP status of failing requests
    #[arg(long, value_name = "STATUS", default_value_t = 503, value_parser = whole_number(400_u16..=599))]
    fail_status: u16,
}

fn fraction(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|fraction| (0.0..=1.0).contains(fraction))
        .ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let options = ServerOptions {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, args.port)),
        latency: args.latency.unwrap_or_default(),
        fail: args.fail,
        fail_status: args.fail_status,
        ..ServerOptions::default()
    };
    let server =
        start(args.fleet.store()?, options).map_err(|error| cannot_listen(args.port, &error))?;
    let url = server.url();
    match context.terminal.style().format {
        Format::Table | Format::Wide => {
            context
                .terminal
                .data(banner(&url, args.fleet.computers).as_bytes())?;
        }
        _ => properties(
            context,
            &json!({ "url": url, "secret_key": SECRET_KEY, "computers": args.fleet.computers }),
        )?,
    }
    context.terminal.finish()?;
    // It acts on the same fleet, as long as that is the demo fleet.
    if args.fleet.computers == DEFAULT_COMPUTERS {
        let list = CommandLine::reemo("computers list").in_profile("sandbox");
        let next = Hint::new("in another terminal: ").command(list);
        context.terminal.next_step(next);
    }
    server.wait();
    Ok(())
}

fn cannot_listen(port: u16, error: &io::Error) -> Error {
    let message = if error.kind() == io::ErrorKind::AddrInUse {
        format!("port {port} of 127.0.0.1 is already in use")
    } else {
        format!("can't listen on port {port} of 127.0.0.1: {error}")
    };
    let free_port = CommandLine::reemo("sandbox serve --port 0").in_any_profile();
    Error::new(ErrorKind::Conflict, message).hint(Hint::new("use a free port: ").command(free_port))
}

fn banner(url: &str, computers: usize) -> String {
    let fleet = if computers == DEFAULT_COMPUTERS {
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
  reemo sandbox register{fleet} _ID     # brings a reserved computer online
"
    )
}
