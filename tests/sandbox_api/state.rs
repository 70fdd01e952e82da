//! The state on the disk: its permissions, and how an invalid one is reset.

use std::fs;

use reemo::sandbox::{SandboxError, Store};

use crate::support::Session;

#[test]
fn an_invalid_state_file_is_an_error_until_it_is_reset() {
    let mut session = Session::new(25);
    let original = session.get("/v1/computers").ok(200);
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
        assert_eq!(fs::read(&file).unwrap(), broken, "the invalid file is kept");
    }
    assert_eq!(session.store(25).reset().unwrap(), 25);
    assert_eq!(session.get("/v1/computers").ok(200), original);
    assert_eq!(session.store(25).reset().unwrap(), 25);
}

#[test]
fn fleets_of_different_sizes_share_no_changes() {
    let session = Session::new(25);
    session.store(25).switch("Reception Paris", false).unwrap();
    session.store(30).switch("Reception Paris", false).unwrap();
    session.store(25).reset().unwrap();
    assert!(!session.folder.path().join("computers-25.json").exists());
    assert!(session.folder.path().join("computers-30.json").exists());
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_for_their_owner_only() {
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
