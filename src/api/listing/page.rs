//! One page of a listing, parsed: its rows as ranges of the body, and what the response says about the paging.

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
    /// A hash of each row's key, by which rows are told apart.
    pub(super) row_hashes: Vec<u64>,
    pub(super) info: PageInfo,
}

/// The bytes that are kept for a row as long as its page is: its range, its hash, and what parsing needs beside.
const BYTES_PER_ROW: usize = 48;

impl Page {
    /// Parses a response.
    ///
    /// # Errors
    /// `InvalidResponse` where it is no listing, has a row that is nested too deep, or more rows than there is room for.
    pub(super) fn read(mut response: Response, hasher: &RandomState) -> Result<Self, Error> {
        // Where the body is no listing, what `json` says of it comes first: that it is empty, or a login page.
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

    /// The length of the body, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.body.len()
    }

    /// A hash of all that is in the rows.
    pub(super) fn content_hash(&self, hasher: &RandomState) -> u64 {
        let rows = self
            .rows
            .iter()
            .filter_map(|range| self.body.get(range.clone()));
        hasher.hash_one(rows.collect::<Vec<_>>())
    }

    /// The rows that no page before had: those of which `is_new` says so.
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

/// The rows of a page, in its order. Holds the body's share of the memory that bodies may take, unlike the rows themselves.
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
