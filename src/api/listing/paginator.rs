//! Whether the pages of a listing are all.
//!
//! Pure: pages in, verdict out, in the order of their numbers, whoever fetched them. A page is told from another by its
//! content and a row by its id; a total is a check and never a size; a short page is not the end before one more request.

use std::collections::HashSet;

use crate::api::listing::error::PaginationError;
use crate::api::wire::PageInfo;

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Fetch the next page.
    More,
    /// The listing is proven whole.
    Whole,
    /// It is only plausible that the listing is whole.
    Plausible(PaginationError),
    /// The second page is the first again, though it was not full: ask for fewer rows to learn whether paging is ignored.
    ProbePaging,
    /// There is no total: ask for the page before the first one, to learn whether pages begin with the first.
    ProbePageBefore,
    /// The listing can't be proven whole.
    NotProven(PaginationError),
}

/// The most pages that a listing asks for.
pub(super) const MAX_PAGES: u64 = 20_000;
/// The most computers that a listing takes in: the hashes of their keys fit into 40 MiB.
const MAX_COMPUTERS: u64 = 3_000_000;

/// A limit that an API sets is a multiple of this, in rows.
const ROUND: u64 = 10;

/// So many pages in a row without anything new are the end where no total says so: an empty one may come before rows.
const PAGES_WITHOUT_PROGRESS: u64 = 2;

/// The rows seen so far and what was noticed on the way.
pub(super) struct Paginator {
    /// The hashes of the keys of all rows.
    seen: HashSet<u64>,
    /// The page size asked for.
    asked: u64,
    /// Whether there can be a page before the first one.
    has_page_before: bool,
    pages: u64,
    first_count: u64,
    total: Option<u64>,
    /// The total before it was another one.
    changed_from: Option<u64>,
    /// Every total so far was the number of rows on its page.
    equals_page: bool,
    /// A page promised a further one though the total was reached.
    promised_past_total: bool,
    /// How many pages there are, as the API said.
    all_pages: Option<u64>,
    /// The last page, or one before that brought something new, promised a further one.
    promised: bool,
    /// The page size as the API said, and what it was before it grew.
    size: Option<u64>,
    grown_from: Option<u64>,
    previous: Option<Vec<u64>>,
    /// The page before looked like the last one: this one confirms it.
    ending: bool,
    had_empty_page: bool,
    /// A response said that it is a part of the list.
    is_partial: bool,
    duplicates: u64,
    without_progress: u64,
    /// The last page brought nothing new, and yet promised a further one: what it promised never came.
    broken_promise: bool,
}

impl Paginator {
    /// For pages of the size asked for; pages may begin before the first one that is asked for.
    pub(super) fn new(asked: u64, has_page_before: bool) -> Self {
        Self {
            seen: HashSet::new(),
            asked,
            has_page_before,
            pages: 0,
            first_count: 0,
            total: None,
            changed_from: None,
            equals_page: true,
            promised_past_total: false,
            all_pages: None,
            promised: false,
            size: None,
            grown_from: None,
            previous: None,
            ending: false,
            had_empty_page: false,
            is_partial: false,
            duplicates: 0,
            without_progress: 0,
            broken_promise: false,
        }
    }

    /// Whether the API ever said how many there are.
    pub(super) fn has_total(&self) -> bool {
        self.total().is_some()
    }

