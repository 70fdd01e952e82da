//! Files with computers: what `computers list` printed as csv, json or jsonl, or a file of the user's own that looks like it.
//!
//! A FLEET says which `_id`s an account should have, and their names. A saved listing is compared by `id`.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::api::wire;
use crate::commands::computers::input::{InputRow, in_file, read, with_all_columns};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::property::{PropertyPath, display_text};

/// The computers of a file, in its order.
pub(super) struct SavedListing {
    pub rows: Vec<SavedRow>,
    /// The columns, if it is csv.
    pub columns: Option<Vec<String>>,
}

/// A computer of a file.
pub(super) struct SavedRow {
    /// Its `id` or `_id`, which no other row has.
    pub key: Uuid,
    pub computer: Computer,
    /// Where it is in the file, such as `line 3`.
    place: String,
}

/// A row of a FLEET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FleetRow {
    pub underscore_id: Uuid,
    /// The name that the computer should have. `None` if any will do.
    pub name: Option<String>,
}

impl FleetRow {
    /// Returns the computer that the row describes.
    pub(super) fn reserved(&self) -> Computer {
        Computer::new(wire::reserve_body(self.underscore_id, self.name.as_deref()))
    }
}

/// Reads a FLEET, or standard input for `-`.
///
/// # Errors
/// [`ErrorKind::Usage`] with the place in the file if it can't be read, or has an `_id` that is invalid or there twice.
pub(super) fn read_fleet(path: &str, context: &Context) -> Result<Vec<FleetRow>, Error> {
    let listing = read_listing(path, "_id", context)?;
    let row = |row: &SavedRow| {
        Ok(FleetRow {
            underscore_id: row.key,
            name: name(row)?,
        })
    };
    let rows = listing.rows.iter().map(row).collect::<Result<_, _>>();
    rows.map_err(in_file(path))
}

/// Returns the name in a row of a FLEET.
fn name(row: &SavedRow) -> Result<Option<String>, Error> {
    match row.computer.raw(&PropertyPath::new("name")) {
        None | Some("null") => Ok(None),
        Some(json) if json.starts_with('"') => {
            let name = display_text(json).into_owned();
            Ok((!name.trim().is_empty()).then_some(name))
        }
        Some(_) => Err(wrong(&row.place, "the name is not a string")),
    }
}

/// Reads a saved listing, or standard input for `-`. Each row has a UUID of its own as `key`, which is `id` or `_id`.
///
/// # Errors
/// [`ErrorKind::Usage`] with the place in the file if that is not so, or it is neither csv nor JSON.
pub(super) fn read_listing(
    path: &str,
    key: &'static str,
    context: &Context,
) -> Result<SavedListing, Error> {
    let text = read(path, context)?;
    parse(&text, key).map_err(in_file(path))
}

fn parse(text: &str, key: &'static str) -> Result<SavedListing, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (computers, columns) = match text.trim_start().chars().next() {
        None => return Err(Error::new(ErrorKind::Usage, "the file is empty")),
        Some('[' | '{') => (of_json(text)?, None),
        Some(_) => {
            let (columns, rows) = with_all_columns(text, &[&[key]])?;
            let columns: Vec<String> = columns.into_iter().map(canonical).collect();
            let computers = rows.iter().map(|row| of_csv(row, &columns)).collect();
            (computers, Some(columns))
        }
    };
    Ok(SavedListing {
        rows: keyed(computers, key)?,
        columns,
    })
}

/// Returns the objects of a JSON array, or of a sequence of JSON texts, each with its place.
fn of_json(text: &str) -> Result<Vec<(String, Computer)>, Error> {
    let rows: Result<Vec<&RawValue>, _> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect()
    };
    let rows = rows.map_err(|error| {
        let place = format!("line {}", error.line());
        wrong(
            &place,
            &format!("the text is not valid JSON at column {}", error.column()),
        )
    })?;
    let object = |(number, json): (usize, &&RawValue)| {
        let place = format!("computer {}", number + 1);
        if json.get().starts_with('{') {
            Ok((place, Computer::new(json.get())))
        } else {
            Err(wrong(&place, "it is not a JSON object"))
        }
    };
    rows.iter().enumerate().map(object).collect()
}

