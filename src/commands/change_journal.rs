//! The journal: a line for each change that was sent, with the computer as it was before. Never the key.
//!
//! A journal that can't be written is a warning: the change was made all the same.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::config;
use crate::context::Context;
use crate::fs::append_line;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::timestamp;
use crate::output::{Terminal, compact, error_object};

/// A longer file is continued in a second one.
const MAX_FILE_BYTES: u64 = 10 * 1024 * 1024;
/// A computer with a longer text is recorded by the properties that identify it alone.
const MAX_COMPUTER_BYTES: usize = 16 * 1024;

/// One change, as it came out.
pub(super) struct JournalEntry<'a> {
    /// What was done, such as `delete`.
    pub verb: &'static str,
    /// What happened to the target.
    pub outcome: &'static str,
    /// The computer as it was before the change; a new one as it is.
    pub computer: Option<&'a Computer>,
    /// The name that it was to get.
    pub new_name: Option<&'a str>,
    /// The method and URL of a raw request.
    pub request: Option<(&'a str, String)>,
    /// Why the change failed or is unknown.
    pub error: Option<&'a Error>,
    /// The API's own id of the request.
    pub request_id: Option<String>,
}

/// The journal, for the changes of one command. Clones write the same file.
#[derive(Clone)]
pub(super) struct Journal(Arc<Writer>);

struct Writer {
    path: Result<PathBuf, Error>,
    /// The beginning of each line after its time.
    account: String,
    terminal: &'static Terminal,
    /// Keeps the threads of this process from waiting for the lock of the file.
    turn: Mutex<()>,
    has_warned: AtomicBool,
}

impl Journal {
    /// Returns the journal, unless the profile turns it off. Touches no file.
    ///
    /// # Errors
    /// As [`Context::settings`].
    pub(super) fn of(context: &Context) -> Result<Option<Self>, Error> {
        let settings = context.settings()?;
        if !settings.journal {
            return Ok(None);
        }
        let host = if settings.is_sandbox {
            "sandbox"
        } else {
            settings.api_url.value.host()
        };
        let (profile, host) = (json!(settings.profile.value), json!(host));
        Ok(Some(Self(Arc::new(Writer {
            path: config::journal_path(),
            account: format!("\"profile\":{profile},\"api_host\":{host}"),
            terminal: context.terminal,
            turn: Mutex::default(),
            has_warned: AtomicBool::new(false),
        }))))
    }

    /// Writes a line, or warns once that it can't be written.
    pub(super) fn write(&self, entry: &JournalEntry<'_>) {
        let writer = &*self.0;
        let line = writer.terminal.redact_data(&writer.line(entry));
        let turn = writer.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let failure = match &writer.path {
            Ok(path) => append_line(path, &line, MAX_FILE_BYTES)
                .err()
                .map(|error| error.message),
            Err(error) => Some(error.message.clone()),
        };
        drop(turn);
        if let Some(why) = failure
            && !writer.has_warned.swap(true, Ordering::Relaxed)
        {
            let text = format!("the journal of changes is incomplete: {why}");
            writer.terminal.warning("journal_incomplete", &text);
        }
    }
}

impl Writer {
    fn line(&self, entry: &JournalEntry<'_>) -> String {
        let time = timestamp::format(SystemTime::now());
        let JournalEntry { verb, outcome, .. } = entry;
        let mut line = format!(
            "{{\"time\":\"{time}\",{},\"verb\":\"{verb}\",\"outcome\":\"{outcome}\"",
            self.account
        );
        let mut add = |name: &str, json: &str| line.push_str(&format!(",\"{name}\":{json}"));
        if let Some(computer) = entry.computer {
            add("computer", &kept(computer));
        }
        if let Some(name) = entry.new_name {
            add("new_name", &json!(name).to_string());
        }
        if let Some((method, url)) = &entry.request {
            add(
                "request",
                &json!({ "method": method, "url": url }).to_string(),
            );
        }
        if let Some(error) = entry.error {
            add("error", &error_object(error, None).to_string());
        }
        if let Some(id) = &entry.request_id {
            add("request_id", &Value::from(id.as_str()).to_string());
        }
        line + "}"
    }
}

/// Returns the text of a computer, or of a very long one only what identifies it.
fn kept(computer: &Computer) -> String {
    let text = computer.text();
    if text.len() <= MAX_COMPUTER_BYTES {
        return compact(text);
    }
    let members = ["id", "_id", "name", "hostname"].map(|name| {
        let value = computer.property(&name.into());
        let value = value.map(|value| value.chars().take(1000).collect::<String>());
        (name.to_owned(), Value::from(value))
    });
    Value::Object(members.into_iter().collect()).to_string()
}
