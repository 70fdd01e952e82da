//! What a raw request sends along: fields as typed, or JSON from a file.

use std::collections::HashSet;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::model::error::{Error, ErrorKind};

/// More than an API takes, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// `KEY=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    key: String,
    value: String,
}

impl Field {
    /// Both, as a pair.
    pub(super) fn pair(&self) -> (String, String) {
        (self.key.clone(), self.value.clone())
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        match typed.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok(Self {
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("expected KEY=VALUE".to_owned()),
        }
    }
}

/// `KEY=JSON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonField(Field);

impl FromStr for JsonField {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let field: Field = typed.parse()?;
        serde_json::from_str::<&RawValue>(&field.value)
            .map_err(|_| "the value is not JSON; -f sends it as a string".to_owned())?;
        Ok(Self(field))
    }
}

/// Returns a JSON object: the strings, then the JSON values to the digit, each in the order typed.
///
/// # Errors
/// [`ErrorKind::Usage`] if a property is given twice.
pub(super) fn object(strings: &[Field], values: &[JsonField]) -> Result<String, Error> {
    let strings = strings
        .iter()
        .map(|Field { key, value }| (key, Value::from(value.as_str()).to_string()));
    let values = values
        .iter()
        .map(|JsonField(Field { key, value })| (key, value.clone()));
    let (mut members, mut keys) = (Vec::new(), HashSet::new());
    for (key, json) in strings.chain(values) {
        if !keys.insert(key) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the property {key} is given twice"),
            ));
        }
        members.push(format!("{}:{json}", Value::from(key.as_str())));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

/// Where JSON comes from: a file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputFile(PathBuf);

impl FromStr for InputFile {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        if typed.is_empty() {
            Err("expected a file, or - for standard input".to_owned())
        } else {
            Ok(Self(typed.into()))
        }
    }
}

impl InputFile {
    /// The text, which is one JSON value and is sent to the letter.
    pub(super) fn read(&self) -> Result<String, Error> {
        let (name, source): (String, std::io::Result<Box<dyn Read>>) = if self.0.as_os_str() == "-"
        {
            ("standard input".to_owned(), Ok(Box::new(std::io::stdin())))
        } else {
            (
                self.0.display().to_string(),
                std::fs::File::open(&self.0).map(|file| Box::new(file) as Box<dyn Read>),
            )
        };
        let mut bytes = Vec::new();
        let read = source.and_then(|source| source.take(LARGEST + 1).read_to_end(&mut bytes));
        read.map_err(|error| {
            Error::new(ErrorKind::Usage, format!("{name} can't be read: {error}"))
        })?;
        let not_json =
            |why: String| Error::new(ErrorKind::Usage, format!("{name} is not JSON: {why}"));
        if bytes.len() as u64 > LARGEST {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{name} is larger than {} MiB", LARGEST / 1024 / 1024),
            ));
        }
        let text =
            String::from_utf8(bytes).map_err(|_| not_json("it is not UTF-8 text".to_owned()))?;
        if text.trim().is_empty() {
            return Err(not_json("it is empty".to_owned()));
        }
        serde_json::from_str::<&RawValue>(&text).map_err(|error| not_json(error.to_string()))?;
        Ok(text)
    }
}
