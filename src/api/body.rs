//! Reading an answer's body under one deadline and one size cap at once.
//!
//! reqwest offers either: `bytes()` keeps the deadline but takes a decompression bomb whole, and reading through `Read`
//! applies the timeout to each read, so that a dripping body outlives it many times over. Decoded bytes count.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// The largest body accepted, in decoded bytes: room for 100,000 computers in one answer of an API that ignores paging.
pub(super) const LARGEST: usize = 44 * 1024 * 1024;

/// The most that several bodies have together, so that answers without an end can't fill the memory: less, since each of
/// them has buffers of its own.
pub(super) const LARGEST_TOGETHER: usize = 20 * 1024 * 1024;

/// Why a body could not be had.
#[derive(Debug)]
pub(super) enum Unread {
    /// The deadline passed.
    TooLate,
    /// More bytes than `LARGEST`.
    TooLarge,
    /// More bytes than `LARGEST_TOGETHER`, together with the other bodies that are held.
    Crowded,
    /// The connection ended or the encoding broke before the end.
    Cut(std::io::Error),
    /// The bytes are no UTF-8.
    NotText,
}

/// The decoded bytes of all bodies that are held at the moment.
pub(super) type Held = Arc<AtomicUsize>;

/// One body's share of those, and of what is noted of its rows; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    held: Held,
    bytes: AtomicUsize,
}

impl Share {
    /// Takes so many bytes more; whether there is room for them.
    pub(super) fn grow(&self, bytes: usize) -> bool {
        let own = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let held = self.held.fetch_add(bytes, Ordering::Relaxed) + bytes;
        held <= LARGEST_TOGETHER || held == own
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.held
            .fetch_sub(*self.bytes.get_mut(), Ordering::Relaxed);
    }
}

/// Reads to the end, as text.
pub(super) fn read(
    mut source: impl Read,
    expected: Option<u64>,
    deadline: Instant,
    held: &Held,
) -> Result<(String, Share), Unread> {
    let expected = expected
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.min(LARGEST));
    let share = Share {
        held: Arc::clone(held),
        bytes: AtomicUsize::new(0),
    };
    let mut chunk = [0; 16 * 1024];
    loop {
        if Instant::now() >= deadline {
            return Err(Unread::TooLate);
        }
        match source.read(&mut chunk) {
            Ok(0) => {
                return String::from_utf8(bytes)
                    .map(|text| (text, share))
                    .map_err(|_| Unread::NotText);
            }
            Ok(count) if bytes.len() + count > LARGEST => return Err(Unread::TooLarge),
            Ok(count) if !share.grow(count) => return Err(Unread::Crowded),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if Instant::now() >= deadline => return Err(Unread::TooLate),
            Err(error) => return Err(Unread::Cut(error)),
        }
    }
}
