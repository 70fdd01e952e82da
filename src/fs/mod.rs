//! The file system as every module needs it: files written whole or not at all, files that hold secrets, locks.
//!
//! Knows nothing of what is in a file, and imports no other module: the client and the sandbox both use it.

mod atomic;
mod error;
mod lock;
#[cfg(unix)]
mod ownership;
mod private;

pub use atomic::{atomic_write, check_writable, create_private_dir, refuse_irregular};
pub use error::{Error, ErrorKind, Remedy};
pub use lock::{Lock, temp_path};
#[cfg(unix)]
pub use ownership::check_ownership;
pub use private::{TrustedKind, open_no_follow, read_trusted};

/// Elsewhere files have neither modes nor owners that could be compared.
#[cfg(not(unix))]
pub fn check_ownership(_: &std::path::Path, _: &str, _: &'static str) -> Result<(), Error> {
    Ok(())
}
