//! Reading a response's body, limited in time and in size at once.
//!
//! reqwest offers either: `bytes()` keeps a deadline but takes a decompression bomb whole, and reading through `Read` applies
//! the timeout to each read, so that a body which arrives byte by byte outlives it many times over. Sizes are those of the
//! decoded body.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The largest body accepted, in decoded bytes: room for 100,000 computers in one response of an API that ignores paging.
pub(super) const MAX_BODY_BYTES: usize = 44 * 1024 * 1024;

/// The memory for several bodies together, in decoded bytes, so that endless responses can't fill the machine's. It is less
/// than for a single one, because each has buffers of its own.
pub(super) const MAX_BODIES_BYTES: usize = 20 * 1024 * 1024;

/// Why a body could not be read.
#[derive(Debug)]
pub(super) enum BodyError {
    /// The deadline passed.
    TimedOut,
    /// It is larger than [`MAX_BODY_BYTES`].
    TooLarge,
    /// Together with the other bodies in memory, it is larger than [`MAX_BODIES_BYTES`].
    OutOfMemory,
    /// The connection ended, or the encoding broke, before the end.
    CutOff(std::io::Error),
    /// It is not UTF-8.
    NotUtf8,
}

/// The decoded bytes of all bodies in memory. A clone counts the same bodies.
#[derive(Debug, Clone, Default)]
pub(super) struct MemoryUse(Arc<AtomicUsize>);

impl MemoryUse {
    fn allocate(&self) -> Allocation {
        Allocation {
            total: self.clone(),
            bytes: AtomicUsize::new(0),
        }
    }
}

/// The memory that one body takes, and what is kept of its rows; given back when dropped.
#[derive(Debug)]
pub(super) struct Allocation {
    total: MemoryUse,
    bytes: AtomicUsize,
}

impl Allocation {
    /// Counts so many bytes more. Returns whether there is memory for them: always, where there is no other body.
    pub(super) fn grow(&self, bytes: usize) -> bool {
        let own = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let total = self.total.0.fetch_add(bytes, Ordering::Relaxed) + bytes;
        total <= MAX_BODIES_BYTES || total == own
    }
}

impl Drop for Allocation {
    fn drop(&mut self) {
        let bytes = *self.bytes.get_mut();
        self.total.0.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// Reads a body to its end, as text. `expected` is the length that the response's head gives, in bytes.
pub(super) fn read(
    mut source: impl Read,
    expected: Option<u64>,
    deadline: Instant,
    memory: &MemoryUse,
) -> Result<(String, Allocation), BodyError> {
    let expected = expected
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.min(MAX_BODY_BYTES));
    let allocation = memory.allocate();
    let mut chunk = [0; 16 * 1024];
    loop {
        if Instant::now() >= deadline {
            return Err(BodyError::TimedOut);
        }
        match source.read(&mut chunk) {
            Ok(0) => {
                return String::from_utf8(bytes)
                    .map(|text| (text, allocation))
                    .map_err(|_| BodyError::NotUtf8);
            }
            Ok(count) if bytes.len() + count > MAX_BODY_BYTES => return Err(BodyError::TooLarge),
            Ok(count) if !allocation.grow(count) => return Err(BodyError::OutOfMemory),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if Instant::now() >= deadline => return Err(BodyError::TimedOut),
            Err(error) => return Err(BodyError::CutOff(error)),
        }
    }
}
