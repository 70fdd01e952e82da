//! Decides whether the pages of a listing are complete.
//!
//! It requests nothing: pages are added in the order of their numbers, and each addition returns a verdict. Pages are compared
//! by their content and rows by their id. A total is checked, never used as a size to allocate. A short page is the end only if
//! one more request confirms it.

use std::collections::HashSet;

use crate::api::listing::error::PaginationError;
use crate::api::wire::PageInfo;

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Fetch the next page.
    More,
    /// The listing is proven complete.
    Whole,
    /// It is plausible that the listing is whole, but not proven.
    Plausible(PaginationError),
    /// The second page is the first again, though it was not full: request fewer rows to learn whether paging is ignored.
    ProbePaging,
    /// There is no total: request the page before the first one, to learn whether there are computers on it.
    ProbePageBefore,
    /// The listing can't be proven complete.
    NotProven(PaginationError),
}

/// The most pages that a listing requests.
pub(super) const MAX_PAGES: u64 = 20_000;
/// The most computers that a listing accepts: the hashes of their keys fit into 40 MiB.
const MAX_COMPUTERS: u64 = 3_000_000;

/// An API's limit on the rows of a response is likely to be a multiple of this.
const ROUND: u64 = 10;

/// Without a total, so many pages in a row without new rows are the end: a single empty page may be followed by rows.
const PAGES_WITHOUT_PROGRESS: u64 = 2;

/// The rows seen so far, and what the pages said.
#[derive(Default)]
pub(super) struct Paginator {
    /// The hashes of the keys of all rows.
    seen: HashSet<u64>,
    /// The page size requested, in computers.
    pub(super) page_size: u64,
    /// Whether there can be a page before the first one.
    has_page_before: bool,
    /// The number of pages so far.
    pub(super) pages: u64,
    first_count: u64,
    /// The total that the API last gave.
    last_total: Option<u64>,
    /// The total before it changed.
    changed_from: Option<u64>,
    /// Whether every total so far was the number of rows on its page.
    equals_page: bool,
    /// Whether a page promised a further one although the total was reached.
    promised_past_total: bool,
    /// The number of pages, according to the API.
    last_page_count: Option<u64>,
    /// Whether a further page is promised: by the last page, or by an earlier one with nothing new since.
    promised: bool,
    /// The page size according to the API, and the one before it grew.
    size: Option<u64>,
    grown_from: Option<u64>,
    previous: Option<Vec<u64>>,
    /// Whether the last page looked like the end, so that the next one is requested only to confirm it.
    pub(super) is_ending: bool,
    had_empty_page: bool,
    /// Whether a response said that it is a part of the list.
    is_partial: bool,
    duplicates: u64,
    without_progress: u64,
    /// Whether the last pages had nothing new, but promised a further one.
    broken_promise: bool,
}

impl Paginator {
    /// Prepares for pages of the size requested. `has_page_before`: whether there may be a page before the first.
    pub(super) fn new(page_size: u64, has_page_before: bool) -> Self {
        Self {
            page_size,
            has_page_before,
            equals_page: true,
            ..Self::default()
        }
    }

