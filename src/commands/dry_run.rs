//! `--dry-run`: what would be sent, printed instead.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;

/// Prints the request of a command that has no records.
pub(super) fn show(
    output: &OutputArgs,
    context: &Context,
    client: &Client,
    request: &Request,
) -> anyhow::Result<()> {
    let mut rows = output.requests(context);
    rows.row(&context.terminal.redact_data(&to_json(client, request)))?;
    rows.finish()?;
    context.terminal.finish()?;
    note(context);
    Ok(())
}

/// Says that nothing was changed.
pub(super) fn note(context: &Context) {
    context
        .terminal
        .note("dry_run", "dry run: nothing was changed");
}

/// Returns a request as a JSON object: its method, URL and body.
pub(super) fn to_json(client: &Client, request: &Request) -> String {
    let body = request
        .body
        .as_deref()
        .map_or_else(String::new, |body| format!(",\"body\":{body}"));
    let url = serde_json::Value::from(client.url(request));
    let method = &request.method;
    format!("{{\"method\":\"{method}\",\"url\":{url}{body}}}")
}
