//! Checks everything that is printed as JSON against `docs/schema.json`, whatever a test looks at besides.

use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The commands whose output has a schema. `api` prints what the API returned.
const COMMANDS: [(&[&str], &str, Shape); 30] = [
    (&["computers", "list"], "computer", Shape::Array),
    (&["computers", "ls"], "computer", Shape::Array),
    (&["computers", "count"], "count", Shape::Either),
    (&["computers", "get"], "computer", Shape::Object),
    (&["computers", "connect"], "computer", Shape::Object),
    (&["computers", "wait"], "computer", Shape::Either),
    (&["computers", "watch"], "event", Shape::Array),
    (&["computers", "plan"], "record", Shape::Array),
    (&["computers", "apply"], "record", Shape::Array),
    (&["computers", "diff"], "difference", Shape::Array),
    (&["computers", "reserve"], "record", Shape::Either),
    (&["computers", "rename"], "record", Shape::Either),
    (&["computers", "delete"], "record", Shape::Either),
    (&["computers", "rm"], "record", Shape::Either),
    (&["journal"], "journal_line", Shape::Array),
    (&["auth", "status"], "auth_status", Shape::Object),
    (&["auth", "login"], "auth_login", Shape::Object),
    (&["auth", "logout"], "auth_logout", Shape::Object),
    (&["config", "list"], "config_list", Shape::Array),
    (&["config", "get"], "config_value", Shape::Object),
    (&["config", "set"], "config_value", Shape::Object),
    (&["config", "unset"], "config_unset", Shape::Object),
    (&["config", "path"], "config_path", Shape::Object),
    (&["profile", "list"], "profile_list", Shape::Array),
    (&["profile", "use"], "profile_use", Shape::Object),
    (&["profile", "remove"], "profile_remove", Shape::Object),
    (&["doctor"], "check", Shape::Array),
    (&["sandbox", "register"], "computer", Shape::Object),
    (&["sandbox", "reset"], "sandbox_reset", Shape::Object),
    (&["--version"], "version", Shape::Object),
];

/// What `json` prints around the objects; `jsonl` prints an object a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Object,
    Array,
    /// By how the targets were named.
    Either,
}

static VALIDATORS: LazyLock<HashMap<String, Validator>> = LazyLock::new(|| {
    let text = include_str!("../../../docs/schema.json");
    let schema: Value = serde_json::from_str(text).expect("docs/schema.json is JSON");
    let definitions = schema["$defs"].as_object().expect("it has definitions");
    let validator = |name: &String| {
        let one = json!({ "$ref": format!("#/$defs/{name}"), "$defs": definitions });
        jsonschema::validator_for(&one).expect("docs/schema.json is a schema")
    };
    definitions
        .keys()
        .map(|name| (name.clone(), validator(name)))
        .collect()
});

/// Checks a line of `connect --open -o jsonl`, which is read while the command runs.
pub(crate) fn check_open_event(line: &str) -> Result<(), String> {
    check_text("open_event", line)
}

/// Says what is wrong with what a command printed; nothing if all of it is as the schema says.
pub(super) fn check(words: &[String], stdout: &str, stderr: &str) -> Result<(), String> {
    for line in stderr.lines() {
        if line.starts_with("{\"error\"") {
            check_text("error_line", line)?;
        } else if line.starts_with("{\"note\"") {
            check_text("note_line", line)?;
        }
    }
    let Some(format) = json_format(words) else {
        return Ok(());
    };
    let command = COMMANDS
        .iter()
        .find(|(names, ..)| has_in_order(words, names));
    let Some((_, definition, shape)) = command else {
        return Ok(());
    };
    // A computer may hold anything that is JSON, also what serde_json has no value for.
    let is_dry_run = words.iter().any(|word| word == "--dry-run");
    if format == "jsonl" {
        return stdout
            .lines()
            .try_for_each(|line| check_row(definition, is_dry_run, line));
    }
    // A command that failed prints nothing, and so does one whose reader has gone.
    if stdout.is_empty() {
        return Ok(());
    }
    let text: &RawValue =
        serde_json::from_str(stdout).map_err(|error| format!("stdout is not JSON: {error}"))?;
    if text.get().starts_with('{') {
        if *shape == Shape::Array {
            return Err("stdout is an object where an array was expected".to_owned());
        }
        return check_row(definition, is_dry_run, text.get());
    }
    if *shape == Shape::Object {
        return Err("stdout is not an object".to_owned());
    }
    let rows: Vec<&RawValue> =
        serde_json::from_str(stdout).map_err(|error| format!("stdout is not an array: {error}"))?;
    rows.iter()
        .try_for_each(|row| check_row(definition, is_dry_run, row.get()))
}