    /// Returns the number of computers so far, each counted once.
    pub(super) fn count(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Returns how many pages to prefetch, at most `window`: those that are left, if the total is known; else as many as there
    /// were so far, so that no more pages are fetched in vain than were needed.
    pub(super) fn look_ahead(&self, window: u64) -> u64 {
        if self.is_ending {
            return 1;
        }
        let known = self
            .total()
            .filter(|_| self.first_count > 0)
            .map(|total| total.div_ceil(self.first_count));
        known.map_or(self.pages.min(window), |known| {
            known.saturating_sub(self.pages).clamp(1, window)
        })
    }

    /// Returns what follows [`Verdict::ProbePaging`]. `is_same`: whether the API sent the same page again.
    pub(super) fn probed(&self, is_same: bool) -> Verdict {
        if !is_same {
            Verdict::NotProven(PaginationError::PageRepeats)
        } else if self.count().is_multiple_of(ROUND) {
            Verdict::Plausible(PaginationError::RoundCount)
        } else {
            Verdict::Whole
        }
    }

    /// Returns what follows [`Verdict::ProbePageBefore`]. `row_hashes`: those of that page, empty if there is none.
    pub(super) fn page_before(&self, row_hashes: &[u64]) -> Verdict {
        let known = row_hashes
            .iter()
            .filter(|hash| self.seen.contains(hash))
            .count() as u64;
        match row_hashes.len() as u64 - known {
            0 => Verdict::Whole,
            new => Verdict::NotProven(PaginationError::PageBefore { new, known }),
        }
    }

    /// Adds the next page by the hashes of its rows. Returns which rows are new, and what follows.
    pub(super) fn add(&mut self, row_hashes: Vec<u64>, info: PageInfo) -> (Vec<bool>, Verdict) {
        let is_new: Vec<bool> = row_hashes
            .iter()
            .map(|hash| self.seen.insert(*hash))
            .collect();
        let new = is_new.iter().filter(|is_new| **is_new).count() as u64;
        self.is_partial |= info.partial;
        let verdict = match self.evaluate(row_hashes, new, info) {
            Verdict::More => Verdict::More,
            _ if self.is_partial => Verdict::NotProven(PaginationError::Partial),
            verdict => verdict,
        };
        (is_new, verdict)
    }

    fn evaluate(&mut self, row_hashes: Vec<u64>, new: u64, info: PageInfo) -> Verdict {
        let count = row_hashes.len() as u64;
        let index = self.pages;
        self.pages += 1;
        self.note_info(count, new, info);
        let repeats = count > 0 && self.previous.as_ref() == Some(&row_hashes);
        let after_empty = self.previous.as_ref().is_some_and(Vec::is_empty);
        self.previous = Some(row_hashes);
        if index == 0 {
            self.first_count = count;
        }
        if repeats {
            return self.repeated(index, count);
        }
        if self.total().is_some_and(|total| total < self.count()) {
            return self.finish();
        }
        self.duplicates += count - new;
        self.had_empty_page |= after_empty && new > 0;
        self.without_progress = if new == 0 {
            self.without_progress + 1
        } else {
            0
        };
        self.next_step(count, info)
    }

    /// Returns what follows a page with `count` rows that did not repeat the previous one.
    fn next_step(&mut self, count: u64, info: PageInfo) -> Verdict {
        let total = self.total();
        let says_last =
            info.more == Some(false) || info.pages.is_some_and(|pages| self.pages >= pages);
        let complete = total == Some(self.count());
        let size = info.size.or((self.pages > 1).then_some(self.first_count));
        let is_short = size.is_some_and(|size| count < size) || count == 0;
        let is_end = if total.is_some() {
            complete && (says_last || is_short)
        } else {
            says_last
        };
        if is_end && !self.promised {
            return self.finish();
        }
        let is_confirmed = self.is_ending && total.is_some();
        let max_without_progress = if is_confirmed {
            1
        } else {
            PAGES_WITHOUT_PROGRESS
        };
        if self.without_progress >= max_without_progress {
            return if self.promised {
                Verdict::NotProven(PaginationError::NoProgress)
            } else {
                self.finish()
            };
        }
        if self.pages >= MAX_PAGES || self.count() > MAX_COMPUTERS {
            return Verdict::NotProven(PaginationError::Endless);
        }
        let looks_short = is_short || size.is_none() && count < self.page_size;
        self.is_ending = !self.promised && (looks_short || complete || says_last);
        Verdict::More
    }

    /// Records what a page with `count` rows, `new` of them new, says about the total, the page size and further pages.
    fn note_info(&mut self, count: u64, new: u64, info: PageInfo) {
        if let (Some(before), Some(now)) = (self.size, info.size)
            && before < now
        {
            self.grown_from = self.grown_from.or(Some(before));
        }
        self.size = info.size.or(self.size);
        if let (Some(before), Some(now)) = (self.last_total, info.total)
            && before != now
        {
            self.changed_from = self.changed_from.or(Some(before));
        }
        self.last_total = info.total.or(self.last_total);
        self.last_page_count = info.pages.or(self.last_page_count);
        // An earlier promise still holds if a page has nothing new and says nothing about further pages.
        let is_due = info.more.is_none() && self.promised && new == 0;
        self.promised = info.more == Some(true)
            || self.last_page_count.is_some_and(|all| all > self.pages)
            || is_due;
        self.broken_promise = new == 0 && (self.broken_promise || info.more == Some(true));
        if let Some(total) = info.total {
            self.equals_page &= total == count;
            self.promised_past_total |= self.promised && total <= self.count();
        }
    }

    /// Returns the number of computers according to the API. A total that each time equals the rows on its page, and is
    /// reached while a further page is promised, counts the page and is ignored.
    pub(super) fn total(&self) -> Option<u64> {
        self.last_total
            .filter(|_| !(self.equals_page && self.promised_past_total))
    }

    /// Returns what follows a page that repeats the previous one: some APIs repeat their last page, others don't understand page
    /// numbers.
    fn repeated(&self, index: u64, count: u64) -> Verdict {
        match self.total() {
            Some(total) if total == self.count() && !self.promised => self.finish(),
            Some(_) => Verdict::NotProven(PaginationError::PageRepeats),
            None if index > 1 && self.is_ending => self.finish(),
            None if index > 1 || count == self.page_size || self.promised => {
                Verdict::NotProven(PaginationError::PageRepeats)
            }
            None if self.duplicates > 0 => {
                Verdict::NotProven(PaginationError::Duplicates(self.duplicates))
            }
            None => Verdict::ProbePaging,
        }
    }

    /// Returns the verdict at the end: after the last page, or if the API refused the one that was to confirm it.
    ///
    /// A total that changed proves nothing, even if it is right in the end: a row removed from an earlier page moves another
    /// one there unseen.
    pub(super) fn finish(&self) -> Verdict {
        if self.is_partial {
            return Verdict::NotProven(PaginationError::Partial);
        }
        if self.broken_promise {
            return Verdict::NotProven(PaginationError::NoProgress);
        }
        match (self.total(), self.changed_from) {
            (Some(total), Some(before)) => {
                Verdict::NotProven(PaginationError::TotalChanged(before, total))
            }
            (Some(total), None) if total == self.count() => Verdict::Whole,
            (Some(total), None) => Verdict::NotProven(PaginationError::Total(total)),
            (None, _) if self.had_empty_page => Verdict::NotProven(PaginationError::EmptyPage),
            (None, _) if self.duplicates > 0 => {
                Verdict::NotProven(PaginationError::Duplicates(self.duplicates))
            }
            (None, _) => match (self.grown_from, self.size) {
                (Some(before), Some(now)) => {
                    Verdict::NotProven(PaginationError::PageGrew(before, now))
                }
                _ if self.has_page_before => Verdict::ProbePageBefore,
                _ => Verdict::Whole,
            },
        }
    }
}

#[cfg(test)]
mod tests;
