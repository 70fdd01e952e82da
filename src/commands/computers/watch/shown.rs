//! How events are printed: a line for people, the same fields in every other format, each at once.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::commands::computers::watch::fleet::{Event, What};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::model::sanitize::escape;
use crate::output::{Column, Format, RowOptions, Rows, Shape};

/// The columns of csv.
const COLUMNS: [&str; 8] = [
    "time", "event", "id", "_id", "name", "property", "old", "new",
];

/// Prints events.
pub(super) struct Printer<'context> {
    context: &'context Context,
    /// Nothing where the format is for people.
    rows: Option<Box<dyn Rows + 'context>>,
}

impl<'context> Printer<'context> {
    pub(super) fn new(context: &'context Context) -> Self {
        let of_computer = |name: &str| PropertyPath::new(name).within("computer");
        let path = |name: &str| {
            if matches!(name, "id" | "_id" | "name") {
                of_computer(name)
            } else {
                PropertyPath::new(name)
            }
        };
        let view = || RowOptions {
            shape: Shape::Many,
            columns: COLUMNS
                .iter()
                .map(|name| Column::new(*name, path(name)))
                .collect(),
            chosen: true,
            headers: true,
            id: of_computer("id"),
            underscore_id: of_computer("_id"),
            describe: false,
            records: false,
            batched: false,
        };
        let is_for_people = matches!(
            context.terminal.style().format,
            Format::Table | Format::Wide
        );
        Self {
            context,
            rows: (!is_for_people).then(|| context.terminal.rows(view())),
        }
    }

    /// Prints one event and hands it over; `false` where nobody reads any more.
    pub(super) fn take(&mut self, time: SystemTime, event: &Event) -> Result<bool, Error> {
        let time = moment(time);
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

impl What {
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

/// RFC 3339 in UTC, to the second. A clock outside of the years 1970 to 9999 is taken for their edge.
fn moment(time: SystemTime) -> String {
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_seconds(time.clamp(UNIX_EPOCH, last)).to_string()
}

/// The event as an object, in which the computer's text stands to the letter.
fn row(time: &str, event: &Event) -> Computer {
    let mut text = format!(
        r#"{{"time":"{time}","event":"{}","computer":{}"#,
        event.what.name(),
        event.computer.text()
    );
    if let What::Changed { property, old, new } = &event.what {
        text.push_str(&format!(
            r#","property":{},"old":{old},"new":{new}"#,
            Value::from(property.as_str())
        ));
    }
    text.push('}');
    Computer::new(text)
}

/// The event on one line.
fn line(time: &str, event: &Event) -> String {
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
        event.what.name(),
        name.as_deref().unwrap_or("(no name)")
    );
    if let What::Changed { property, old, new } = &event.what {
        line.push_str(&format!("  {property}: {old} -> {new}"));
    }
    escape(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{line, moment, row};
    use crate::commands::computers::watch::fleet::{Event, What};
    use crate::model::computer::Computer;

    #[test]
    fn one_event_in_both_forms() {
        let computer = Computer::new("{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"}");
        let what = What::Changed {
            property: "ip\"".to_owned(),
            old: "1.10".to_owned(),
            new: "\"x\"".to_owned(),
        };
        let event = Event { what, computer };
        assert_eq!(
            line("T", &event),
            "T  changed   a\\u{202e}  1  ip\": 1.10 -> \"x\""
        );
        let object = "{\"time\":\"T\",\"event\":\"changed\",\"computer\":{\"id\":\"1\",\"name\":\"a\u{202e}\",\"ip\":\"x\"},\
                      \"property\":\"ip\\\"\",\"old\":1.10,\"new\":\"x\"}";
        assert_eq!(row("T", &event).text(), object);
        let nameless = Event {
            what: What::Gone,
            computer: Computer::new(r#"{"name":null,"hostname":"H"}"#),
        };
        assert_eq!(line("T", &nameless), "T  gone      H  ");
    }
    #[test]
    fn no_clock_is_too_wrong() {
        let second = Duration::from_secs(1);
        for (time, text) in [
            (UNIX_EPOCH + 1_000_000_000 * second, "2001-09-09T01:46:40Z"),
            (UNIX_EPOCH - second, "1970-01-01T00:00:00Z"),
            (
                UNIX_EPOCH + Duration::from_secs(300_000_000_000),
                "9999-12-31T23:59:59Z",
            ),
        ] {
            assert_eq!(moment(time), text);
        }
    }
}
