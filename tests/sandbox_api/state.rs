//! The state on the disk: who may read it, and what mends it.

use std::fs;

use reemo::sandbox::{SandboxError, Store};

use crate::support::Session;

#[test]
fn a_broken_state_file_is_named_and_a_reset_mends_it() {
    let mut session = Session::new(25);
    let as_new = session.get("/v1/computers").ok(200);
    session.store(25).switch("Reception Paris", false).unwrap();
    let file = session.folder.path().join("computers-25.json");
    let whole = fs::read(&file).unwrap();
    for broken in [&b""[..], b"{}", b"\xff", &whole[..whole.len() / 2]] {
        fs::write(&file, broken).unwrap();
        let answer = session.get("/v1/computers");
        assert!(
            answer.error(500).contains("computers-25.json")
                && answer.error(500).contains("reemo sandbox reset")
        );
        assert!(matches!(
            session.store(25).switch("Reception Paris", true),
            Err(SandboxError::State(_))
        ));
        assert_eq!(fs::read(&file).unwrap(), broken, "evidence is left alone");
    }
    assert_eq!(session.store(25).reset().unwrap(), 25);
    assert_eq!(session.get("/v1/computers").ok(200), as_new);
    assert_eq!(session.store(25).reset().unwrap(), 25);
}

#[test]
fn fleets_of_different_sizes_do_not_share_their_changes() {
    let session = Session::new(25);
    session.store(25).switch("Reception Paris", false).unwrap();
    session.store(30).switch("Reception Paris", false).unwrap();
    session.store(25).reset().unwrap();
    assert!(!session.folder.path().join("computers-25.json").exists());
    assert!(session.folder.path().join("computers-30.json").exists());
}

#[cfg(unix)]
#[test]
fn what_is_on_the_disk_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("a/b");
    let store = Store::open(&folder, 25).unwrap();
    assert_eq!(store.reset().unwrap(), 25);
    assert!(!folder.exists(), "there was nothing to reset");
    store.switch("Reception Paris", false).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        2,
        "the state and its lock"
    );
}
