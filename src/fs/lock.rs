//! The lock that keeps two writers of a file apart, and the temporary file that only its holder may use.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::atomic::{folder_of, refuse_irregular, sync_dir, write_with};
use super::error::{FileError, FileErrorKind};

const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Held while a file is read, changed and written; released when dropped, or when the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
    /// False if the file system has no locks.
    is_exclusive: bool,
}

impl Lock {
    /// Waits up to `timeout` for the lock. The lock file is created if necessary and never removed. It is not the protected
    /// file itself, because a rename replaces that.
    ///
    /// # Errors
    /// [`FileErrorKind::Locked`] if another process holds it, [`FileErrorKind::NotRegular`] if the path is a symbolic link or not
    /// a file, [`FileErrorKind::Io`] if its file can't be created.
    pub(crate) fn acquire(path: &Path, timeout: Duration) -> Result<Self, FileError> {
        let shown = path.display();
        let failed = FileError::io(format!("the lock {shown}"), "can't be taken");
        refuse_irregular(path)?;
        let file = open(path).map_err(&failed)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self::new(file, true)),
                Err(TryLockError::WouldBlock) if started.elapsed() < timeout => {
                    std::thread::sleep(POLL_INTERVAL);
                }
                Err(TryLockError::WouldBlock) => {
                    let message = format!("another process holds the lock {shown}");
                    return Err(FileError::new(FileErrorKind::Locked, message)
                        .hint("wait for the other command to end, then run this one again"));
                }
                // Some network file systems have no locks. The rename still keeps the file whole.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self::new(file, false));
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    fn new(file: File, is_exclusive: bool) -> Self {
        Self {
            _file: file,
            is_exclusive,
        }
    }

    /// Writes the file that this lock protects, as [`super::atomic_write`] does, by way of [`temp_path`]. Returns the new file,
    /// open for reading and writing.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8], mode: u32) -> Result<File, FileError> {
        let mut builder = tempfile::Builder::new();
        let temp_name = temp_name(path);
        if self.is_exclusive {
            builder.prefix(&temp_name).rand_bytes(0);
        } else {
            builder.prefix(".reemo-").suffix(".tmp");
        }
        write_with(&mut builder, path, bytes, mode)
    }

    /// Removes the file that this lock protects, and what a killed writer may have left. A file that is not there is no error.
    ///
    /// # Errors
    /// [`FileErrorKind::NotDurable`] if the file is removed but its folder could not be synced, [`FileErrorKind::Io`] if it
    /// could not be removed.
    pub(crate) fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.remove_stale_temp(path)?;
        remove_if_present(path)?;
        sync_dir(folder_of(path)).map_err(|error| FileError {
            kind: FileErrorKind::NotDurable,
            ..FileError::io(
                path.display(),
                "is removed, but a power cut could undo that",
            )(error)
        })
    }

    /// Removes the temporary file that a killed writer may have left. While the lock is held, no one else is writing.
    ///
    /// # Errors
    /// [`FileErrorKind::Io`] if it can't be removed.
    pub(crate) fn remove_stale_temp(&self, path: &Path) -> Result<(), FileError> {
        if self.is_exclusive {
            remove_if_present(&temp_path(path))
        } else {
            Ok(())
        }
    }
}

/// The temporary file by which a file is written under its lock.
pub(crate) fn temp_path(path: &Path) -> PathBuf {
    folder_of(path).join(temp_name(path))
}

fn temp_name(path: &Path) -> OsString {
    let mut name = OsString::from(".reemo-");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    name
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    options.create(true).truncate(false).write(true).open(path)
}

fn remove_if_present(path: &Path) -> Result<(), FileError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FileError::io(path.display(), "can't be removed")(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{FileErrorKind, Lock, temp_path};

    #[test]
    fn one_holds_the_lock_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = Lock::acquire(&path, Duration::ZERO).unwrap();
        let refused = Lock::acquire(&path, Duration::from_millis(30)).unwrap_err();
        assert_eq!(refused.kind, FileErrorKind::Locked);
        drop(held);
        assert!(Lock::acquire(&path, Duration::ZERO).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_is_never_opened_through_a_symbolic_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, path) = (folder.path().join("target"), folder.path().join("lock"));
        std::os::unix::fs::symlink(&target, &path).unwrap();
        let refused = Lock::acquire(&path, Duration::ZERO).unwrap_err();
        assert_eq!(refused.kind, FileErrorKind::NotRegular);
        assert!(!target.exists());
    }

    #[test]
    fn what_a_killed_writer_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let lock = Lock::acquire(&folder.path().join("lock"), Duration::ZERO).unwrap();
        fs::write(temp_path(&path), "half").unwrap();
        lock.remove_stale_temp(&path).unwrap();
        lock.remove_stale_temp(&path).unwrap();
        lock.write(&path, b"whole", 0o600).unwrap();
        assert!(!temp_path(&path).exists());
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        fs::write(temp_path(&path), "half").unwrap();
        lock.remove(&path).unwrap();
        lock.remove(&path).unwrap();
        assert!(!path.exists() && !temp_path(&path).exists());
    }
}
