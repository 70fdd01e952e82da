//! What is waited for, which computers are there yet, and how those are told that are not.

use crate::api::wire;
use crate::commands::computers::resolve::Matches;
use crate::commands::computers::selector::Selector;
use crate::commands::computers::summary::one_line;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// `--for`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Condition {
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

/// How far the wait has come. A computer that got there counts, whatever becomes of it while others are waited for.
pub(super) struct Progress {
    goal: Condition,
    waiting: Vec<Waiting>,
    all: usize,
}

struct Waiting {
    /// Its place on the command line.
    place: usize,
    selector: Selector,
    /// How it was last seen, once it was looked for.
    seen: Option<String>,
}

impl Progress {
    pub(super) fn new(goal: Condition, selectors: Vec<Selector>) -> Self {
        let all = selectors.len();
        let waiting = selectors
            .into_iter()
            .enumerate()
            .map(|(place, selector)| Waiting {
                place,
                selector,
                seen: None,
            })
            .collect();
        Self { goal, waiting, all }
    }

    /// Takes in a poll; the computers that got there by it, with their places, where they are there at all.
    ///
    /// # Errors
    /// `Ambiguous` where a name fits several.
    pub(super) fn see(&mut self, matches: &Matches) -> Result<Vec<(usize, Computer)>, Error> {
        let (mut reached, mut waiting) = (Vec::new(), Vec::new());
        for mut one in std::mem::take(&mut self.waiting) {
            let computer = matches.find(&one.selector)?.map(|(_, computer)| computer);
            if self.goal.is_reached(computer) {
                reached.extend(computer.map(|computer| (one.place, computer.clone())));
            } else {
                one.seen = Some(computer.map_or_else(|| "not there".to_owned(), one_line));
                waiting.push(one);
            }
        }
        self.waiting = waiting;
        Ok(reached)
    }

    /// Whether all have got there.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Says who has not got there in time, and how each was last seen.
    pub(super) fn timed_out(&self, within: &str, outage: Option<&Error>) -> Error {
        let goal = self.goal.name();
        let message = match (&self.waiting[..], self.all) {
            ([one], 1) => format!(
                "the computer with the {} was not {goal} within {within}",
                one.selector
            ),
            (some, all) => format!(
                "{} of {all} computers were not {goal} within {within}",
                some.len()
            ),
        };
        let told = |one: &Waiting| match &one.seen {
            Some(seen) => format!("{}: {seen}", one.selector),
            None => one.selector.to_string(),
        };
        let failure = self
            .waiting
            .iter()
            .map(told)
            .fold(Error::new(ErrorKind::WaitTimedOut, message), Error::detail);
        match outage {
            Some(outage) => failure.detail(format!("the last answer was none: {}", outage.message)),
            None => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Progress};
    use crate::commands::computers::resolve::Matches;
    use crate::commands::computers::selector::Selector;

    #[test]
    fn which_states_are_what() {
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
                let mut progress = Progress::new(goal, vec![selector.clone()]);
                progress.see(&matches).unwrap();
                progress.is_done()
            };
            assert_eq!(reached(Condition::Online), online, "{row:?}");
            assert_eq!(reached(Condition::Offline), offline, "{row:?}");
            assert_eq!(reached(Condition::Present), present, "{row:?}");
            assert_eq!(reached(Condition::Absent), !present, "{row:?}");
        }
    }
}
