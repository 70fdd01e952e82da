//! Files: atomic writes, appended lines, files that contain secrets, locks.
//!
//! Knows nothing about what is in a file, and imports no other module: the client and the sandbox both use it.

mod append;
mod atomic;
mod error;
mod lock;
#[cfg(unix)]
mod ownership;
mod private;

pub(crate) use append::{append_line, previous_path};
pub(crate) use atomic::{atomic_write, check_writable, create_private_dir, refuse_irregular};
pub(crate) use error::{FileError, FileErrorKind, chmod_command};
pub(crate) use lock::{Lock, temp_path};
#[cfg(unix)]
pub(crate) use ownership::check_ownership;
pub(crate) use private::{TrustedKind, open_no_follow, read_trusted};

/// On other systems, files have no modes and owners that could be compared.
#[cfg(not(unix))]
pub(crate) fn check_ownership(
    _: &std::path::Path,
    _: &str,
    _: &'static str,
) -> Result<(), FileError> {
    Ok(())
}
