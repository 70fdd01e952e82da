//! The state file and its lock. Bytes only: it does not know what they mean.
//!
//! A writer holds the lock and replaces the file as a whole, so readers need no lock.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::fs::{Lock, create_private_dir, open_no_follow};

use super::error::SandboxError;
use super::file_version::{FileVersion, Identity};

/// How long to wait for other writers. A change takes milliseconds, so a process that holds the lock this long is stuck.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// For its owner alone.
const MODE: u32 = 0o600;

/// The state file of the fleet of one size, with its lock.
#[derive(Debug)]
pub(super) struct StateFile {
    folder: PathBuf,
    pub path: PathBuf,
    lock: PathBuf,
}

impl StateFile {
    pub(super) fn new(folder: &Path, size: u32) -> Self {
        let file = |ending: &str| folder.join(format!("computers-{size}.{ending}"));
        Self {
            folder: folder.to_owned(),
            path: file("json"),
            lock: file("lock"),
        }
    }

    /// Whether there can be anything on the disk to remove.
    pub(super) fn folder_exists(&self) -> bool {
        self.folder.exists()
    }

    /// Waits until no other process or thread is writing, until the deadline at most. Creates the folder where there is none.
    pub(super) fn lock(&self, deadline: Instant) -> Result<Lock, SandboxError> {
        create_private_dir(&self.folder)?;
        let timeout = deadline.saturating_duration_since(Instant::now());
        Ok(Lock::acquire(&self.lock, timeout)?)
    }

    /// Returns the error of a wait for the lock that timed out.
    pub(super) fn locked(&self) -> SandboxError {
        SandboxError::Locked(format!(
            "another process holds the lock {}",
            self.lock.display()
        ))
    }

    /// Whether the file still has this version; `None` stands for no file.
    pub(super) fn is_at(&self, version: Option<&FileVersion>) -> Result<bool, SandboxError> {
        let now = match self.path.symlink_metadata() {
            Ok(metadata) => Some(Identity::of(&metadata)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.unreadable(&error)),
        };
        Ok(now.as_ref() == version.map(FileVersion::identity))
    }

    /// Returns the content of the file and its version; `None` where there is none.
    pub(super) fn read(&self) -> Result<Option<(Vec<u8>, FileVersion)>, SandboxError> {
        let Some(mut file) = open_no_follow(&self.path, "sandbox state")? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = file.metadata().and_then(|metadata| {
            file.read_to_end(&mut bytes)?;
            Ok(Identity::of(&metadata))
        });
        let identity = read.map_err(|error| self.unreadable(&error))?;
        Ok(Some((bytes, FileVersion::new(identity, file))))
    }

    /// Replaces the file and returns its new version.
    ///
    /// # Errors
    /// Where it is not [`SandboxError::NotDurable`], the old file remains.
    pub(super) fn write(&self, lock: &Lock, bytes: &[u8]) -> Result<FileVersion, SandboxError> {
        lock.remove_stale_temp(&self.path)?;
        let file = lock.write(&self.path, bytes, MODE)?;
        let metadata = file.metadata().map_err(|error| self.unreadable(&error))?;
        Ok(FileVersion::new(Identity::of(&metadata), file))
    }

    /// Removes the file and what a killed writer may have left.
    pub(super) fn remove(&self, lock: &Lock) -> Result<(), SandboxError> {
        Ok(lock.remove(&self.path)?)
    }

    fn unreadable(&self, error: &io::Error) -> SandboxError {
        let path = self.path.display();
        SandboxError::Io(format!("the sandbox state {path} can't be read: {error}"))
    }
}
