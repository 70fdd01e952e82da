//! Reads the files that the configuration names, and turns their errors into messages.

use std::path::Path;

use crate::config::Note;
use crate::fs::{self, TrustedKind};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

pub(super) const CONFIG_FILE: TrustedKind = TrustedKind {
    name: "config file",
    max_mib: 1,
    mode: "600",
};

pub(super) const KEY_FILE: TrustedKind = TrustedKind {
    name: "key file",
    ..CONFIG_FILE
};

/// The certificates of all authorities that a system trusts take a quarter of a MiB.
const CA_FILE: TrustedKind = TrustedKind {
    name: "CA file",
    max_mib: 16,
    mode: "go-w",
};

/// Reads the text of a file that may contain a secret. `None` if there is none.
///
/// # Errors
/// [`ErrorKind::Config`] if it can't be read, is not UTF-8, or another user could have changed it.
pub(super) fn read_text(
    path: &Path,
    kind: TrustedKind,
    notes: &mut Vec<Note>,
) -> Result<Option<String>, Error> {
    let Some(file) = fs::read_trusted(path, kind).map_err(unusable)? else {
        return Ok(None);
    };
    let subject = format!("the {} {}", kind.name, path.display());
    if file.readable_by_others {
        let chmod = fs::chmod_command("600", path);
        let message = format!("{subject} can be read by other users; to fix it: {chmod}");
        notes.push(("readable_by_others", message));
    }
    let not_text = |_| Error::new(ErrorKind::Config, format!("{subject} is not valid UTF-8"));
    String::from_utf8(file.bytes).map(Some).map_err(not_text)
}

/// Reads a file of certificates. It is not secret, but whoever can write it can impersonate the API and so read the key.
///
/// # Errors
/// [`ErrorKind::Config`] if it does not exist, can't be read, or another user could have changed it.
pub(crate) fn read_ca_file(path: &Path) -> Result<Vec<u8>, Error> {
    let mut error = match fs::read_trusted(path, CA_FILE).map_err(unusable) {
        Ok(Some(file)) => return Ok(file.bytes),
        Ok(None) => {
            let message = format!("there is no CA file {}", path.display());
            Error::new(ErrorKind::Config, message)
        }
        Err(error) => error,
    };
    error.hint.get_or_insert_with(|| {
        Hint::new("ca_file names a file of certificates in PEM form: ")
            .command(CommandLine::reemo("config get ca_file"))
    });
    Err(error)
}

/// A file that the configuration names and that can't be used is a problem of the configuration, not of the machine.
pub(super) fn unusable(error: fs::FileError) -> Error {
    Error {
        kind: ErrorKind::Config,
        ..Error::from(error)
    }
}

/// A file that can't be read, written or locked is a problem of the machine unless the caller knows better. One that other
/// users can write is a problem of the configuration.
impl From<fs::FileError> for Error {
    fn from(error: fs::FileError) -> Self {
        let kind = match error.kind {
            fs::FileErrorKind::NotPrivate => ErrorKind::Config,
            _ => ErrorKind::OutputFailed,
        };
        Self {
            details: error.detail.into_iter().collect(),
            hint: error.hint.map(Hint::from),
            ..Self::new(kind, error.message)
        }
    }
}
