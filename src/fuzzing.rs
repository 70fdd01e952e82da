//! What the fuzz targets in `fuzz/` call: each reads foreign bytes as the program would, and panics where a promise is
//! broken. Built for the fuzzer and for tests alone; a test replays the corpora.

use std::borrow::Cow;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::value::RawValue;

use crate::api::retry_after;
use crate::api::wire::{error_text, is_offline, read_listing, read_one};
use crate::config::{ConfigFile, SECRET_KEY, SettingKey, text_of};
use crate::model::computer::Computer;
use crate::model::csv;
use crate::model::error::ErrorKind;
use crate::model::filter::{Filter, FilterKey, Filters};
use crate::model::property::{PropertyPath, names};
use crate::model::sanitize::{escape, is_unsafe, visible_json};
use crate::model::secret::SecretKey;

/// A 2xx body, as a listing and as one computer.
pub fn envelope(bytes: &[u8]) {
    let Ok(body) = str::from_utf8(bytes) else {
        return;
    };
    match read_listing(body) {
        Ok(listing) => {
            is_json(body);
            listing.rows.iter().for_each(|row| computer(row, body));
            assert_ne!(listing.hints.size, Some(0));
            let again = format!("{{\"total\":7,\"computers\":[{}]}}", listing.rows.join(","));
            let again = read_listing(&again).expect("rows make a listing");
            assert_eq!((again.rows, again.hints.total), (listing.rows, Some(7)));
        }
        Err(why) => harmless(&why),
    }
    match read_one(body) {
        Ok(one) => {
            is_json(body);
            computer(one.text(), body);
            let wrapped = format!("{{\"data\":{}}}", one.text());
            assert_eq!(
                read_one(&wrapped)
                    .expect("a wrapper changes nothing")
                    .text(),
                one.text()
            );
        }
        Err(why) => harmless(&why),
    }
}

/// A computer is a part of the body, and whatever is asked of it answers.
fn computer(text: &str, body: &str) {
    assert!(body.contains(text), "a row is a part of the body");
    assert!(text.starts_with('{') && text.ends_with('}'));
    is_json(text);
    is_json(&visible_json(text));
    let computer = Computer::new(text);
    let _ = (
        computer.id(),
        computer.underscore_id(),
        computer.name(),
        computer.hostname(),
        is_offline(&computer),
    );
    for name in names(text) {
        assert!(
            computer.raw(&PropertyPath::new(name.as_str())).is_some(),
            "a name that is listed is found: {name:?}"
        );
    }
}

fn is_json(text: &str) {
    serde_json::from_str::<&RawValue>(text).expect("valid JSON");
}

/// Text of our own for the terminal: one line that drives no terminal.
fn harmless(text: &str) {
    assert!(!text.contains(is_unsafe), "{text:?}");
}

/// The body of an error. The first byte says of what content type it is.
pub fn error_body(bytes: &[u8]) {
    let Some((first, body)) = bytes.split_first() else {
        return;
    };
    let Ok(body) = str::from_utf8(body) else {
        return;
    };
    let content_type = [
        None,
        Some("text/html"),
        Some("application/json"),
        Some("text/plain"),
    ][usize::from(first % 4)];
    if let Some(text) = error_text(content_type, body) {
        harmless(&text);
        assert!(
            !text.trim().is_empty() && text.chars().count() <= 301,
            "{text:?}"
        );
    }
}

/// A `Retry-After` header.
pub fn wait(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let now = SystemTime::UNIX_EPOCH + Duration::from_hours(500_000);
    let wait = retry_after(text, now);
    let digits = text.trim();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = digits.trim_start_matches('0');
        let shown = wait.expect("digits are seconds").as_secs().to_string();
        assert!(
            shown.trim_start_matches('0') == seconds || seconds.len() > 19,
            "{text:?}: {shown}"
        );
    } else if let Some(wait) = wait {
        // A date says nothing beyond the year 9999.
        assert!(
            wait < Duration::from_hours(87_840_000),
            "{text:?}: {wait:?}"
        );
    }
}

/// A filter and, behind a NUL, the JSON of a computer.
pub fn filter(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let exact_key = |key: &str| FilterKey {
        path: key.into(),
        ignores_case: false,
    };
    let (typed, json) = text.split_once('\0').unwrap_or((text, "{}"));
    let all = |typed: &str| {
        typed
            .parse::<Filter>()
            .map(|filter| Filters::new(vec![filter], &[], exact_key))
    };
    let Ok(filters) = all(typed) else { return };
    let key = filters
        .keys()
        .next()
        .expect("one filter has one key")
        .to_owned();
    assert!(!key.trim().is_empty());
    let computer = Computer::new(json);
    let fits = filters.fit(&computer);
    let value = computer
        .property(&PropertyPath::new(key.as_str()))
        .unwrap_or_default();
    if let Some((_, exact)) = filters.exact().next() {
        assert_eq!(fits, *value == exact, "{typed:?} on {json:?}");
    }
    // Turning the sign around turns the answer around.
    if let Some((key, rest)) = typed.split_once('=')
        && !key.contains(['~', '!'])
    {
        let opposite = all(&format!("{key}!={rest}")).expect("as good a filter");
        assert_ne!(opposite.fit(&computer), fits, "{typed:?} on {json:?}");
    }
    harmless(&escape(&value));
}

