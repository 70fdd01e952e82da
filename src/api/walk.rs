//! One walk over the pages of a listing: fetched side by side, put together in order, judged whether they are all.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::api::ahead::{Ahead, Source};
use crate::api::assembly::{Assembly, Step};
use crate::api::body::LARGEST_TOGETHER;
use crate::api::client::{CONCURRENCY, Client};
use crate::api::doubt::Doubt;
use crate::api::event::Event;
use crate::api::page::Page;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::api::retry::SendError;
use crate::api::wire::CAUTIOUS_PAGE_SIZE;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind, RequestInfo};

/// The most pages that are fetched at once where nothing is said, and pages are small and slow to come: a walk takes its
/// pages' number times a round trip, divided by this.
const CONCURRENCY_AFAR: usize = 20;
/// The largest small page, in bytes: with all that is fetched ahead, they fit into a few MiB.
const SMALL_PAGE: usize = 64 * 1024;
/// A page that takes so long has waited for the network more than for the processor, and so would others beside it.
const SLOW_PAGE: Duration = Duration::from_millis(10);
/// A walk that takes longer has no end.
const LONGEST_WALK: Duration = Duration::from_secs(60 * 60);
/// The bytes of pages that may be fetched ahead, judged by the page before: less than the bodies held may have together.
const AHEAD: usize = LARGEST_TOGETHER / 4 * 3;

/// Whether a listing goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next computer, please.
    More,
    /// No further computers are wanted.
    Enough,
}

/// Receives the computers of a listing, one by one.
pub type Sink<'a> = &'a mut dyn FnMut(&Computer) -> Result<Flow, Error>;

