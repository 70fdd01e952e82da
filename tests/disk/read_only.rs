//! Folders that may be read and not written, as their modes say: an error, and every file as it was.

use std::path::{Path, PathBuf};

use crate::support::files::chmod;
use crate::support::{KEY, Peer, Row, Session, id, uid};
use crate::tree::Tree;

/// Folders that can't be written as long as this lives.
struct Closed(Vec<PathBuf>);

impl Closed {
    fn new(session: &Session, folders: &[&str]) -> Self {
        let folders: Vec<PathBuf> = folders
            .iter()
            .map(|folder| session.root().join(folder))
            .collect();
        for folder in &folders {
            chmod(folder, 0o500);
        }
        Closed(folders)
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        self.0
            .iter()
            .filter(|folder| Path::exists(folder))
            .for_each(|folder| chmod(folder, 0o700));
    }
}

const DENIED: &str = "Permission denied (os error 13)";

#[test]
fn the_config_folder() {
    let peer = Peer::start();
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let session = session
        .api(&peer.url())
        .stdin(KEY)
        .config("[profiles.default]\naccess = \"full\"\n");
    let commands = [
        "config set access read",
        "config unset access",
        "auth login --secret-key-stdin",
    ];
    let file = "[HOME]/config/reemo/config.toml";
    let before = Tree::of(&session);
    let closed = Closed::new(&session, &["config/reemo"]);
    for words in commands {
        session
            .run(words)
            .stderr(format!(
                "error: the lock {file}.lock can't be taken: {DENIED}\n"
            ))
            .code(1);
    }
    drop(closed);
    // With a lock from better days it comes to the file itself.
    session
        .run("config set access full")
        .stderr("note: profiles.default.access is set\n");
    let closed = Closed::new(&session, &["config/reemo"]);
    for words in commands {
        session
            .run(words)
            .stderr(format!("error: {file} can't be written: {DENIED}\n"))
            .code(1);
    }
    session.run("config get access").stdout("full\n");
    assert_eq!(Tree::of(&session), before);
    drop(closed);
}

#[test]
fn the_folder_above_the_config() {
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let closed = Closed::new(&session, &["config", "state"]);
    session
        .run("config set access read")
        .stderr(format!(
            "error: the folder [HOME]/config/reemo can't be created: {DENIED}\n"
        ))
        .code(1);
    session
        .run("sandbox offline PAR-WS-01")
        .stderr(format!(
            "error: the folder [HOME]/state/reemo/sandbox can't be created: {DENIED}\n"
        ))
        .code(1);
    assert_eq!(Tree::of(&session), Tree::default());
    drop(closed);
}

#[test]
fn the_folder_of_the_state() {
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let session = session.env("REEMO_PROFILE", "sandbox");
    session
        .run(format!("computers reserve {} -q", uid(1)).as_str())
        .ends(0);
    let before = Tree::of(&session);
    let closed = Closed::new(&session, &["state/reemo/sandbox"]);
    let file = "[HOME]/state/reemo/sandbox/computers-25.json";
    for (words, done) in [
        (format!("sandbox register {}", uid(1)), "written"),
        ("sandbox offline PAR-WS-01".to_owned(), "written"),
        ("sandbox reset".to_owned(), "removed"),
    ] {
        session
            .run(words.as_str())
            .stderr(format!("error: {file} can't be {done}: {DENIED}\n"))
            .code(1);
    }
    for words in [
        "computers reserve",
        &format!("computers rename _id:{} x", uid(1)),
    ] {
        let mut outcome = session.run(format!("{words} --retries 0").as_str()).code(7);
        let told = outcome.take_stderr();
        let error = format!("error: the API failed: {file} can't be written: {DENIED}");
        assert!(told.lines().any(|line| line == error), "{told}");
    }
    // Looking needs no writing.
    assert_eq!(
        session
            .run("computers list -o id")
            .take_stdout()
            .lines()
            .count(),
        26
    );
    assert_eq!(Tree::of(&session), before);
    drop(closed);
}

#[test]
fn the_folder_of_a_named_file() {
    let peer = Peer::with(vec![Row::new(1, "atelier", "ONLINE")]);
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let session = session
        .api(&peer.url())
        .key(KEY)
        .file("_id", &uid(8))
        .file("computer.json", "{}\n");
    let before = Tree::of(&session);
    let closed = Closed::new(&session, &["work"]);
    session
        .run(format!("computers reserve {} --force --id-file _id", uid(9)).as_str())
        .stderr(format!(
            "error: _id can't be written: {DENIED}\n  {} is reserved, but it may be missing from the file; write it there yourself\n",
            uid(9)
        ))
        .code(1);
    let given = format!("tokens were issued for id:{} and expire soon", id(1));
    for name in ["computer.json", "other.json"] {
        session
            .run(format!("computers connect id:{} --out {name}", id(1)).as_str())
            .stderr(format!(
                "error: {name} can't be written: {DENIED}\n  {given}\n"
            ))
            .code(1);
    }
    assert_eq!(Tree::of(&session), before);
    drop(closed);
}
