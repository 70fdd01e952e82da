//! From the config file's text to profiles: everything in it must be known and of the right type.
//!
//! A TOML error shows the line that it stopped at, and that line may have a key in it: no error of the parser is shown
//! before its own words are checked, and no value ever is.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, TableLike, TomlError};

use crate::config::profile::{Profile, SANDBOX, SETTINGS, check_name};
use crate::config::setting_key::{did_you_mean, shown};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// What a config file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) default_profile: Option<String>,
    /// In the order of the file.
    pub(super) profiles: Vec<(String, Profile)>,
}

/// Reads a config file's text. The path is for messages alone.
pub(super) fn read(path: &Path, text: &str) -> Result<Contents, Error> {
    let failure = |problem: Problem| {
        let line = problem
            .at
            .map(|at| format!(":{}", line(text, at.start)))
            .unwrap_or_default();
        Error::new(
            ErrorKind::Config,
            format!("{}{line}: {}", path.display(), problem.message),
        )
        .hint(
            Hint::new("correct the file; ")
                .command(CommandLine::reemo("config path"))
                .text(" says where it is"),
        )
    };
    let document = Document::parse(text).map_err(|error| failure(syntax(&error, text)))?;
    contents(document.as_table()).map_err(failure)
}

/// What is wrong, and where in the text.
struct Problem {
    at: Option<Range<usize>>,
    message: String,
}

fn contents(root: &dyn TableLike) -> Result<Contents, Problem> {
    let mut contents = Contents::default();
    for (name, item) in root.iter() {
        let at = position(root, name);
        match name {
            "default_profile" => {
                let profile = item
                    .as_str()
                    .ok_or_else(|| at.problem("default_profile: expected a string in quotes"))?;
                check_name(profile)
                    .map_err(|message| at.problem(format!("default_profile: {message}")))?;
                contents.default_profile = Some(profile.to_owned());
            }
            "profiles" => {
                contents.profiles =
                    profiles(table(item).ok_or_else(|| at.problem("profiles: expected a table"))?)?
            }
            other => {
                let near = did_you_mean(other, ["default_profile", "profiles"].into_iter());
                let place = if SETTINGS.contains(&other) {
                    "; a setting belongs in a table such as [profiles.default]"
                } else {
                    &near
                };
                return Err(at.problem(format!("{} is not a setting{place}", shown(other))));
            }
        }
    }
    Ok(contents)
}

fn profiles(tables: &dyn TableLike) -> Result<Vec<(String, Profile)>, Problem> {
    let mut profiles = Vec::new();
    for (name, item) in tables.iter() {
        let at = position(tables, name);
        let named = format!("profiles.{}", shown(name));
        check_name(name).map_err(|message| at.problem(format!("{named}: {message}")))?;
        if name == SANDBOX {
            return Err(at.problem(format!(
                "{named}: this name is the built-in profile's; give yours another one"
            )));
        }
        let entries =
            table(item).ok_or_else(|| at.problem(format!("{named}: expected a table")))?;
        let mut profile = Profile::default();
        apply_all(&mut profile, entries, &named, "")?;
        profile
            .check()
            .map_err(|message| at.problem(format!("{named}: {message}")))?;
        profiles.push((name.to_owned(), profile));
    }
    Ok(profiles)
}

/// Applies what a table has; `prefix` is `wire.` for the table within.
fn apply_all(
    profile: &mut Profile,
    entries: &dyn TableLike,
    named: &str,
    prefix: &str,
) -> Result<(), Problem> {
    for (name, item) in entries.iter() {
        let at = position(entries, name);
        let setting = format!("{prefix}{name}");
        if setting == "wire" {
            let wire =
                table(item).ok_or_else(|| at.problem(format!("{named}.wire: expected a table")))?;
            apply_all(profile, wire, named, "wire.")?;
        } else if !SETTINGS.contains(&setting.as_str()) {
            let near = did_you_mean(&setting, SETTINGS.into_iter().chain(["wire"]));
            return Err(at.problem(format!(
                "{named}.{} is not a setting{near}",
                shown(&setting)
            )));
        } else {
            let value = item.as_value().ok_or_else(|| {
                at.problem(format!("{named}.{setting}: expected a value, not a table"))
            })?;
            profile
                .apply(&setting, value)
                .map_err(|message| at.problem(format!("{named}.{setting}: {message}")))?;
        }
    }
    Ok(())
}

fn table(item: &Item) -> Option<&dyn TableLike> {
    item.as_table_like()
}

struct Position(Option<Range<usize>>);

impl Position {
    fn problem(&self, message: impl Into<String>) -> Problem {
        Problem {
            at: self.0.clone(),
            message: message.into(),
        }
    }
}

fn position(table: &dyn TableLike, name: &str) -> Position {
    Position(table.key(name).and_then(toml_edit::Key::span))
}

