//! What a raw request sends along: fields as typed, or JSON from a file.

use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

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

/// An object of texts, in the order typed.
pub(super) fn object(fields: &[Field]) -> Result<String, Error> {
    let mut object = serde_json::Map::new();
    for Field { key, value } in fields {
        if object.insert(key.clone(), value.as_str().into()).is_some() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the property {key} is given twice"),
            ));
        }
    }
    Ok(serde_json::Value::Object(object).to_string())
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
