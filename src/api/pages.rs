//! Listing computers: all pages, always, in order, each computer once.

use std::sync::atomic::Ordering;
use std::time::Duration;

use uuid::Uuid;

use crate::api::ahead::{Ahead, Source};
use crate::api::answer::Answer;
use crate::api::assembly::{Assembly, Step};
use crate::api::body::LARGEST_TOGETHER;
use crate::api::client::{CONCURRENCY, Client};
use crate::api::doubt::Doubt;
use crate::api::event::Event;
use crate::api::page::Page;
use crate::api::request::Request;
use crate::api::retry::Unanswered;
use crate::api::wire::CAUTIOUS_PAGE_SIZE;
use crate::model::computer::Computer;
use crate::model::failure::{Asked, Failure, Kind};

/// The most pages that are fetched at once where nothing is said, and pages are small and slow to come: a walk takes its
/// pages' number times a round trip, divided by this.
const CONCURRENCY_AFAR: usize = 16;
/// The largest small page, in bytes: with all that is fetched ahead, they fit into a few MiB.
const SMALL_PAGE: usize = 64 * 1024;
/// A page that takes so long has waited for the network more than for the processor, and so would others beside it.
const SLOW_PAGE: Duration = Duration::from_millis(10);
/// A walk that takes longer has no end.
const LONGEST_WALK: Duration = Duration::from_secs(60 * 60);

/// Whether a listing goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next computer, please.
    More,
    /// No further computers are wanted.
    Enough,
}

