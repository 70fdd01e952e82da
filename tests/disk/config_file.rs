//! The config file, which can hold a key: `config set`, `auth login`, `auth logout`.

use crate::scene::Scene;
use crate::steps::{Step, step, whole};
use crate::support::{KEY, Peer, Session};
use crate::tree::Tree;
use crate::witness::Mishap::KilledBefore;
use crate::witness::{is_forbidden, run};

const FILE: &str = "config/reemo/config.toml";
const COMMIT: &str = "rename config/reemo/.reemo-config.toml.tmp";

/// Reading it, to know what is to be done.
fn read() -> Step {
    step(
        &format!("open {FILE}"),
        3,
        &format!("the config file [HOME]/{FILE} can't be read: [E]"),
    )
}

/// Taking the lock, tidying up, reading it once more where there is one, and writing it.
fn changed(is_there: bool) -> Vec<Step> {
    let lock = format!("the lock [HOME]/{FILE}.lock can't be taken: [E]");
    let leftover = "config/reemo/.reemo-config.toml.tmp";
    let mut steps = vec![
        step(&format!("open {FILE}.lock"), 1, &lock),
        step(&format!("lock {FILE}.lock"), 1, &lock),
        step(
            &format!("remove {leftover}"),
            1,
            &format!("[HOME]/{leftover} can't be removed: [E]"),
        ),
    ];
    steps.extend(is_there.then(read));
    steps.extend(whole(FILE, ".reemo-config.toml.tmp"));
    steps
}

#[test]
fn config_set() {
    let session = Session::new().config("# mine\n[profiles.default]\naccess = \"full\"\n");
    let mut steps = vec![read()];
    steps.extend(changed(true));
    Scene {
        is_thorough: true,
        ..Scene::new(session, "config set access read", COMMIT, steps)
    }
    .prove();
}

#[test]
fn the_first_setting() {
    let cannot = "the folder [HOME]/config/reemo can't be created: [E]";
    let mut steps = ["folder config/reemo", "open config", "sync config"]
        .map(|line| step(line, 1, cannot))
        .to_vec();
    steps.extend(changed(false));
    Scene::new(Session::new(), "config set access read", COMMIT, steps).prove();
}

#[test]
fn auth_login() {
    let peer = Peer::start();
    let session = Session::new()
        .api(&peer.url())
        .config("[profiles.other]\nsecret_key = \"sk_of_another_account\"\n");
    let mut steps = vec![read()];
    steps.extend(changed(true));
    Scene {
        stdin: KEY,
        ..Scene::new(session, "auth login --secret-key-stdin", COMMIT, steps)
    }
    .prove();
}

#[test]
fn auth_logout() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let mut steps = vec![read()];
    steps.extend(changed(true));
    Scene::new(session, "auth logout", COMMIT, steps).prove();
}

/// What a killed login left is forgotten with the key, even where it never came to a config file.
#[test]
fn auth_logout_after_a_killed_login() {
    if is_forbidden() {
        return;
    }
    let peer = Peer::start();
    let session = Session::new().api(&peer.url());
    let words = "auth login --secret-key-stdin";
    let whole = run(&session, words, KEY, None);
    let rename = whole
        .log
        .iter()
        .position(|line| line.starts_with(COMMIT))
        .unwrap();
    Tree::default().put_back(&session);
    run(&session, words, KEY, Some((rename + 1, KilledBefore)));
    let leftover = session
        .config_path()
        .with_file_name(".reemo-config.toml.tmp");
    assert!(std::fs::read_to_string(&leftover).unwrap().contains(KEY));
    // This looks for the key in every file.
    session
        .run("auth logout")
        .stderr("note: profile \"default\" had no stored key\n");
    assert_eq!(Tree::of(&session), Tree::default());
}
