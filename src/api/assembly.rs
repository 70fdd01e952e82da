//! Putting pages together, and judging whether they make the whole listing.
//!
//! Pure: pages in, verdict out, in the order of their numbers, whoever fetched them. A page is told from another by its
//! content and a row by its id; a total is a check and never a size; a short page is not the end before one more request.

use crate::api::seen::Seen;
use crate::api::wire::{Hints, Wire};
use crate::model::failure::{Failure, Kind};

/// What follows a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Fetch the next page.
    More,
    /// The listing is proven whole.
    Whole,
    /// The second page is the first again, though it was not full: ask for fewer rows to learn whether paging is ignored.
    Probe,
    /// The listing can't be proven whole.
    Doubt(Doubt),
}

/// Why a listing can't be proven whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A page came again for the next page number.
    PageRepeats,
    /// The API speaks of another number of computers than it listed.
    Total(u64),
    /// The API spoke of one number of computers, then of another: some came or went during the walk.
    Changed(u64, u64),
    /// An empty page stood before one with rows.
    Hole,
    /// Rows came more than once.
    Duplicates(u64),
    /// Pages grew from so many computers to so many, so that their numbers count something else.
    Resized(u64, u64),
    /// The API promises more, but nothing new comes.
    NoProgress,
    /// More pages or computers than any account has.
    Endless,
}

impl Doubt {
    /// Whether computers that came or went during the walk are the likely cause, so that another walk may do better.
    pub(super) fn may_pass(self) -> bool {
        matches!(self, Self::Changed(..) | Self::Duplicates(_) | Self::Hole)
    }
}

/// The most pages that a walk asks for.
pub(super) const MOST_PAGES: u64 = 20_000;
/// The most computers that a walk takes in: what it must remember of them fits into 40 MiB.
const MOST_COMPUTERS: u64 = 5_000_000;

/// So many pages in a row without anything new are the end where no total says so: an empty one may stand before rows.
const UNCONFIRMED: u64 = 2;

/// The rows seen so far and what was noticed on the way.
pub(super) struct Assembly {
    seen: Seen,
    /// The page size asked for.
    asked: u64,
    pages: u64,
    first_count: u64,
    total: Option<u64>,
    /// The total before it was another one.
    changed_from: Option<u64>,
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
    hole: bool,
    duplicates: u64,
    without_progress: u64,
}

impl Assembly {
    pub(super) fn new(asked: u64) -> Self {
        Self {
            seen: Seen::new(),
            asked,
            pages: 0,
            first_count: 0,
            total: None,
            changed_from: None,
            all_pages: None,
            promised: false,
            size: None,
            grown_from: None,
            previous: None,
            ending: false,
            hole: false,
            duplicates: 0,
            without_progress: 0,
        }
    }

    /// The rows of the last page, by their marks.
    pub(super) fn last_page(&self) -> &[u64] {
        self.previous.as_deref().unwrap_or_default()
    }

    /// Whether the API ever said how many there are.
    pub(super) fn has_total(&self) -> bool {
        self.total.is_some()
    }

    /// Computers seen so far, each counted once.
    pub(super) fn count(&self) -> u64 {
        self.seen.count()
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
        let known = self.total.filter(|_| self.first_count > 0).map(|total| total.div_ceil(self.first_count));
        known.map_or(self.pages.min(window), |known| known.saturating_sub(self.pages).clamp(1, window))
    }

    /// Takes in the next page by its rows' marks; answers which rows are new, and what follows.
    pub(super) fn page(&mut self, marks: Vec<u64>, hints: Hints) -> (Vec<bool>, Step) {
        let fresh: Vec<bool> = marks.iter().map(|mark| self.seen.insert(*mark)).collect();
        let step = self.judge(marks, fresh.iter().filter(|fresh| **fresh).count() as u64, hints);
        (fresh, step)
    }

