//! Waits of which each turn is said beforehand; no time passes.

use std::time::SystemTime;

use super::goal::{Goal, Progress};
use super::until_there;
use crate::commands::computers::naming::Named;
use crate::commands::computers::outage::Outage;
use crate::commands::computers::polling::Turn;
use crate::commands::computers::sighting::Sighting;
use crate::model::failure::{Failure, Kind};

/// What a poll sees: rows, or a failure; nothing where the time is up.
type Seen<'a> = Option<Result<&'a [&'a str], Kind>>;

fn waited(
    goal: Goal,
    words: &[&str],
    polls: &[Seen<'_>],
) -> (Vec<(usize, String)>, Result<(), Failure>) {
    let named: Vec<Named> = words.iter().map(|word| word.parse().unwrap()).collect();
    let mut polls = polls.iter();
    let mut next = || match polls.next().expect("the wait went on") {
        Some(Ok(rows)) => Turn::Polled(SystemTime::UNIX_EPOCH, Ok(Sighting::of(&named, rows))),
        Some(Err(kind)) => Turn::Polled(
            SystemTime::UNIX_EPOCH,
            Err(Failure::new(*kind, "it is away")),
        ),
        None => Turn::TimeUp,
    };
    let mut reached = Vec::new();
    let mut progress = Progress::new(goal, named.clone());
    let mut take = |place, computer: crate::model::computer::Computer<'static>| {
        reached.push((place, computer.text().to_owned()));
        Ok(())
    };
    let ended = until_there(
        &mut progress,
        &mut next,
        &mut Outage::new(&|_, _| {}),
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
        Some(Err(Kind::ServerError)),
        Some(Ok(&[A_OFF, B_ON])),
    ];
    let (reached, ended) = waited(Goal::Online, &["b", "a"], &polls);
    assert_eq!(
        (reached, ended),
        (vec![(1, A_ON.to_owned()), (0, B_ON.to_owned())], Ok(()))
    );
}

#[test]
fn out_of_time_names_who_is_missing() {
    let (_, ended) = waited(
        Goal::Online,
        &["a", "b", "c"],
        &[Some(Ok(&[A_OFF, B_ON])), Some(Err(Kind::Unreachable)), None],
    );
    let failure = ended.unwrap_err();
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (
            Kind::WaitTimedOut,
            "2 of 3 computers were not online within 10m"
        )
    );
    let details = [
        "name or host name \"a\": no id  a  OFFLINE",
        "name or host name \"c\": not there",
        "the last answer was none: it is away",
    ];
    assert_eq!(failure.details, details);
    let (_, ended) = waited(Goal::Absent, &["a"], &[None]);
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
        Some(Err(Kind::ListingNotWhole)),
        Some(Ok(&[A_ON])),
        Some(Ok(&[])),
    ];
    assert_eq!(waited(Goal::Absent, &["a"], &polls), (vec![], Ok(())));
}

#[test]
fn an_ambiguous_name_ends_at_once() {
    let (_, ended) = waited(Goal::Absent, &["a"], &[Some(Ok(&[A_ON, A_OFF]))]);
    assert_eq!(ended.unwrap_err().kind, Kind::Ambiguous);
}
