//! Reading an answer's body under one deadline and one size cap at once.
//!
//! reqwest offers either: `bytes()` keeps the deadline but takes a decompression bomb whole, and reading through `Read`
//! applies the timeout to each read, so that a dripping body outlives it many times over. Decoded bytes count.

use std::io::Read;
use std::time::Instant;

/// The largest body accepted, in decoded bytes: room for 100,000 computers in one answer of an API that ignores paging.
pub(super) const LARGEST: usize = 48 * 1024 * 1024;

/// Why a body could not be had.
#[derive(Debug)]
pub(super) enum Unread {
    /// The deadline passed.
    TooLate,
    /// More bytes than `LARGEST`.
    TooLarge,
    /// The connection ended or the encoding broke before the end.
    Cut(std::io::Error),
    /// The bytes are no UTF-8.
    NotText,
}

/// Reads to the end, as text.
pub(super) fn read(mut source: impl Read, expected: Option<u64>, deadline: Instant) -> Result<String, Unread> {
    let expected = expected.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.min(LARGEST));
    let mut chunk = vec![0; 32 * 1024];
    loop {
        if Instant::now() >= deadline {
            return Err(Unread::TooLate);
        }
        match source.read(&mut chunk) {
            Ok(0) => return String::from_utf8(bytes).map_err(|_| Unread::NotText),
            Ok(count) if bytes.len() + count > LARGEST => return Err(Unread::TooLarge),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if Instant::now() >= deadline => return Err(Unread::TooLate),
            Err(error) => return Err(Unread::Cut(error)),
        }
    }
}
