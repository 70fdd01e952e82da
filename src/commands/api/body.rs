//! What a raw request sends along: fields as typed, or JSON from a file.

use std::collections::HashSet;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::commands::input_file;
use crate::model::error::{Error, ErrorKind};

/// More than an API takes, in bytes.
const MAX_INPUT_BYTES: u64 = 64 * 1024 * 1024;

/// Parses `KEY=VALUE`.
pub(super) fn field(typed: &str) -> Result<(String, String), String> {
    match typed.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

/// Parses `KEY=JSON`.
pub(super) fn json_field(typed: &str) -> Result<(String, String), String> {
    let field = field(typed)?;
    serde_json::from_str::<&RawValue>(&field.1)
        .map_err(|_| "the value is not JSON; -f sends it as a string".to_owned())?;
    Ok(field)
}

/// Returns a JSON object: the strings, then the JSON values to the digit, each in the order typed.
///
/// # Errors
/// [`ErrorKind::Usage`] if a property is given twice.
pub(super) fn object(
    strings: &[(String, String)],
    values: &[(String, String)],
) -> Result<String, Error> {
    let strings = strings
        .iter()
        .map(|(key, value)| (key, Value::from(value.as_str()).to_string()));
    let values = values.iter().map(|(key, value)| (key, value.clone()));
    let (mut members, mut keys) = (Vec::new(), HashSet::new());
    for (key, json) in strings.chain(values) {
        if !keys.insert(key) {
            let message = format!("the property {key} is given twice");
            return Err(Error::new(ErrorKind::Usage, message));
        }
        members.push(format!("{}:{json}", Value::from(key.as_str())));
    }
    Ok(format!("{{{}}}", members.join(",")))
}

/// Reads one JSON value, which is sent unchanged, from a file or, for `-`, from standard input.
///
/// # Errors
/// [`ErrorKind::Usage`] if it can't be read, is too large, or is not JSON.
pub(super) fn read(path: &str) -> Result<String, Error> {
    let name = input_file::name(path);
    let usage = |why: String| Error::new(ErrorKind::Usage, format!("{name} is {why}"));
    let bytes = input_file::read(path, MAX_INPUT_BYTES + 1)?;
    if bytes.len() as u64 > MAX_INPUT_BYTES {
        let mib = MAX_INPUT_BYTES / 1024 / 1024;
        return Err(usage(format!("larger than {mib} MiB")));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| usage("not JSON: it is not UTF-8 text".to_owned()))?;
    if text.trim().is_empty() {
        return Err(usage("not JSON: it is empty".to_owned()));
    }
    serde_json::from_str::<&RawValue>(&text)
        .map_err(|error| usage(format!("not JSON: {error}")))?;
    Ok(text)
}
