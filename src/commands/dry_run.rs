//! `--dry-run`: what would be sent, printed instead.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::output_args::OutputArgs;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::output::Shape;

/// Prints the request of a command that makes one.
pub(super) fn show(
    output: &OutputArgs,
    context: &Context,
    client: &Client,
    request: &Request,
) -> anyhow::Result<()> {
    let mut rows = output.requests(context, Shape::One);
    rows.row(&row(client, request))?;
    rows.finish()?;
    context.terminal.finish()?;
    context
        .terminal
        .note("dry_run", "a dry run: nothing was changed");
    Ok(())
}

/// A request as a row: its method, URL and body.
pub(super) fn row(client: &Client, request: &Request) -> Computer {
    let body = request
        .body
        .as_deref()
        .map_or_else(String::new, |body| format!(",\"body\":{body}"));
    let url = serde_json::Value::from(client.url(request));
    Computer::new(format!(
        "{{\"method\":\"{}\",\"url\":{url}{body}}}",
        request.method
    ))
}
