//! Prints events as they happen: a line for people, the same fields in every other format.

use std::time::SystemTime;

use serde_json::Value;

use crate::commands::computers::summary::shown_name;
use crate::commands::computers::watch::fleet::{EventKind, FleetEvent, Snapshot};
use crate::context::Context;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::model::sanitize::escape;
use crate::model::timestamp;
use crate::output::{Column, RowOptions, Rows, Shape, cut, width_of};

/// A longer name, in columns of the terminal, does not move the ids of all further lines.
const MAX_NAME_WIDTH: usize = 30;
/// Names are not cut below this width while the date and half of the id can be left out.
const MIN_NAME_WIDTH: usize = 12;
/// The width of what is beside the name: the time, the event, the id and three gaps.
const FULL_WIDTH: usize = 20 + 8 + 36 + 6;
/// The width of an id's first group of digits.
const SHORT_ID: usize = 8;
/// Where the time of day is in a timestamp.
const TIME_OF_DAY: std::ops::Range<usize> = 11..20;

/// The columns of csv.
const COLUMNS: [&str; 8] = [
    "time", "event", "id", "_id", "name", "property", "old", "new",
];

/// Prints events.
pub(super) struct EventPrinter<'context> {
    context: &'context Context,
    /// `None` in a format for people.
    rows: Option<Box<dyn Rows + 'context>>,
    /// The width of names in lines for people, in columns of the terminal.
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
        let layout = EventLayout::new(self.name_width(fleet), self.context.terminal.width());
        for event in events {
            match &mut self.rows {
                Some(rows) => drop(rows.row(&row(&time, event))?),
                None => self.context.terminal.line(&layout.line(&time, event))?,
            }
            self.context.terminal.finish()?;
            if !self.context.terminal.has_reader() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns the width of the names in lines for people. It never shrinks.
    fn name_width(&mut self, fleet: &Snapshot) -> usize {
        if self.rows.is_none() {
            let widths = fleet.iter().map(|computer| width_of(&shown_name(computer)));
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

/// What a line for people has room for.
#[derive(Debug)]
struct EventLayout {
    /// The width to which names are filled up.
    name_width: usize,
    /// The terminal's width, if there is a terminal.
    terminal: Option<usize>,
    is_date_shown: bool,
    is_id_whole: bool,
}

impl EventLayout {
    fn new(name_width: usize, terminal: Option<usize>) -> Self {
        let room = |taken: usize| terminal.map_or(usize::MAX, |width| width.saturating_sub(taken));
        let is_id_whole = room(FULL_WIDTH) >= name_width;
        let taken = FULL_WIDTH - if is_id_whole { 0 } else { 36 - SHORT_ID };
        let is_date_shown = room(taken) >= name_width.min(MIN_NAME_WIDTH);
        let taken = taken - if is_date_shown { 0 } else { TIME_OF_DAY.start };
        Self {
            name_width: name_width.min(room(taken)),
            terminal,
            is_date_shown,
            is_id_whole,
        }
    }

    /// Returns the event as a line for people; in a narrow terminal, a change follows on a line of its own.
    fn line(&self, time: &str, event: &FleetEvent) -> String {
        let computer = &event.computer;
        let id = computer
            .property(&PropertyPath::new("id"))
            .unwrap_or_default();
        let id = escape(&id);
        let (id, time) = (
            id.get(..SHORT_ID)
                .filter(|_| !self.is_id_whole)
                .unwrap_or(&id),
            time.get(TIME_OF_DAY)
                .filter(|_| !self.is_date_shown)
                .unwrap_or(time),
        );
        let name = shown_name(computer);
        let name = match self.terminal {
            Some(_) => cut(&name, self.name_width.max(1)),
            None => name.into(),
        };
        let blanks = self.name_width.saturating_sub(width_of(&name));
        let line = format!(
            "{time}  {:<8}  {name}{:blanks$}  {id}",
            event.kind.name(),
            ""
        );
        let EventKind::Changed { property, old, new } = &event.kind else {
            return line;
        };
        let change = format!("{property}: {old} -> {new}");
        let change = escape(&change);
        match self.terminal {
            Some(width) if width_of(&line) + 2 + width_of(&change) > width => {
                format!("{line}\n  {}", cut(&change, width.saturating_sub(2).max(1)))
            }
            _ => format!("{line}  {change}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EventLayout, row};
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
            EventLayout::new(0, None).line("T", &event),
            "T  changed   a\\u{202e}  1  ip\": 1.10 -> \"x\""
        );
        let object = "{\"time\":\"T\",\"event\":\"changed\",\"computer\":{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"},\
                      \"property\":\"ip\\\"\",\"old\":1.10,\"new\":\"x\"}";
        assert_eq!(row("T", &event), object);
        let nameless = FleetEvent {
            kind: EventKind::Gone,
            computer: Computer::new(r#"{"name":null,"hostname":"H"}"#),
        };
        assert_eq!(
            EventLayout::new(3, None).line("T", &nameless),
            "T  gone      H    "
        );
    }
}
