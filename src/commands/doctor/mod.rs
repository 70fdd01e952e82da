//! `doctor`: whether everything works with this account, and if not, what to change. Nothing but GET is sent, and what it
//! prints gives nothing away: no key, no user name or password of a URL, nothing of a computer.

mod configuration;
mod credentials;
mod first_contact;
mod network;
mod report;
mod wire;

use crate::api::client::Client;
use crate::api::probe::{Contact, Depth, Probe};
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::{self, Settings};
use crate::context::Context;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only GET is sent, at most 20 times. The report contains no key and no data about any computer.

Examples:
  reemo doctor
  reemo doctor --write
  reemo --profile staging doctor --json"
)]
pub(crate) struct Args {
    /// Store in the profile how this API pages and filters, where that differs
    #[arg(long)]
    write: bool,
    /// Check the configuration alone, without any connection
    #[arg(long, conflicts_with = "write")]
    offline: bool,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let mut report = CheckReport::default();
    let settings = configuration::check(context, &mut report);
    if let Some(settings) = &settings {
        if args.write {
            config::check_storable(&settings.profile.value)?;
        }
        if args.offline {
            credentials::check_offline(settings, &mut report);
        } else {
            check_online(args, context, settings, &mut report);
        }
    }
    report.leave_out(args.offline);
    report.print(context)
}

fn check_online(args: &Args, context: &Context, settings: &Settings, report: &mut CheckReport) {
    let _progress = context.terminal.spinner("checking the API");
    let client = credentials::client(context, settings);
    let is_there = network::check(settings, report);
    let client = match client {
        Ok(client) => client,
        Err(error) => return report.failed(Group::Credentials, "secret key", error),
    };
    report.ok(
        Group::Credentials,
        "secret key",
        format!("from {}", credentials::source(settings)),
    );
    if !is_there {
        return;
    }
    let mut probe = Probe::new(&client);
    let first = probe.first_contact();
    first_contact::check(&first, settings, report);
    if let Contact::Listing(fleet) = &first.contact {
        let verdicts = probe.wire(fleet, Depth::Full);
        wire::check(
            args.write, context, settings, &client, fleet, &verdicts, report,
        );
    }
}

/// Says in three notes how an account that was just logged in to answers, by three requests at most.
pub(super) fn brief(context: &Context, client: &Client) {
    if context.terminal.style().quiet {
        return;
    }
    let mut probe = Probe::new(client);
    let Contact::Listing(fleet) = probe.first_contact().contact else {
        return;
    };
    let verdicts = probe.wire(&fleet, Depth::Short);
    for line in wire::brief(context, client, &fleet, &verdicts) {
        context.terminal.note("doctor", &line);
    }
}
