//! Reading the files that configuration names: their errors and warnings as a command tells them.

use std::path::Path;

use crate::config::note::Note;
use crate::fs::{self, Remedy};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint, shell_quote};

/// No config file and no key is longer, in MiB.
const MAX_MIB: u64 = 1;
/// All authorities that a system trusts take a quarter of one MiB.
const MAX_CA_FILE_MIB: u64 = 16;

/// Reads the text of a file that only its user may change; `None` where there is none. `what` says in messages what it is.
///
/// # Errors
/// [`ErrorKind::Config`] where it can't be read, is no regular file, is too long, is not UTF-8, or other users can write it.
pub(super) fn read_private(
    path: &Path,
    what: &str,
    notes: &mut Vec<Note>,
) -> Result<Option<String>, Error> {
    let Some(contents) = fs::read_private(path, what, MAX_MIB).map_err(unusable)? else {
        return Ok(None);
    };
    let shown = path.display();
    if contents.readable_by_others {
        let chmod = chmod("600", path);
        notes.push(Note::new(
            "readable_by_others",
            format!("the {what} {shown} can be read by other users; to mend it: {chmod}"),
        ));
    }
    let text = String::from_utf8(contents.bytes).map_err(|_| {
        Error::new(
            ErrorKind::Config,
            format!("the {what} {shown} is not valid UTF-8"),
        )
    })?;
    Ok(Some(text))
}

/// Reads a file of certificates, which is no secret.
///
/// # Errors
/// [`ErrorKind::Config`] where it is not there, can't be read, is no regular file or too long.
pub fn read_ca_file(path: &Path) -> Result<Vec<u8>, Error> {
    let hint = Hint::new("ca_file names a file of certificates in PEM form: ")
        .command(CommandLine::reemo("config get ca_file"));
    let absent = || {
        Error::new(
            ErrorKind::Config,
            format!("there is no CA file {}", path.display()),
        )
    };
    fs::read_regular(path, "CA file", MAX_CA_FILE_MIB)
        .map_err(unusable)
        .and_then(|bytes| bytes.ok_or_else(absent))
        .map_err(|error| error.hint(hint))
}

/// A file that configuration names and that can't be used is a matter of the configuration, not of the machine.
pub(super) fn unusable(error: fs::Error) -> Error {
    Error {
        kind: ErrorKind::Config,
        ..Error::from(error)
    }
}

/// A file that can't be written, locked or read is the machine's failure, unless the caller knows better. One that other
/// users can write is a matter of the configuration.
impl From<fs::Error> for Error {
    fn from(error: fs::Error) -> Self {
        let kind = match error.kind {
            fs::ErrorKind::NotPrivate => ErrorKind::Config,
            _ => ErrorKind::OutputFailed,
        };
        let hint = error.remedy.map(|remedy| match remedy {
            Remedy::Advice(words) => words,
            Remedy::Chmod { mode, path } => {
                format!("check what is in it, then {}", chmod(mode, &path))
            }
        });
        Self {
            details: error.detail.into_iter().collect(),
            hint: hint.map(Hint::from),
            ..Self::new(kind, error.message)
        }
    }
}

/// A command that can be pasted.
fn chmod(mode: &str, path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_flag = if text.starts_with('-') { "./" } else { "" };
    format!("chmod {mode} {}", shell_quote(&format!("{is_flag}{text}")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::chmod;

    #[cfg(unix)]
    #[test]
    fn a_path_is_one_word_for_a_shell() {
        for (path, command) in [
            ("/a/b-c.toml", "chmod 600 /a/b-c.toml"),
            ("/a b", "chmod 600 '/a b'"),
            ("/it's", "chmod 600 \"/it's\""),
            ("-rf", "chmod 600 ./-rf"),
            ("/$(x)", "chmod 600 '/$(x)'"),
        ] {
            assert_eq!(chmod("600", Path::new(path)), command);
        }
    }
}
