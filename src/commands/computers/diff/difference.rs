//! One difference between two fleets, and how it is printed: a line for people, a record for programs.

use serde_json::Value;

use crate::commands::computers::summary::{selector, shown_name};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::PropertyPath;
use crate::model::sanitize::escape;
use crate::output::{Column, RowOptions, Shape};

/// A longer name, in characters, does not move the ids of all other lines.
const MAX_NAME_WIDTH: usize = 30;

/// The columns of csv.
const COLUMNS: [&str; 7] = ["difference", "id", "_id", "name", "property", "old", "new"];

/// The kind of a difference. The names are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A FLEET has it, the account does not.
    Missing,
    /// The account has it under another name than the FLEET.
    Renamed,
    /// The account has it, the FLEET does not.
    Extra,
    /// The later file alone has it.
    Added,
    /// The earlier file alone has it.
    Removed,
    /// A property differs between the files.
    Changed,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Renamed => "renamed",
            Self::Extra => "extra",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    /// Returns the sign of its lines, and their colour as the number of an escape sequence.
    fn sign(self) -> (char, &'static str) {
        match self {
            Self::Missing | Self::Added => ('+', "32"),
            Self::Extra | Self::Removed => ('-', "31"),
            Self::Renamed | Self::Changed => ('~', "33"),
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub kind: Kind,
    /// The computer as it is now, or else as the file has it.
    pub computer: Computer,
    /// The property that differs, and its old and new JSON text.
    pub change: Option<(String, String, String)>,
}

impl Difference {
    pub(super) fn new(kind: Kind, computer: Computer) -> Self {
        Self {
            kind,
            computer,
            change: None,
        }
    }

    fn to_json(&self) -> String {
        let (kind, computer) = (self.kind.name(), self.computer.text());
        let mut json = format!("{{\"difference\":\"{kind}\",\"computer\":{computer}");
        if let Some((property, old, new)) = &self.change {
            let property = Value::from(property.as_str());
            json.push_str(&format!(
                ",\"property\":{property},\"old\":{old},\"new\":{new}"
            ));
        }
        json + "}"
    }

    /// Returns such as `~ renamed  PAR-WS-01  id:…  name: "a" -> "b"`.
    fn line(&self, name_width: usize) -> String {
        let (sign, _) = self.kind.sign();
        let (kind, name) = (self.kind.name(), shown_name(&self.computer));
        let id = selector(&self.computer).unwrap_or_default();
        let mut line = format!("{sign} {kind:<7}  {name:name_width$}  {id}");
        if let Some((property, old, new)) = &self.change {
            line.push_str(&format!("  {property}: {old} -> {new}"));
        }
        escape(&line).into_owned()
    }
}

/// Prints all differences, or that there are none.
///
/// # Errors
/// [`ErrorKind::OutputFailed`](crate::model::error::ErrorKind::OutputFailed) if they can't be written.
pub(super) fn print(differences: &[Difference], context: &Context) -> Result<(), Error> {
    let terminal = context.terminal;
    if !terminal.style().format.is_for_people() {
        let mut rows = terminal.rows(RowOptions {
            ids_in: Some("computer"),
            ..RowOptions::new(Shape::Many, COLUMNS.iter().map(column).collect())
        });
        for difference in differences {
            rows.row(&difference.to_json())?;
        }
        return rows.finish();
    }
    let width = |one: &Difference| shown_name(&one.computer).chars().count();
    let width = differences.iter().map(width).max().unwrap_or_default();
    for difference in differences {
        let line = difference.line(width.min(MAX_NAME_WIDTH));
        terminal.colored_line(difference.kind.sign().1, &terminal.wrap(&line))?;
    }
    if differences.is_empty() {
        terminal.note("none", "there are no differences");
    }
    Ok(())
}

fn column(name: &&str) -> Column {
    let path = PropertyPath::new(*name);
    Column::new(
        *name,
        match *name {
            "id" | "_id" | "name" => path.within("computer"),
            _ => path,
        },
    )
}
