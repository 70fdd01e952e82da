//! A user whom modes bind. Root can read and write everything, so where root runs the tests the program is somebody else's.
#![cfg(target_os = "linux")]

use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::files::chmod;

/// The number of `nobody` on most systems.
const NOBODY: u32 = 65534;

/// Somebody other than root, with a copy of the program that they can reach.
pub(crate) struct Somebody {
    folder: TempDir,
}

impl Somebody {
    /// Whether the one who runs the tests is bound by modes as it is.
    pub(crate) fn is_here() -> bool {
        !rustix::process::geteuid().is_root()
    }

    /// `None` where root may not become another user, as in some containers.
    pub(crate) fn other_than_root() -> Option<Self> {
        if !become_nobody(&mut Command::new("true"))
            .status()
            .is_ok_and(|status| status.success())
        {
            return None;
        }
        let folder = reachable_folder();
        chmod(folder.path(), 0o755);
        // By a program of its own: a copy that this process has open for writing can't be started.
        let copied = Command::new("cp")
            .arg(env!("CARGO_BIN_EXE_reemo"))
            .arg(folder.path())
            .status()
            .unwrap();
        assert!(copied.success());
        Some(Somebody { folder })
    }

    pub(crate) fn program(&self) -> PathBuf {
        self.folder.path().join("reemo")
    }

    /// Gives them everything in a folder, and lets the command be theirs.
    pub(crate) fn take_over(folder: &Path, command: &mut Command) {
        give(folder);
        become_nobody(command);
    }
}

/// A folder of its own where every user can get to.
pub(crate) fn reachable_folder() -> TempDir {
    tempfile::tempdir_in("/tmp").unwrap()
}

fn become_nobody(command: &mut Command) -> &mut Command {
    command.uid(NOBODY).gid(NOBODY)
}

fn give(path: &Path) {
    let metadata = path.symlink_metadata().unwrap();
    if metadata.uid() != NOBODY {
        lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    if metadata.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path());
        }
    }
}
