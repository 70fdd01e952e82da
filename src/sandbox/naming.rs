//! Which computer a person means by a text: its `id`, its `_id`, its exact name, or its hostname in any case;
//! a prefix such as `name:` says which of these it is. One computer or an error, never a guess.

use uuid::Uuid;

use super::demo::Which;
use super::error::SandboxError;
use super::fleet::{Fleet, Slot};

/// An error lists no more computers than this.
const LISTED: usize = 10;

/// The one computer that `text` names.
pub(super) fn resolve(fleet: &Fleet, text: &str) -> Result<Slot, SandboxError> {
    let slots = match text.split_once(':') {
        Some(("id", id)) => by_uuid(fleet, id, &[Which::Id]),
        Some(("_id", id)) => by_uuid(fleet, id, &[Which::SignalId]),
        Some(("name", name)) => by_text(fleet, "name", |found| found == name),
        Some(("hostname", host)) => by_text(fleet, "hostname", |found| same_host(found, host)),
        _ => bare(fleet, text),
    };
    match slots[..] {
        [] => Err(SandboxError::NotFound(format!(
            "the sandbox has no computer {text:?}"
        ))),
        [slot] => Ok(slot),
        _ => Err(SandboxError::Ambiguous(ambiguous(fleet, text, &slots))),
    }
}

fn bare(fleet: &Fleet, text: &str) -> Vec<Slot> {
    let searches: [&dyn Fn() -> Vec<Slot>; 3] = [
        &|| by_uuid(fleet, text, &[Which::Id, Which::SignalId]),
        &|| by_text(fleet, "name", |found| found == text),
        &|| by_text(fleet, "hostname", |found| same_host(found, text)),
    ];
    let mut found = searches.iter().map(|search| search());
    found.find(|slots| !slots.is_empty()).unwrap_or_default()
}

fn by_uuid(fleet: &Fleet, text: &str, order: &[Which]) -> Vec<Slot> {
    let id = Uuid::parse_str(text).ok();
    let found = id.and_then(|id| order.iter().find_map(|&which| fleet.find(id, which)));
    found.into_iter().collect()
}

fn by_text(fleet: &Fleet, property: &str, fits: impl Fn(&str) -> bool) -> Vec<Slot> {
    let has = |slot: &Slot| {
        let computer = fleet.get(*slot);
        computer.is_some_and(|c| {
            c.text(property)
                .is_some_and(|text| !text.is_empty() && fits(&text))
        })
    };
    fleet.slots(0).filter(has).collect()
}

fn same_host(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn ambiguous(fleet: &Fleet, text: &str, slots: &[Slot]) -> String {
    let computers = slots.iter().filter_map(|&slot| fleet.get(slot));
    let ids: Vec<String> = computers.take(LISTED).map(|c| c.id.to_string()).collect();
    let more = match slots.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "{text:?} fits {} computers, name one by its id: {}{more}",
        slots.len(),
        ids.join(", ")
    )
}
