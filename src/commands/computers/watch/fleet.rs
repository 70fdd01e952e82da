//! What happened between two listings. Pure: two fleets in, events out.

use std::collections::{HashMap, HashSet};

use crate::api::wire;
use crate::model::computer::{Computer, Key};
use crate::model::property::{PropertyPath, names};

/// The computers of one listing that are watched, in its order.
pub(super) type Snapshot = Vec<Computer>;

/// Something that happened to a computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FleetEvent {
    pub(super) kind: EventKind,
    /// As it is now; one that is gone, as it was last seen.
    pub(super) computer: Computer,
}

/// What happened to a computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EventKind {
    Appeared,
    Gone,
    Online,
    Offline,
    /// A property has another value, both as JSON text; `null` where there is none.
    Changed {
        property: String,
        old: String,
        new: String,
    },
}

/// Returns an event for each computer: it appeared.
pub(super) fn appeared(fleet: &Snapshot) -> Vec<FleetEvent> {
    fleet
        .iter()
        .map(|computer| FleetEvent {
            kind: EventKind::Appeared,
            computer: computer.clone(),
        })
        .collect()
}

/// Returns the computers that only the earlier listing has.
pub(super) fn missing<'a>(before: &'a Snapshot, after: &Snapshot) -> Vec<&'a Computer> {
    let present: HashSet<Key<'_>> = after.iter().map(Computer::key).collect();
    before
        .iter()
        .filter(|computer| !present.contains(&computer.key()))
        .collect()
}

/// Returns what happened between two listings: in the order of the later one, then what is gone.
pub(super) fn diff(before: &Snapshot, after: &Snapshot) -> Vec<FleetEvent> {
    // Most computers did not change, and need not be compared by property.
    let same = before
        .iter()
        .zip(after)
        .take_while(|(old, new)| old == new)
        .count();
    let mut old: HashMap<Key<'_>, &Computer> = before[same..]
        .iter()
        .map(|computer| (computer.key(), computer))
        .collect();
    let mut events = Vec::new();
    for new in &after[same..] {
        match old.remove(&new.key()) {
            None => events.push(FleetEvent {
                kind: EventKind::Appeared,
                computer: new.clone(),
            }),
            Some(old) if old == new => {}
            Some(old) => events.extend(changes(old, new).into_iter().map(|kind| FleetEvent {
                kind,
                computer: new.clone(),
            })),
        }
    }
    let gone = before[same..]
        .iter()
        .filter(|computer| old.contains_key(&computer.key()));
    events.extend(gone.map(|computer| FleetEvent {
        kind: EventKind::Gone,
        computer: computer.clone(),
    }));
    events
}

fn changes(old: &Computer, new: &Computer) -> Vec<EventKind> {
    let transition = match () {
        () if wire::is_online(new) && !wire::is_online(old) => Some(EventKind::Online),
        () if wire::is_offline(new) && !wire::is_offline(old) => Some(EventKind::Offline),
        () => None,
    };
    // Going online or offline reports the state already; another change of it, such as from ONLINE to BUSY, is a `changed`.
    let is_reported = |property: &str| transition.is_some() && wire::is_state(property);
    let mut properties = names(new.text());
    properties.extend(names(old.text()));
    let mut changes: Vec<EventKind> = transition.clone().into_iter().collect();
    for (position, property) in properties.iter().enumerate() {
        if is_reported(property) || properties[..position].contains(property) {
            continue;
        }
        let path = PropertyPath::new(property.as_str());
        let value = |computer: &Computer| {
            computer
                .raw(&path)
                .map_or_else(|| "null".to_owned(), std::borrow::ToOwned::to_owned)
        };
        let (old, new) = (value(old), value(new));
        if old != new {
            changes.push(EventKind::Changed {
                property: property.clone(),
                old,
                new,
            });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{EventKind, FleetEvent, Snapshot, diff};
    use crate::model::computer::Computer;

    fn fleet(rows: &[&str]) -> Snapshot {
        rows.iter()
            .map(|row| Computer::new((*row).to_owned()))
            .collect()
    }

    /// Each event in short, such as `1 online`.
    fn told(before: &[&str], after: &[&str]) -> Vec<String> {
        let short = |FleetEvent { kind, computer }: FleetEvent| {
            let what = match kind {
                EventKind::Appeared => "appeared".to_owned(),
                EventKind::Gone => "gone".to_owned(),
                EventKind::Online => "online".to_owned(),
                EventKind::Offline => "offline".to_owned(),
                EventKind::Changed { property, old, new } => format!("{property} {old} {new}"),
            };
            let id = computer.key().1.into_owned();
            format!("{id} {what}")
        };
        diff(&fleet(before), &fleet(after))
            .into_iter()
            .map(short)
            .collect()
    }

    #[test]
    fn appeared_and_gone() {
        let (one, two, three) = (r#"{"id":"1"}"#, r#"{"id":"2"}"#, r#"{"_id":"2"}"#);
        for (before, after, events) in [
            (&[one, two][..], &[one, two][..], &[][..]),
            (&[one, two], &[two, one], &[]),
            (&[one], &[two, one], &["2 appeared"]),
            (&[one, two], &[one], &["2 gone"]),
            (&[one, two], &[], &["1 gone", "2 gone"]),
            (&[], &[one], &["1 appeared"]),
            // An `_id` is no `id`.
            (&[two], &[three], &["2 appeared", "2 gone"]),
        ] {
            assert_eq!(told(before, after), events, "{before:?} {after:?}");
        }
    }

    #[test]
    fn transitions_of_the_state() {
        let row = |state: &str| format!(r#"{{"id":"1",{state}"name":"a"}}"#);
        for (before, after, events) in [
            (
                r#""status":"OFFLINE","#,
                r#""status":"ONLINE","#,
                &["1 online"][..],
            ),
            (
                r#""status":"ONLINE","#,
                r#""status":"OFFLINE","#,
                &["1 offline"],
            ),
            (
                r#""state":"BUSY","#,
                r#""state":"offline","#,
                &["1 offline"],
            ),
            (
                r#""status":"OFFLINE","#,
                r#""status":"offline","#,
                &[r#"1 status "OFFLINE" "offline""#],
            ),
            (
                r#""status":"ONLINE","#,
                r#""status":"BUSY","#,
                &[r#"1 status "ONLINE" "BUSY""#],
            ),
            (r#""status":"ONLINE","#, "", &[r#"1 status "ONLINE" null"#]),
            ("", r#""status":"ONLINE","#, &["1 online"]),
            (
                r#""status":"ONLINE","state":"ONLINE","#,
                r#""status":"OFFLINE","state":"OFFLINE","#,
                &["1 offline"],
            ),
        ] {
            assert_eq!(
                told(&[&row(before)], &[&row(after)]),
                events,
                "{before} {after}"
            );
        }
    }

    #[test]
    fn every_property_is_compared_to_the_last_digit() {
        let before = r#"{"id":"1","a":1.10,"gone":true,"b":{"c":[1]},"n":null,"big":12345678901234567890123,"x.y":1}"#;
        let after =
            r#"{"id":"1","new":"","a":1.1,"b":{"c":[2]},"big":12345678901234567890124,"x.y":2}"#;
        let events = [
            r#"1 new null """#,
            "1 a 1.10 1.1",
            r#"1 b {"c":[1]} {"c":[2]}"#,
            "1 big 12345678901234567890123 12345678901234567890124",
            "1 x.y 1 2",
            "1 gone true null",
        ];
        assert_eq!(told(&[before], &[after]), events);
    }
}
