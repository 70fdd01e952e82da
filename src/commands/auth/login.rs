//! `auth login`: the key is checked with the API before it is stored, with the URL that it was checked against.

use std::io::{IsTerminal, Read};

use crate::commands::interrupt;
use crate::config::{self, ApiUrl, Flags};
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::SecretKey;
use crate::output::SecretPrompt;

/// Arguments of `auth login`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The key is asked for without echo, and never taken from a flag: process lists show flags.

Examples:
  reemo auth login
  reemo auth login --secret-key-stdin < key.txt
  reemo --profile staging auth login
  reemo --profile corp auth login --api-url https://reemo.example.com/v1"
)]
pub struct Args {
    /// Read the key from standard input
    #[arg(long)]
    secret_key_stdin: bool,
    /// Log in to the API at this base URL [default: the profile's api_url]
    #[arg(long, value_name = "URL")]
    api_url: Option<ApiUrl>,
}

/// More than any key has, in bytes.
const LONGEST: u64 = 64 * 1024;

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let flags = Flags {
        api_url: args.api_url.clone(),
        ..context.flags.clone()
    };
    let settings = config::decide_for_login(&flags, &context.environment)?;
    context.note(&settings.notes);
    config::check_storable(&settings.profile)?;
    let no_place = || {
        Error::new(ErrorKind::Config, "there is no place for a config file")
            .hint("name one with REEMO_CONFIG")
    };
    let path = settings.config_path.clone().ok_or_else(no_place)?;
    config::check_folder(&path)?;

    let secret = if args.secret_key_stdin && !std::io::stdin().is_terminal() {
        from_standard_input()?
    } else {
        ask(args, context, settings.api_url.value.as_str())?
    };
    context
        .client_for(&settings, settings.api_url.value.as_str(), secret.clone())?
        .check()?;

    let mut notes = Vec::new();
    let removed = config::store_secret(
        &path,
        &settings.profile,
        &secret,
        &settings.api_url.value,
        &mut notes,
    )?;
    context.note(&notes);
    if !removed.is_empty() {
        let text = format!(
            "{} of profile {} made room for the key",
            removed.join(" and "),
            settings.profile
        );
        context.terminal.note("setting_removed", &text);
    }
    let text = format!(
        "logged in to {}; the key is in profile {} of {}",
        settings.api_url.value.as_str(),
        settings.profile,
        path.display()
    );
    context.terminal.note("logged_in", &text);
    for variable in ["REEMO_SECRET_KEY", "REEMO_SECRET_KEY_FILE"]
        .into_iter()
        .filter(|name| context.environment.has(name))
    {
        context.terminal.note(
            "environment_goes_first",
            &format!("{variable} is set, and goes before the stored key"),
        );
    }
    context
        .terminal
        .next_command(CommandLine::reemo("computers list"));
    Ok(())
}

fn from_standard_input() -> Result<SecretKey, Error> {
    let mut text = String::new();
    std::io::stdin()
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|error| {
            Error::new(
                ErrorKind::NoCredentials,
                format!("standard input can't be read: {error}"),
            )
        })?;
    SecretKey::parse(&text, "standard input")
}

/// Asks at the terminal, also where standard input was named and is one: a key that is typed must not be shown.
fn ask(args: &Args, context: &Context, api_url: &str) -> Result<SecretKey, Error> {
    // Elsewhere the question could not be seen, but where standard input was named it needs no question.
    let can_ask = context.is_interactive()? || (args.secret_key_stdin && context.may_ask()?);
    if !can_ask {
        return Err(Error::new(
            ErrorKind::NoCredentials,
            "there is no terminal to ask for the key at",
        )
        .hint(
            Hint::new("give it on standard input: ")
                .command(CommandLine::reemo("auth login --secret-key-stdin")),
        ));
    }
    interrupt::listen(&context.stop)?;
    let prompt = SecretPrompt {
        question: &format!("Secret key for {api_url} (not shown): "),
        is_interrupted: &|| context.stop.is_requested(),
        signals: &interrupt::prompt_signals(),
    };
    let text = prompt.ask().map_err(|error| match error.kind() {
        std::io::ErrorKind::Interrupted => Error::new(ErrorKind::Interrupted, "nothing was stored"),
        _ => Error::new(
            ErrorKind::NoCredentials,
            format!("the key could not be asked for: {error}"),
        ),
    })?;
    SecretKey::parse(&text, "the terminal")
}
