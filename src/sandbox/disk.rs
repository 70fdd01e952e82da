//! The state file and its lock: read whole, written whole or not at all, whatever is killed and whenever.
//! Bytes only: it does not know what they mean.
//!
//! A writer holds the lock file, writes a temporary file beside the state file, and renames it over. Readers need no
//! lock. A temporary file that a killed writer left is removed by the next one, which has the lock and so knows that
//! nobody is writing.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::SandboxError;
use super::seen::{Identity, Seen};

/// The files of a fleet of one size.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    state: PathBuf,
    lock: PathBuf,
    temporary: PathBuf,
}

/// Proof that this process alone may write; ends when dropped, or with the process.
pub(super) struct Lock {
    _file: File,
}

impl Files {
    pub(super) fn new(folder: &Path, size: u32) -> Self {
        let file = |ending: &str| folder.join(format!("computers-{size}.{ending}"));
        Self {
            folder: folder.to_owned(),
            state: file("json"),
            lock: file("lock"),
            temporary: file("tmp"),
        }
    }

    pub(super) fn state(&self) -> &Path {
        &self.state
    }

    /// Whether there is anything on the disk that could need removing.
    pub(super) fn folder_exists(&self) -> bool {
        self.folder.exists()
    }

    /// Waits until no other process or thread is writing. Makes the folder where there is none.
    pub(super) fn lock(&self) -> Result<Lock, SandboxError> {
        self.make_folder().map_err(SandboxError::io(&self.folder))?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = || -> io::Result<_> {
            let file = options.open(&self.lock)?;
            while let Err(error) = file.lock() {
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error);
                }
            }
            Ok(Lock { _file: file })
        };
        lock().map_err(SandboxError::io(&self.lock))
    }

    /// Whether the state file is still the one that was seen; `None` stands for no file.
    pub(super) fn unchanged(&self, seen: Option<&Seen>) -> Result<bool, SandboxError> {
        let now = match fs::metadata(&self.state) {
            Ok(metadata) => Some(Identity::of(&metadata)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(SandboxError::io(&self.state)(error)),
        };
        Ok(now.as_ref() == seen.map(Seen::identity))
    }

    /// The content of the state file, `None` where there is none.
    pub(super) fn read(&self) -> Result<Option<(Vec<u8>, Seen)>, SandboxError> {
        let read = || -> io::Result<_> {
            let mut file = File::open(&self.state)?;
            let seen = Identity::of(&file.metadata()?);
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok((bytes, Seen::new(seen, file)))
        };
        match read() {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SandboxError::io(&self.state)(error)),
        }
    }

    /// Puts a new state file in the place of the old one. On an error the old one stands, unless the error says so.
    pub(super) fn write(&self, _lock: &Lock, bytes: &[u8]) -> Result<Seen, SandboxError> {
        let replace = || -> io::Result<_> {
            remove(&self.temporary)?;
            let mut builder = tempfile::Builder::new();
            let builder = builder
                .prefix(self.temporary.file_name().unwrap_or_default())
                .rand_bytes(0);
            // Its file is asked, whose errors don't name the temporary path: it tells nobody anything.
            let mut file = builder.make_in(&self.folder, create)?;
            file.as_file_mut().write_all(bytes)?;
            file.as_file().sync_all()?;
            let identity = Identity::of(&file.as_file().metadata()?);
            let file = file.persist(&self.state).map_err(|error| error.error)?;
            Ok(Seen::new(identity, file))
        };
        let seen = replace().map_err(SandboxError::io(&self.state))?;
        sync(&self.folder).map_err(SandboxError::shaky(&self.state))?;
        Ok(seen)
    }

    /// Removes the state file and what a killed writer may have left.
    pub(super) fn remove(&self, _lock: &Lock) -> Result<(), SandboxError> {
        let removed = remove(&self.temporary).and_then(|()| remove(&self.state));
        removed.map_err(SandboxError::io(&self.state))?;
        sync(&self.folder).map_err(SandboxError::shaky(&self.state))
    }

    fn make_folder(&self) -> io::Result<()> {
        let missing = self
            .folder
            .ancestors()
            .take_while(|folder| *folder != Path::new("") && !folder.is_dir());
        let missing: Vec<&Path> = missing.collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        // A folder lasts when the one above it is synced.
        missing
            .iter()
            .filter_map(|folder| folder.parent())
            .try_for_each(sync)
    }
}

/// A file that was not there, for its owner alone.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).write(true).create_new(true).open(path)
}

/// Makes what was made, renamed or removed in a folder last through a power cut.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    let folder = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // One that may be written but not read can't be opened, and some file systems sync no folders. More can't be done.
        Err(error) if matches!(error.kind(), PermissionDenied | InvalidInput | Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// Elsewhere a folder can't be opened as a file.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a file; one that is not there is no error.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