impl Client {
    /// Walks once; answers whether the API was asked to search.
    pub(super) fn walk_once(
        &self,
        search: &[(&str, String)],
        sink: Sink<'_>,
    ) -> Result<bool, Ended> {
        let search: Vec<(String, String)> = search
            .iter()
            .filter_map(|(property, value)| self.wire.filter_query(property, value))
            .collect();
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
        if source.size > CAUTIOUS_PAGE_SIZE
            && self.may_shrink
            && first.as_ref().is_err_and(is_rejected)
        {
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

    pub(super) fn page(
        &self,
        index: u64,
        size: u64,
        search: &[(String, String)],
    ) -> Result<Response, Error> {
        let mut query = self.wire.page_query(index, size);
        query.extend_from_slice(search);
        self.listing_page(query)
    }

    fn listing_page(&self, query: Vec<(String, String)>) -> Result<Response, Error> {
        self.send(&Request::read(["computers".to_owned()], query))
            .map_err(SendError::into_failure)
    }

    fn walk_from(&self, first: Page, source: Source, sink: Sink<'_>) -> Result<(), Ended> {
        let is_afar = first.answer.elapsed >= SLOW_PAGE && first.body.len() <= SMALL_PAGE;
        let most = self
            .concurrency
            .unwrap_or(if is_afar {
                CONCURRENCY_AFAR
            } else {
                CONCURRENCY
            })
            .max(1);
        let mut assembly = Assembly::new(source.size);
        let mut ahead: Option<Ahead> = None;
        let latest = (self.pace.clock)() + LONGEST_WALK;
        let mut page = first;
        for index in 1.. {
            let (fresh, step) = assembly.page(std::mem::take(&mut page.marks), page.hints);
            for (row, _) in page.computers().zip(fresh).filter(|(_, fresh)| *fresh) {
                if sink(&row)? == Flow::Enough {
                    return Ok(());
                }
            }
            // An API that ignores paging sends its one large answer again and again: there is room for one at a time.
            let (asked, size) = (page.answer.asked.clone(), page.body.len().max(1));
            let content = if step == Step::Probe {
                page.content(&source.hasher)
            } else {
                0
            };
            drop(page);
            match step {
                Step::More if (self.pace.clock)() > latest => {
                    return Err(self.doubted(&assembly, Doubt::Endless, asked));
                }
                Step::More => {}
                Step::Whole => return Ok(()),
                Step::Probe => return Ok(self.probe(assembly.count(), content, asked, &source)?),
                Step::Doubt(doubt) => return Err(self.doubted(&assembly, doubt, asked)),
            }
            let ahead = ahead.get_or_insert_with(|| Ahead::new(source.clone(), index));
            let room = (AHEAD / size).max(1);
            let workers = most.min(room);
            ahead.allow(
                index + assembly.look_ahead((workers + workers.div_ceil(2)).min(room) as u64),
                workers,
            )?;
            page = match ahead.take(index) {
                Ok(page) => page,
                Err(failure)
                    if assembly.is_ending()
                        && is_beyond_the_last(&failure, assembly.has_total()) =>
                {
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

    fn doubted(&self, assembly: &Assembly, doubt: Doubt, asked: RequestInfo) -> Ended {
        let failure = assembly.failure(doubt, &self.wire).asked(asked);
        if doubt.may_pass() {
            Ended::Moved(failure)
        } else {
            Ended::Failed(failure)
        }
    }

    /// The second page was the first again, and smaller than asked for, with no word on the total. An API that ignores paging
    /// gives everything whatever is asked; one with other names for its parameters gives its own first page.
    fn probe(
        &self,
        count: u64,
        content: u64,
        asked: RequestInfo,
        source: &Source,
    ) -> Result<(), Error> {
        let mut query = self.wire.probe_query(count);
        query.extend_from_slice(&source.search);
        let answer = self
            .listing_page(query)
            .and_then(|answer| Page::read(answer, &source.hasher));
        if answer.is_ok_and(|again| again.content(&source.hasher) == content) {
            let text = format!(
                "the API ignores paging: its one answer with {count} computers is taken for the whole list"
            );
            (self.observer)(&Event::Remark {
                code: "paging_ignored",
                text: &text,
            });
            return Ok(());
        }
        let why =
            "the listing can't be proven whole: the same page came again for the next page number";
        let failure =
            Error::new(ErrorKind::ListingNotWhole, why).detail(format!("seen: {count} computers"));
        Err(failure.hint(self.wire.paging_hint()).asked(asked))
    }
}

/// How a walk ended without being proven whole.
pub(super) enum Ended {
    /// Computers seem to have come or gone meanwhile.
    Moved(Error),
    /// Anything else.
    Failed(Error),
}

impl Ended {
    pub(super) fn into_failure(self) -> Error {
        match self {
            Self::Moved(failure) | Self::Failed(failure) => failure,
        }
    }
}

impl From<Error> for Ended {
    fn from(failure: Error) -> Self {
        Self::Failed(failure)
    }
}

/// Every account has a list of computers, maybe an empty one: a 404 in its place says that the URL is another thing's, and
/// nothing about any computer.
pub(super) fn nowhere(failure: Error) -> Error {
    if failure.kind != ErrorKind::NotFound {
        return failure;
    }
    Error {
        kind: ErrorKind::InvalidResponse,
        message: format!("there is no list of computers here: {}", failure.message),
        ..failure
    }
}

/// Whether an API said that it does not understand the query.
fn is_rejected(failure: &Error) -> bool {
    matches!(
        failure.status(),
        Some(400 | 404 | 405 | 413 | 414 | 422 | 501)
    )
}

/// Some APIs refuse a page beyond the last. That the query is at fault may mean anything, and is taken for that only where
/// the total agrees.
fn is_beyond_the_last(failure: &Error, has_total: bool) -> bool {
    match failure.status() {
        Some(404 | 416) => true,
        Some(400 | 422) => has_total,
        _ => false,
    }
}

/// A page in the middle that fails for good leaves a listing that is not whole, whatever the cause.
fn incomplete(failure: Error, count: u64) -> Error {
    let refused = matches!(
        failure.kind,
        ErrorKind::NotFound | ErrorKind::Conflict | ErrorKind::Rejected
    );
    let kind = if refused {
        ErrorKind::ListingNotWhole
    } else {
        failure.kind
    };
    Error { kind, ..failure }.detail(format!(
        "after {count} computers: the listing is not complete"
    ))
}