/// The parser's own words, unless they repeat some of the text.
fn syntax(error: &TomlError, text: &str) -> Problem {
    let at = error.span();
    let stopped_at = at
        .as_ref()
        .and_then(|at| text.lines().nth(line(text, at.start) - 1))
        .unwrap_or(text);
    let words = stopped_at
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() > 2);
    let message = error.message();
    let repeats = words.into_iter().any(|word| message.contains(word));
    let message = if repeats {
        "this is not valid TOML".to_owned()
    } else {
        format!("this is not valid TOML: {message}")
    };
    Problem { at, message }
}

/// The number of the line that a byte is in.
fn line(text: &str, offset: usize) -> usize {
    1 + text
        .as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read;

    fn error(text: &str) -> String {
        read(Path::new("c.toml"), text).unwrap_err().message
    }

    #[test]
    fn each_mistake_is_placed_and_named() {
        for (text, message) in [
            (
                "api_url = 'x'",
                "c.toml:1: api_url is not a setting; a setting belongs in a table such as [profiles.default]",
            ),
            (
                "default_profil = 'x'",
                "c.toml:1: default_profil is not a setting; did you mean default_profile?",
            ),
            (
                "default_profile = 1",
                "c.toml:1: default_profile: expected a string in quotes",
            ),
            ("\nprofiles = 1", "c.toml:2: profiles: expected a table"),
            (
                "[profiles]\na = 1",
                "c.toml:2: profiles.a: expected a table",
            ),
            ("[[profiles.a]]", "c.toml:1: profiles.a: expected a table"),
            (
                "[profiles.sandbox]",
                "c.toml:1: profiles.sandbox: this name is the built-in profile's; give yours another one",
            ),
            (
                "[profiles.a]\n\napi_ulr = 'x'",
                "c.toml:3: profiles.a.api_ulr is not a setting; did you mean api_url?",
            ),
            (
                "[profiles.a.wire]\npages = 'x'",
                "c.toml:2: profiles.a.wire.pages is not a setting; did you mean wire.page?",
            ),
            (
                "[profiles.a]\nwire = 'x'",
                "c.toml:2: profiles.a.wire: expected a table",
            ),
            (
                "[profiles.a]\nsk_4242 = 'x'",
                "c.toml:2: profiles.a.sk_… is not a setting",
            ),
            (
                "[profiles.a.access]\nx = 1",
                "c.toml:1: profiles.a.access: expected a value, not a table",
            ),
            (
                "[profiles.a]\naccess = 'all'",
                "c.toml:2: profiles.a.access: expected \"full\" or \"read\"",
            ),
            (
                "[profiles.a]\nsecret_key = 'sk_1'\nsecret_key_file = 'x'",
                "c.toml:1: profiles.a: only one of secret_key, secret_key_file can be set",
            ),
            (
                "[profiles.'a b']",
                "c.toml:1: profiles.a b: a profile's name has letters from a to z, digits, - and _ alone",
            ),
        ] {
            assert_eq!(error(text), message);
        }
    }

    #[test]
    fn no_error_shows_a_key() {
        for broken in [
            "secret_key = 4242424242",
            "secret_key = sk_4242424242",
            "secret_key = 'sk_4242424242",
            "secret_key = \"sk_4242424242",
            "secret_key = 'sk_4242424242' x",
            "secret_key 'sk_4242424242'",
            "secret_key: sk_4242424242",
            "sk_4242424242",
            "sk_4242424242 = 1",
            "secret_key = \"sk_4242424242\\q\"",
            "secret_key = '''sk_4242424242",
            "secret_key = [sk_4242424242]",
            "secret_key = {sk_4242424242 = 1}",
            "secret_key.sk_4242424242 = 1",
            "secret_key = 'ü4242424242'",
            "api_url = 'sk_4242424242'",
            "secret_key = 'sk_4242424242'\nsecret_key = 'sk_4242424242'",
            "secret_key = 2024-4242424242",
            "[sk_4242424242",
            "secret_key = 'a'\nsecret_key.sk_4242424242 = 1",
            "namespace = 'sk_4242424242'",
            "access = 'sk_4242424242'",
            "request_timeout = 'sk_4242424242'",
            "secret_key_command = 'sk_4242424242'",
            "secret_key = 'sk 4242424242'",
        ] {
            let text = format!("[profiles.a]\n{broken}\n");
            let failure = read(Path::new("c.toml"), &text).unwrap_err();
            assert!(
                !format!("{failure:?}").contains("42424"),
                "{broken}: {failure:?}"
            );
            assert!(
                failure.message.starts_with("c.toml:"),
                "{broken}: {failure:?}"
            );
        }
        assert_eq!(
            error("a = = 1"),
            "c.toml:1: this is not valid TOML: extra `=`, expected nothing"
        );
    }
}
