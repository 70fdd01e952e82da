//! Finding the one computer that a text names: its `id`, its `_id`, its exact name, its hostname ignoring case, or the
//! beginning of its `id`. A prefix such as `name:` or `ip:` says which property it is.

use uuid::Uuid;

use super::demo::IdKind;
use super::error::SandboxError;
use super::fleet::{Fleet, Slot};

/// An error lists so many computers at most.
const MAX_LISTED: usize = 10;
/// So many digits of an `id` at least are taken for its beginning.
const MIN_SHORT_ID: usize = 6;

/// Returns the computer that `text` names.
///
/// # Errors
/// [`SandboxError::NotFound`] where no computer matches, [`SandboxError::Ambiguous`] where several do.
pub(super) fn resolve(fleet: &Fleet, text: &str) -> Result<Slot, SandboxError> {
    let slots = match text.split_once(':') {
        Some(("id", id)) => by_uuid(fleet, id, &[IdKind::Id]),
        Some(("_id", id)) => by_uuid(fleet, id, &[IdKind::SignalId]),
        Some(("name", name)) => by_text(fleet, "name", |found| found == name),
        Some(("hostname", host)) => by_text(fleet, "hostname", |found| is_same_host(found, host)),
        Some(("ip", ip)) => by_text(fleet, "ip", |found| found == ip),
        _ => by_any(fleet, text),
    };
    match slots[..] {
        [] => Err(SandboxError::NotFound(format!(
            "the sandbox has no computer {text:?}"
        ))),
        [slot] => Ok(slot),
        _ => Err(SandboxError::Ambiguous(ambiguous(fleet, text, &slots))),
    }
}

fn by_any(fleet: &Fleet, text: &str) -> Vec<Slot> {
    let searches: [&dyn Fn() -> Vec<Slot>; 4] = [
        &|| by_uuid(fleet, text, &[IdKind::Id, IdKind::SignalId]),
        &|| by_text(fleet, "name", |found| found == text),
        &|| by_text(fleet, "hostname", |found| is_same_host(found, text)),
        &|| by_short_id(fleet, &text.to_ascii_lowercase()),
    ];
    let mut results = searches.iter().map(|search| search());
    results.find(|slots| !slots.is_empty()).unwrap_or_default()
}

fn by_uuid(fleet: &Fleet, text: &str, kinds: &[IdKind]) -> Vec<Slot> {
    let id = Uuid::parse_str(text).ok();
    let found = id.and_then(|id| kinds.iter().find_map(|&kind| fleet.find(id, kind)));
    found.into_iter().collect()
}

fn by_short_id(fleet: &Fleet, start: &str) -> Vec<Slot> {
    let begins = |slot: &Slot| {
        fleet
            .get(*slot)
            .is_some_and(|computer| computer.id.to_string().starts_with(start))
    };
    if start.len() < MIN_SHORT_ID {
        return Vec::new();
    }
    fleet.slots(0).filter(begins).collect()
}

fn by_text(fleet: &Fleet, property: &str, matches: impl Fn(&str) -> bool) -> Vec<Slot> {
    let matches = |slot: &Slot| {
        let computer = fleet.get(*slot);
        computer.is_some_and(|computer| {
            computer
                .text(property)
                .is_some_and(|text| !text.is_empty() && matches(&text))
        })
    };
    fleet.slots(0).filter(matches).collect()
}

fn is_same_host(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn ambiguous(fleet: &Fleet, text: &str, slots: &[Slot]) -> String {
    let computers = slots.iter().filter_map(|&slot| fleet.get(slot));
    let ids: Vec<String> = computers
        .take(MAX_LISTED)
        .map(|computer| computer.id.to_string())
        .collect();
    let more = match slots.len().saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "{text:?} matches {} computers; name one by its id: {}{more}",
        slots.len(),
        ids.join(", ")
    )
}
