//! The fleet that lasts: what commands and requests share, across threads and processes.
//! Looking is free while the state file stays the same; a change is alone, and on the disk before it is answered.
//! It knows nothing of HTTP, and leaves the rules of a change to `fleet`.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use uuid::Uuid;

use super::MAX_COMPUTERS;
use super::clock::Moment;
use super::computer::Computer;
use super::disk::{Files, LOCK_TIMEOUT};
use super::error::SandboxError;
use super::fleet::Fleet;
use super::naming;
use super::seen::Seen;
use super::state::State;

/// A demo fleet of one size, and the file that keeps what was changed in it.
pub struct Store {
    size: u32,
    files: Files,
    cache: Mutex<Option<Cached>>,
}

struct Cached {
    fleet: Arc<Fleet>,
    seen: Option<Seen>,
}

impl Store {
    /// The fleet of `computers` demo computers (at most [`MAX_COMPUTERS`]) whose changes are kept in `folder`.
    /// Nothing is read or made there until it is needed; the folder is made, for its owner alone, by the first change.
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
            files: Files::new(folder, size),
            cache: Mutex::new(None),
        })
    }

    /// Plays the Reemo Service coming up on the machine with this `_id`: a reserved computer gets a hostname, an ip
    /// and a system and goes ONLINE; one that has them just goes ONLINE. Answers the computer as JSON text.
    ///
    /// # Errors
    /// [`SandboxError::NotFound`] for an `_id` that no computer has; `State` or `Io` where the state can't be kept.
    pub fn register(&self, id: Uuid) -> Result<String, SandboxError> {
        let register = |fleet: &mut Fleet| fleet.register(id, Moment::now());
        self.change(Instant::now() + LOCK_TIMEOUT, register)
            .and_then(|computer| json(&computer))
    }

    /// Switches a computer ONLINE or OFFLINE. It is named by its `id`, its `_id`, its exact name or its hostname (in any
    /// case), with or without a prefix such as `name:`. Answers the computer as JSON text.
    ///
    /// # Errors
    /// [`SandboxError::NotFound`] where none fits, `Ambiguous` where several do; `State` or `Io` where the state can't be kept.
    pub fn switch(&self, computer: &str, online: bool) -> Result<String, SandboxError> {
        let change = |fleet: &mut Fleet| {
            let slot = naming::resolve(fleet, computer)?;
            fleet.switch(slot, online, Moment::now())
        };
        self.change(Instant::now() + LOCK_TIMEOUT, change)
            .and_then(|computer| json(&computer))
    }

    /// Makes the fleet of this size as new, even where its state file can't be read. Answers the number of its computers.
    ///
    /// # Errors
    /// [`SandboxError::Io`] where the state file can't be removed.
    pub fn reset(&self) -> Result<usize, SandboxError> {
        if self.files.folder_exists() {
            let lock = self.files.lock(Instant::now() + LOCK_TIMEOUT)?;
            self.files.remove(&lock)?;
        }
        Ok(self.size as usize)
    }

    /// The fleet as it is now. Of two calls with nothing changed between them the second answers the same `Arc`.
    pub(super) fn fleet(&self) -> Result<Arc<Fleet>, SandboxError> {
        let mut cache = self.cache();
        if let Some(cached) = &*cache
            && self.files.unchanged(cached.seen.as_ref())?
        {
            return Ok(Arc::clone(&cached.fleet));
        }
        let (state, seen) = match self.files.read()? {
            Some((bytes, seen)) => (self.parse(&bytes)?, Some(seen)),
            None => (State::default(), None),
        };
        let fleet = Arc::new(Fleet::new(self.size, state));
        *cache = Some(Cached {
            fleet: Arc::clone(&fleet),
            seen,
        });
        Ok(fleet)
    }

    /// Applies a change to the latest fleet and keeps it on the disk; on an error nothing has changed, unless it says so.
    /// Waits for other writers until the deadline.
    pub(super) fn change<T>(
        &self,
        deadline: Instant,
        apply: impl FnOnce(&mut Fleet) -> Result<T, SandboxError>,
    ) -> Result<T, SandboxError> {
        let lock = self.files.lock(deadline)?;
        let before = self.fleet()?;
        let mut after = Fleet::clone(&before);
        let answer = apply(&mut after)?;
        if after != *before {
            let bytes = after.state.to_json().map_err(SandboxError::State)?;
            let seen = Some(self.files.write(&lock, &bytes)?);
            let fleet = Arc::new(after);
            *self.cache() = Some(Cached { fleet, seen });
        }
        Ok(answer)
    }

    /// The error of a change that has waited too long for the others.
    pub(super) fn locked(&self) -> SandboxError {
        self.files.locked()
    }

    fn parse(&self, bytes: &[u8]) -> Result<State, SandboxError> {
        State::parse(bytes, self.size).map_err(|reason| {
            SandboxError::State(format!(
                "the sandbox can't use its state file {}: {reason}; `reemo sandbox reset` mends it",
                self.files.state().display()
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
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

fn json(computer: &Computer) -> Result<String, SandboxError> {
    serde_json::to_string(computer).map_err(|error| SandboxError::State(error.to_string()))
}
