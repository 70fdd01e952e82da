//! The key: where it comes from, and whether it can be loaded.

use crate::api::client::Client;
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::{SecretSource, Settings};
use crate::context::Context;
use crate::model::error::Error;
use crate::model::secret::SecretKey;

/// Returns where the key comes from. Of a command, nothing is shown: its words may be as secret as the key.
pub(super) fn source(settings: &Settings) -> String {
    match &settings.secret {
        SecretSource::Command(_) => "secret_key_command".to_owned(),
        other => other.describe(),
    }
}

/// What is worth a remark about a key file is noted by the command that uses it.
fn load(settings: &Settings) -> Result<SecretKey, Error> {
    let secret = settings.secret.load(&mut Vec::new());
    secret.map_err(|error| match &settings.secret {
        SecretSource::Command(_) => Error {
            message: "secret_key_command gives no key".to_owned(),
            ..error
        },
        _ => error,
    })
}

/// Loads the key, and makes a client with it.
pub(super) fn client(context: &Context, settings: &Settings) -> Result<Client, Error> {
    if settings.is_sandbox {
        return context.client().cloned();
    }
    let secret = load(settings)?;
    context.client_for(settings, settings.api_url.value.as_str(), secret)
}

/// Loads the key, unless a program would have to be run for it: that may connect to wherever it keeps the key.
pub(super) fn check_offline(settings: &Settings, report: &mut CheckReport) {
    let source = source(settings);
    match &settings.secret {
        SecretSource::Command(_) => {
            let message = format!("from {source}, which --offline does not run");
            report.unknown(Group::Credentials, "secret key", message, None);
        }
        SecretSource::Sandbox => {
            report.ok(Group::Credentials, "secret key", format!("from {source}"));
        }
        _ => match load(settings) {
            Ok(_) => report.ok(Group::Credentials, "secret key", format!("from {source}")),
            Err(error) => report.failed(Group::Credentials, "secret key", error),
        },
    }
}