/// A csv file: what is read of it can be written, and is read as the same again.
pub fn csv_file(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let mut last = 0;
    for record in csv::records(text) {
        let line = match &record {
            Ok(record) => record.line,
            Err(error) => error.line,
        };
        assert!(line > last, "lines go upwards");
        last = line;
        let Ok(record) = record else { continue };
        let unescaped = |cells: &[Cow<'_, str>]| -> Vec<String> {
            cells
                .iter()
                .map(|cell| csv::unescape(cell).into_owned())
                .collect()
        };
        let cells = unescaped(&record.cells);
        let mut written = "x,".to_owned();
        for cell in &cells {
            let Ok(()) = csv::write_text(cell, |piece| {
                written.push_str(piece);
                Ok::<(), std::convert::Infallible>(())
            });
            written.push(',');
        }
        // An escape may have been of a character that is never in a cell as it stands.
        match csv::records(&written).next() {
            Some(Ok(again)) => {
                assert_eq!(unescaped(&again.cells[1..=cells.len()]), cells);
            }
            _ => assert!(
                cells.iter().any(|cell| cell.contains(['\n', '\t'])),
                "{written:?}"
            ),
        }
    }
}

/// The key in the corpus of config files: no error and no list may show it.
const PLANTED: &str = "sk_4242";

/// A config file.
pub fn document(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let parse = |text: &str| ConfigFile::parse(Path::new("c.toml"), text);
    let mut document = match parse(text) {
        Ok(document) => document,
        Err(failure) => {
            assert_eq!(failure.kind, ErrorKind::Config);
            assert!(failure.message.starts_with("c.toml"), "{failure:?}");
            assert!(!format!("{failure:?}").contains(PLANTED), "{failure:?}");
            return;
        }
    };
    let kept = text_of(&document);
    assert_eq!(
        parse(&kept).map(|again| again.list()),
        Ok(document.list()),
        "what is kept reads the same"
    );
    assert!(!format!("{document:?}").contains(PLANTED), "{document:?}");
    for (name, value) in document.list() {
        assert!(
            !name.ends_with("secret_key") || value == crate::model::secret::REDACTED,
            "{name}"
        );
    }
    // What is changed reads as it was meant, or the change is refused.
    let profile = document.profile_names().next().unwrap_or("a").to_owned();
    let page = SettingKey::parse("wire.page", &profile).expect("a profile of the file");
    if document.set(&page, "p").is_ok() {
        let again = parse(&text_of(&document)).expect("what was set can be read");
        assert_eq!(again.show(&page).as_deref(), Some("p"));
        assert!(document.unset(&page).expect("what was set can be unset"));
        assert_eq!(document.show(&page), None);
    }
    let secret = SecretKey::parse("sk_77", "a test").expect("a key");
    let stored = SettingKey::of_profile(&profile, &SECRET_KEY);
    let url = "https://x/v1".parse().expect("a URL");
    if document.store_key(&profile, &secret, &url).is_ok() {
        let again = parse(&text_of(&document)).expect("what was stored can be read");
        assert_eq!(again.get(&profile, &SECRET_KEY), Some(secret));
        assert_eq!(document.unset(&stored), Ok(true));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Gives every file of a target's corpus to it. The last one that is named is the one that failed.
    #[allow(
        clippy::print_stdout,
        reason = "the test's own output, shown where it fails"
    )]
    fn replay(target: &str, run: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/corpus")
            .join(target);
        let files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert!(
            files.len() > 5,
            "{} is too small to show anything",
            folder.display()
        );
        for file in files {
            println!("{}", file.display());
            run(&fs::read(&file).unwrap());
        }
    }

    #[test]
    fn envelopes() {
        replay("envelope", super::envelope);
    }

    #[test]
    fn error_bodies() {
        replay("error_body", super::error_body);
    }

    #[test]
    fn retry_after() {
        replay("retry_after", super::wait);
    }

    #[test]
    fn filters() {
        replay("filter", super::filter);
    }

    #[test]
    fn csv_files() {
        replay("csv", super::csv_file);
    }

    #[test]
    fn documents() {
        replay("document", super::document);
    }
}
