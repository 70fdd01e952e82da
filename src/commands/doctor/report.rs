//! The report: checks in their groups, and the verdict on all of them.

use serde_json::json;

use crate::commands::output_args::table;
use crate::context::Context;
use crate::exit;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::Hint;
use crate::output::CheckLine;

/// What checks belong to, in the order in which they depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Configuration,
    Network,
    Credentials,
    Wire,
}

impl Group {
    /// The kind of the error that a check of this group fails with, if it has no error of its own.
    const fn error_kind(self) -> ErrorKind {
        match self {
            Self::Configuration | Self::Credentials => ErrorKind::Config,
            Self::Network => ErrorKind::Unreachable,
            Self::Wire => ErrorKind::InvalidResponse,
        }
    }

    const ALL: [Self; 4] = [
        Self::Configuration,
        Self::Network,
        Self::Credentials,
        Self::Wire,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Network => "network",
            Self::Credentials => "credentials",
            Self::Wire => "wire",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warning,
    Failed,
    Unknown,
}

impl State {
    /// The name, and the colour as the number of an escape sequence.
    fn name_and_color(self) -> (&'static str, &'static str) {
        match self {
            Self::Ok => ("ok", "32"),
            Self::Warning => ("warning", "1;33"),
            Self::Failed => ("failed", "1;31"),
            Self::Unknown => ("unknown", "36"),
        }
    }
}

#[derive(Debug)]
struct Entry {
    group: Group,
    check: &'static str,
    state: State,
    message: String,
    hint: Option<Hint>,
    /// Decides the exit code of a failed check.
    kind: ErrorKind,
}

/// All checks.
#[derive(Debug, Default)]
pub(super) struct CheckReport {
    checks: Vec<Entry>,
    /// The settings to put into the config file, as its text.
    pub block: String,
    is_offline: bool,
}

impl CheckReport {
    fn add(
        &mut self,
        state: State,
        group: Group,
        check: &'static str,
        message: String,
        hint: Option<Hint>,
    ) {
        self.checks.push(Entry {
            group,
            check,
            state,
            message,
            hint,
            kind: group.error_kind(),
        });
    }

    pub(super) fn ok(&mut self, group: Group, check: &'static str, message: impl Into<String>) {
        self.add(State::Ok, group, check, message.into(), None);
    }

    pub(super) fn unknown(
        &mut self,
        group: Group,
        check: &'static str,
        message: impl Into<String>,
        hint: Option<Hint>,
    ) {
        self.add(State::Unknown, group, check, message.into(), hint);
    }

    pub(super) fn warning(
        &mut self,
        group: Group,
        check: &'static str,
        message: impl Into<String>,
        hint: impl Into<Hint>,
    ) {
        let hint = Some(hint.into()).filter(|hint| *hint != Hint::default());
        self.add(State::Warning, group, check, message.into(), hint);
    }

    /// Adds a check that failed with an error, of which neither the request nor the details are shown.
    pub(super) fn failed(&mut self, group: Group, check: &'static str, error: Error) {
        let error = without_request(error);
        let kind = error.kind;
        let has_its_code = exit::code(kind).1 == exit::code(group.error_kind()).1;
        let hint = error.hint.or(exit::hint(kind));
        self.add(State::Failed, group, check, error.message, hint);
        if let Some(last) = self.checks.last_mut().filter(|_| has_its_code) {
            last.kind = kind;
        }
    }

    /// Orders the checks by their groups, and adds one for each group that has none, since a check before it failed or nothing may
    /// be sent.
    pub(super) fn leave_out(&mut self, is_offline: bool) {
        self.is_offline = is_offline;
        let why = if is_offline {
            "not checked, because of --offline"
        } else {
            "not checked, because a check before it failed"
        };
        let mut others = std::mem::take(&mut self.checks);
        for group in Group::ALL {
            let of_group: Vec<Entry>;
            (of_group, others) = others.into_iter().partition(|check| check.group == group);
            self.checks.extend(of_group);
            if self.checks.last().is_none_or(|last| last.group != group) {
                self.unknown(group, "all", why, None);
            }
        }
    }

    fn first(&self, state: State) -> Option<&Entry> {
        self.checks.iter().find(|check| check.state == state)
    }

    fn count(&self, state: State) -> usize {
        self.checks
            .iter()
            .filter(|check| check.state == state)
            .count()
    }

