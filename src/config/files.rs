//! Reading the files that configuration names: their errors and warnings as a command tells them.

use std::path::Path;

use crate::config::note::Note;
use crate::fs::{self, Remedy, TrustedKind};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint, shell_quote};

pub(super) const CONFIG_FILE: TrustedKind = TrustedKind {
    name: "config file",
    max_mib: 1,
    mode: "600",
};

pub(super) const KEY_FILE: TrustedKind = TrustedKind {
    name: "key file",
    ..CONFIG_FILE
};

/// All authorities that a system trusts take a quarter of one MiB.
const CA_FILE: TrustedKind = TrustedKind {
    name: "CA file",
    max_mib: 16,
    mode: "go-w",
};

/// Reads the text of a file that may hold a secret; `None` where there is none.
///
/// # Errors
/// [`ErrorKind::Config`] where it can't be read, is not UTF-8, or another user could have changed it.
pub(super) fn read_private(
    path: &Path,
    kind: TrustedKind,
    notes: &mut Vec<Note>,
) -> Result<Option<String>, Error> {
    let Some(contents) = fs::read_trusted(path, kind).map_err(unusable)? else {
        return Ok(None);
    };
    let (name, shown) = (kind.name, path.display());
    if contents.readable_by_others {
        let chmod = chmod("600", path);
        notes.push(Note::new(
            "readable_by_others",
            format!("the {name} {shown} can be read by other users; to mend it: {chmod}"),
        ));
    }
    let text = String::from_utf8(contents.bytes).map_err(|_| {
        Error::new(
            ErrorKind::Config,
            format!("the {name} {shown} is not valid UTF-8"),
        )
    })?;
    Ok(Some(text))
}

/// Reads a file of certificates. It is no secret, but whoever can write it can make any server pass for the API, and so
/// read the key.
///
/// # Errors
/// [`ErrorKind::Config`] where it is not there, can't be read, or another user could have changed it.
pub fn read_ca_file(path: &Path) -> Result<Vec<u8>, Error> {
    let absent = || {
        Error::new(
            ErrorKind::Config,
            format!("there is no CA file {}", path.display()),
        )
    };
    let error = match fs::read_trusted(path, CA_FILE) {
        Ok(Some(contents)) => return Ok(contents.bytes),
        Ok(None) => absent(),
        Err(error) if error.kind == fs::ErrorKind::NotPrivate => return Err(error.into()),
        Err(error) => unusable(error),
    };
    let hint = Hint::new("ca_file names a file of certificates in PEM form: ")
        .command(CommandLine::reemo("config get ca_file"));
    Err(error.hint(hint))
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
