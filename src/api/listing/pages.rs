//! One pass over the pages of a listing: fetched side by side, handed out in order, until the paginator has its verdict.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::api::body::MAX_BODIES_BYTES;
use crate::api::client::{Client, DEFAULT_CONCURRENCY};
use crate::api::event::Event;
use crate::api::listing::error::PaginationError;
use crate::api::listing::page::{NewRows, Page};
use crate::api::listing::page_fetcher::PageFetcher;
use crate::api::listing::paginator::{Paginator, Verdict};
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::sync::ordered_pool::OrderedPool;

/// The most pages that are fetched at once where nothing is said, and pages are small and slow to come: a listing takes its
/// pages' number times a round trip, divided by this.
const CONCURRENCY_SLOW_PAGES: usize = 20;
/// The largest small page, in bytes: with all that is fetched ahead, they fit into a few MiB.
const SMALL_PAGE_BYTES: usize = 64 * 1024;
/// A page that takes so long has waited for the network more than for the processor, and so would others beside it.
const SLOW_PAGE: Duration = Duration::from_millis(10);
/// A listing that takes longer has no end.
const LISTING_TIMEOUT: Duration = Duration::from_hours(1);
/// The bytes of pages that may be fetched ahead, estimated by the page before: less than the bodies held may have together.
const PREFETCH_BYTES: usize = MAX_BODIES_BYTES / 4 * 3;

/// One pass over the pages.
pub(super) struct Pages {
    fetcher: PageFetcher,
    paginator: Paginator,
    prefetch: Option<OrderedPool<Result<Page, Error>>>,
    max_threads: usize,
    deadline: Instant,
    pending: Pending,
    fleet_moved: bool,
    /// Why it is only plausible that these pages are all.
    doubt: Option<Error>,
}

/// What is to be done for the next page.
enum Pending {
    /// The first page is there.
    First(Page),
    /// The verdict on the pages handed out so far is to be followed.
    Follow(Verdict, LastPage),
    /// There is no further page.
    Nothing,
}

/// What is remembered of the page that was handed out last.
struct LastPage {
    request: RequestInfo,
    bytes: usize,
    /// A hash of its content, where the verdict needs it.
    content_hash: u64,
}

impl Pages {
    /// Whether what was handed out is all that will be, but for a last check.
    pub(super) fn is_at_end(&self) -> bool {
        !matches!(
            self.pending,
            Pending::First(_) | Pending::Follow(Verdict::More, _)
        )
    }

    /// Fetches the first page of what the API finds for these terms; of everything where there are none or it rejects them.
    ///
    /// # Errors
    /// Whatever the request fails with.
    pub(super) fn start(client: &Client, terms: &[(&str, String)]) -> Result<Self, Error> {
        let mut fetcher = PageFetcher::new(client, terms);
        let first = fetcher.fetch_first()?;
        let is_slow = first.response.elapsed >= SLOW_PAGE && first.bytes() <= SMALL_PAGE_BYTES;
        let default = if is_slow {
            CONCURRENCY_SLOW_PAGES
        } else {
            DEFAULT_CONCURRENCY
        };
        Ok(Self {
            paginator: Paginator::new(
                fetcher.size,
                client.wire.page_before_query(fetcher.size).is_some(),
            ),
            prefetch: None,
            max_threads: client.concurrency.unwrap_or(default).max(1),
            deadline: (client.timing.clock)() + LISTING_TIMEOUT,
            pending: Pending::First(first),
            fleet_moved: false,
            doubt: None,
            fetcher,
        })
    }

    /// Whether the API is asked to search.
    pub(super) fn is_searched(&self) -> bool {
        !self.fetcher.search.is_empty()
    }

    /// Whether it failed because computers seem to have come or gone meanwhile.
    pub(super) fn fleet_moved(&self) -> bool {
        self.fleet_moved
    }

    /// After the last page: why it is only plausible that these are all, where it is not proven.
    pub(super) fn doubt(&self) -> Option<Error> {
        self.doubt.clone()
    }

