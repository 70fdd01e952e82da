//! The key: where it comes from, and whether it can be loaded.

use crate::api::client::Client;
use crate::commands::doctor::report::{CheckReport, Group};
use crate::config::{SecretSource, Settings};
use crate::context::Context;
use crate::model::error::Error;

/// Loads the key, and makes a client with it.
pub(super) fn client(context: &Context, settings: &Settings) -> Result<Client, Error> {
    if settings.is_sandbox {
        return context.client().cloned();
    }
    // What is worth a remark about a key file is noted by the command that uses it.
    let secret = settings.secret.load(&mut Vec::new())?;
    context.client_for(settings, settings.api_url.value.as_str(), secret)
}

/// Loads the key, unless a program would have to be run for it: that may connect to wherever it keeps the key.
pub(super) fn check_offline(settings: &Settings, report: &mut CheckReport) {
    let source = settings.secret.describe();
    match &settings.secret {
        SecretSource::Command(_) => {
            let message = format!("from {source}, which --offline does not run");
            report.unknown(Group::Credentials, "secret key", message, None);
        }
        SecretSource::Sandbox => {
            report.ok(Group::Credentials, "secret key", format!("from {source}"));
        }
        other => match other.load(&mut Vec::new()) {
            Ok(_) => report.ok(Group::Credentials, "secret key", format!("from {source}")),
            Err(error) => report.failed(Group::Credentials, "secret key", error),
        },
    }
}
