//! Writing a file completely or not at all.
//!
//! Whoever reads it, also after a power cut, finds the old contents or the new ones, never a part.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::error::{FileError, FileErrorKind};

/// Writes a file by renaming a temporary one in the same folder, which must exist. `mode` has an effect on Unix only.
///
/// # Errors
/// [`FileErrorKind::NotRegular`] if the path is not a regular file, [`FileErrorKind::NotDurable`] if the file is written but could
/// not be synced, [`FileErrorKind::Io`] if it could not be written.
pub(crate) fn atomic_write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), FileError> {
    let mut builder = tempfile::Builder::new();
    write_with(builder.prefix(".reemo-").suffix(".tmp"), path, bytes, mode).map(drop)
}

/// Writes by way of a temporary file that `builder` names. Returns the new file, open for reading and writing.
pub(super) fn write_with(
    builder: &mut tempfile::Builder<'_, '_>,
    path: &Path,
    bytes: &[u8],
    mode: u32,
) -> Result<File, FileError> {
    refuse_irregular(path)?;
    let folder = folder_of(path);
    let replace = || {
        // The inner file is used because its errors don't name the temporary path, which means nothing to the user.
        let mut temporary = builder.make_in(folder, create_private)?;
        temporary.as_file_mut().write_all(bytes)?;
        set_mode(temporary.as_file(), mode)?;
        temporary.as_file().sync_all()?;
        // A rename replaces whatever took the path in the meantime, and never writes through it.
        temporary.persist(path).map_err(|error| error.error)
    };
    let file = replace().map_err(FileError::io(path.display(), "can't be written"))?;
    // From here on the new text is in the file, whatever else happens.
    sync_dir(folder).map_err(|error| FileError {
        kind: FileErrorKind::NotDurable,
        ..FileError::io(
            path.display(),
            "is written, but a power cut could undo that",
        )(error)
    })?;
    Ok(file)
}

/// Creates a file that must not exist yet, for this user alone.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).write(true).create_new(true).open(path)
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// Checks early, before anything is requested that is then to be written, that a file could be: its folder exists, and it
/// is no symbolic link, folder, pipe or device.
///
/// # Errors
/// [`FileErrorKind::NotRegular`] or [`FileErrorKind::Io`] if it could not.
pub(crate) fn check_writable(path: &Path) -> Result<(), FileError> {
    refuse_irregular(path)?;
    if folder_of(path).is_dir() {
        return Ok(());
    }
    let shown = path.display();
    let message = format!("{shown} can't be written: there is no such folder");
    Err(FileError::new(FileErrorKind::Io, message))
}

/// Refuses to replace a symbolic link, a folder, a pipe or a device.
///
/// # Errors
/// [`FileErrorKind::NotRegular`].
pub(crate) fn refuse_irregular(path: &Path) -> Result<(), FileError> {
    let Ok(metadata) = path.symlink_metadata() else {
        return Ok(());
    };
    let shown = path.display();
    if metadata.is_symlink() {
        let target = path.canonicalize().map_or_else(
            |_| "the file it leads to".to_owned(),
            |target| target.display().to_string(),
        );
        let message = format!("{shown} is a symbolic link; reemo does not write through links");
        return Err(FileError::new(FileErrorKind::NotRegular, message)
            .hint(format!("name {target} itself, or remove the link")));
    }
    if metadata.is_file() {
        return Ok(());
    }
    let message = format!("{shown} exists and is not a regular file");
    Err(FileError::new(FileErrorKind::NotRegular, message).hint("name another file"))
}

/// Creates a folder, and those above it, for this user alone. One that exists is left as it is.
///
/// # Errors
/// [`FileErrorKind::Io`] if it can't be created.
pub(crate) fn create_private_dir(path: &Path) -> Result<(), FileError> {
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
    let created = builder.recursive(true).create(path);
    // A new folder lasts once the one above it is synced.
    created
        .and_then(|()| {
            missing
                .iter()
                .try_for_each(|folder| sync_dir(folder_of(folder)))
        })
        .map_err(FileError::io(
            format!("the folder {}", path.display()),
            "can't be created",
        ))
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

/// Makes what was created, renamed or removed in a folder last through a power cut.
#[cfg(unix)]
pub(super) fn sync_dir(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder that may be written but not read can't be opened, and some file systems sync no folders.
        Err(error) if matches!(error.kind(), PermissionDenied | InvalidInput | Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// Elsewhere a folder can't be opened as a file.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::{atomic_write, create_private_dir};

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
        let files = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "no temporary file is left");
    }

    #[test]
    fn links_folders_and_missing_folders_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        let refused = atomic_write(&link, b"new", 0o600).unwrap_err();
        assert!(refused.hint.unwrap().contains("target"));
        symlink(folder.path().join("absent"), folder.path().join("dangling")).unwrap();
        for refused in ["dangling", ".", "no such folder/file"] {
            let path = folder.path().join(refused);
            assert!(atomic_write(&path, b"new", 0o600).is_err(), "{refused}");
        }
        assert_eq!(fs::read(&target).unwrap(), b"old");
    }

    #[test]
    fn a_folder_is_created_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let created = folder.path().join("a/b");
        create_private_dir(&created).unwrap();
        create_private_dir(&created).unwrap();
        let mode = created.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
