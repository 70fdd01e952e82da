//! `auth status`: the settings in force, their sources, and whether the API accepts the key.

use serde_json::json;

use crate::commands::output_args::properties;
use crate::config;
use crate::context::Context;
use crate::model::error::Error;
use crate::model::secret::REDACTED;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo auth status
  reemo auth status --json")]
pub(crate) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> anyhow::Result<()> {
    let settings = context.settings()?;
    let source = settings.secret.describe();
    let url = settings.api_url.value.as_str();
    let shown_url = if settings.is_sandbox {
        "the sandbox's own"
    } else {
        url
    };
    let with_sources = |error: Error| {
        let profile = &settings.profile;
        error
            .detail(format!(
                "profile: {} (from {})",
                profile.value, profile.source
            ))
            .detail(format!(
                "API URL: {shown_url} (from {})",
                settings.api_url.source
            ))
            .detail(format!("secret key: {source}"))
    };
    let client = context.client().map_err(with_sources)?;
    let fingerprint = client.key_fingerprint();
    client.check().map_err(|error| {
        with_sources(error).detail(format!("secret key fingerprint: {fingerprint}"))
    })?;
    let access = config::access_name(settings.read_only.value);
    let path = settings
        .config_path
        .as_ref()
        .map(|path| path.display().to_string());
    let status = json!({
        "profile": settings.profile.value,
        "profile_source": settings.profile.source.to_string(),
        "api_url": shown_url,
        "api_url_source": settings.api_url.source.to_string(),
        "secret_key": REDACTED,
        "secret_key_fingerprint": fingerprint,
        "secret_key_source": source,
        "request_timeout": format!("{:?}", settings.request_timeout.value),
        "request_timeout_source": settings.request_timeout.source.to_string(),
        "access": access,
        "access_source": settings.read_only.source.to_string(),
        "config_file": path,
        "accepted": true,
    });
    properties(context, &status)
}
