//! Waits with scripted polls; no time passes.

use std::time::SystemTime;

use super::progress::{Condition, WaitProgress};
use super::wait_for_all;
use crate::commands::computers::polling::{PollEvent, Poller};
use crate::commands::computers::resolve::Matches;
use crate::commands::computers::selector::Selector;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};

/// What a poll finds: rows, or an error; `None` is the timeout.
type Seen<'a> = Option<Result<&'a [&'a str], ErrorKind>>;

fn waited(
    goal: Condition,
    words: &[&str],
    polls: &[Seen<'_>],
) -> (Vec<(usize, String)>, Result<(), Error>) {
    let named: Vec<Selector> = words.iter().map(|word| word.parse().unwrap()).collect();
    let mut polls = polls.iter();
    let next = || match polls.next().expect("the wait went on") {
        Some(Ok(rows)) => PollEvent::Polled(SystemTime::UNIX_EPOCH, Ok(Matches::of(&named, rows))),
        Some(Err(kind)) => {
            PollEvent::Polled(SystemTime::UNIX_EPOCH, Err(Error::new(*kind, "it is away")))
        }
        None => PollEvent::TimedOut,
    };
    let mut reached = Vec::new();
    let mut progress = WaitProgress::new(goal, named.clone());
    let mut take = |_: &WaitProgress, new: Vec<(usize, Computer)>| {
        let text = |(place, computer): (usize, Computer)| (place, computer.text().to_owned());
        reached.extend(new.into_iter().map(text));
        Ok(())
    };
    let mut poller = Poller::new(next, |_, _| {});
    let ended = wait_for_all(&mut progress, &mut poller, "10m", &mut take);
    drop(poller);
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
            "timed out after 10m: 2 of 3 computers are not online"
        )
    );
    let details = [
        "name or hostname \"a\": no id  a  OFFLINE",
        "name or hostname \"c\": not found",
        "the last request failed: it is away",
    ];
    assert_eq!(failure.details, details);
    let (_, ended) = waited(Condition::Absent, &["a"], &[None]);
    let failure = ended.unwrap_err();
    assert_eq!(
        failure.message,
        "timed out after 10m: the computer with the name or hostname \"a\" is not absent"
    );
    assert_eq!(failure.details, ["name or hostname \"a\""]);
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
