//! The clap tree: the global flags, and the nouns below them. The arguments of a command are in its file under `commands`.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser};

use crate::commands::Command;
use crate::config::Flags;
use crate::model::error::{Error, ErrorKind};
use crate::output::{ColorChoice, Format, Jq, JqFilter, Style};

/// Administer the computers of a Reemo account from the command line.
#[derive(Debug, Parser)]
#[command(
    name = "reemo",
    version,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Examples:
  reemo auth login
  reemo computers list --filter status=OFFLINE
  reemo computers list -o csv > computers.csv
  reemo computers connect \"Reception Paris\" --open
  reemo --profile staging computers list     # another account
  reemo --profile sandbox computers list     # without an account

Environment:
  REEMO_PROFILE, REEMO_SECRET_KEY, REEMO_SECRET_KEY_FILE, REEMO_API_URL, REEMO_CONFIG, REEMO_OUTPUT,
  REEMO_NAMESPACE, REEMO_REQUEST_TIMEOUT, REEMO_READ_ONLY, REEMO_NO_INPUT, NO_COLOR, HTTPS_PROXY, NO_PROXY

Exit codes:
  0 success, 1 unexpected error, 2 usage, 3 credentials or configuration, 4 not found, 5 refused,
  6 API unreachable, 7 API failed, 8 partial failure, 9 unknown outcome,
  10 differences found by diff --exit-code, 124 wait timed out, 130 interrupted"
)]
pub(crate) struct Cli {
    /// Flags that work everywhere.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that work before and after the subcommand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Profile to use: one from the config file, or the built-in sandbox
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,
    /// Output format: table, wide, json, jsonl, csv, id or _id
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        value_parser = format_parser()
    )]
    output: Option<Format>,
    /// Same as --output json
    #[arg(long, global = true, conflicts_with = "output")]
    json: bool,
    /// Filter the JSON with a jq expression; implies --json unless jsonl is chosen
    #[arg(long, global = true, value_name = "EXPR", allow_hyphen_values = true)]
    jq: Option<JqFilter>,
    /// Print string results of --jq without quotes
    #[arg(short, long, global = true)]
    raw_output: bool,
    /// Print no notes and no progress
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Show each request; -vv shows headers too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Limit each request to this time [default: 30s]
    #[arg(long, global = true, value_name = "DURATION", value_parser = crate::config::parse_timeout)]
    request_timeout: Option<Duration>,
    /// Retry up to N times where that is safe [default: 2]
    #[arg(long, global = true, value_name = "N", value_parser = crate::model::argument::whole_number(0_u32..=10))]
    retries: Option<u32>,
    /// Never ask a question
    #[arg(long, global = true)]
    no_input: bool,
    /// Use colors: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        value_parser = color_parser()
    )]
    color: ColorChoice,
}

impl Global {
    /// Returns the flags that settings depend on.
    pub(crate) fn flags(&self) -> Flags {
        Flags {
            profile: self.profile.clone(),
            api_url: None,
            request_timeout: self.request_timeout,
            retries: self.retries,
            no_input: self.no_input,
            is_login: false,
        }
    }

    /// Returns the format that the flags select, if they do. A filter implies JSON.
    fn format(&self) -> Option<Format> {
        let implied = self.json || self.jq.is_some();
        self.output.or(implied.then_some(Format::Json))
    }

    /// Returns how things are shown. `profile` is the one that hints name, and `default` is the format if no flag selects one.
    pub(crate) fn style(&self, profile: Option<String>, default: Option<Format>) -> Style {
        let format = self.format().or(default).unwrap_or_default();
        let jq = self
            .jq
            .clone()
            .filter(|_| format.is_json())
            .map(|filter| Jq {
                filter,
                raw: self.raw_output,
            });
        Style {
            format,
            color: self.color,
            quiet: self.quiet,
            verbose: self.verbose,
            profile,
            jq,
        }
    }

    /// Refuses flags that exclude each other. clap can't, because they may be before and after the subcommand.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`].
    pub(crate) fn check(&self, command: &Command) -> Result<(), Error> {
        let wrong = |message: &str| Err(Error::new(ErrorKind::Usage, message));
        match &self.jq {
            _ if self.output == Some(Format::Ansible) && !command.has_inventory() => {
                wrong("-o ansible is for computers list")
            }
            None if self.raw_output => wrong("--raw-output is for the results of --jq"),
            Some(_) if self.format().is_some_and(|format| !format.is_json()) => {
                wrong("--jq filters JSON: use it with json or jsonl, or without --output")
            }
            _ => Ok(()),
        }
    }
}

/// Parses a format. clap knows the names, for completions and suggestions.
fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(|(name, _)| name))
        .try_map(|name| name.parse::<Format>())
}

fn color_parser() -> impl TypedValueParser<Value = ColorChoice> {
    PossibleValuesParser::new(["auto", "always", "never"]).map(|when| match when.as_str() {
        "always" => ColorChoice::Always,
        "never" => ColorChoice::Never,
        _ => ColorChoice::Auto,
    })
}
