//! Whose the config and key files are, and who else could read, change or replace them.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{chown, lchown, symlink};
use std::path::Path;

use crate::support::files::{chmod, mode};
use crate::support::{Peer, Session, id, lines};

const FIRST: &str = "computers list -o id --limit 1";
const FILE: &str = "[HOME]/config/reemo/config.toml";
/// The number of `nobody` on most systems.
const NOBODY: u32 = 65534;

/// A session whose key comes from a command that leaves a trace.
fn with_command() -> Session {
    Session::new().config(
        "[profiles.default]\napi_url = \"http://127.0.0.1:9/v1\"\nsecret_key_command = [\"touch\", \"../../work/ran\"]\n",
    )
}

/// The refusal of a file, with what is wrong and the way out.
fn refusal(what: &str, problem: &str, detail: &str, chmod: &str) -> String {
    format!(
        "error: the {what} {problem} by other users\n  {detail}\nhint: check its contents, then chmod {chmod}\n"
    )
}

/// Whether root runs the tests; only root can give a file away.
fn can_give_away(path: &Path) -> bool {
    let given = chown(path, Some(NOBODY), None).is_ok();
    if !given {
        eprintln!("left out: only root can try what a file of another user does");
    }
    given
}

#[test]
fn a_file_that_others_can_read_gets_a_warning() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    chmod(&session.config_path(), 0o644);
    let told = format!(
        "note: the config file {FILE} can be read by other users; to fix it: chmod 600 {FILE}\n"
    );
    session.run(FIRST).stdout(lines(&[id(1)])).stderr(&told);
    session
        .run("config get api_url")
        .stdout("[API]\n")
        .stderr(&told);
}

/// Not even its `secret_key_command` is run.
#[test]
fn a_file_that_others_can_write_is_refused() {
    let session = with_command();
    for mode in [0o620, 0o602, 0o666] {
        chmod(&session.config_path(), mode);
        let told = refusal(
            &format!("config file {FILE}"),
            "can be written",
            &format!("its mode is {mode:04o}"),
            &format!("600 {FILE}"),
        );
        for words in ["computers list", "config list", "config set access read"] {
            session.run(words).stderr(&told).code(3);
        }
    }
    session.run("auth status --json").fails_with(
        "config_invalid",
        3,
        "the config file [HOME]/config/reemo/config.toml can be written by other users\n\
         - its mode is 0666\n\
         hint: check its contents, then chmod 600 [HOME]/config/reemo/config.toml",
    );
    assert_eq!(session.read("ran"), None);
}

#[test]
fn a_folder_in_which_others_could_swap_the_file_is_refused() {
    let session = with_command();
    for (folder, writable) in [
        ("config/reemo", 0o777),
        ("config/reemo", 0o770),
        ("config", 0o707),
        ("", 0o777),
    ] {
        let path = session.root().join(folder);
        let before = mode(&path);
        chmod(&path, writable);
        let shown = format!("[HOME]/{folder}");
        let shown = shown.trim_end_matches('/');
        let told = refusal(
            &format!("config file {FILE}"),
            "can be replaced",
            &format!("the mode of {shown} is {writable:04o}"),
            &format!("go-w {shown}"),
        );
        for words in ["computers list", "config list"] {
            session.run(words).stderr(&told).code(3);
        }
        chmod(&path, before);
    }
    assert_eq!(session.read("ran"), None);
    // In a sticky folder only an owner can remove or rename.
    chmod(&session.root().join("config/reemo"), 0o1777);
    session
        .run("computers list --json")
        .fails_with("config_invalid", 3, "the secret_key_command touch printed nothing\n\
             hint: run the command yourself to see what it does; it must print the key and nothing else");
    assert_eq!(session.read("ran").as_deref(), Some(""));
}

