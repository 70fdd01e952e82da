//! One computer on one line, for questions and error messages.

use crate::api::wire;
use crate::model::computer::Computer;

/// Its id, name, hostname and state, as far as it has them.
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
