//! Writing a file whole or not at all, and the lock that keeps two writers apart.
//!
//! Used for the config file, and for any file with a token or an `_id` in it. A reader, or a machine that loses its power,
//! finds the old text or the new one, never a part.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::model::error::{Error, ErrorKind};

/// Writes a file by way of a temporary one in the same folder, which must exist. `mode` matters on Unix alone.
///
/// # Errors
/// `OutputFailed` where the folder is missing, the disk is full, or the path leads to something that is no regular file.
pub fn atomic_write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Error> {
    write(
        path,
        bytes,
        mode,
        tempfile::Builder::new().prefix(".reemo-").suffix(".tmp"),
    )
}

/// The same for one who holds the file's lock: by way of a file that `tidy` knows.
///
/// # Errors
/// As `write_whole`.
pub fn write_locked(lock: &Lock, path: &Path, bytes: &[u8], mode: u32) -> Result<(), Error> {
    if !lock.is_held {
        return atomic_write(path, bytes, mode);
    }
    write(
        path,
        bytes,
        mode,
        tempfile::Builder::new()
            .prefix(&leftover_name(path))
            .rand_bytes(0),
    )
}

/// Removes what a writer that was killed may have left: who holds the lock knows that nobody is writing.
///
/// # Errors
/// `OutputFailed` where it can't be removed.
pub fn tidy(lock: &Lock, path: &Path) -> Result<(), Error> {
    let leftover = leftover(path);
    match if lock.is_held {
        std::fs::remove_file(&leftover)
    } else {
        Ok(())
    } {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::new(
            ErrorKind::OutputFailed,
            format!("{} can't be removed: {error}", leftover.display()),
        )),
        _ => Ok(()),
    }
}

/// The temporary file by which a file is written under its lock.
pub fn leftover(path: &Path) -> PathBuf {
    folder_of(path).join(leftover_name(path))
}

fn leftover_name(path: &Path) -> OsString {
    let mut name = OsString::from(".reemo-");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    name
}

fn write(
    path: &Path,
    bytes: &[u8],
    mode: u32,
    builder: &mut tempfile::Builder<'_, '_>,
) -> Result<(), Error> {
    refuse_irregular(path, ErrorKind::OutputFailed)?;
    let folder = folder_of(path);
    let replace = || {
        // The files inside are asked, whose errors don't name the temporary path: it tells nobody anything.
        let mut temporary = builder.make_in(folder, create)?;
        temporary.as_file_mut().write_all(bytes)?;
        set_mode(temporary.as_file(), mode)?;
        temporary.as_file().sync_all()?;
        // A rename replaces whatever took the path in the meantime, and never writes through it.
        temporary
            .persist(path)
            .map(drop)
            .map_err(|error| error.error)
    };
    let failed = |text: String| {
        Error::new(
            ErrorKind::OutputFailed,
            format!("{} {text}", path.display()),
        )
    };
    replace().map_err(|error: io::Error| failed(format!("can't be written: {error}")))?;
    // From here on the new text is in the file, whatever else happens.
    sync_folder(folder).map_err(|error| {
        failed(format!(
            "is written, but a power cut could undo that: {error}"
        ))
    })
}

/// A file that was not there, for this user alone.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// Looks, before anything is asked for that is then to be written, whether a file could be: its folder is there, and it is
/// no link, folder, pipe or device.
///
/// # Errors
/// `OutputFailed` where it could not.
pub fn check_writable(path: &Path) -> Result<(), Error> {
    refuse_irregular(path, ErrorKind::OutputFailed)?;
    match path.parent() {
        Some(folder) if folder != Path::new("") && !folder.is_dir() => Err(Error::new(
            ErrorKind::OutputFailed,
            format!(
                "{} can't be written: there is no such folder",
                path.display()
            ),
        )),
        _ => Ok(()),
    }
}