    fn judge(&mut self, marks: Vec<u64>, new: u64, hints: Hints) -> Step {
        let count = marks.len() as u64;
        let index = self.pages;
        self.pages += 1;
        if let (Some(before), Some(now)) = (self.total, hints.total)
            && before != now
        {
            self.changed_from = self.changed_from.or(Some(before));
        }
        self.total = hints.total.or(self.total);
        if let (Some(before), Some(now)) = (self.size, hints.size)
            && before < now
        {
            self.grown_from = self.grown_from.or(Some(before));
        }
        self.size = hints.size.or(self.size);
        self.all_pages = hints.pages.or(self.all_pages);
        let kept_from_before = new == 0 && self.promised;
        self.promised = hints.more.unwrap_or(kept_from_before || self.all_pages.is_some_and(|all| all > self.pages));
        let repeats = count > 0 && self.previous.as_ref() == Some(&marks);
        let after_empty = self.previous.as_ref().is_some_and(Vec::is_empty);
        self.previous = Some(marks);
        if index == 0 {
            self.first_count = count;
        }
        if repeats {
            return self.repeated(index, count);
        }
        if self.total.is_some_and(|total| total < self.count()) {
            return self.finish();
        }
        self.duplicates += count - new;
        self.hole |= after_empty && new > 0;
        self.without_progress = if new == 0 { self.without_progress + 1 } else { 0 };

        let says_last = hints.more == Some(false) || hints.pages.is_some_and(|pages| self.pages >= pages);
        let complete = self.total == Some(self.count());
        let size = hints.size.or((index > 0).then_some(self.first_count));
        let is_short = size.is_some_and(|size| count < size) || count == 0;
        if complete && (says_last || is_short) || says_last && self.total.is_none() {
            return self.finish();
        }
        if self.without_progress >= if self.ending && self.total.is_some() { 1 } else { UNCONFIRMED } {
            return if self.promised && self.total.is_none() { Step::Doubt(Doubt::NoProgress) } else { self.finish() };
        }
        if self.pages >= MOST_PAGES || self.count() > MOST_COMPUTERS {
            return Step::Doubt(Doubt::Endless);
        }
        let looks_short = is_short || size.is_none() && count < self.asked;
        self.ending = !self.promised && (looks_short || complete || says_last);
        Step::More
    }

    /// The same page again: the end of an API that repeats its last page, or one that does not understand page numbers.
    fn repeated(&self, index: u64, count: u64) -> Step {
        match self.total {
            Some(total) if total == self.count() => self.finish(),
            Some(_) => Step::Doubt(Doubt::PageRepeats),
            None if index > 1 && self.ending => self.finish(),
            None if index > 1 || count == self.asked || self.promised => Step::Doubt(Doubt::PageRepeats),
            None if self.duplicates > 0 => Step::Doubt(Doubt::Duplicates(self.duplicates)),
            None => Step::Probe,
        }
    }

    /// The end: of the pages, or because the API refused one that was asked for only to confirm it.
    ///
    /// A total that changed proves nothing even where it agrees at last: one row gone in front hides another.
    pub(super) fn finish(&self) -> Step {
        match (self.total, self.changed_from) {
            (Some(total), Some(before)) => Step::Doubt(Doubt::Changed(before, total)),
            (Some(total), None) if total == self.count() => Step::Whole,
            (Some(total), None) => Step::Doubt(Doubt::Total(total)),
            (None, _) if self.hole => Step::Doubt(Doubt::Hole),
            (None, _) if self.duplicates > 0 => Step::Doubt(Doubt::Duplicates(self.duplicates)),
            (None, _) => match (self.grown_from, self.size) {
                (Some(before), Some(now)) => Step::Doubt(Doubt::Resized(before, now)),
                _ => Step::Whole,
            },
        }
    }

