//! Reading a file that contains secrets or decides where they go.
//!
//! Only a regular file is read, so that nothing here ever blocks.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

#[cfg(unix)]
use rustix::fs::OFlags;

use super::check_ownership;
use super::error::{FileError, FileErrorKind};

/// A kind of file that is only read if no other user could have changed or replaced it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrustedKind {
    /// What it is, in messages.
    pub name: &'static str,
    /// The longest that one can be, in MiB.
    pub max_mib: u64,
    /// The mode that `chmod` should give one that others can write.
    pub mode: &'static str,
}

/// A file that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TrustedFile {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Whether other users can read it too. False on systems without file modes.
    pub readable_by_others: bool,
}

/// Reads a file. `None` if there is none. A symbolic link is followed.
///
/// # Errors
/// [`FileErrorKind::NotPrivate`] if another user could have changed or replaced it, [`FileErrorKind::NotRegular`] if it is a
/// folder, a pipe or a device, [`FileErrorKind::TooLong`], or [`FileErrorKind::Io`] if it can't be read.
pub(crate) fn read_trusted(
    path: &Path,
    kind: TrustedKind,
) -> Result<Option<TrustedFile>, FileError> {
    let Some((file, metadata)) = open_file(path, kind.name, 0)? else {
        return Ok(None);
    };
    check_ownership(path, kind.name, kind.mode)?;
    let max_bytes = kind.max_mib * 1024 * 1024;
    let mut bytes = Vec::new();
    file.take(max_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable(path, kind.name))?;
    if bytes.len() as u64 > max_bytes {
        let (name, shown, max_mib) = (kind.name, path.display(), kind.max_mib);
        let message = format!("the {name} {shown} is longer than {max_mib} MiB");
        return Err(FileError::new(FileErrorKind::TooLong, message));
    }
    Ok(Some(TrustedFile {
        bytes,
        readable_by_others: is_readable_by_others(&metadata),
    }))
}

/// Opens a regular file for reading, but not through a symbolic link. `None` if there is no such file.
///
/// # Errors
/// [`FileErrorKind::NotRegular`] if it is a symbolic link, a folder, a pipe or a device, [`FileErrorKind::Io`] if it can't be
/// opened.
pub(crate) fn open_no_follow(path: &Path, what: &str) -> Result<Option<File>, FileError> {
    if path.is_symlink() {
        let shown = path.display();
        let message = format!("the {what} {shown} is a symbolic link, which is not followed");
        return Err(FileError::new(FileErrorKind::NotRegular, message).hint("remove the link"));
    }
    // A link that took the file's place in between is refused by the system.
    Ok(open_file(path, what, NO_FOLLOW)?.map(|(file, _)| file))
}

fn open_file(path: &Path, what: &str, flags: i32) -> Result<Option<(File, Metadata)>, FileError> {
    let irregular = || {
        let message = format!("the {what} {} is not a regular file", path.display());
        FileError::new(FileErrorKind::NotRegular, message)
            .hint("name a regular file, not a folder, pipe or device")
    };
    let unreadable = unreadable(path, what);
    // Checked before opening, because opening a device can have effects, and again afterwards, because the file may have been
    // replaced.
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() => return Err(irregular()),
        Ok(_) => {}
    }
    let file = open_nonblocking(path, flags).map_err(&unreadable)?;
    let metadata = file.metadata().map_err(&unreadable)?;
    if !metadata.is_file() {
        return Err(irregular());
    }
    Ok(Some((file, metadata)))
}

fn unreadable(path: &Path, what: &str) -> impl Fn(io::Error) -> FileError {
    FileError::io(format!("the {what} {}", path.display()), "can't be read")
}

#[cfg(unix)]
const NO_FOLLOW: i32 = OFlags::NOFOLLOW.bits().cast_signed();

#[cfg(not(unix))]
const NO_FOLLOW: i32 = 0;

/// Opens a file for reading. A pipe that has replaced the file in the meantime does not block.
#[cfg_attr(not(unix), expect(unused_variables, reason = "flags are Unix's"))]
fn open_nonblocking(path: &Path, flags: i32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed() | flags,
    );
    options.read(true).open(path)
}