    /// The new rows of the next page; `None` after the last one. The rows of the page before must be dropped by then: an API
    /// that ignores paging sends its one large response again and again, and there is room for one at a time.
    ///
    /// # Errors
    /// `ListingNotWhole` where the pages can't be proven to be all; whatever a request fails with.
    pub(super) fn next(&mut self) -> Result<Option<NewRows>, Error> {
        let page = match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::First(page) => Some(page),
            Pending::Follow(verdict, last) => self.follow(verdict, &last)?,
            Pending::Nothing => None,
        };
        let Some(mut page) = page else {
            return Ok(None);
        };
        let hashes = std::mem::take(&mut page.row_hashes);
        let (is_new, verdict) = self.paginator.add(hashes, page.info);
        let last = LastPage {
            request: page.response.request.clone(),
            bytes: page.bytes().max(1),
            content_hash: if verdict == Verdict::ProbePaging {
                page.content_hash(&self.fetcher.hasher)
            } else {
                0
            },
        };
        self.pending = Pending::Follow(verdict, last);
        Ok(Some(page.into_new_rows(&is_new)))
    }

    fn follow(&mut self, verdict: Verdict, last: &LastPage) -> Result<Option<Page>, Error> {
        match verdict {
            Verdict::More if (self.fetcher.client.timing.clock)() > self.deadline => {
                Err(self.not_proven(PaginationError::Endless, last))
            }
            Verdict::More => self.next_page(last),
            Verdict::Whole => Ok(None),
            Verdict::Plausible(doubt) => {
                self.doubt = Some(self.not_proven(doubt, last));
                Ok(None)
            }
            Verdict::ProbePaging => {
                let verdict = self.probe_paging(last)?;
                self.follow(verdict, last)
            }
            Verdict::ProbePageBefore => {
                let verdict = self.probe_page_before()?;
                self.follow(verdict, last)
            }
            Verdict::NotProven(error) => Err(self.not_proven(error, last)),
        }
    }

    fn next_page(&mut self, last: &LastPage) -> Result<Option<Page>, Error> {
        let index = self.paginator.pages();
        let pool = self
            .prefetch
            .get_or_insert_with(|| prefetch(self.fetcher.clone(), index));
        let room = (PREFETCH_BYTES / last.bytes).max(1);
        let threads = self.max_threads.min(room);
        let window = (threads + threads.div_ceil(2)).min(room) as u64;
        pool.extend_window(index + self.paginator.look_ahead(window), threads)
            .map_err(|error| {
                let message = format!("no thread can be started: {error}");
                Error::new(ErrorKind::Unexpected, message)
            })?;
        let Some(page) = pool.wait_for(index, LISTING_TIMEOUT) else {
            return Err(self.not_proven(PaginationError::Endless, last));
        };
        match page {
            Ok(page) => Ok(Some(page)),
            Err(error)
                if self.paginator.is_ending()
                    && is_beyond_the_last(&error, self.paginator.has_total()) =>
            {
                let verdict = self.paginator.finish();
                self.follow(verdict, last)
            }
            Err(error) => Err(incomplete(error, self.paginator.count())),
        }
    }

    /// The second page was the first again, and smaller than asked for, with no word on the total. An API that ignores paging
    /// sends everything whatever is asked; one with other names for its parameters sends its own first page.
    fn probe_paging(&self, last: &LastPage) -> Result<Verdict, Error> {
        let count = self.paginator.count();
        let query = self.fetcher.client.wire.probe_query(count);
        let is_same = match self.fetcher.fetch_query(query) {
            Ok(page) => page.content_hash(&self.fetcher.hasher) == last.content_hash,
            Err(error) if error.kind == ErrorKind::Interrupted => return Err(error),
            Err(_) => false,
        };
        let verdict = self.paginator.probed(is_same);
        if verdict == Verdict::Whole {
            let text = format!(
                "the API ignores paging: its one answer with {count} computers is taken for the whole list"
            );
            (self.fetcher.client.observer)(&Event::Note {
                code: "paging_ignored",
                text: &text,
            });
        }
        Ok(verdict)
    }

    /// Asks once for the page before the first one. An API whose pages begin with the first refuses it, fails, or sends
    /// nothing or the first page; whichever it does is no news.
    fn probe_page_before(&self) -> Result<Verdict, Error> {
        let fetcher = PageFetcher {
            client: self.fetcher.client.without_retries(),
            ..self.fetcher.clone()
        };
        let query = fetcher.client.wire.page_before_query(fetcher.size);
        match fetcher.fetch_query(query.unwrap_or_default()) {
            Ok(page) => Ok(self.paginator.page_before(&page.row_hashes)),
            Err(error) if error.kind == ErrorKind::Interrupted => Err(error),
            Err(_) => Ok(self.paginator.page_before(&[])),
        }
    }

    fn not_proven(&mut self, error: PaginationError, last: &LastPage) -> Error {
        self.fleet_moved = error.fleet_may_have_moved();
        error
            .into_error(
                self.paginator.count(),
                self.paginator.pages(),
                &self.fetcher.client.wire,
            )
            .request(last.request.clone())
    }
}

/// Prepares a pool that fetches pages from number `first` on.
fn prefetch(fetcher: PageFetcher, first: u64) -> OrderedPool<Result<Page, Error>> {
    OrderedPool::new(first, move |index| match fetcher.fetch(index) {
        Ok(page) => ControlFlow::Continue(Ok(page)),
        // Whether it matters is decided when it is this page's turn; until then no page after it is worth a request.
        Err(error) => ControlFlow::Break(Err(error)),
    })
}

/// Some APIs refuse a page beyond the last. That the query is at fault may mean anything, and is taken for that only where
/// the total agrees.
fn is_beyond_the_last(error: &Error, has_total: bool) -> bool {
    match error.status() {
        Some(404 | 416) => true,
        Some(400 | 422) => has_total,
        _ => false,
    }
}

/// A page in the middle that fails for good leaves a listing that is not whole, whatever the cause.
fn incomplete(error: Error, count: u64) -> Error {
    let refused = matches!(
        error.kind,
        ErrorKind::NotFound | ErrorKind::Conflict | ErrorKind::Rejected
    );
    let kind = if refused {
        ErrorKind::ListingNotWhole
    } else {
        error.kind
    };
    Error { kind, ..error }.detail(format!(
        "after {count} computers: the listing is not complete"
    ))
}
