//! Parsing the config file's text: every name in it must be known, and every value valid.
//!
//! A TOML error quotes the line that it stopped at, which may contain a key. So the parser's message is only shown if it repeats
//! nothing of that line, and no value is ever shown.

use std::path::Path;

use toml_edit::{Document, Item, TableLike, TomlError};

use super::edit;
use crate::config::all_settings::{self, KEY_SETTINGS, SANDBOX};
use crate::config::key::{did_you_mean, shown};
use crate::config::parse::check_profile_name;
use crate::config::setting::{AnySetting, Section};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// Parses and checks a config file's text. The path is for messages.
///
/// # Errors
/// [`ErrorKind::Config`] with the line of the first problem.
pub(super) fn parse<'text>(path: &Path, text: &'text str) -> Result<Document<&'text str>, Error> {
    let failed = |offset: Option<usize>, message: String| {
        let line = offset.map(|offset| format!(":{}", line_number(text, offset)));
        let place = format!("{}{}", path.display(), line.unwrap_or_default());
        let hint = Hint::new("correct the file; ").command(CommandLine::reemo("config path"));
        Error::new(ErrorKind::Config, format!("{place}: {message}"))
            .hint(hint.text(" prints its path"))
    };
    let document = Document::parse(text).map_err(|error| {
        let offset = error.span().map(|span| span.start);
        failed(offset, syntax_message(&error, text, offset))
    })?;
    if let Err((at, message)) = check(&[], document.as_item()) {
        let offset = edit::entry(document.as_item(), &at).and_then(|(key, _)| key.span());
        let name: Vec<String> = at.into_iter().map(shown).collect();
        let message = format!("{}{message}", name.join("."));
        return Err(failed(offset.map(|span| span.start), message));
    }
    Ok(document)
}

/// The path of an item that is not valid, and what is wrong with it.
type Problem<'text> = (Vec<&'text str>, String);

fn check<'text>(path: &[&'text str], item: &'text Item) -> Result<(), Problem<'text>> {
    let problem = |message: String| (path.to_vec(), message);
    let (section, name) = match path {
        ["profiles", _, setting @ ..] => (Section::Profile, setting.join(".")),
        _ => (Section::Root, path.join(".")),
    };
    if let Some(setting) = all_settings::find(section, &name) {
        let checked = setting.check(item);
        return checked.map_err(|message| problem(format!(": {message}")));
    }
    let is_table = name.is_empty() || groups(section).any(|group| group == name);
    if !is_table {
        return Err(problem(format!(
            " is not a setting{}",
            suggestion(section, &name)
        )));
    }
    let table = item.as_table_like();
    let table = table.ok_or_else(|| problem(": expected a table".to_owned()))?;
    if let ["profiles", profile] = path {
        check_profile(profile, table).map_err(|message| problem(format!(": {message}")))?;
    }
    table
        .iter()
        .try_for_each(|(name, item)| check(&[path, &[name]].concat(), item))
}

fn check_profile(name: &str, profile: &dyn TableLike) -> Result<(), String> {
    check_profile_name(name)?;
    if name == SANDBOX {
        return Err("this name belongs to the built-in profile; use another one".to_owned());
    }
    let is_set = |setting: &&str| profile.contains_key(setting);
    let keys: Vec<&str> = KEY_SETTINGS.into_iter().filter(is_set).collect();
    if keys.len() > 1 {
        return Err(only_one_of(&keys));
    }
    Ok(())
}

pub(super) fn only_one_of(settings: &[&str]) -> String {
    format!("only one of {} can be set", settings.join(", "))
}

/// Returns the tables that settings belong in.
fn groups(section: Section) -> impl Iterator<Item = &'static str> {
    let dotted =
        all_settings::settings_in(section).filter_map(|setting| setting.name().split_once('.'));
    let profiles = (section == Section::Root).then_some("profiles");
    dotted.map(|(group, _)| group).chain(profiles)
}

fn suggestion(section: Section, name: &str) -> String {
    if section == Section::Root && all_settings::find(Section::Profile, name).is_some() {
        return "; a setting belongs in a table such as [profiles.default]".to_owned();
    }
    let settings = all_settings::settings_in(section).map(AnySetting::name);
    did_you_mean(name, settings.chain(groups(section)))
}

/// Returns the parser's message, unless it repeats a word of the line.
fn syntax_message(error: &TomlError, text: &str, offset: Option<usize>) -> String {
    let line = offset.and_then(|offset| text.lines().nth(line_number(text, offset) - 1));
    let mut words = line
        .unwrap_or(text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() > 2);
    if words.any(|word| error.message().contains(word)) {
        return "this is not valid TOML".to_owned();
    }
    format!("this is not valid TOML: {}", error.message())
}

/// Returns the number of the line that contains a byte.
fn line_number(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::parse;

    fn error(text: &str) -> String {
        parse(Path::new("c.toml"), text).err().unwrap().message
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
                "c.toml:1: default_profile: expected a string in quotes, found: integer",
            ),
            ("\nprofiles = 1", "c.toml:2: profiles: expected a table"),
            (
                "[profiles]\na = 1",
                "c.toml:2: profiles.a: expected a table",
            ),
            ("[[profiles.a]]", "c.toml:1: profiles.a: expected a table"),
            (
                "[profiles.sandbox]",
                "c.toml:1: profiles.sandbox: this name belongs to the built-in profile; use another one",
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
                "c.toml:1: profiles.a.access: expected a string in quotes, found: table",
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
                "c.toml:1: profiles.a b: a profile name consists of the letters a to z, digits, - and _",
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
            let failure = parse(Path::new("c.toml"), &text).err().unwrap();
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
