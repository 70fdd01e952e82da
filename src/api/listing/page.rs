//! One page of a listing, parsed: its rows as ranges of the body, and what the response says about paging.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use crate::api::body::Allocation;
use crate::api::error::out_of_memory;
use crate::api::response::{MAX_DEPTH, Response, first_too_deep};
use crate::api::wire::{PageInfo, read_listing};
use crate::model::computer::{Computer, key};
use crate::model::error::Error;

/// A page that has been parsed as a whole.
pub(super) struct Page {
    /// The response, without its body.
    pub(super) response: Response,
    /// The body, which the rows share.
    body: Arc<String>,
    rows: Vec<Range<usize>>,
    /// A hash of each row's key, by which rows are compared.
    pub(super) row_hashes: Vec<u64>,
    pub(super) info: PageInfo,
}

/// The memory for each row of a page: its range, its hash, and what parsing needs.
const BYTES_PER_ROW: usize = 48;

impl Page {
    /// Parses a response.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidResponse`] if it is not a listing, has a row that is nested too deeply, or has more rows than fit into
    /// memory.
    ///
    /// [`ErrorKind::InvalidResponse`]: crate::model::error::ErrorKind::InvalidResponse
    pub(super) fn read(mut response: Response, hasher: &RandomState) -> Result<Self, Error> {
        // If the body is not a listing, the error of `json` says more: that it is empty, or a login page.
        let listing = read_listing(response.text()).map_err(|why| {
            response
                .json()
                .err()
                .unwrap_or_else(|| response.invalid(why))
        })?;
        if listing.rows.iter().any(|row| first_too_deep(row).is_some()) {
            return Err(response.invalid(format!(
                "a row of its list is nested more than {MAX_DEPTH} levels deep"
            )));
        }
        if !response.allocate(listing.rows.len() * BYTES_PER_ROW) {
            return Err(out_of_memory(response.request));
        }
        let start = response.body.as_ptr() as usize;
        let range = |row: &&str| {
            let offset = row.as_ptr() as usize - start;
            offset..offset + row.len()
        };
        let rows = listing.rows.iter().map(range).collect();
        let row_hashes = listing
            .rows
            .iter()
            .map(|row| hasher.hash_one(key(row)))
            .collect();
        let info = listing
            .hints
            .with_head(response.status, |name| response.header(name));
        let body = Arc::new(std::mem::take(&mut response.body));
        Ok(Self {
            response,
            body,
            rows,
            row_hashes,
            info,
        })
    }

    /// Returns the length of the body, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.body.len()
    }

    /// Returns a hash of the rows' content.
    pub(super) fn content_hash(&self, hasher: &RandomState) -> u64 {
        let rows = self
            .rows
            .iter()
            .filter_map(|range| self.body.get(range.clone()));
        hasher.hash_one(rows.collect::<Vec<_>>())
    }

    /// Returns the rows for which `is_new` is true.
    pub(super) fn into_new_rows(mut self, is_new: &[bool]) -> NewRows {
        let mut is_new = is_new.iter();
        self.rows.retain(|_| is_new.next() == Some(&true));
        NewRows {
            body: self.body,
            rows: self.rows.into_iter(),
            _allocation: self.response.allocation,
        }
    }
}

/// The rows of a page, in its order. Until it is dropped, the body counts towards the memory limit for bodies.
pub(super) struct NewRows {
    body: Arc<String>,
    rows: std::vec::IntoIter<Range<usize>>,
    _allocation: Option<Arc<Allocation>>,
}

impl Iterator for NewRows {
    type Item = Computer;

    fn next(&mut self) -> Option<Computer> {
        let range = self.rows.next()?;
        Some(Computer::in_page(&self.body, range))
    }
}

#[cfg(test)]
mod tests {
    use std::hash::RandomState;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::Page;
    use crate::api::body::{self, MemoryUse};
    use crate::api::response::Response;
    use crate::model::error::{ErrorKind, RequestInfo};

    /// Reads a page of 100,000 rows, each of which takes this number of bytes with its comma.
    fn read(bytes: usize, memory: &MemoryUse) -> Result<Page, ErrorKind> {
        let row = format!(r#"{{"n":"{}"}}"#, "x".repeat(bytes - 9));
        let text = format!("[{}]", vec![row; 100_000].join(","));
        let deadline = Instant::now() + Duration::from_hours(1);
        let (body, allocation) = body::read(text.as_bytes(), None, deadline, memory).unwrap();
        let response = Response {
            request: RequestInfo::default(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            headers: Vec::new(),
            body,
            elapsed: Duration::ZERO,
            allocation: Some(Arc::new(allocation)),
        };
        Page::read(response, &RandomState::new()).map_err(|error| error.kind)
    }

    #[test]
    fn rows_count_towards_the_memory_limit_while_there_is_another_page() {
        let memory = MemoryUse::default();
        let small = read(10, &memory).unwrap();
        // 5.8 MB are taken, 15.2 MB are left, and each row takes 48 bytes beside its text.
        assert!(read(103, &memory).is_ok());
        let refused = read(105, &memory).err();
        assert_eq!(refused, Some(ErrorKind::InvalidResponse));
        drop(small);
        assert!(read(105, &memory).is_ok());
    }
}
