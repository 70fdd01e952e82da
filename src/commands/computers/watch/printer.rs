//! Prints events as they happen: a line for people, the same fields in every other format.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::commands::computers::watch::fleet::{EventKind, FleetEvent};
use crate::context::Context;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::model::sanitize::escape;
use crate::output::{Column, Format, RowOptions, Rows, Shape};

/// The columns of csv.
const COLUMNS: [&str; 8] = [
    "time", "event", "id", "_id", "name", "property", "old", "new",
];

/// Prints events.
pub(super) struct EventPrinter<'context> {
    context: &'context Context,
    /// `None` in a format for people.
    rows: Option<Box<dyn Rows + 'context>>,
}

impl<'context> EventPrinter<'context> {
    pub(super) fn new(context: &'context Context) -> Self {
        let column = |name: &&str| {
            let path = PropertyPath::new(*name);
            let is_of_computer = matches!(*name, "id" | "_id" | "name");
            Column::new(
                *name,
                if is_of_computer {
                    path.within("computer")
                } else {
                    path
                },
            )
        };
        let options = || RowOptions {
            ids_in: Some("computer"),
            ..RowOptions::new(Shape::Many, COLUMNS.iter().map(column).collect())
        };
        let is_for_people = matches!(
            context.terminal.style().format,
            Format::Table | Format::Wide
        );
        Self {
            context,
            rows: (!is_for_people).then(|| context.terminal.rows(options())),
        }
    }

    /// Prints one event at once. Returns `false` if the reader of the output has gone away.
    pub(super) fn print(&mut self, time: SystemTime, event: &FleetEvent) -> Result<bool, Error> {
        let time = timestamp(time);
        match &mut self.rows {
            Some(rows) => drop(rows.row(&row(&time, event))?),
            None => self.context.terminal.line(&line(&time, event))?,
        }
        self.context.terminal.finish()?;
        Ok(self.context.terminal.has_reader())
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        self.rows.map_or(Ok(()), Rows::finish)
    }
}

impl EventKind {
    fn name(&self) -> &'static str {
        match self {
            Self::Appeared => "appeared",
            Self::Gone => "gone",
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Changed { .. } => "changed",
        }
    }
}

/// Formats a time as RFC 3339 in UTC, to the second, within the years 1970 to 9999.
fn timestamp(time: SystemTime) -> String {
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_seconds(time.clamp(UNIX_EPOCH, last)).to_string()
}

/// Returns the event as a JSON object, with the computer's text unchanged.
fn row(time: &str, event: &FleetEvent) -> String {
    let mut text = format!(
        r#"{{"time":"{time}","event":"{}","computer":{}"#,
        event.kind.name(),
        event.computer.text()
    );
    if let EventKind::Changed { property, old, new } = &event.kind {
        text.push_str(&format!(
            r#","property":{},"old":{old},"new":{new}"#,
            Value::from(property.as_str())
        ));
    }
    text.push('}');
    text
}

/// Returns the event as a line for people.
fn line(time: &str, event: &FleetEvent) -> String {
    let computer = &event.computer;
    let name = [computer.name(), computer.hostname()]
        .into_iter()
        .flatten()
        .find(|name| !name.is_empty());
    let id = computer
        .property(&PropertyPath::new("id"))
        .unwrap_or_default();
    let mut line = format!(
        "{time}  {:<8}  {}  {id}",
        event.kind.name(),
        name.as_deref().unwrap_or("(no name)")
    );
    if let EventKind::Changed { property, old, new } = &event.kind {
        line.push_str(&format!("  {property}: {old} -> {new}"));
    }
    escape(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{line, row, timestamp};
    use crate::commands::computers::watch::fleet::{EventKind, FleetEvent};
    use crate::model::computer::Computer;

    #[test]
    fn one_event_in_both_forms() {
        let computer = Computer::new("{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"}");
        let kind = EventKind::Changed {
            property: "ip\"".to_owned(),
            old: "1.10".to_owned(),
            new: "\"x\"".to_owned(),
        };
        let event = FleetEvent { kind, computer };
        assert_eq!(
            line("T", &event),
            "T  changed   a\\u{202e}  1  ip\": 1.10 -> \"x\""
        );
        let object = "{\"time\":\"T\",\"event\":\"changed\",\"computer\":{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"},\
                      \"property\":\"ip\\\"\",\"old\":1.10,\"new\":\"x\"}";
        assert_eq!(row("T", &event), object);
        let nameless = FleetEvent {
            kind: EventKind::Gone,
            computer: Computer::new(r#"{"name":null,"hostname":"H"}"#),
        };
        assert_eq!(line("T", &nameless), "T  gone      H  ");
    }
    #[test]
    fn any_time_has_a_timestamp() {
        let second = Duration::from_secs(1);
        for (time, text) in [
            (UNIX_EPOCH + 1_000_000_000 * second, "2001-09-09T01:46:40Z"),
            (UNIX_EPOCH - second, "1970-01-01T00:00:00Z"),
            (
                UNIX_EPOCH + Duration::from_mins(5_000_000_000),
                "9999-12-31T23:59:59Z",
            ),
        ] {
            assert_eq!(timestamp(time), text);
        }
    }
}