    /// The doubt as a failure that says what was seen.
    pub(super) fn failure(&self, doubt: Doubt, wire: &Wire) -> Failure {
        let seen = format!("{} computers in {} pages", self.count(), self.pages);
        let why = match doubt {
            Doubt::PageRepeats => "the same page came again for the next page number".to_owned(),
            Doubt::Total(total) => format!("the API speaks of {total} computers in all"),
            Doubt::Changed(before, now) => format!("the API spoke of {before} computers in all, then of {now}"),
            Doubt::Hole => "an empty page stood before one with computers".to_owned(),
            Doubt::Duplicates(count) => format!("{count} rows came more than once, so others may have been missed"),
            Doubt::Resized(before, now) => format!("its pages grew from {before} computers to {now}"),
            Doubt::NoProgress => "the API promises a further page, but nothing new comes".to_owned(),
            Doubt::Endless => "there is no end to it".to_owned(),
        };
        let failure = Failure::new(Kind::ListingNotWhole, format!("the listing can't be proven whole: {why}"))
            .detail(format!("seen: {seen}"));
        match doubt {
            Doubt::PageRepeats => failure.hint(wire.paging_hint()),
            Doubt::Total(total) if total > self.count() => failure.hint(wire.paging_hint()),
            doubt if doubt.may_pass() => failure.hint("the fleet may be changing; try again"),
            _ => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Assembly, Doubt, MOST_PAGES, Step};
    use crate::api::wire::{Hints, Wire};
    use crate::model::failure::Kind;
    use crate::model::wire_overrides::WireOverrides;

    /// Feeds pages of marks with the same hints until something but `More` follows.
    fn walk(pages: &[&[u64]], hints: Hints) -> (Step, u64) {
        let mut assembly = Assembly::new(3);
        for page in pages {
            let (_, step) = assembly.page(page.to_vec(), hints);
            if step != Step::More {
                return (step, assembly.count());
            }
        }
        (Step::More, assembly.count())
    }

    fn total(total: u64) -> Hints {
        Hints { total: Some(total), ..Hints::default() }
    }

    #[test]
    fn what_proves_a_listing_whole() {
        let sized = |sum, size| Hints { total: Some(sum), size: Some(size), ..Hints::default() };
        for (pages, hints, step, count) in [
            // A total and a short page agree.
            (&[&[1, 2][..]][..], sized(2, 3), Step::Whole, 2),
            (&[&[1, 2, 3], &[4]], total(4), Step::Whole, 4),
            (&[&[]], total(0), Step::Whole, 0),
            // A full page, or a size that is not known, is confirmed.
            (&[&[1, 2, 3]], total(3), Step::More, 3),
            (&[&[1, 2, 3], &[]], total(3), Step::Whole, 3),
            (&[&[1, 2], &[3]], Hints::default(), Step::More, 3),
            // Without a total, so is an empty page.
            (&[&[1, 2], &[]], Hints::default(), Step::More, 2),
            (&[&[1, 2], &[], &[]], Hints::default(), Step::Whole, 2),
            (&[&[1, 2], &[3], &[]], Hints::default(), Step::More, 3),
            (&[&[1, 2], &[3], &[], &[]], Hints::default(), Step::Whole, 3),
            // The last page again, and the first page again after the last.
            (&[&[1, 2, 3], &[4], &[4]], Hints::default(), Step::Whole, 4),
            // Paging ignored, with a total that agrees.
            (&[&[1, 2], &[1, 2]], total(2), Step::Whole, 2),
            // A row that shifted to the next page, with a total that agrees.
            (&[&[1, 2, 3], &[3, 4]], total(4), Step::Whole, 4),
        ] {
            assert_eq!(walk(pages, hints), (step, count), "{pages:?} {hints:?}");
        }
        assert_eq!(walk(&[&[1]], Hints { more: Some(false), ..Hints::default() }).0, Step::Whole);
        assert_eq!(walk(&[&[1]], Hints { pages: Some(1), ..Hints::default() }).0, Step::Whole);
    }

    /// A computer in front goes, and the walk steps over one between two pages: what is left adds up all the same.
    #[test]
    fn a_total_that_changed_proves_nothing() {
        let mut assembly = Assembly::new(3);
        assert_eq!(assembly.page(vec![1, 2, 3], total(6)).1, Step::More);
        let (_, step) = assembly.page(vec![5, 6], total(5));
        assert_eq!((step, assembly.count()), (Step::Doubt(Doubt::Changed(6, 5)), 5));
    }

    #[test]
    fn it_looks_ahead_as_far_as_is_known_or_was_needed() {
        let mut unknown = Assembly::new(3);
        assert_eq!((unknown.look_ahead(4), unknown.is_ending()), (0, false));
        for (page, ahead) in [1, 2, 3, 4, 4].into_iter().enumerate() {
            let first = page as u64 * 3;
            assert_eq!(unknown.page(vec![first, first + 1, first + 2], Hints::default()).1, Step::More);
            assert_eq!(unknown.look_ahead(4), ahead, "{page}");
        }
        unknown.page(vec![99], Hints::default());
        assert_eq!((unknown.look_ahead(4), unknown.is_ending()), (1, true));
        for (sum, window, ahead) in [(100, 8, 8), (7, 8, 2), (4, 8, 1), (3, 8, 1), (100, 1, 1)] {
            let mut known = Assembly::new(3);
            assert_eq!(known.page(vec![1, 2, 3], total(sum)).1, Step::More);
            assert_eq!((known.look_ahead(window), known.is_ending()), (ahead, sum == 3), "{sum}");
        }
        let mut more = Assembly::new(3);
        more.page(vec![1], Hints { more: Some(true), ..Hints::default() });
        assert!(!more.is_ending());
        // An empty page that promises rows says nothing of how many there are on one.
        let mut empty = Assembly::new(3);
        assert_eq!(empty.page(vec![], Hints { more: Some(true), ..total(5) }).1, Step::More);
        assert_eq!(empty.look_ahead(4), 1);
    }

    #[test]
    fn each_doubt_is_told_with_what_was_seen() {
        let mut assembly = Assembly::new(3);
        assembly.page(vec![1, 2, 3], Hints::default());
        let wire = Wire::new(&WireOverrides::default());
        let (paging, changing) = (wire.paging_hint(), "the fleet may be changing; try again".to_owned());
        for (doubt, why, hint) in [
            (Doubt::PageRepeats, "the same page came again for the next page number", Some(&paging)),
            (Doubt::Total(4), "the API speaks of 4 computers in all", Some(&paging)),
            (Doubt::Total(3), "the API speaks of 3 computers in all", None),
            (Doubt::Total(2), "the API speaks of 2 computers in all", None),
            (Doubt::Hole, "an empty page stood before one with computers", Some(&changing)),
            (Doubt::Duplicates(1), "1 rows came more than once, so others may have been missed", Some(&changing)),
            (Doubt::Resized(50, 100), "its pages grew from 50 computers to 100", None),
            (Doubt::NoProgress, "the API promises a further page, but nothing new comes", None),
            (Doubt::Changed(4, 3), "the API spoke of 4 computers in all, then of 3", Some(&changing)),
            (Doubt::Endless, "there is no end to it", None),
        ] {
            let failure = assembly.failure(doubt, &wire);
            assert_eq!(failure.kind, Kind::ListingNotWhole);
            assert_eq!(failure.message, format!("the listing can't be proven whole: {why}"));
            assert_eq!(failure.details, ["seen: 3 computers in 1 pages"]);
            assert_eq!(failure.hint.as_ref(), hint, "{doubt:?}");
        }
    }

    #[test]
    fn an_endless_walk_ends() {
        let mut assembly = Assembly::new(1);
        let more = Hints { more: Some(true), ..Hints::default() };
        let pages = (0..2 * MOST_PAGES).take_while(|page| assembly.page(vec![*page], more).1 == Step::More).count() as u64;
        assert_eq!(pages, MOST_PAGES - 1);
    }

    #[test]
    fn what_an_api_says_of_its_pages_counts() {
        let more = |more| Hints { more: Some(more), ..Hints::default() };
        let pages_in_all = |pages| Hints { pages: Some(pages), ..Hints::default() };
        let size = |size| Hints { size: Some(size), ..Hints::default() };
        for (pages, hints, step, count) in [
            (&[&[1, 2, 3][..]][..], pages_in_all(2), Step::More, 3),
            (&[&[1, 2, 3], &[4, 5, 6]], pages_in_all(2), Step::Whole, 6),
            (&[&[1, 2, 3]], Hints { more: Some(false), ..total(3) }, Step::Whole, 3),
            (&[&[1, 2, 3]], Hints { more: Some(false), ..total(9) }, Step::More, 3),
            (&[&[1, 2]], Hints { size: Some(2), ..total(2) }, Step::More, 2),
            (&[&[1, 2, 3], &[4, 5]], size(3), Step::More, 5),
            (&[&[1, 2, 3], &[4, 5], &[], &[]], size(3), Step::Whole, 5),
            (&[&[1, 2], &[3, 4]], size(2), Step::More, 4),
            (&[&[1], &[]], more(true), Step::More, 1),
        ] {
            assert_eq!(walk(pages, hints), (step, count), "{pages:?} {hints:?}");
        }
    }

    #[test]
    fn totals_that_come_and_go_are_remembered() {
        for (pages, step) in [
            // Said once, said again later, risen, fallen.
            (&[(&[1, 2, 3][..], total(4)), (&[4], Hints::default())][..], Step::Whole),
            (&[(&[1, 2, 3], Hints::default()), (&[4], total(4))], Step::Whole),
            (&[(&[1, 2, 3], total(5)), (&[4, 5, 6], total(6)), (&[], total(6))], Step::Doubt(Doubt::Changed(5, 6))),
            (&[(&[1, 2, 3], total(9)), (&[4, 5, 6], total(8)), (&[7, 8], total(8))], Step::Doubt(Doubt::Changed(9, 8))),
        ] {
            let mut assembly = Assembly::new(3);
            let last = pages.iter().map(|(marks, hints)| assembly.page(marks.to_vec(), *hints).1).last();
            assert_eq!(last, Some(step), "{pages:?}");
        }
    }

    #[test]
    fn what_was_promised_must_come() {
        let more = |more| Hints { more, ..Hints::default() };
        let sized = |size| Hints { size: Some(size), ..Hints::default() };
        for (pages, step) in [
            (&[(&[1, 2][..], more(Some(true))), (&[], more(None)), (&[], more(None))][..], Step::Doubt(Doubt::NoProgress)),
            // An API that takes a full page for a sign of more corrects itself.
            (&[(&[1, 2, 3], more(Some(true))), (&[], more(Some(false)))], Step::Whole),
            (&[(&[1, 2, 3], more(Some(true))), (&[4], more(None)), (&[], more(None)), (&[], more(None))], Step::Whole),
            (&[(&[1], sized(1)), (&[2, 3], sized(2)), (&[], sized(2)), (&[], sized(2))], Step::Doubt(Doubt::Resized(1, 2))),
            (&[(&[1, 2], sized(2)), (&[3], sized(1)), (&[], sized(0)), (&[], sized(0))], Step::Whole),
        ] {
            let mut assembly = Assembly::new(3);
            let last = pages.iter().map(|(marks, hints)| assembly.page(marks.to_vec(), *hints).1).last();
            assert_eq!(last, Some(step), "{pages:?}");
        }
    }

    #[test]
    fn new_rows_are_told_from_known_ones() {
        let mut assembly = Assembly::new(3);
        assert_eq!(assembly.page(vec![1, 2, 1], Hints::default()).0, [true, true, false]);
        assert_eq!(assembly.page(vec![2, 3], Hints::default()).0, [false, true]);
        assert_eq!(assembly.count(), 3);
    }

    #[test]
    fn what_casts_doubt_on_it() {
        for (pages, hints, step) in [
            (&[&[1, 2, 3][..], &[1, 2, 3]][..], Hints::default(), Step::Doubt(Doubt::PageRepeats)),
            (&[&[1, 2], &[1, 2]], Hints::default(), Step::Probe),
            (&[&[1, 2], &[1, 2]], total(9), Step::Doubt(Doubt::PageRepeats)),
            (&[&[1, 2, 3], &[4], &[]], total(9), Step::Doubt(Doubt::Total(9))),
            (&[&[1, 2, 3]], total(2), Step::Doubt(Doubt::Total(2))),
            (&[&[1, 2, 3], &[], &[4], &[], &[]], Hints::default(), Step::Doubt(Doubt::Hole)),
            (&[&[1, 2], &[], &[3, 4], &[], &[]], Hints::default(), Step::Doubt(Doubt::Hole)),
            (&[&[1, 2, 3], &[3, 4], &[], &[]], Hints::default(), Step::Doubt(Doubt::Duplicates(1))),
            (&[&[1, 2, 3], &[], &[1, 2]], Hints::default(), Step::Doubt(Doubt::Duplicates(2))),
            (&[&[1, 2, 3], &[3, 4], &[3, 4]], Hints::default(), Step::Doubt(Doubt::Duplicates(1))),
            (&[&[1, 2, 3], &[3, 4, 5], &[5, 6, 7], &[], &[]], Hints::default(), Step::Doubt(Doubt::Duplicates(2))),
            (&[&[1, 2], &[3, 4], &[3, 4]], Hints::default(), Step::Doubt(Doubt::PageRepeats)),
            (&[&[1], &[], &[]], Hints { more: Some(true), ..Hints::default() }, Step::Doubt(Doubt::NoProgress)),
            (&[&[1], &[], &[]], Hints { more: Some(true), ..total(9) }, Step::Doubt(Doubt::Total(9))),
            (&[&[1, 2, 3], &[]], Hints { more: Some(false), ..total(9) }, Step::Doubt(Doubt::Total(9))),
            (&[&[], &[]], Hints { more: Some(true), ..Hints::default() }, Step::Doubt(Doubt::NoProgress)),
            // More is promised, and the first page comes again.
            (&[&[1, 2], &[1, 2]], Hints { more: Some(true), ..Hints::default() }, Step::Doubt(Doubt::PageRepeats)),
            (&[&[1, 2], &[1, 2]], Hints { pages: Some(3), ..Hints::default() }, Step::Doubt(Doubt::PageRepeats)),
            // One row again and again.
            (&[&[1, 1], &[1, 1]], Hints::default(), Step::Doubt(Doubt::Duplicates(1))),
            (&[&[1, 2, 3], &[], &[4, 5]], Hints { pages: Some(3), ..Hints::default() }, Step::Doubt(Doubt::Hole)),
            (&[&[1, 2, 3], &[], &[]], Hints { pages: Some(9), ..Hints::default() }, Step::Doubt(Doubt::NoProgress)),
        ] {
            assert_eq!(walk(pages, hints).0, step, "{pages:?} {hints:?}");
        }
    }
}
