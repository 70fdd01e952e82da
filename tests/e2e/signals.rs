//! SIGTERM and SIGHUP, and signals that are ignored by whoever started the program: `nohup`, or `&` in a script.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::support::running::{Ended, Gate, Running, until};
use crate::support::{Peer, Session, ignoring_signals, uid};

/// More than is in flight at once.
const MANY: usize = 12;
const IN_FLIGHT: usize = 8;

/// Reserves, with these signals ignored, at an API that holds every reservation back. `act` is told when eight of them are in
/// flight.
fn reserving(ignored: &[&str], act: impl FnOnce(&Running<'_>)) -> (Peer, Ended) {
    reserving_under(&ignoring_signals(ignored), act)
}

/// Reserves as [`reserving`] does, with the program started by another one.
fn reserving_under(wrapper: &[String], act: impl FnOnce(&Running<'_>)) -> (Peer, Ended) {
    let (peer, gate) = (Peer::start(), Gate::default());
    let held = gate.clone();
    peer.mishap(move |_, _| {
        held.pass();
        None
    });
    let session = Session::with(&peer);
    let ids: Vec<String> = (0..MANY).map(|n| uid(70 + n)).collect();
    let words: Vec<&str> = ["computers", "reserve", "-o", "jsonl"]
        .into_iter()
        .chain(ids.iter().map(String::as_str))
        .collect();
    let mut command = session.wrapped(wrapper, words.as_slice());
    let running = Running::spawn(&session, &mut command);
    until(|| peer.requests().len() == IN_FLIGHT);
    act(&running);
    gate.open();
    let ended = running.end();
    (peer, ended)
}

/// It reported what was in flight, and began nothing more.
#[track_caller]
fn is_reported(peer: &Peer, ended: &Ended, case: &str) {
    assert_eq!(
        (peer.done().len(), ended.count("created")),
        (IN_FLIGHT, IN_FLIGHT),
        "{case}: {}",
        ended.stderr
    );
    ended.is_interrupted(
        "8 done, 0 failed, 0 unknown, 4 not started",
        Some("running the same command again with --ensure continues where this one ended"),
    );
}

#[test]
fn each_signal_ends_in_a_report() {
    for signal in ["INT", "TERM", "HUP"] {
        let (peer, ended) = reserving(&[], |running| running.stop_by(signal));
        is_reported(&peer, &ended, signal);
    }
}

#[test]
fn the_others_are_heard_where_one_is_ignored() {
    for (ignored, signal) in [
        // As `nohup` does.
        (&["HUP"][..], "TERM"),
        (&["HUP"], "INT"),
        // As a shell does with what a script starts with `&`.
        (&["INT", "QUIT"], "TERM"),
        (&["INT", "QUIT"], "HUP"),
        (&["INT", "QUIT", "HUP"], "TERM"),
        (&["TERM"], "INT"),
    ] {
        let (peer, ended) = reserving(ignored, |running| running.stop_by(signal));
        is_reported(
            &peer,
            &ended,
            &format!("{signal} where {ignored:?} are ignored"),
        );
    }
}

#[test]
fn an_ignored_signal_stays_ignored() {
    for signal in ["HUP", "INT", "TERM"] {
        let (peer, ended) = reserving(&[signal], |running| running.send(signal));
        assert_eq!(
            (ended.code, ended.stderr.as_str()),
            (Some(0), ""),
            "{signal}"
        );
        assert_eq!((peer.done().len(), ended.count("created")), (MANY, MANY));
    }
}

/// `timeout` sends SIGTERM to the program and to its process group, so that it comes twice.
#[test]
fn a_second_sigterm_abandons_nothing() {
    let (peer, ended) = reserving(&[], |running| {
        running.stop_by("TERM");
        running.send("TERM");
        running.send("HUP");
        // What is abandoned is reported at the next look at the flag.
        sleep(Duration::from_millis(300));
    });
    is_reported(&peer, &ended, "TERM twice");
}

#[test]
fn under_a_real_nohup_and_timeout() {
    let mut wrapper = ignoring_signals(&[]);
    wrapper.extend(["nohup", "timeout", "--preserve-status", "10m"].map(str::to_owned));
    // `timeout` passes it on.
    let (peer, ended) = reserving_under(&wrapper, |running| running.stop_by("TERM"));
    is_reported(&peer, &ended, "nohup timeout");
}

/// Nothing reads what it prints, so that it hangs where no flag is looked at.
#[test]
fn a_third_interrupt_ends_it_whatever_it_hangs_in() {
    let peer = Peer::start();
    let long = "n".repeat(20_000);
    let rows: String = (0..MANY)
        .map(|n| format!("{},{long}\n", uid(70 + n)))
        .collect();
    let session = Session::with(&peer).file("machines.csv", &format!("_id,name\n{rows}"));
    let mut child = session
        .ignoring(&[], "computers reserve --from machines.csv -o jsonl")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until(|| peer.done().len() == MANY);
    let pid = child.id().to_string();
    let mut status = None;
    for _ in 0..100 {
        let sent = Command::new("kill").args(["-s", "INT", &pid]).status();
        assert!(sent.unwrap().success());
        sleep(Duration::from_millis(150));
        status = child.try_wait().unwrap();
        if status.is_some() {
            break;
        }
    }
    let _ = child.kill();
    let signal = status.and_then(|status| status.signal());
    assert_eq!(signal, Some(2));
}

#[test]
fn polling_ends_by_each_signal_though_others_are_ignored() {
    for words in [
        "computers wait ghost --for online --interval 1h --json",
        "computers watch --initial --interval 1h --json",
    ] {
        for (ignored, signal) in [
            (&[][..], "INT"),
            (&[], "TERM"),
            (&["HUP"], "TERM"),
            (&["INT", "QUIT"], "HUP"),
        ] {
            let peer = Peer::start();
            let session = Session::with(&peer);
            let running = Running::start(&session, ignored, words);
            until(|| !peer.requests().is_empty());
            let before = peer.requests().len();
            running.send(signal);
            let ended = running.end();
            assert_eq!(
                (ended.code, ended.stderr.as_str()),
                (Some(130), ""),
                "{words}: {signal}"
            );
            assert!(peer.requests().len() <= before + 1);
            // What was seen until then is a whole array, or nothing was seen yet.
            let is_array = ended.stdout.starts_with('[') && ended.stdout.ends_with("]\n");
            assert!(is_array || ended.stdout.is_empty(), "{}", ended.stdout);
        }
    }
}
