//! How messages name a computer: on one line, or by the selector to use on the command line.

use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::hint::{CommandLine, Hint};
use crate::model::sanitize::escape;

/// Returns its id, name, hostname and state, as far as it has them.
pub(super) fn one_line(computer: &Computer) -> String {
    let id = computer
        .id()
        .map_or_else(|| "no id".to_owned(), |id| format!("id:{id}"));
    let name = computer.name().unwrap_or_default();
    let hostname = computer.hostname().unwrap_or_default();
    let state = wire::state(computer).unwrap_or_default();
    [id.as_str(), &name, &hostname, &state]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// Returns a computer's name, or else its host name, as it is shown.
pub(super) fn shown_name(computer: &Computer) -> String {
    let names = [computer.name(), computer.hostname()];
    let name = names.into_iter().flatten().find(|name| !name.is_empty());
    escape(name.as_deref().unwrap_or("(no name)")).into_owned()
}

/// Returns how to name a computer on the command line by an id of its own.
pub(super) fn selector(computer: &Computer) -> Option<String> {
    let by_id = computer.id().map(|id| format!("id:{id}"));
    by_id.or_else(|| computer.underscore_id().map(|id| format!("_id:{id}")))
}

/// Returns a hint with the command that shows a computer as it now is.
pub(super) fn check_hint(text: &'static str, selector: String) -> Hint {
    Hint::new(text).command(CommandLine::reemo("computers get").arg(selector))
}