/// Refuses to replace a symbolic link, a folder, a pipe or a device.
///
/// # Errors
/// With the kind given.
pub fn refuse_irregular(path: &Path, kind: ErrorKind) -> Result<(), Error> {
    let Ok(metadata) = path.symlink_metadata() else {
        return Ok(());
    };
    if metadata.is_symlink() {
        let target = path.canonicalize().map_or_else(
            |_| "the file it leads to".to_owned(),
            |target| target.display().to_string(),
        );
        return Err(Error::new(
            kind,
            format!(
                "{} is a symbolic link, and nothing is written through one",
                path.display()
            ),
        )
        .hint(format!("name {target} itself, or remove the link")));
    }
    if metadata.is_file() {
        return Ok(());
    }
    Err(Error::new(
        kind,
        format!("{} exists and is not a regular file", path.display()),
    )
    .hint("name another file"))
}

/// Makes a folder, and those above it, for this user alone. One that exists is left as it is.
///
/// # Errors
/// `OutputFailed` where it can't be made.
pub fn create_private_folder(path: &Path) -> Result<(), Error> {
    let missing = path
        .ancestors()
        .take_while(|folder| *folder != Path::new("") && !folder.is_dir());
    let missing: Vec<&Path> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.recursive(true).create(path);
    // A folder lasts when the one above it is synced.
    made.and_then(|()| {
        missing
            .iter()
            .try_for_each(|folder| sync_folder(folder_of(folder)))
    })
    .map_err(|error| {
        Error::new(
            ErrorKind::OutputFailed,
            format!("the folder {} can't be made: {error}", path.display()),
        )
    })
}

/// Held while a file is read, changed and written; given back when dropped, or when the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    /// Not where the file system has no locks.
    is_held: bool,
}

/// Waits for the lock, whose file is made where there is none and never removed.
///
/// # Errors
/// `OutputFailed` where its file can't be made, or another process keeps it for longer than `patience`.
pub fn lock(path: &Path, patience: Duration) -> Result<Lock, Error> {
    let failed = |error: io::Error| {
        Error::new(
            ErrorKind::OutputFailed,
            format!("the lock {} can't be taken: {error}", path.display()),
        )
    };
    refuse_irregular(path, ErrorKind::OutputFailed)?;
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options
            .mode(0o600)
            .custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW);
    }
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(failed)?;
    let started = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => {
                return Ok(Lock {
                    _file: file,
                    is_held: true,
                });
            }
            Err(TryLockError::WouldBlock) if started.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(10))
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(
                    ErrorKind::OutputFailed,
                    format!("another process holds the lock {}", path.display()),
                )
                .hint("wait for the other command to end, then run this one again"));
            }
            // Some network file systems have no locks. The rename still keeps the file whole.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Lock {
                    _file: file,
                    is_held: false,
                });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
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
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::time::Duration;

    use super::{atomic_write, create_private_folder, lock};

    #[test]
    fn a_file_is_replaced_whole_with_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "old").unwrap();
        for mode in [0o600, 0o644] {
            atomic_write(&path, b"new", mode).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"new");
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o7777, mode);
        }
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }

    #[test]
    fn links_folders_and_missing_folders_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        assert!(
            atomic_write(&link, b"new", 0o600)
                .unwrap_err()
                .hint
                .unwrap()
                .render(None)
                .contains("target")
        );
        symlink(folder.path().join("absent"), folder.path().join("dangling")).unwrap();
        for refused in ["dangling", ".", "no such folder/file"] {
            assert!(
                atomic_write(&folder.path().join(refused), b"new", 0o600).is_err(),
                "{refused}"
            );
        }
        assert_eq!(fs::read(&target).unwrap(), b"old");
    }

    #[test]
    fn a_folder_is_made_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("a/b");
        create_private_folder(&made).unwrap();
        create_private_folder(&made).unwrap();
        assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn one_holds_the_lock_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = lock(&path, Duration::ZERO).unwrap();
        assert!(lock(&path, Duration::from_millis(30)).is_err());
        drop(held);
        assert!(lock(&path, Duration::ZERO).is_ok());
    }
}
