//! `auth login`: checks the key with the API, then stores it with the URL that it was checked against.

use std::io::{IsTerminal, Read};
use std::path::Path;

use serde_json::json;

use crate::commands::config_file;
use crate::commands::doctor;
use crate::commands::interrupt;
use crate::commands::output_args::done;
use crate::config::{self, AnySetting, ApiUrl, Flags, Settings};
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::secret::SecretKey;
use crate::output::SecretPrompt;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The command asks for the key without echo. No flag accepts it, because process lists show flags.
To rotate a key, log in again: the new key replaces the old one once the API has accepted it, and
auth status shows the fingerprint of the key in force.

Examples:
  reemo auth login
  reemo auth login --secret-key-stdin < key.txt
  reemo --profile staging auth login     # a second account
  reemo --profile corp auth login --api-url https://reemo.example.com/v1"
)]
pub(crate) struct Args {
    /// Read the key from standard input
    #[arg(long)]
    secret_key_stdin: bool,
    /// Log in to the API at this base URL [default: the profile's api_url]
    #[arg(long, value_name = "URL")]
    api_url: Option<ApiUrl>,
}

/// No key is longer.
const MAX_STDIN_BYTES: u64 = 64 * 1024;

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let flags = Flags {
        api_url: args.api_url.clone(),
        is_login: true,
        ..context.flags.clone()
    };
    let settings = config::resolve(&flags, &context.environment)?;
    context.note(&settings.notes);
    config::check_storable(&settings.profile.value)?;
    let path = config_file::path(context)?;
    config::check_folder(&path)?;

    let api_url = &settings.api_url.value;
    let secret = if args.secret_key_stdin && !std::io::stdin().is_terminal() {
        read_standard_input()?
    } else {
        ask(args, context, api_url.as_str())?
    };
    let client = context.client_for(&settings, api_url.as_str(), secret.clone())?;
    client.check()?;
    let was_replaced = store(context, &settings, &path, &secret)?;
    let object = json!({
        "profile": settings.profile.value,
        "api_url": api_url.as_str(),
        "config_file": path.display().to_string(),
        "secret_key_fingerprint": secret.fingerprint(),
        "replaced": was_replaced,
    });
    done(context, &object)?;
    doctor::brief(context, &client);
    context
        .terminal
        .next_step(CommandLine::reemo("computers list"));
    Ok(())
}

/// Stores the key. Returns whether it replaces another source of the key.
fn store(
    context: &Context,
    settings: &Settings,
    path: &Path,
    secret: &SecretKey,
) -> Result<bool, Error> {
    let (profile, api_url) = (&settings.profile.value, &settings.api_url.value);
    let replaced = config_file::change(context, |file| file.store_key(profile, secret, api_url))?;
    let stored = match replaced.as_slice() {
        [] => format!("stored the key in profile {profile:?}"),
        ["secret_key"] => format!("replaced the key of profile {profile:?}"),
        others => {
            let others = others.join(" and ");
            format!("replaced {others} in profile {profile:?} with the key")
        }
    };
    let text = format!("logged in to {api_url}: {stored} in {}", path.display());
    context.terminal.note("logged_in", &text);
    for setting in [
        &config::SECRET_KEY as &dyn AnySetting,
        &config::SECRET_KEY_FILE,
    ] {
        config_file::note_if_outranked(context, setting, "the stored key");
    }
    Ok(!replaced.is_empty())
}

fn read_standard_input() -> Result<SecretKey, Error> {
    let mut text = String::new();
    let read = std::io::stdin()
        .take(MAX_STDIN_BYTES)
        .read_to_string(&mut text);
    read.map_err(|error| {
        let message = format!("standard input can't be read: {error}");
        Error::new(ErrorKind::NoCredentials, message)
    })?;
    SecretKey::parse(&text, "standard input")
}

/// Asks at the terminal. Also with `--secret-key-stdin` if standard input is a terminal, so that a typed key is not shown.
fn ask(args: &Args, context: &Context, api_url: &str) -> Result<SecretKey, Error> {
    // If standard error is no terminal, the prompt can't be seen, but with --secret-key-stdin none is expected.
    let can_ask = context.is_interactive()? || (args.secret_key_stdin && context.allows_input()?);
    if !can_ask {
        let message = "there is no terminal on which to ask for the key";
        let login = CommandLine::reemo("auth login --secret-key-stdin");
        let hint = Hint::new("pass it on standard input: ").command(login);
        return Err(Error::new(ErrorKind::NoCredentials, message).hint(hint));
    }
    interrupt::listen(&context.stop)?;
    let prompt = SecretPrompt {
        question: &format!("Secret key for {api_url} (not shown): "),
        is_interrupted: &|| context.stop.is_requested(),
        signals: &interrupt::prompt_signals(),
    };
    let text = prompt.ask().map_err(|error| match error.kind() {
        std::io::ErrorKind::Interrupted => Error::new(ErrorKind::Interrupted, "nothing was stored"),
        _ => {
            let message = format!("could not ask for the key: {error}");
            Error::new(ErrorKind::NoCredentials, message)
        }
    })?;
    SecretKey::parse(&text, "the terminal")
}