/// Nothing is stored where somebody else could put another file in its place.
#[test]
fn no_file_is_created_in_a_folder_that_others_can_write() {
    let peer = Peer::start();
    let session = Session::new().api(&peer.url()).stdin(crate::support::KEY);
    let folder = session.root().join("config/reemo");
    fs::create_dir(&folder).unwrap();
    chmod(&folder, 0o777);
    let told = refusal(
        "config folder [HOME]/config/reemo",
        "can be written",
        "its mode is 0777",
        "go-w [HOME]/config/reemo",
    );
    for words in ["auth login --secret-key-stdin", "config set access read"] {
        session.run(words).stderr(&told).code(3);
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    assert_eq!(peer.connections(), 0);
}

/// A link is no better than the worst folder on its way.
#[test]
fn a_link_that_others_could_swap_is_refused() {
    let peer = Peer::start();
    let session = Session::with(&peer).file("private/config.toml", "[profiles.default]\n");
    let target = session.path("private/config.toml");
    fs::create_dir(session.path("open")).unwrap();
    for folder in ["private", "open"] {
        symlink(&target, session.path(folder).join("link.toml")).unwrap();
    }
    chmod(&session.path("open"), 0o777);
    let by = |session: Session, link: &str| {
        let path = session.path(link);
        session.env("REEMO_CONFIG", path.to_str().unwrap())
    };
    let session = by(session, "private/link.toml");
    session.run(FIRST).stdout(lines(&[id(1)]));
    let told = refusal(
        "config file [HOME]/work/open/link.toml",
        "can be replaced",
        "the mode of [HOME]/work/open is 0777",
        "go-w [HOME]/work/open",
    );
    by(session, "open/link.toml")
        .run(FIRST)
        .stderr(told)
        .code(3);
    assert_eq!(peer.connections(), 1);
}

#[test]
fn key_files_and_ca_files_are_guarded_likewise() {
    let peer = Peer::start();
    let session = Session::new()
        .knows(&peer.url())
        .file("key", "[KEY]\n")
        .file("ca.pem", "");
    let config = |more: &str| {
        format!(
            "[profiles.default]\napi_url = \"[API]\"\nsecret_key_file = \"../../work/key\"\n{more}\n"
        )
    };
    let session = session.config(&config(""));
    session.run(FIRST).stdout(lines(&[id(1)]));
    chmod(&session.path("key"), 0o660);
    session
        .run(FIRST)
        .stderr(refusal(
            "key file [HOME]/config/reemo/../../work/key",
            "can be written",
            "the mode of [HOME]/work/key is 0660",
            "600 [HOME]/work/key",
        ))
        .code(3);
    let path = session.path("key").to_str().unwrap().to_owned();
    let session = session.env("REEMO_SECRET_KEY_FILE", &path);
    session
        .run(FIRST)
        .stderr(refusal(
            "key file [HOME]/work/key",
            "can be written",
            "its mode is 0660",
            "600 [HOME]/work/key",
        ))
        .code(3);

    chmod(&session.path("key"), 0o600);
    chmod(&session.path("ca.pem"), 0o666);
    let session = session.config(&config("ca_file = \"../../work/ca.pem\""));
    session
        .run(FIRST)
        .stderr(refusal(
            "CA file [HOME]/config/reemo/../../work/ca.pem",
            "can be written",
            "the mode of [HOME]/work/ca.pem is 0666",
            "go-w [HOME]/work/ca.pem",
        ))
        .code(3);
    assert_eq!(peer.connections(), 1);
}

#[test]
fn a_file_or_folder_of_another_user_is_refused() {
    let session = with_command();
    let owner =
        "hint: check what is in it, then use a copy that you own, in a folder that you own\n";
    for (path, problem, place) in [
        (
            "config/reemo/config.toml",
            "belongs to another user",
            "its owner",
        ),
        (
            "config/reemo",
            "can be replaced by other users",
            "the owner of [HOME]/config/reemo",
        ),
        (
            "config",
            "can be replaced by other users",
            "the owner of [HOME]/config",
        ),
    ] {
        let path = session.root().join(path);
        if !can_give_away(&path) {
            return;
        }
        let told =
            format!("error: the config file {FILE} {problem}\n  {place} is user 65534\n{owner}");
        for words in ["computers list", "config set access read"] {
            session.run(words).stderr(&told).code(3);
        }
        chown(&path, Some(0), None).unwrap();
    }
    symlink(session.config_path(), session.path("link")).unwrap();
    lchown(session.path("link"), Some(NOBODY), None).unwrap();
    let path = session.path("link").to_str().unwrap().to_owned();
    session
        .env("REEMO_CONFIG", &path)
        .run("computers list --json")
        .fails_with(
            "config_invalid",
            3,
            "the config file [HOME]/work/link belongs to another user\n\
             - its owner is user 65534\n\
             hint: check what is in it, then use a copy that you own, in a folder that you own",
        );
}

/// What root owns may be used by everybody: an administrator put it there.
#[cfg(target_os = "linux")]
#[test]
fn a_file_of_root_is_read() {
    let peer = Peer::start();
    let Some(session) = Session::unprivileged() else {
        return;
    };
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let path = folder.path().join("config.toml");
    chmod(folder.path(), 0o755);
    fs::write(&path, "default_profile = \"of-root\"\n[profiles.of-root]\n").unwrap();
    chmod(&path, 0o644);
    let session = session
        .api(&peer.url())
        .key(crate::support::KEY)
        .env("REEMO_CONFIG", path.to_str().unwrap());
    session.run(FIRST).stdout(lines(&[id(1)])).stderr(format!(
        "note: the config file {0} can be read by other users; to fix it: chmod 600 {0}\n",
        path.display()
    ));
}

/// Beside the config file, wherever the program was started; a bare name is found in `PATH`.
#[test]
fn a_relative_command_starts_at_the_config_folder() {
    let peer = Peer::start();
    let session = Session::new()
        .knows(&peer.url())
        .file("key", "[KEY]\n")
        .file("key.sh", "#!/bin/sh\necho wrong; exit 1\n");
    let config = |command: &str| {
        format!("[profiles.default]\napi_url = \"[API]\"\nsecret_key_command = {command}\n")
    };
    let session = session.config(&config("[\"./key.sh\"]"));
    let folder = session.config_path().parent().unwrap().to_owned();
    for name in ["key.sh", "bin/key.sh"] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "#!/bin/sh\ncat ../../work/key\n").unwrap();
        chmod(&path, 0o700);
    }
    let mut session = session;
    for command in [
        "[\"./key.sh\"]",
        "[\"bin/key.sh\"]",
        "[\"cat\", \"../../work/key\"]",
        "[\"sh\", \"-c\", \"./key.sh\"]",
    ] {
        session = session.config(&config(command));
        session.run(FIRST).stdout(lines(&[id(1)]));
    }
    // A bare name is none of a file in the folder.
    session = session.config(&config("[\"key.sh\"]"));
    session
        .run("computers list --json")
        .fails_with("config_invalid", 3, "the secret_key_command key.sh can't be run: No such file or directory (os error 2)\n\
             hint: run the command yourself to see what it does; it must print the key and nothing else");
    session = session.config(&config("[\"./key.sh\"]"));
    chmod(&folder.join("key.sh"), 0o722);
    session
        .run("computers list")
        .stderr(refusal(
            "secret_key_command [HOME]/config/reemo/./key.sh",
            "can be written",
            "its mode is 0722",
            "go-w [HOME]/config/reemo/key.sh",
        ))
        .code(3);
}
