//! Waits of which each turn is said beforehand; no time passes.

use std::time::SystemTime;

use super::goal::{Condition, Progress};
use super::until_there;
use crate::commands::computers::outage::OutageTracker;
use crate::commands::computers::polling::PollEvent;
use crate::commands::computers::resolve::Matches;
use crate::commands::computers::selector::Selector;
use crate::model::error::{Error, ErrorKind};

/// What a poll sees: rows, or a failure; nothing where the time is up.
type Seen<'a> = Option<Result<&'a [&'a str], ErrorKind>>;

fn waited(
    goal: Condition,
    words: &[&str],
    polls: &[Seen<'_>],
) -> (Vec<(usize, String)>, Result<(), Error>) {
    let named: Vec<Selector> = words.iter().map(|word| word.parse().unwrap()).collect();
    let mut polls = polls.iter();
    let mut next = || match polls.next().expect("the wait went on") {
        Some(Ok(rows)) => PollEvent::Polled(SystemTime::UNIX_EPOCH, Ok(Matches::of(&named, rows))),
        Some(Err(kind)) => {
            PollEvent::Polled(SystemTime::UNIX_EPOCH, Err(Error::new(*kind, "it is away")))
        }
        None => PollEvent::TimeUp,
    };
    let mut reached = Vec::new();
    let mut progress = Progress::new(goal, named.clone());
    let mut take = |place, computer: crate::model::computer::Computer| {
        reached.push((place, computer.text().to_owned()));
        Ok(())
    };
    let ended = until_there(
        &mut progress,
        &mut next,
        &mut OutageTracker::new(&|_, _| {}),
        "10m",
        &mut take,
    );
    assert!(polls.next().is_none(), "the wait ended too early");
    (reached, ended)
}

const A_ON: &str = r#"{"name":"a","status":"ONLINE"}"#;
const A_OFF: &str = r#"{"name":"a","status":"OFFLINE"}"#;
const B_ON: &str = r#"{"name":"b","status":"ONLINE"}"#;

#[test]
fn each_counts_once_it_got_there() {
    let polls = [
        Some(Ok(&[A_OFF][..])),
        Some(Ok(&[A_ON])),
        Some(Err(ErrorKind::ServerError)),
        Some(Ok(&[A_OFF, B_ON])),
    ];
    let (reached, ended) = waited(Condition::Online, &["b", "a"], &polls);
    assert_eq!(
        (reached, ended),
        (vec![(1, A_ON.to_owned()), (0, B_ON.to_owned())], Ok(()))
    );
}

#[test]
fn out_of_time_names_who_is_missing() {
    let (_, ended) = waited(
        Condition::Online,
        &["a", "b", "c"],
        &[
            Some(Ok(&[A_OFF, B_ON])),
            Some(Err(ErrorKind::Unreachable)),
            None,
        ],
    );
    let failure = ended.unwrap_err();
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (
            ErrorKind::WaitTimedOut,
            "2 of 3 computers were not online within 10m"
        )
    );
    let details = [
        "name or host name \"a\": no id  a  OFFLINE",
        "name or host name \"c\": not there",
        "the last answer was none: it is away",
    ];
    assert_eq!(failure.details, details);
    let (_, ended) = waited(Condition::Absent, &["a"], &[None]);
    let failure = ended.unwrap_err();
    assert_eq!(
        failure.message,
        "the computer with the name or host name \"a\" was not absent within 10m"
    );
    assert_eq!(failure.details, ["name or host name \"a\""]);
}

#[test]
fn an_outage_proves_nobody_absent() {
    let polls = [
        Some(Ok(&[A_ON][..])),
        Some(Err(ErrorKind::ListingNotWhole)),
        Some(Ok(&[A_ON])),
        Some(Ok(&[])),
    ];
    assert_eq!(waited(Condition::Absent, &["a"], &polls), (vec![], Ok(())));
}

#[test]
fn an_ambiguous_name_ends_at_once() {
    let (_, ended) = waited(Condition::Absent, &["a"], &[Some(Ok(&[A_ON, A_OFF]))]);
    assert_eq!(ended.unwrap_err().kind, ErrorKind::Ambiguous);
}
