//! Telling one version of a file from the next without reading it.

use std::fs::{File, Metadata};
use std::time::SystemTime;

/// The version of a file that was read or written.
///
/// Where the system has inode numbers, the file is kept open: the number of a deleted file could be given to its
/// successor, which would then look like the known version.
#[derive(Debug)]
pub(super) struct FileVersion {
    identity: Identity,
    #[cfg(unix)]
    _open: File,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    inode: (u64, u64),
    modified: Option<SystemTime>,
    length: u64,
}

impl FileVersion {
    #[cfg_attr(
        not(unix),
        expect(unused_variables, reason = "an open file could not be replaced there")
    )]
    pub(super) fn new(identity: Identity, file: File) -> Self {
        Self {
            identity,
            #[cfg(unix)]
            _open: file,
        }
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            #[cfg(unix)]
            inode: (metadata.dev(), metadata.ino()),
            modified: metadata.modified().ok(),
            length: metadata.len(),
        }
    }
}
