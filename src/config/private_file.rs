//! Reading a file that holds secrets or decides where they go: a config file, a key file or a CA file.
//!
//! Only a regular file is read, so that nothing here ever blocks; one that other users could have written is refused.
//! Knows nothing of what is in such a file.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use crate::config::note::Note;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint, shell_quote};

/// No config and no key is longer, in MiB.
const LONGEST: u64 = 1;
/// All authorities that a system trusts are a quarter of one.
const LONGEST_CA_FILE: u64 = 16;

/// Reads a file's text; `None` where there is no such file. `what` says in messages what the file is for.
/// A symbolic link is followed: what counts is the file that it leads to.
///
/// # Errors
/// `Config` where it can't be read, is no regular file, is too long, is not UTF-8, or can be written by other users.
pub fn read(path: &Path, what: &str, notes: &mut Vec<Note>) -> Result<Option<String>, Error> {
    let Some((bytes, metadata)) = read_regular(path, what, LONGEST)? else {
        return Ok(None);
    };
    check_mode(&metadata, path, what, notes)?;
    let invalid = |_| {
        Error::new(
            ErrorKind::Config,
            format!("the {what} {} is not valid UTF-8", path.display()),
        )
    };
    String::from_utf8(bytes).map(Some).map_err(invalid)
}

/// Reads a file of certificates, which is no secret.
///
/// # Errors
/// `Config` where it is not there, can't be read, is no regular file or too long.
pub fn read_ca_file(path: &Path) -> Result<Vec<u8>, Error> {
    let absent = || {
        Error::new(
            ErrorKind::Config,
            format!("there is no CA file {}", path.display()),
        )
    };
    let read =
        read_regular(path, "CA file", LONGEST_CA_FILE).and_then(|read| read.ok_or_else(absent));
    let hint = Hint::new("ca_file names a file of certificates in PEM form: ")
        .command(CommandLine::reemo("config get ca_file"));
    read.map(|(bytes, _)| bytes)
        .map_err(|failure| failure.hint(hint))
}

fn read_regular(
    path: &Path,
    what: &str,
    longest: u64,
) -> Result<Option<(Vec<u8>, Metadata)>, Error> {
    let shown = path.display();
    let unreadable = |error: io::Error| {
        Error::new(
            ErrorKind::Config,
            format!("the {what} {shown} can't be read: {error}"),
        )
    };
    let irregular = || {
        Error::new(
            ErrorKind::Config,
            format!("the {what} {shown} is not a regular file"),
        )
        .hint("only a regular file will do: no folder, pipe or device")
    };
    // RequestInfo before opening, because to open a device can have effects, and afterwards, because it may be another file by then.
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() => return Err(irregular()),
        Ok(_) => {}
    }
    let file = open_without_waiting(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(irregular());
    }
    let mut bytes = Vec::new();
    file.take(longest * 1024 * 1024 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > longest * 1024 * 1024 {
        return Err(Error::new(
            ErrorKind::Config,
            format!("the {what} {shown} is longer than {longest} MiB"),
        ));
    }
    Ok(Some((bytes, metadata)))
}

/// Opens for reading; a pipe that took the file's place in between does not block.
fn open_without_waiting(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NONBLOCK | libc::O_NOCTTY,
    );
    options.read(true).open(path)
}

#[cfg(unix)]
fn check_mode(
    metadata: &Metadata,
    path: &Path,
    what: &str,
    notes: &mut Vec<Note>,
) -> Result<(), Error> {
    let mode = std::os::unix::fs::MetadataExt::mode(metadata);
    let mend = format!("chmod 600 {}", shell_word(path));
    if mode & 0o022 != 0 {
        return Err(Error::new(
            ErrorKind::Config,
            format!(
                "the {what} {} can be written by other users",
                path.display()
            ),
        )
        .detail(format!("its mode is {:04o}", mode & 0o7777))
        .hint(format!("check what is in it, then {mend}")));
    }
    if mode & 0o044 != 0 {
        notes.push(Note::new(
            "readable_by_others",
            format!(
                "the {what} {} can be read by other users; to mend it: {mend}",
                path.display()
            ),
        ));
    }
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn check_mode(_: &Metadata, _: &Path, _: &str, _: &mut Vec<Note>) -> Result<(), Error> {
    Ok(())
}

/// A path as a shell takes it for one plain word.
#[cfg(unix)]
fn shell_word(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if text.starts_with('-') {
        format!("./{text}")
    } else {
        text.into_owned()
    };
    shell_quote(&text).into_owned()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    use super::{read, shell_word};

    fn file(folder: &Path, name: &str, mode: u32) -> std::path::PathBuf {
        let path = folder.join(name);
        fs::write(&path, "text").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn the_mode_decides() {
        let folder = tempfile::tempdir().unwrap();
        for (mode, notes_expected, read_expected) in [
            (0o600, 0, true),
            (0o400, 0, true),
            (0o640, 1, true),
            (0o604, 1, true),
            (0o644, 1, true),
            (0o620, 0, false),
            (0o602, 0, false),
            (0o666, 0, false),
        ] {
            let path = file(folder.path(), "it's a key", mode);
            let mut notes = Vec::new();
            let answer = read(&path, "key file", &mut notes);
            assert_eq!(
                (notes.len(), answer.is_ok()),
                (notes_expected, read_expected),
                "{mode:o}"
            );
            let mend = format!("chmod 600 {}", shell_word(&path));
            let told = answer
                .err()
                .and_then(|failure| failure.hint)
                .map(|hint| hint.render(None))
                .or(notes.pop().map(|note| note.message));
            assert!(told.is_none_or(|told| told.ends_with(&mend)));
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn only_a_regular_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| super::read(&folder.path().join(name), "key file", &mut Vec::new());
        let pipe = folder.path().join("pipe");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        symlink(&pipe, folder.path().join("link to pipe")).unwrap();
        symlink(
            file(folder.path(), "plain", 0o600),
            folder.path().join("link"),
        )
        .unwrap();
        fs::write(folder.path().join("long"), vec![b'a'; 1024 * 1024 + 1]).unwrap();
        fs::write(folder.path().join("bytes"), [0xff]).unwrap();
        for refused in [
            "pipe",
            "link to pipe",
            ".",
            "/dev/null",
            "long",
            "bytes",
            "plain/below",
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
        assert_eq!(read("absent"), Ok(None));
        assert_eq!(read("link"), Ok(Some("text".to_owned())));
    }

    #[test]
    fn the_path_is_one_word_for_a_shell() {
        for (path, word) in [
            ("/a/b-c.toml", "/a/b-c.toml"),
            ("/a b", "'/a b'"),
            ("/it's", "\"/it's\""),
            ("-rf", "./-rf"),
            ("/$(x)", "'/$(x)'"),
        ] {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