#[cfg(unix)]
fn is_readable_by_others(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(metadata) & 0o044 != 0
}

#[cfg(not(unix))]
fn is_readable_by_others(_: &Metadata) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use super::{
        FileErrorKind, NO_FOLLOW, TrustedKind, open_no_follow, open_nonblocking, read_trusted,
    };

    const KEY_FILE: TrustedKind = TrustedKind {
        name: "key file",
        max_mib: 1,
        mode: "600",
    };

    fn file(folder: &Path, name: &str, mode: u32) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, "text").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn the_mode_decides() {
        let folder = tempfile::tempdir().unwrap();
        for (mode, readable_by_others) in [
            (0o600, Some(false)),
            (0o400, Some(false)),
            (0o640, Some(true)),
            (0o604, Some(true)),
            (0o644, Some(true)),
            (0o620, None),
            (0o602, None),
            (0o666, None),
        ] {
            let path = file(folder.path(), "it's a key", mode);
            let read = read_trusted(&path, KEY_FILE);
            let hint = read.as_ref().err().and_then(|error| error.hint.as_ref());
            assert!(
                hint.is_none_or(|hint| hint.contains(", then chmod 600 ")),
                "{hint:?}"
            );
            let read = read.ok().map(|read| read.unwrap().readable_by_others);
            assert_eq!(read, readable_by_others, "{mode:o}");
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn only_a_regular_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| read_trusted(&folder.path().join(name), KEY_FILE);
        let pipe = folder.path().join("pipe");
        let mkfifo = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(mkfifo.unwrap().success());
        symlink(&pipe, folder.path().join("link to pipe")).unwrap();
        let plain = file(folder.path(), "plain", 0o600);
        symlink(plain, folder.path().join("link")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        for refused in ["pipe", "link to pipe", ".", "/dev/null", "socket"] {
            let refused = read(refused).unwrap_err();
            assert_eq!(refused.kind, FileErrorKind::NotRegular);
        }
        assert_eq!(read("plain/below").unwrap_err().kind, FileErrorKind::Io);
        assert_eq!(read("absent"), Ok(None));
        assert_eq!(read("link").unwrap().unwrap().bytes, b"text");
    }

    #[test]
    fn a_file_of_the_maximum_size_is_read() {
        let folder = tempfile::tempdir().unwrap();
        for (bytes, is_read) in [(1_048_576, true), (1_048_577, false)] {
            let path = file(folder.path(), "key", 0o600);
            fs::write(&path, vec![b'a'; bytes]).unwrap();
            match read_trusted(&path, KEY_FILE) {
                Ok(read) => assert!(is_read && read.unwrap().bytes.len() == bytes),
                Err(error) => assert!(!is_read && error.kind == FileErrorKind::TooLong),
            }
        }
    }

    #[test]
    fn what_replaces_the_file_before_it_is_opened_is_neither_waited_for_nor_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (pipe, link) = (folder.path().join("pipe"), folder.path().join("link"));
        let mkfifo = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(mkfifo.unwrap().success());
        let plain = file(folder.path(), "plain", 0o600);
        symlink(plain, &link).unwrap();
        assert!(open_nonblocking(&link, 0).is_ok());
        assert!(open_nonblocking(&link, NO_FOLLOW).is_err());
        let (opened, is_opened) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for flags in [0, NO_FOLLOW] {
                opened.send(open_nonblocking(&pipe, flags).is_ok()).unwrap();
            }
        });
        for _ in 0..2 {
            assert_eq!(is_opened.recv_timeout(Duration::from_secs(10)), Ok(true));
        }
    }

    #[test]
    fn no_link_is_followed_where_none_may_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        file(folder.path(), "plain", 0o600);
        symlink(path("plain"), path("link")).unwrap();
        symlink(path("absent"), path("dangling")).unwrap();
        for refused in ["link", "dangling", "."] {
            let refused = open_no_follow(&path(refused), "file").unwrap_err();
            assert_eq!(refused.kind, FileErrorKind::NotRegular);
        }
        assert!(open_no_follow(&path("plain"), "file").unwrap().is_some());
        assert!(open_no_follow(&path("absent"), "file").unwrap().is_none());
    }
}