fn check_row(definition: &str, is_dry_run: bool, text: &str) -> Result<(), String> {
    // Only changes have records.
    let definition = match definition {
        "computer" if is_dry_run => "request",
        definition => definition,
    };
    check_text(definition, text)
}

fn check_text(definition: &str, text: &str) -> Result<(), String> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        // A lone surrogate or a number beyond all floats.
        Err(_) if serde_json::from_str::<&RawValue>(text).is_ok() => return Ok(()),
        Err(error) => return Err(format!("not JSON: {error}: {text}")),
    };
    VALIDATORS[definition].validate(&value).map_err(|error| {
        format!(
            "docs/schema.json#/$defs/{definition}: {error} at {}: {text}",
            error.instance_path()
        )
    })
}

/// The JSON format that the words ask for, unless a filter makes something else of it or help is printed.
fn json_format(words: &[String]) -> Option<&str> {
    let is_other = |word: &String| {
        word.starts_with("--jq")
            || word == "--help"
            || word == "-h"
            || word.starts_with("--out") && !word.starts_with("--output")
    };
    if words.iter().any(is_other) {
        return None;
    }
    let mut format = None;
    for (place, word) in words.iter().enumerate() {
        let next = words.get(place + 1).map(String::as_str);
        match word.as_str() {
            "--json" => format = Some("json"),
            "-o" | "--output" => format = next,
            _ => {}
        }
    }
    format.filter(|format| matches!(*format, "json" | "jsonl"))
}

fn has_in_order(words: &[String], names: &[&str]) -> bool {
    let mut words = words.iter();
    names
        .iter()
        .all(|name| words.any(|word| word == name || *name == "computers" && word == "computer"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn output_that_violates_the_schema_is_found() {
        let checked = |words: &str, stdout: &str, stderr: &str| {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            check(&words, stdout, stderr).is_ok()
        };
        assert!(checked("computers list --json", "[{\"a\":1e999}]", ""));
        assert!(!checked("computers list --json", "{}", ""));
        assert!(!checked("computers list --json", "[1]", ""));
        assert!(!checked("computers list -o jsonl", "{}\nx\n", ""));
        assert!(checked(
            "computers delete a --json",
            "{\"outcome\":\"deleted\",\"computer\":{}}",
            ""
        ));
        for record in [
            "{\"outcome\":\"gone\",\"computer\":{}}",
            "{\"outcome\":\"failed\",\"computer\":{}}",
            "{\"outcome\":\"deleted\",\"computer\":{},\"x\":1}",
            "{\"outcome\":\"deleted\",\"computer\":{},\"request\":{\"method\":\"DELETE\",\"url\":\"x\"}}",
            "{\"outcome\":\"would_delete\",\"computer\":{}}",
            "{\"outcome\":\"renamed\",\"computer\":{}}",
        ] {
            assert!(
                !checked("computers delete a --json", record, ""),
                "{record}"
            );
        }
        assert!(checked(
            "x",
            "",
            "{\"note\":{\"code\":\"a\",\"message\":\"b\"}}\n"
        ));
        assert!(!checked("x", "", "{\"note\":{\"code\":\"a\"}}\n"));
        assert!(!checked(
            "x",
            "",
            "{\"error\":{\"code\":\"a\",\"message\":\"b\"}}\n"
        ));
    }
}
