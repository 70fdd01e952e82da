//! `--dry-run`: what would be sent, printed instead.

use crate::api::client::Client;
use crate::api::request::Request;
use crate::commands::shown::Shown;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::output::Shape;

/// Prints requests with their method, URL and body.
pub(super) fn show(shown: &Shown, context: &Context, client: &Client, shape: Shape, requests: &[Request]) -> anyhow::Result<()> {
    let mut rows = shown.requests(context, shape);
    for request in requests {
        let body = request.body.as_deref().map_or_else(String::new, |body| format!(",\"body\":{body}"));
        let url = serde_json::Value::from(client.url(request));
        rows.row(&Computer::new(format!("{{\"method\":\"{}\",\"url\":{url}{body}}}", request.method)))?;
    }
    rows.finish()?;
    context.screen.note("dry_run", "a dry run: nothing was changed");
    Ok(())
}
