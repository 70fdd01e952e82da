//! The state file and its lock. Bytes only: it does not know what they mean.
//!
//! A writer holds the lock and replaces the state file whole, so readers need no lock.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::fs::{Lock, create_private_dir, open_no_follow};

use super::error::SandboxError;
use super::seen::{Identity, Seen};

/// How long other writers are waited for. A change takes milliseconds: one that holds the lock for so long is stopped.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// For its owner alone.
const MODE: u32 = 0o600;

/// The files of a fleet of one size.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    state: PathBuf,
    lock: PathBuf,
}

impl Files {
    pub(super) fn new(folder: &Path, size: u32) -> Self {
        let file = |ending: &str| folder.join(format!("computers-{size}.{ending}"));
        Self {
            folder: folder.to_owned(),
            state: file("json"),
            lock: file("lock"),
        }
    }

    pub(super) fn state(&self) -> &Path {
        &self.state
    }

    /// Whether there is anything on the disk that could need removing.
    pub(super) fn folder_exists(&self) -> bool {
        self.folder.exists()
    }

    /// Waits until no other process or thread is writing, or the deadline has passed. Creates the folder where there is none.
    pub(super) fn lock(&self, deadline: Instant) -> Result<Lock, SandboxError> {
        create_private_dir(&self.folder)?;
        let timeout = deadline.saturating_duration_since(Instant::now());
        Ok(Lock::acquire(&self.lock, timeout)?)
    }

    /// The error for a lock that was waited for in vain.
    pub(super) fn locked(&self) -> SandboxError {
        SandboxError::Locked(format!(
            "another process holds the lock {}",
            self.lock.display()
        ))
    }

    /// Whether the state file is still the one that was seen; `None` stands for no file.
    pub(super) fn unchanged(&self, seen: Option<&Seen>) -> Result<bool, SandboxError> {
        let now = match self.state.symlink_metadata() {
            Ok(metadata) => Some(Identity::of(&metadata)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.unreadable(&error)),
        };
        Ok(now.as_ref() == seen.map(Seen::identity))
    }

    /// Returns the content of the state file, `None` where there is none.
    pub(super) fn read(&self) -> Result<Option<(Vec<u8>, Seen)>, SandboxError> {
        let Some(mut file) = open_no_follow(&self.state, "sandbox state")? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = file.metadata().and_then(|metadata| {
            file.read_to_end(&mut bytes)?;
            Ok(Identity::of(&metadata))
        });
        let identity = read.map_err(|error| self.unreadable(&error))?;
        Ok(Some((bytes, Seen::new(identity, file))))
    }

    /// Replaces the state file. On an error the old one stands, unless the error says otherwise.
    pub(super) fn write(&self, lock: &Lock, bytes: &[u8]) -> Result<Seen, SandboxError> {
        lock.remove_stale_temp(&self.state)?;
        let file = lock.write(&self.state, bytes, MODE)?;
        let metadata = file.metadata().map_err(|error| self.unreadable(&error))?;
        Ok(Seen::new(Identity::of(&metadata), file))
    }

    /// Removes the state file and what a killed writer may have left.
    pub(super) fn remove(&self, lock: &Lock) -> Result<(), SandboxError> {
        Ok(lock.remove(&self.state)?)
    }

    fn unreadable(&self, error: &io::Error) -> SandboxError {
        let path = self.state.display();
        SandboxError::Io(format!("the sandbox state {path} can't be read: {error}"))
    }
}
