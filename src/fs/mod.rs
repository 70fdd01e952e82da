//! The file system as every module needs it: files written whole or not at all, files that hold secrets, locks.
//!
//! Knows nothing of what is in a file, and imports no other module: the client and the sandbox both use it.

mod atomic;
mod error;
mod lock;
mod private;

pub use atomic::{atomic_write, check_writable, create_private_dir, refuse_irregular};
pub use error::{Error, ErrorKind, Remedy};
pub use lock::{Lock, temp_path};
pub use private::{open_no_follow, read_private, read_regular};
