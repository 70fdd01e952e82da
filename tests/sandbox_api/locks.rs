//! Waiting for the lock of the state: never for ever, and never on the thread that serves other requests.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use reemo::sandbox::{SECRET_KEY, SandboxError, Store};
use serde_json::json;

use crate::support::{SIGNAL_ID, Session, connect, read_answer};

/// Holds the lock, as another process could.
fn hold(folder: &Path) -> File {
    let file = File::create(folder.join("computers-25.lock")).unwrap();
    file.lock().unwrap();
    file
}

/// A change made by a command, without HTTP.
type Change = fn(&Store) -> Result<(), SandboxError>;

/// Returns the bytes of a reservation.
fn reservation() -> String {
    let body = json!({ "_id": SIGNAL_ID }).to_string();
    let length = body.len();
    format!(
        "POST /v1/computers HTTP/1.1\r\nHost: localhost\r\nAuthorization: {SECRET_KEY}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn other_requests_are_answered_while_a_change_waits_for_the_lock() {
    let mut session = Session::new(25);
    let held = hold(session.folder.path());
    let mut waiting = connect(&session.running);
    waiting
        .get_mut()
        .write_all(reservation().as_bytes())
        .unwrap();
    for _ in 0..10 {
        session.get("/v1/computers").ok(200);
    }
    drop(held);
    read_answer(&mut waiting).ok(201);
}

#[test]
fn changes_give_up_on_a_lock_that_stays_held() {
    let mut session = Session::new(25);
    let before = session.get("/v1/computers").ok(200);
    let held = hold(session.folder.path());
    let lock = session.folder.path().join("computers-25.lock");
    let text = format!("another process holds the lock {}", lock.display());
    let changes: [Change; 3] = [
        |store| store.register(SIGNAL_ID.parse().unwrap()).map(drop),
        |store| store.switch("Reception Paris", false).map(drop),
        |store| store.reset().map(drop),
    ];
    std::thread::scope(|scope| {
        for change in changes {
            let (session, text) = (&session, &text);
            scope.spawn(move || {
                let error = change(&session.store(25)).unwrap_err();
                assert_eq!(error, SandboxError::Locked(text.clone()));
            });
            scope.spawn(move || {
                let mut stream = connect(&session.running);
                stream
                    .get_mut()
                    .write_all(reservation().as_bytes())
                    .unwrap();
                assert_eq!(read_answer(&mut stream).error(423), *text);
            });
        }
    });
    drop(held);
    // The connection has been closed, having been idle for so long.
    session.stream = connect(&session.running);
    assert_eq!(session.get("/v1/computers").ok(200), before);
}

#[cfg(unix)]
fn link(session: &Session, name: &str, content: &str) -> (PathBuf, PathBuf) {
    let target = session.folder.path().join("target");
    fs::write(&target, content).unwrap();
    let link = session.folder.path().join(name);
    std::os::unix::fs::symlink(&target, &link).unwrap();
    (target, link)
}

#[cfg(unix)]
#[test]
fn a_lock_file_is_never_opened_through_a_symbolic_link() {
    let mut session = Session::new(25);
    let (target, link) = link(&session, "computers-25.lock", "mine");
    let expected = format!(
        "{} is a symbolic link; reemo does not write through links",
        link.display()
    );
    let answer = session.raw(&reservation());
    assert_eq!(answer.error(500), expected);
    for error in [
        session.store(25).reset().unwrap_err(),
        session
            .store(25)
            .switch("Reception Paris", false)
            .unwrap_err(),
    ] {
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(fs::read(&target).unwrap(), b"mine");
    fs::remove_file(&target).unwrap();
    // Nor is a file made where a link leads to none.
    assert!(session.store(25).reset().is_err() && !target.exists());
}

#[cfg(unix)]
#[test]
fn a_state_file_is_never_read_or_written_through_a_symbolic_link() {
    let mut session = Session::new(25);
    session.store(25).switch("Reception Paris", false).unwrap();
    let state = session.folder.path().join("computers-25.json");
    let content = fs::read_to_string(&state).unwrap();
    fs::remove_file(&state).unwrap();
    let (target, link) = link(&session, "computers-25.json", &content);
    let expected = format!(
        "the sandbox state {} is a symbolic link, which is not followed",
        link.display()
    );
    assert_eq!(session.get("/v1/computers").error(500), expected);
    assert_eq!(session.raw(&reservation()).error(500), expected);
    assert_eq!(fs::read_to_string(&target).unwrap(), content);
    // A reset removes the link, and nothing else.
    session.store(25).reset().unwrap();
    assert_eq!(fs::read_to_string(&target).unwrap(), content);
    session.get("/v1/computers").ok(200);
    session.raw(&reservation()).ok(201);
}
