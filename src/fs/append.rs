//! Appending whole lines to a file of this user alone, which several processes write.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic::{create_private_dir, folder_of, refuse_irregular};
use super::error::FileError;
use super::lock::Lock;

/// Another process writes one line, so its lock is short.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Appends a line, which has no line break, under the lock beside the file. A file that would be longer than `max_bytes` is
/// renamed to [`previous_path`] first. The file and its folder are created if necessary.
///
/// # Errors
/// [`FileErrorKind::Locked`](super::FileErrorKind::Locked) if others hold the lock for too long,
/// [`FileErrorKind::NotRegular`](super::FileErrorKind::NotRegular) if the path is not a regular file,
/// [`FileErrorKind::Io`](super::FileErrorKind::Io) if it can't be written. No part of the line is left then.
pub(crate) fn append_line(path: &Path, line: &str, max_bytes: u64) -> Result<(), FileError> {
    create_private_dir(folder_of(path))?;
    let _lock = Lock::acquire(&path.with_extension("lock"), LOCK_TIMEOUT)?;
    refuse_irregular(path)?;
    append(path, line, max_bytes).map_err(FileError::io(path.display(), "can't be written"))
}

/// Returns the file that has the lines before those of `path`.
pub(crate) fn previous_path(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(".1");
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

fn append(path: &Path, line: &str, max_bytes: u64) -> io::Result<()> {
    let mut file = open(path)?;
    let mut length = file.metadata()?.len();
    if length > 0 && length + line.len() as u64 >= max_bytes {
        fs::rename(path, previous_path(path))?;
        file = open(path)?;
        length = file.metadata()?.len();
    }
    // A writer that was killed may have left a part of a line.
    let start = if ends_line(&mut file, length)? {
        ""
    } else {
        "\n"
    };
    let written = file.write_all(format!("{start}{line}\n").as_bytes());
    if written.is_err() {
        file.set_len(length)?;
    }
    written
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
    options.create(true).read(true).append(true).open(path)
}

fn ends_line(file: &mut File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else {
        return Ok(true);
    };
    let mut byte = [0];
    file.seek(SeekFrom::Start(last))?;
    file.read_exact(&mut byte)?;
    Ok(byte == *b"\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{append_line, previous_path};

    #[test]
    fn a_full_file_is_kept_as_the_previous_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/lines.jsonl");
        for line in ["1234", "5678", "9", "x"] {
            append_line(&path, line, 10).unwrap();
        }
        assert_eq!(
            fs::read_to_string(previous_path(&path)).unwrap(),
            "1234\n5678\n"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "9\nx\n");
        assert_eq!(
            previous_path(Path::new("a/b.jsonl")),
            Path::new("a/b.1.jsonl")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_line_after_a_part_of_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        fs::write(&path, "whole\npa").unwrap();
        append_line(&path, "next", 100).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole\npa\nnext\n");
    }

    #[test]
    fn many_writers_mix_no_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    for number in 0..25 {
                        append_line(path, &format!("{writer} {number}"), 1_000_000).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text.lines()
                .filter(|line| line.split(' ').count() == 2)
                .count(),
            100
        );
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_symbolic_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, path) = (folder.path().join("target"), folder.path().join("lines"));
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(append_line(&path, "line", 100).is_err());
        assert!(!target.exists());
    }
}
