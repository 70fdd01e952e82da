//! One page of a listing, read: its rows as ranges of its body, and each row's mark.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use crate::api::error::crowded;
use crate::api::response::{DEEPEST, Response, too_deep};
use crate::api::wire::{PageInfo, read_listing};
use crate::model::computer::{Computer, key};
use crate::model::error::Error;

/// A page that has been parsed as a whole.
pub(super) struct Page {
    pub(super) answer: Response,
    /// The body, which its rows share.
    pub(super) body: Arc<String>,
    rows: Vec<Range<usize>>,
    /// A hash of each row's key, by which rows are told apart.
    pub(super) marks: Vec<u64>,
    pub(super) hints: PageInfo,
}

/// The bytes that are noted of a row, for as long as its page is held: its range, its mark, and what parsing needs beside.
const NOTED: usize = 48;

impl Page {
    /// Parses an answer.
    ///
    /// # Errors
    /// `InvalidResponse` where it is no listing, has a row that is nested too deep, or more rows than there is room for.
    pub(super) fn read(mut answer: Response, hasher: &RandomState) -> Result<Self, Error> {
        // Where the body is no listing, what `json` says of it comes first: that it is empty, or a login page.
        let listing = read_listing(answer.text())
            .map_err(|why| answer.json().err().unwrap_or_else(|| answer.nonsense(why)))?;
        if listing.rows.iter().any(|row| too_deep(row).is_some()) {
            return Err(answer.nonsense(format!(
                "a row of its list is nested more than {DEEPEST} deep"
            )));
        }
        if !answer.has_room(listing.rows.len() * NOTED) {
            return Err(crowded(answer.asked));
        }
        let start = answer.body.as_ptr() as usize;
        let range = |row: &&str| {
            let offset = row.as_ptr() as usize - start;
            offset..offset + row.len()
        };
        let rows = listing.rows.iter().map(range).collect();
        let marks = listing
            .rows
            .iter()
            .map(|row| hasher.hash_one(key(row)))
            .collect();
        let hints = listing.hints.with_headers(|name| answer.header(name));
        let body = Arc::new(std::mem::take(&mut answer.body));
        Ok(Self {
            body,
            rows,
            marks,
            hints,
            answer,
        })
    }

    /// A hash of all that is in the rows.
    pub(super) fn content(&self, hasher: &RandomState) -> u64 {
        let rows = self
            .rows
            .iter()
            .filter_map(|range| self.body.get(range.clone()));
        hasher.hash_one(rows.collect::<Vec<_>>())
    }

    /// The computers of the page, in its order.
    pub(super) fn computers(&self) -> impl Iterator<Item = Computer> {
        self.rows
            .iter()
            .map(|range| Computer::in_page(&self.body, range.clone()))
    }
}
