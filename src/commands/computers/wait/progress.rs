//! How far a wait has come: which computers have reached the condition, and how the others were last seen.

use std::borrow::Cow;

use crate::api::wire;
use crate::commands::computers::resolve::Matches;
use crate::commands::computers::selector::Selector;
use crate::commands::computers::summary::one_line;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// A line of a terminal names so many of those that are waited for.
const MAX_NAMED: usize = 3;

/// The value of `--for`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Condition {
    /// Known to the API, in a state other than OFFLINE
    Online,
    /// Known to the API as OFFLINE
    Offline,
    /// Known to the API
    Present,
    /// Not known to the API
    Absent,
}

impl Condition {
    fn is_reached(self, computer: Option<&Computer>) -> bool {
        match self {
            Self::Online => computer.is_some_and(wire::is_online),
            Self::Offline => computer.is_some_and(wire::is_offline),
            Self::Present => computer.is_some(),
            Self::Absent => computer.is_none(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Present => "present",
            Self::Absent => "absent",
        }
    }
}

/// The computers that are still waited for. One that has reached the condition stays counted, whatever its state is later.
pub(super) struct WaitProgress {
    condition: Condition,
    remaining: Vec<Remaining>,
    total: usize,
    was_polled: bool,
}

/// A computer that has not reached the condition yet.
struct Remaining {
    /// Its position on the command line.
    position: usize,
    selector: Selector,
    /// How it was last seen, if it was.
    last_seen: Option<Computer>,
}

impl Remaining {
    /// Returns the name by which a person knows it.
    fn name(&self) -> String {
        let name = self.last_seen.as_ref().and_then(Computer::name);
        name.filter(|name| !name.is_empty())
            .map_or_else(|| self.selector.value(), Cow::into_owned)
    }
}

impl WaitProgress {
    pub(super) fn new(condition: Condition, selectors: Vec<Selector>) -> Self {
        let total = selectors.len();
        let remaining = |(position, selector)| Remaining {
            position,
            selector,
            last_seen: None,
        };
        Self {
            condition,
            remaining: selectors.into_iter().enumerate().map(remaining).collect(),
            total,
            was_polled: false,
        }
    }

    /// Takes in what a poll found. Returns the computers that have reached the condition by it, with their positions; there
    /// are none where the condition is [`Condition::Absent`].
    ///
    /// # Errors
    /// [`ErrorKind::Ambiguous`] if a selector matches several computers.
    pub(super) fn update(&mut self, matches: &Matches) -> Result<Vec<(usize, Computer)>, Error> {
        self.was_polled = true;
        let mut reached = Vec::new();
        for mut one in std::mem::take(&mut self.remaining) {
            let computer = matches.find(&one.selector)?.map(|(_, computer)| computer);
            if self.condition.is_reached(computer) {
                reached.extend(computer.map(|computer| (one.position, computer.clone())));
            } else {
                one.last_seen = computer.cloned();
                self.remaining.push(one);
            }
        }
        Ok(reached)
    }

    /// Returns the computers that have not reached the condition, as they were last seen, with their positions.
    pub(super) fn missing(&self) -> impl Iterator<Item = (usize, Computer)> {
        let remaining = self.remaining.iter().filter(|_| self.was_polled);
        remaining.map(|one| {
            let last_seen = one.last_seen.clone();
            (
                one.position,
                last_seen.unwrap_or_else(|| one.selector.not_found()),
            )
        })
    }

    /// Whether all computers have reached the condition.
    pub(super) fn is_done(&self) -> bool {
        self.remaining.is_empty()
    }

    /// Returns how many computers have reached the condition, and which are waited for.
    pub(super) fn summary(&self) -> String {
        let names: Vec<String> = self
            .remaining
            .iter()
            .take(MAX_NAMED)
            .map(Remaining::name)
            .collect();
        let more = match self.remaining.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(
            "{} of {} {}, waiting for {}{more}",
            self.total - self.remaining.len(),
            self.total,
            self.condition.name(),
            names.join(", ")
        )
    }

    /// Returns the error of a wait that timed out: which computers remain, and how each was last seen.
    pub(super) fn timed_out(&self, timeout: &str, outage: Option<&Error>) -> Error {
        let condition = self.condition.name();
        let message = match (&self.remaining[..], self.total) {
            ([one], 1) => format!(
                "timed out after {timeout}: the computer with the {} is not {condition}",
                one.selector
            ),
            (some, total) => {
                let verb = if some.len() == 1 { "is" } else { "are" };
                format!(
                    "timed out after {timeout}: {} of {total} computers {verb} not {condition}",
                    some.len()
                )
            }
        };
        let detail = |one: &Remaining| match &one.last_seen {
            Some(last_seen) => format!("{}: {}", one.selector, one_line(last_seen)),
            None if self.was_polled => format!("{}: not found", one.selector),
            None => one.selector.to_string(),
        };
        let error = Error::new(ErrorKind::WaitTimedOut, message);
        let error = self.remaining.iter().map(detail).fold(error, Error::detail);
        match outage {
            Some(outage) => error.detail(format!("the last request failed: {}", outage.message)),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, WaitProgress};
    use crate::commands::computers::resolve::Matches;
    use crate::commands::computers::selector::Selector;

    #[test]
    fn states_of_each_condition() {
        let selector: Selector = "a".parse().unwrap();
        for (row, online, offline, present) in [
            (Some(r#"{"name":"a","status":"ONLINE"}"#), true, false, true),
            (Some(r#"{"name":"a","state":"BUSY"}"#), true, false, true),
            (
                Some(r#"{"name":"a","status":"offline"}"#),
                false,
                true,
                true,
            ),
            (Some(r#"{"name":"a","status":null}"#), false, false, true),
            (Some(r#"{"name":"a"}"#), false, false, true),
            (None, false, false, false),
        ] {
            let matches = Matches::of(std::slice::from_ref(&selector), row.as_slice());
            let reached = |goal| {
                let mut progress = WaitProgress::new(goal, vec![selector.clone()]);
                progress.update(&matches).unwrap();
                progress.is_done()
            };
            assert_eq!(reached(Condition::Online), online, "{row:?}");
            assert_eq!(reached(Condition::Offline), offline, "{row:?}");
            assert_eq!(reached(Condition::Present), present, "{row:?}");
            assert_eq!(reached(Condition::Absent), !present, "{row:?}");
        }
    }
}