    fn verdict(&self) -> String {
        if let Some(failed) = self.first(State::Failed) {
            let more = match self.count(State::Failed) {
                1 => String::new(),
                count => format!(" (and {})", counted(count as u64 - 1, "more failed check")),
            };
            return format!("reemo does not work here: {}{more}", failed.message);
        }
        let warnings = match self.count(State::Warning) {
            0 => String::new(),
            count => format!(", with {}", counted(count as u64, "warning")),
        };
        if self.is_offline {
            return format!("the configuration can be used{warnings}; the rest was not checked");
        }
        let unknown: Vec<&str> = self
            .checks
            .iter()
            .filter(|check| check.state == State::Unknown)
            .map(|check| check.check)
            .collect();
        match unknown.as_slice() {
            [] => format!("reemo works with this account{warnings}"),
            names => format!(
                "reemo works with this account as far as can be known{warnings}; unknown: {}",
                names.join(", ")
            ),
        }
    }

    /// Prints the report.
    ///
    /// # Errors
    /// That of the first failed group. For people it has no message: the report says it all.
    pub(super) fn print(&self, context: &Context) -> anyhow::Result<()> {
        let style = context.terminal.style();
        let profile = style.profile.as_deref();
        let lines: Vec<CheckLine> = self
            .checks
            .iter()
            .map(|check| {
                let (state, color) = check.state.name_and_color();
                let hint = check.hint.as_ref().map(|hint| hint.render(profile));
                CheckLine {
                    group: check.group.name(),
                    check: check.check,
                    state,
                    color,
                    message: public(&check.message),
                    hint: hint.as_deref().map(public),
                }
            })
            .collect();
        let verdict = public(&self.verdict());
        let is_for_people = style.format.is_for_people() && style.jq.is_none();
        if is_for_people {
            context.terminal.checks(&lines, &self.block, &verdict)?;
        } else {
            let rows = lines.iter().map(|line| {
                let row = json!({
                    "group": line.group,
                    "check": line.check,
                    "state": line.state,
                    "message": line.message,
                    "hint": line.hint,
                });
                context.terminal.redact_data(&row.to_string())
            });
            table(
                context,
                &["group", "check", "state", "message", "hint"],
                &["check", "state", "message"],
                rows,
            )?;
        }
        let Some(failed) = self.first(State::Failed) else {
            return Ok(());
        };
        let message = if is_for_people {
            String::new()
        } else {
            verdict
        };
        let error = Error::new(failed.kind, message);
        // Its words are public, unlike those of the hint that it was made from.
        let hint = failed
            .hint
            .as_ref()
            .map(|hint| public(&hint.render(profile)));
        Err(match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
        .into())
    }
}

/// Folders of which each subfolder is a user's.
const HOMES: [&str; 3] = ["/home/", "/Users/", "\\Users\\"];

/// Returns a text without the path of the home folder and without names of users in other paths.
fn public(text: &str) -> String {
    let folders = directories::BaseDirs::new();
    let home = folders.map(|folders| folders.home_dir().display().to_string());
    let home = home.unwrap_or_default();
    let home = home.trim_end_matches(['/', '\\']);
    let mut text = match home.len() {
        0..2 => text.to_owned(),
        _ => text.replace(home, "~"),
    };
    for folder in HOMES {
        text = without_users(&text, folder);
    }
    text
}

/// Replaces the name that follows each `folder`, up to the end of that part of the path.
fn without_users(text: &str, folder: &str) -> String {
    let mut parts = text.split(folder);
    let mut public = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['/', '\\', '"', '\'', ' ', ':', ',', ';']);
        let rest = &part[end.unwrap_or(part.len())..];
        public.push_str(&format!("{folder}…{rest}"));
    }
    public
}

/// Returns an error of the API's own kind, in words that name no request: it may have a name in it.
fn without_request(error: Error) -> Error {
    Error {
        request: None,
        details: Vec::new(),
        ..error
    }
}

#[cfg(test)]
mod tests {
    use super::without_users;

    #[test]
    fn paths_name_no_user() {
        for (text, folder, public) in [
            ("/home/ada", "/home/", "/home/…"),
            (
                "no /home/ada/a b/key, nor /home/grace/key",
                "/home/",
                "no /home/…/a b/key, nor /home/…/key",
            ),
            ("C:\\Users\\ada\\x", "\\Users\\", "C:\\Users\\…\\x"),
            ("/homes/ada", "/home/", "/homes/ada"),
        ] {
            assert_eq!(without_users(text, folder), public);
        }
    }
}
