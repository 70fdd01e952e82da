//! Prints events as they happen: a line for people, the same fields in every other format.

use std::time::SystemTime;

use serde_json::Value;

use crate::commands::computers::watch::fleet::{EventKind, FleetEvent, Snapshot};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::model::sanitize::escape;
use crate::model::timestamp;
use crate::output::{Column, RowOptions, Rows, Shape};

/// A longer name, in characters, does not move the ids of all further lines.
const MAX_NAME_WIDTH: usize = 30;

/// The columns of csv.
const COLUMNS: [&str; 8] = [
    "time", "event", "id", "_id", "name", "property", "old", "new",
];

/// Prints events.
pub(super) struct EventPrinter<'context> {
    context: &'context Context,
    /// `None` in a format for people.
    rows: Option<Box<dyn Rows + 'context>>,
    /// The width of names in lines for people, in characters.
    name_width: usize,
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
        let is_for_people = context.terminal.style().format.is_for_people();
        Self {
            context,
            rows: (!is_for_people).then(|| context.terminal.rows(options())),
            name_width: 0,
        }
    }

    /// Prints events at once. `fleet` has the names with which they are aligned. Returns `false` if the reader of the output
    /// has gone away.
    pub(super) fn print(
        &mut self,
        time: SystemTime,
        fleet: &Snapshot,
        events: &[FleetEvent],
    ) -> Result<bool, Error> {
        if events.is_empty() {
            return Ok(true);
        }
        let time = timestamp::format(time);
        let name_width = self.name_width(fleet);
        for event in events {
            match &mut self.rows {
                Some(rows) => drop(rows.row(&row(&time, event))?),
                None => self
                    .context
                    .terminal
                    .line(&line(&time, event, name_width))?,
            }
            self.context.terminal.finish()?;
            if !self.context.terminal.has_reader() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the width of the names in lines for people, in characters. It never shrinks.
    fn name_width(&mut self, fleet: &Snapshot) -> usize {
        if self.rows.is_none() {
            let widths = fleet
                .iter()
                .map(|computer| shown_name(computer).chars().count());
            let widest = widths.max().unwrap_or_default().min(MAX_NAME_WIDTH);
            self.name_width = self.name_width.max(widest);
        }
        self.name_width
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        self.rows.map_or(Ok(()), Rows::finish)
    }
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

/// Returns a computer's name, or else its host name, as it is shown.
fn shown_name(computer: &Computer) -> String {
    let names = [computer.name(), computer.hostname()];
    let name = names.into_iter().flatten().find(|name| !name.is_empty());
    escape(name.as_deref().unwrap_or("(no name)")).into_owned()
}

/// Returns the event as a line for people.
fn line(time: &str, event: &FleetEvent, name_width: usize) -> String {
    let computer = &event.computer;
    let name = shown_name(computer);
    let id = computer
        .property(&PropertyPath::new("id"))
        .unwrap_or_default();
    let mut line = format!(
        "{time}  {:<8}  {name:<name_width$}  {id}",
        event.kind.name()
    );
    if let EventKind::Changed { property, old, new } = &event.kind {
        line.push_str(&format!("  {property}: {old} -> {new}"));
    }
    escape(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{line, row};
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
            line("T", &event, 0),
            "T  changed   a\\u{202e}  1  ip\": 1.10 -> \"x\""
        );
        let object = "{\"time\":\"T\",\"event\":\"changed\",\"computer\":{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"},\
                      \"property\":\"ip\\\"\",\"old\":1.10,\"new\":\"x\"}";
        assert_eq!(row("T", &event), object);
        let nameless = FleetEvent {
            kind: EventKind::Gone,
            computer: Computer::new(r#"{"name":null,"hostname":"H"}"#),
        };
        assert_eq!(line("T", &nameless, 3), "T  gone      H    ");
    }
}