/// Receives the computers of a listing, one by one.
pub type Sink<'a> = &'a mut dyn FnMut(&Computer<'_>) -> Result<Flow, Failure>;

impl Client {
    /// Lists the account's computers. `search` holds exact values of properties that the API is asked to look for, where it
    /// can; it may ignore them, match loosely or reject them, so `sink` must check each row itself. An answer with other
    /// computers too holds at least all that fit; an empty one may come from an API that can't search by this property, so
    /// then everything is listed.
    ///
    /// # Errors
    /// `ListingNotWhole` after the last row where rows may be missing; whatever a request fails with; what `sink` fails with.
    pub fn walk(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Failure> {
        self.walk_or_list(search, sink).map_err(Ended::into_failure)
    }

    /// The same of what the API finds, which may be nothing for no reason.
    ///
    /// # Errors
    /// As `walk`.
    pub fn walk_found(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Failure> {
        self.walk_once(search, sink).map(drop).map_err(Ended::into_failure)
    }

    /// Walks what the API finds, and everything where it finds nothing.
    fn walk_or_list(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<(), Ended> {
        let mut any = false;
        let searched = self.walk_once(search, &mut |computer| {
            any = true;
            sink(computer)
        })?;
        if searched && !any {
            self.walk_once(&[], sink)?;
        }
        Ok(())
    }

    /// Walks once; answers whether the API was asked to search.
    fn walk_once(&self, search: &[(&str, String)], sink: Sink<'_>) -> Result<bool, Ended> {
        let search: Vec<(String, String)> =
            search.iter().filter_map(|(property, value)| self.wire.filter_query(property, value)).collect();
        let mut source = Source {
            client: self.clone(),
            size: self.page_size.load(Ordering::Relaxed),
            search,
            hasher: std::hash::RandomState::new(),
        };
        let mut first = source.page(0);
        if !source.search.is_empty() && first.as_ref().is_err_and(is_rejected) {
            source.search.clear();
            first = source.page(0);
        }
        if source.size > CAUTIOUS_PAGE_SIZE && self.may_shrink && first.as_ref().is_err_and(is_rejected) {
            source.size = CAUTIOUS_PAGE_SIZE;
            first = source.page(0);
            if first.is_ok() {
                self.page_size.store(source.size, Ordering::Relaxed);
            }
        }
        let searched = !source.search.is_empty();
        self.walk_from(first.map_err(nowhere)?, source, sink)?;
        Ok(searched)
    }

    /// Walks a listing and gathers what is wanted of it; once more from the beginning where computers came or went meanwhile.
    /// `start` makes an empty gathering, for each walk its own.
    ///
    /// # Errors
    /// As `walk`, of the second walk where there is one.
    pub fn gather<Gathered>(
        &self,
        search: &[(&str, String)],
        start: &dyn Fn() -> Gathered,
        take: &mut dyn FnMut(&mut Gathered, &Computer<'_>) -> Result<Flow, Failure>,
    ) -> Result<Gathered, Failure> {
        self.gather_twice(start, &mut |gathered| self.walk_or_list(search, &mut |computer| take(gathered, computer)))
    }

    /// The same of what the API finds, which may be nothing for no reason.
    ///
    /// # Errors
    /// As `gather`.
    pub fn gather_found<Gathered>(
        &self,
        search: &[(&str, String)],
        start: &dyn Fn() -> Gathered,
        take: &mut dyn FnMut(&mut Gathered, &Computer<'_>) -> Result<Flow, Failure>,
    ) -> Result<Gathered, Failure> {
        self.gather_twice(start, &mut |gathered| self.walk_once(search, &mut |computer| take(gathered, computer)).map(drop))
    }

    fn gather_twice<Gathered>(
        &self,
        start: &dyn Fn() -> Gathered,
        walk: &mut dyn FnMut(&mut Gathered) -> Result<(), Ended>,
    ) -> Result<Gathered, Failure> {
        let mut gathered = start();
        match walk(&mut gathered) {
            Err(Ended::Moved(failure)) => {
                let text = format!("{}; listing once more", failure.message);
                (self.observer)(&Event::Remark { code: "listing_again", text: &text });
                gathered = start();
                walk(&mut gathered).map_err(Ended::into_failure)?;
            }
            walked => walked.map_err(Ended::into_failure)?,
        }
        Ok(gathered)
    }

    /// Whether the API can be asked to look for values of this property.
    pub fn searches(&self, property: &str) -> bool {
        self.wire.filter_query(property, "").is_some()
    }

    /// All computers with that `_id`, of which there should be one, from a listing that is proven whole.
    ///
    /// # Errors
    /// As `walk`.
    pub fn all_with_underscore_id(&self, underscore_id: Uuid) -> Result<Vec<Computer<'static>>, Failure> {
        self.gather(&[("_id", underscore_id.to_string())], &Vec::new, &mut |fitting, computer| {
            if computer.underscore_id() == Some(underscore_id) {
                fitting.push(computer.clone().into_owned());
            }
            Ok(Flow::More)
        })
    }

    /// The computer with that `_id`. Listing ends where it is found; only that there is none needs the whole listing.
    ///
    /// # Errors
    /// As `walk`.
    pub fn with_underscore_id(&self, underscore_id: Uuid) -> Result<Option<Computer<'static>>, Failure> {
        self.gather(&[("_id", underscore_id.to_string())], &|| None, &mut |found, computer| {
            if computer.underscore_id() != Some(underscore_id) {
                return Ok(Flow::More);
            }
            *found = Some(computer.clone().into_owned());
            Ok(Flow::Enough)
        })
    }

    pub(super) fn page(&self, index: u64, size: u64, search: &[(String, String)]) -> Result<Answer, Failure> {
        let mut query = self.wire.page_query(index, size);
        query.extend_from_slice(search);
        self.listing_page(query)
    }

    fn listing_page(&self, query: Vec<(String, String)>) -> Result<Answer, Failure> {
        self.send(&Request::read(["computers".to_owned()], query)).map_err(Unanswered::into_failure)
    }

    fn walk_from(&self, first: Page, source: Source, sink: Sink<'_>) -> Result<(), Ended> {
        let is_afar = first.answer.elapsed >= SLOW_PAGE && first.answer.body.len() <= SMALL_PAGE;
        let most = self.concurrency.unwrap_or(if is_afar { CONCURRENCY_AFAR } else { CONCURRENCY }).max(1);
        let mut assembly = Assembly::new(source.size);
        let mut ahead: Option<Ahead> = None;
        let latest = (self.pace.clock)() + LONGEST_WALK;
        let mut page = first;
        for index in 1.. {
            let (fresh, step) = assembly.page(std::mem::take(&mut page.marks), page.hints);
            for (row, _) in page.rows().zip(fresh).filter(|(_, fresh)| *fresh) {
                if sink(&Computer::new(row))? == Flow::Enough {
                    return Ok(());
                }
            }
            // An API that ignores paging sends its one large answer again and again: there is room for one at a time.
            let (asked, size) = (page.answer.asked.clone(), page.answer.body.len().max(1));
            let content = if step == Step::Probe { page.content(&source.hasher) } else { 0 };
            drop(page);
            match step {
                Step::More if (self.pace.clock)() > latest => return Err(self.doubted(&assembly, Doubt::Endless, asked)),
                Step::More => {}
                Step::Whole => return Ok(()),
                Step::Probe => return Ok(self.probe(assembly.count(), content, asked, &source)?),
                Step::Doubt(doubt) => return Err(self.doubted(&assembly, doubt, asked)),
            }
            let ahead = ahead.get_or_insert_with(|| Ahead::new(source.clone(), index));
            let room = (AHEAD / size).max(1);
            let workers = most.min(room);
            ahead.allow(index + assembly.look_ahead((workers + workers.div_ceil(2)).min(room) as u64), workers)?;
            page = match ahead.take(index) {
                Ok(page) => page,
                Err(failure) if assembly.is_ending() && is_beyond_the_last(&failure, assembly.has_total()) => {
                    return match assembly.finish() {
                        Step::Doubt(doubt) => Err(self.doubted(&assembly, doubt, asked)),
                        _ => Ok(()),
                    };
                }
                Err(failure) => return Err(incomplete(failure, assembly.count()).into()),
            };
        }
        Ok(())
    }

    fn doubted(&self, assembly: &Assembly, doubt: Doubt, asked: Asked) -> Ended {
        let failure = assembly.failure(doubt, &self.wire).asked(asked);
        if doubt.may_pass() { Ended::Moved(failure) } else { Ended::Failed(failure) }
    }

    /// The second page was the first again, and smaller than asked for, with no word on the total. An API that ignores paging
    /// gives everything whatever is asked; one with other names for its parameters gives its own first page.
    fn probe(&self, count: u64, content: u64, asked: Asked, source: &Source) -> Result<(), Failure> {
        let mut query = self.wire.probe_query(count);
        query.extend_from_slice(&source.search);
        let answer = self.listing_page(query).and_then(|answer| Page::read(answer, &source.hasher));
        if answer.is_ok_and(|again| again.content(&source.hasher) == content) {
            let text = format!("the API ignores paging: its one answer with {count} computers is taken for the whole list");
            (self.observer)(&Event::Remark { code: "paging_ignored", text: &text });
            return Ok(());
        }
        let why = "the listing can't be proven whole: the same page came again for the next page number";
        let failure = Failure::new(Kind::ListingNotWhole, why).detail(format!("seen: {count} computers"));
        Err(failure.hint(self.wire.paging_hint()).asked(asked))
    }
}

/// The bytes of pages that may be fetched ahead, judged by the page before: less than the bodies held may have together.
const AHEAD: usize = LARGEST_TOGETHER / 4 * 3;

/// How a walk ended without being proven whole.
enum Ended {
    /// Computers seem to have come or gone meanwhile.
    Moved(Failure),
    /// Anything else.
    Failed(Failure),
}

impl Ended {
    fn into_failure(self) -> Failure {
        match self {
            Self::Moved(failure) | Self::Failed(failure) => failure,
        }
    }
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Every account has a list of computers, maybe an empty one: a 404 in its place says that the URL is another thing's, and
/// nothing about any computer.
pub(super) fn nowhere(failure: Failure) -> Failure {
    if failure.kind != Kind::NotFound {
        return failure;
    }
    Failure { kind: Kind::BadAnswer, message: format!("there is no list of computers here: {}", failure.message), ..failure }
}

/// Whether an API said that it does not understand the query.
fn is_rejected(failure: &Failure) -> bool {
    matches!(failure.status(), Some(400 | 404 | 405 | 413 | 414 | 422 | 501))
}

/// Some APIs refuse a page beyond the last. That the query is at fault may mean anything, and is taken for that only where
/// the total agrees.
fn is_beyond_the_last(failure: &Failure, has_total: bool) -> bool {
    match failure.status() {
        Some(404 | 416) => true,
        Some(400 | 422) => has_total,
        _ => false,
    }
}

/// A page in the middle that fails for good leaves a listing that is not whole, whatever the cause.
fn incomplete(failure: Failure, count: u64) -> Failure {
    let refused = matches!(failure.kind, Kind::NotFound | Kind::Conflict | Kind::Rejected);
    let kind = if refused { Kind::ListingNotWhole } else { failure.kind };
    Failure { kind, ..failure }.detail(format!("after {count} computers: the listing is not complete"))
}
