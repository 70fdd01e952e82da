//! The persistent fleet, which commands and requests share across threads and processes. It is read again only if the
//! state file was replaced. Changes are made one at a time, and are on the disk before they are confirmed.
//! It knows nothing of HTTP, and leaves the rules of a change to `changes`.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use uuid::Uuid;

use super::MAX_COMPUTERS;
use super::computer::Computer;
use super::error::SandboxError;
use super::file_version::FileVersion;
use super::fleet::Fleet;
use super::resolve::resolve;
use super::state::SavedState;
use super::state_file::{LOCK_TIMEOUT, StateFile};
use super::timestamp::Timestamp;

/// A demo fleet of one size, and the file with the changes to it.
pub struct Store {
    size: u32,
    file: StateFile,
    cache: Mutex<Option<Cached>>,
}

struct Cached {
    fleet: Arc<Fleet>,
    version: Option<FileVersion>,
}

impl Store {
    /// Returns the fleet of `computers` demo computers (at most [`MAX_COMPUTERS`]) whose changes are stored in `folder`.
    /// Nothing is read there until it is needed. The first change creates the folder, for its owner alone.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a larger fleet.
    pub fn open(folder: &Path, computers: usize) -> Result<Self, SandboxError> {
        let too_large = || {
            SandboxError::Invalid(format!(
                "a demo fleet has at most {MAX_COMPUTERS} computers, not {computers}"
            ))
        };
        let size = u32::try_from(computers)
            .ok()
            .filter(|_| computers <= MAX_COMPUTERS)
            .ok_or_else(too_large)?;
        Ok(Self {
            size,
            file: StateFile::new(folder, size),
            cache: Mutex::new(None),
        })
    }

    /// Simulates the Reemo Service starting on the machine with this `_id`: a reserved computer gets a hostname, an ip and a
    /// system and goes ONLINE; one that has them just goes ONLINE. Returns the computer as JSON text.
    ///
    /// # Errors
    /// [`SandboxError::NotFound`] for an `_id` that no computer has, [`SandboxError::State`] for an invalid state file;
    /// otherwise as [`Store::reset`].
    pub fn register(&self, id: Uuid) -> Result<String, SandboxError> {
        let register = |fleet: &mut Fleet| fleet.register(id, Timestamp::now());
        self.change(Instant::now() + LOCK_TIMEOUT, register)
            .and_then(json)
    }

    /// Switches a computer ONLINE or OFFLINE. It is named by its `id`, its `_id`, its exact name or its hostname (in any
    /// case), with or without a prefix such as `name:`. Returns the computer as JSON text.
    ///
    /// # Errors
    /// [`SandboxError::NotFound`] where no computer matches, [`SandboxError::Ambiguous`] where several do,
    /// [`SandboxError::State`] for an invalid state file; otherwise as [`Store::reset`].
    pub fn switch(&self, computer: &str, online: bool) -> Result<String, SandboxError> {
        let change = |fleet: &mut Fleet| {
            let slot = resolve(fleet, computer)?;
            fleet.switch(slot, online, Timestamp::now())
        };
        self.change(Instant::now() + LOCK_TIMEOUT, change)
            .and_then(json)
    }

    /// Restores the fleet of this size, even where its state file is invalid. Returns the number of its computers.
    ///
    /// # Errors
    /// [`SandboxError::Locked`] where another process holds the lock for 10 seconds, [`SandboxError::Io`] where the disk fails,
    /// [`SandboxError::NotDurable`] where it fails after the change was made.
    pub fn reset(&self) -> Result<usize, SandboxError> {
        if self.file.folder_exists() {
            let lock = self.file.lock(Instant::now() + LOCK_TIMEOUT)?;
            self.file.remove(&lock)?;
        }
        Ok(self.size as usize)
    }

    /// Returns the present fleet: the same `Arc` for as long as nothing changes.
    pub(super) fn fleet(&self) -> Result<Arc<Fleet>, SandboxError> {
        let mut cache = self.cache();
        if let Some(cached) = &*cache
            && self.file.is_at(cached.version.as_ref())?
        {
            return Ok(Arc::clone(&cached.fleet));
        }
        let (state, version) = match self.file.read()? {
            Some((bytes, version)) => (self.parse(&bytes)?, Some(version)),
            None => (SavedState::default(), None),
        };
        let fleet = Arc::new(Fleet::new(self.size, state));
        *cache = Some(Cached {
            fleet: Arc::clone(&fleet),
            version,
        });
        Ok(fleet)
    }

    /// Applies a change to the latest fleet and writes it to the disk. Waits for other writers until the deadline.
    ///
    /// # Errors
    /// Where it is not [`SandboxError::NotDurable`], nothing has changed.
    pub(super) fn change<T>(
        &self,
        deadline: Instant,
        apply: impl FnOnce(&mut Fleet) -> Result<T, SandboxError>,
    ) -> Result<T, SandboxError> {
        let lock = self.file.lock(deadline)?;
        let before = self.fleet()?;
        let mut after = Fleet::clone(&before);
        let result = apply(&mut after)?;
        if after != *before {
            let bytes = after.state.to_json().map_err(SandboxError::State)?;
            let version = Some(self.file.write(&lock, &bytes)?);
            let fleet = Arc::new(after);
            *self.cache() = Some(Cached { fleet, version });
        }
        Ok(result)
    }

    /// Returns the error of a change that has waited too long for the others.
    pub(super) fn locked(&self) -> SandboxError {
        self.file.locked()
    }

    fn parse(&self, bytes: &[u8]) -> Result<SavedState, SandboxError> {
        SavedState::parse(bytes, self.size).map_err(|reason| {
            SandboxError::State(format!(
                "the sandbox can't use its state file {}: {reason}; `reemo sandbox reset` restores it",
                self.file.path.display()
            ))
        })
    }

    fn cache(&self) -> MutexGuard<'_, Option<Cached>> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

fn json(computer: Computer) -> Result<String, SandboxError> {
    serde_json::to_string(&computer.reported(Timestamp::now()))
        .map_err(|error| SandboxError::State(error.to_string()))
}
