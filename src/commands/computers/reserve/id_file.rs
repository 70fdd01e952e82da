//! `--id-file`: the `_id` alone, whole or not at all, as the Reemo Service reads it.

use std::io;
use std::path::Path;

use uuid::Uuid;

use crate::fs::{atomic_write, check_writable};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};

/// Checks, before anything is sent, whether the file may be written.
///
/// # Errors
/// [`ErrorKind::Usage`] for `-`, [`ErrorKind::Conflict`] if the file holds another `_id` and may not be overwritten.
pub(super) fn check(path: &Path, id: Uuid, force: bool) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        let print = CommandLine::reemo("computers reserve -o _id");
        let message = "--id-file needs a file name, not -";
        return Err(Error::new(ErrorKind::Usage, message)
            .hint(Hint::new("print the _id instead: ").command(print)));
    }
    check_writable(path)?;
    let present = match std::fs::read_to_string(path) {
        Ok(present) => present,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            let message = format!("{} can't be read: {error}", path.display());
            return Err(Error::new(ErrorKind::OutputFailed, message));
        }
    };
    if force
        || present.trim().is_empty()
        || Uuid::try_parse(present.trim()).is_ok_and(|present| present == id)
    {
        return Ok(());
    }
    let message = format!("{} already holds another _id", path.display());
    Err(Error::new(ErrorKind::Conflict, message)
        .hint("reserve that _id with --ensure, choose another file, or overwrite it with --force"))
}

/// Writes the file.
///
/// # Errors
/// [`ErrorKind::OutputFailed`] if it can't be written; the reservation stays.
pub(super) fn write(path: &Path, id: Uuid) -> Result<(), Error> {
    atomic_write(path, id.to_string().as_bytes(), 0o644).map_err(|error| {
        Error::from(error).detail(format!(
            "{id} is reserved, but it may be missing from the file; write it there yourself"
        ))
    })
}
