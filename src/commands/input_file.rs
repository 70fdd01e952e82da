//! Input files as bytes: a path, or `-` for standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;

/// Returns how messages name the file.
pub(super) fn name(path: &str) -> Cow<'_, str> {
    if path == "-" {
        Cow::Borrowed("standard input")
    } else {
        escape(path)
    }
}

/// Returns at most the first `limit` bytes.
///
/// # Errors
/// [`ErrorKind::Usage`] if they can't be read.
pub(super) fn read(path: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = if path == "-" {
        io::stdin().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|error| {
        let message = format!("{} can't be read: {error}", name(path));
        Error::new(ErrorKind::Usage, message)
    })
}