/// Returns a row of csv as a JSON object of strings, without the cells that are empty.
fn of_csv(row: &InputRow, columns: &[String]) -> (String, Computer) {
    let member = |(column, cell): (&String, &Option<String>)| {
        let (column, cell) = (Value::from(column.as_str()), Value::from(cell.as_deref()?));
        Some(format!("{column}:{cell}"))
    };
    let members: Vec<String> = columns.iter().zip(&row.cells).filter_map(member).collect();
    let place = format!("line {}", row.line);
    (place, Computer::new(format!("{{{}}}", members.join(","))))
}

/// Returns a heading of csv in the case of the property that it stands for.
fn canonical(heading: String) -> String {
    let known = ["id", "_id", "name"].into_iter();
    let mut known = known.filter(|name| name.eq_ignore_ascii_case(&heading));
    known.next().map_or(heading, str::to_owned)
}

/// Checks that each computer has a key of its own.
fn keyed(computers: Vec<(String, Computer)>, key: &str) -> Result<Vec<SavedRow>, Error> {
    let mut places: HashMap<Uuid, String> = HashMap::new();
    let mut rows = Vec::with_capacity(computers.len());
    for (place, computer) in computers {
        let text = computer.property(&PropertyPath::new(key));
        let id = match text.as_deref() {
            None | Some("") => return Err(wrong(&place, &format!("the {key} is missing"))),
            Some(text) => Uuid::try_parse(text)
                .ok()
                .filter(|id| !id.is_nil())
                .ok_or_else(|| {
                    wrong(
                        &place,
                        &format!("{text:?} can't be an {key}: it is not a UUID"),
                    )
                })?,
        };
        if let Some(first) = places.insert(id, place.clone()) {
            let message = format!("the {key} {id} appears twice; the first is {first}");
            return Err(wrong(&place, &message));
        }
        rows.push(SavedRow {
            key: id,
            computer,
            place,
        });
    }
    Ok(rows)
}

fn wrong(place: &str, message: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{place}: {message}"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    const ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    fn read(text: &str) -> Result<Vec<String>, String> {
        let text = text.replace("[ID]", ID);
        parse(&text, "_id")
            .map(|listing| {
                let text = |row: &super::SavedRow| row.computer.text().replace(ID, "[ID]");
                listing.rows.iter().map(text).collect()
            })
            .map_err(|error| error.message.replace(ID, "[ID]"))
    }

    #[test]
    fn each_format_is_recognized_by_its_text() {
        let row = r#"{"_id":"[ID]","name":"=a"}"#;
        for text in ["\u{feff}_ID;Name;\r\n[ID];'=a;\r\n", "name,_id\n'=a,[ID]\n"] {
            assert_eq!(read(text).unwrap().len(), 1, "{text}");
        }
        assert_eq!(read("_id,name\n[ID],'=a\n").unwrap(), [row]);
        for text in [
            row.to_owned(),
            format!(" \n[{row}]\n"),
            format!("{row}\n\n"),
        ] {
            assert_eq!(read(&text).unwrap(), [row], "{text}");
        }
        for text in ["_id,name\n", "[]"] {
            assert_eq!(read(text), Ok(Vec::new()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, message) in [
            (" \n", "the file is empty"),
            ("id,name\n[ID],a\n", "line 1: missing column: _id"),
            (
                "_id\n[ID]\n\n[ID]\n",
                "line 4: the _id [ID] appears twice; the first is line 2",
            ),
            ("_id,name\n,a\n", "line 2: the _id is missing"),
            (
                "_id\nx\n",
                "line 2: \"x\" can't be an _id: it is not a UUID",
            ),
            ("[{\"_id\":null}]", "computer 1: the _id is missing"),
            (
                "{\"_id\":\"[ID]\"}\n[]",
                "computer 2: it is not a JSON object",
            ),
            (
                "[{\"_id\":\n",
                "line 2: the text is not valid JSON at column 0",
            ),
            (
                "[{\"_id\":\"00000000-0000-0000-0000-000000000000\"}]",
                "computer 1: \"00000000-0000-0000-0000-000000000000\" can't be an _id: it is not a UUID",
            ),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text:?}");
        }
    }
}