    /// Computers seen so far, each counted once.
    pub(super) fn count(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Pages seen so far.
    pub(super) fn pages(&self) -> u64 {
        self.pages
    }

    /// Whether the next page is asked for only to confirm that the listing has ended.
    pub(super) fn is_ending(&self) -> bool {
        self.ending
    }

    /// How many further pages are worth fetching ahead: as many as there are where that is known, up to `window`; else a
    /// few more with each page, so that what is fetched in vain is never more than was fetched in need.
    pub(super) fn look_ahead(&self, window: u64) -> u64 {
        if self.ending {
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

    /// What follows the answer to `Verdict::ProbePaging`: whether the API sent the same page again.
    pub(super) fn probed(&self, is_same: bool) -> Verdict {
        if !is_same {
            Verdict::NotProven(PaginationError::PageRepeats)
        } else if self.count().is_multiple_of(ROUND) {
            Verdict::Plausible(PaginationError::RoundCount)
        } else {
            Verdict::Whole
        }
    }

    /// What follows the answer to `Verdict::ProbePageBefore`, by the hashes of its rows: none where there is no such page.
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

    /// Takes in the next page by the hashes of its rows. Returns which rows are new, and what follows.
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
        self.note_totals(count, new, info);
        if let (Some(before), Some(now)) = (self.size, info.size)
            && before < now
        {
            self.grown_from = self.grown_from.or(Some(before));
        }
        self.size = info.size.or(self.size);
        let repeats = count > 0 && self.previous.as_ref() == Some(&row_hashes);
        let after_empty = self.previous.as_ref().is_some_and(Vec::is_empty);
        self.previous = Some(row_hashes);
        if index == 0 {
            self.first_count = count;
        }
        if repeats {
            return self.repeated(index, count);
        }
        let total = self.total();
        if total.is_some_and(|total| total < self.count()) {
            return self.finish();
        }
        self.duplicates += count - new;
        self.had_empty_page |= after_empty && new > 0;
        self.without_progress = if new == 0 {
            self.without_progress + 1
        } else {
            0
        };

        let says_last =
            info.more == Some(false) || info.pages.is_some_and(|pages| self.pages >= pages);
        let complete = total == Some(self.count());
        let size = info.size.or((index > 0).then_some(self.first_count));
        let is_short = size.is_some_and(|size| count < size) || count == 0;
        let is_end = if total.is_some() {
            complete && (says_last || is_short)
        } else {
            says_last
        };
        if is_end && !self.promised {
            return self.finish();
        }
        if self.without_progress
            >= if self.ending && total.is_some() {
                1
            } else {
                PAGES_WITHOUT_PROGRESS
            }
        {
            return if self.promised {
                Verdict::NotProven(PaginationError::NoProgress)
            } else {
                self.finish()
            };
        }
        if self.pages >= MAX_PAGES || self.count() > MAX_COMPUTERS {
            return Verdict::NotProven(PaginationError::Endless);
        }
        let looks_short = is_short || size.is_none() && count < self.asked;
        self.ending = !self.promised && (looks_short || complete || says_last);
        Verdict::More
    }

    /// Takes in what a page says of all rows, and whether it promises a further page: one with so many rows, so many new.
    fn note_totals(&mut self, count: u64, new: u64, info: PageInfo) {
        if let (Some(before), Some(now)) = (self.total, info.total)
            && before != now
        {
            self.changed_from = self.changed_from.or(Some(before));
        }
        self.total = info.total.or(self.total);
        self.all_pages = info.pages.or(self.all_pages);
        // What was promised before is still due where a page brings nothing new and says nothing.
        let is_due = info.more.is_none() && self.promised && new == 0;
        self.promised =
            info.more == Some(true) || self.all_pages.is_some_and(|all| all > self.pages) || is_due;
        self.broken_promise = new == 0 && (self.broken_promise || info.more == Some(true));
        if let Some(total) = info.total {
            self.equals_page &= total == count;
            self.promised_past_total |= self.promised && total <= self.count();
        }
    }

    /// How many computers there are in all, as the API says. A total that is reached while more is promised, and is the
    /// number of rows on its page each time, counts the page.
    fn total(&self) -> Option<u64> {
        self.total
            .filter(|_| !(self.equals_page && self.promised_past_total))
    }

    /// The same page again: the end of an API that repeats its last page, or one that does not understand page numbers.
    fn repeated(&self, index: u64, count: u64) -> Verdict {
        match self.total() {
            Some(total) if total == self.count() && !self.promised => self.finish(),
            Some(_) => Verdict::NotProven(PaginationError::PageRepeats),
            None if index > 1 && self.ending => self.finish(),
            None if index > 1 || count == self.asked || self.promised => {
                Verdict::NotProven(PaginationError::PageRepeats)
            }
            None if self.duplicates > 0 => {
                Verdict::NotProven(PaginationError::Duplicates(self.duplicates))
            }
            None => Verdict::ProbePaging,
        }
    }

    /// The end: of the pages, or because the API refused one that was asked for only to confirm it.
    ///
    /// A total that changed proves nothing even where it agrees at last: one row gone in front hides another.
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
