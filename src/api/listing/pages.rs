//! One pass over the pages of a listing: fetched concurrently, returned in order, until the paginator has a verdict.

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

/// The default concurrency if pages are small and slow: the time for a listing is the number of its pages times the round
/// trip, divided by this.
const CONCURRENCY_SLOW_PAGES: usize = 20;
/// The size of the largest small page. All that are prefetched take a few MiB.
const SMALL_PAGE_BYTES: usize = 64 * 1024;
/// The response time from which a page has waited for the network rather than for the processor, so that concurrency helps.
const SLOW_PAGE: Duration = Duration::from_millis(10);
/// A listing that takes longer is taken to be endless.
const LISTING_TIMEOUT: Duration = Duration::from_hours(1);
/// The bytes of pages to prefetch, estimated by the last page: less than the limit for all bodies in memory.
const PREFETCH_BYTES: usize = MAX_BODIES_BYTES / 4 * 3;

/// One pass over the pages.
pub(super) struct Pages {
    fetcher: PageFetcher,
    paginator: Paginator,
    prefetch: Option<OrderedPool<Result<Page, Error>>>,
    max_threads: usize,
    deadline: Instant,
    /// What follows the last page.
    verdict: Verdict,
    last: LastPage,
}

/// What is remembered of the last page.
#[derive(Default)]
struct LastPage {
    request: RequestInfo,
    bytes: usize,
    /// A hash of its content, if the verdict needs it.
    content_hash: u64,
}

impl Pages {
    /// Prepares a pass over the API's search results for `terms`, or over everything if there are none. Requests nothing.
    pub(super) fn new(client: &Client, terms: &[(&str, String)]) -> Self {
        let fetcher = PageFetcher::new(client, terms);
        let has_page_before = client.wire.page_before_query(fetcher.size).is_some();
        Self {
            paginator: Paginator::new(fetcher.size, has_page_before),
            prefetch: None,
            max_threads: client.concurrency(),
            deadline: (client.timing.clock)() + LISTING_TIMEOUT,
            verdict: Verdict::More,
            last: LastPage::default(),
            fetcher,
        }
    }

    /// Returns whether these are search results: not if the API rejected the search.
    pub(super) fn is_searched(&self) -> bool {
        !self.fetcher.search.is_empty()
    }

    /// Returns whether all rows were returned, so that at most a last check is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.verdict != Verdict::More
    }

    /// Returns whether it failed because computers seem to have been added or removed meanwhile.
    pub(super) fn fleet_may_have_moved(&self) -> bool {
        matches!(self.verdict, Verdict::NotProven(error) if error.fleet_may_have_moved())
    }

    /// Returns, after the last page, why it is only plausible that these are all. `None` if that is proven.
    pub(super) fn doubt(&self) -> Option<Error> {
        match self.verdict {
            Verdict::Plausible(doubt) => Some(self.not_proven(doubt)),
            _ => None,
        }
    }

    /// Returns the new rows of the next page, or `None` after the last one. The rows of the previous page must be dropped
    /// before: an API that ignores paging repeats its one large response, and there is memory for one at a time.
    ///
    /// # Errors
    /// [`ErrorKind::ListingNotWhole`] if the pages can't be proven to be all, or whatever a request fails with.
    pub(super) fn next(&mut self) -> Result<Option<NewRows>, Error> {
        let page = if self.paginator.pages == 0 {
            Some(self.fetch_first()?)
        } else {
            self.follow_verdict()?
        };
        let Some(mut page) = page else {
            return Ok(None);
        };
        let hashes = std::mem::take(&mut page.row_hashes);
        let (is_new, verdict) = self.paginator.add(hashes, page.info);
        (self.fetcher.client.observer)(&Event::Page {
            pages: self.paginator.pages,
            computers: self.paginator.count(),
            total: self.paginator.total(),
        });
        self.verdict = verdict;
        self.last = LastPage {
            request: page.response.request.clone(),
            bytes: page.bytes(),
            content_hash: if verdict == Verdict::ProbePaging {
                page.content_hash(&self.fetcher.hasher)
            } else {
                0
            },
        };
        Ok(Some(page.into_new_rows(&is_new)))
    }

    fn fetch_first(&mut self) -> Result<Page, Error> {
        let page = self.fetcher.fetch_first()?;
        self.paginator.page_size = self.fetcher.size;
        if self.fetcher.client.concurrency.is_none() {
            self.max_threads = default_concurrency(page.response.elapsed, page.bytes());
        }
        Ok(page)
    }

    /// Returns the page that the verdict asks for, or `None` if it says that there is none.
    fn follow_verdict(&mut self) -> Result<Option<Page>, Error> {
        loop {
            self.verdict = match self.verdict {
                Verdict::More => match self.fetch_next()? {
                    Ok(page) => return Ok(Some(page)),
                    Err(verdict) => verdict,
                },
                Verdict::Whole | Verdict::Plausible(_) => return Ok(None),
                Verdict::ProbePaging => self.probe_paging()?,
                Verdict::ProbePageBefore => self.probe_page_before()?,
                Verdict::NotProven(error) => return Err(self.not_proven(error)),
            }
        }
    }

    /// Fetches the next page, and lets those after it be prefetched. Returns the verdict if there is no such page.
    fn fetch_next(&mut self) -> Result<Result<Page, Verdict>, Error> {
        const ENDLESS: Verdict = Verdict::NotProven(PaginationError::Endless);
        if (self.fetcher.client.timing.clock)() > self.deadline {
            return Ok(Err(ENDLESS));
        }
        let index = self.paginator.pages;
        let pool = self
            .prefetch
            .get_or_insert_with(|| prefetch(self.fetcher.clone(), index));
        let (threads, window) = prefetch_limits(self.max_threads, self.last.bytes);
        pool.extend_window(index + self.paginator.look_ahead(window), threads)
            .map_err(|error| {
                let message = format!("no thread can be started: {error}");
                Error::new(ErrorKind::Unexpected, message)
            })?;
        let paginator = &self.paginator;
        match pool.wait_for(index, LISTING_TIMEOUT) {
            None => Ok(Err(ENDLESS)),
            Some(Ok(page)) => Ok(Ok(page)),
            Some(Err(error))
                if paginator.is_ending
                    && is_beyond_the_last(&error, paginator.total().is_some()) =>
            {
                Ok(Err(paginator.finish()))
            }
            Some(Err(error)) => Err(incomplete(error, paginator.count())),
        }
    }

    /// The second page was the first again, and smaller than requested, without a total. An API that ignores paging sends
    /// everything, whatever is requested; one with other names for its parameters sends its own first page.
    fn probe_paging(&self) -> Result<Verdict, Error> {
        let count = self.paginator.count();
        let query = self.fetcher.client.wire.probe_query(count);
        let page = probe(&self.fetcher, query)?;
        let is_same = page
            .is_some_and(|page| page.content_hash(&self.fetcher.hasher) == self.last.content_hash);
        let verdict = self.paginator.probed(is_same);
        if verdict == Verdict::Whole {
            let text = format!(
                "the API ignores paging: its one response with {count} computers is taken as the whole list"
            );
            (self.fetcher.client.observer)(&Event::Note {
                code: "paging_ignored",
                text: &text,
            });
        }
        Ok(verdict)
    }

    /// Requests the page before the first one, once. An API whose pages begin with the first rejects that, fails, or sends
    /// nothing or the first page: all of that is fine.
    fn probe_page_before(&self) -> Result<Verdict, Error> {
        let fetcher = PageFetcher {
            client: self.fetcher.client.without_retries(),
            ..self.fetcher.clone()
        };
        let query = fetcher.client.wire.page_before_query(fetcher.size);
        let page = probe(&fetcher, query.unwrap_or_default())?;
        let row_hashes = page.map_or_else(Vec::new, |page| page.row_hashes);
        Ok(self.paginator.page_before(&row_hashes))
    }

    fn not_proven(&self, error: PaginationError) -> Error {
        error
            .into_error(
                self.paginator.count(),
                self.paginator.pages,
                &self.fetcher.client.wire,
            )
            .request(self.last.request.clone())
    }
}

/// Fetches a page that may well not exist: if the request fails, there is none, unless it was interrupted.
fn probe(fetcher: &PageFetcher, query: Vec<(String, String)>) -> Result<Option<Page>, Error> {
    match fetcher.fetch_query(query) {
        Err(error) if error.kind == ErrorKind::Interrupted => Err(error),
        page => Ok(page.ok()),
    }
}

/// Prepares a pool that fetches pages from number `first` on.
fn prefetch(fetcher: PageFetcher, first: u64) -> OrderedPool<Result<Page, Error>> {
    OrderedPool::new(first, move |index| match fetcher.fetch(index) {
        Ok(page) => ControlFlow::Continue(Ok(page)),
        // Whether it matters is decided when this page is due; until then no page after it is worth a request.
        Err(error) => ControlFlow::Break(Err(error)),
    })
}

/// Returns how many pages to fetch at once if the user sets no number, from the first page's response time and size.
fn default_concurrency(elapsed: Duration, bytes: usize) -> usize {
    if elapsed >= SLOW_PAGE && bytes <= SMALL_PAGE_BYTES {
        CONCURRENCY_SLOW_PAGES
    } else {
        DEFAULT_CONCURRENCY
    }
}

/// Returns the number of threads, and of pages to prefetch, that leave room in memory for pages of this size.
fn prefetch_limits(max_threads: usize, page_bytes: usize) -> (usize, u64) {
    let room = (PREFETCH_BYTES / page_bytes.max(1)).max(1);
    let threads = max_threads.min(room);
    let window = (threads + threads.div_ceil(2)).min(room);
    (threads, window as u64)
}

/// Returns whether an API rejected a page because it is beyond the last one. A status that says that the query is wrong may
/// mean anything, and counts only if there is a total to compare with.
fn is_beyond_the_last(error: &Error, has_total: bool) -> bool {
    match error.status() {
        Some(404 | 416) => true,
        Some(400 | 422) => has_total,
        _ => false,
    }
}

/// Returns the error for a page in the middle that failed: whatever the cause, the listing is not complete.
fn incomplete(error: Error, count: u64) -> Error {
    let kind = match error.kind {
        ErrorKind::NotFound | ErrorKind::Conflict | ErrorKind::Rejected => {
            ErrorKind::ListingNotWhole
        }
        kind => kind,
    };
    Error { kind, ..error }.detail(format!(
        "after {count} computers: the listing is not complete"
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{default_concurrency, prefetch_limits};

    #[test]
    fn more_small_pages_are_fetched_at_once_if_they_are_slow() {
        for (micros, bytes, concurrency) in [
            (10_000, 65_536, 20),
            (9_999, 65_536, 8),
            (10_000, 65_537, 8),
            (500_000, 0, 20),
        ] {
            let elapsed = Duration::from_micros(micros);
            assert_eq!(default_concurrency(elapsed, bytes), concurrency, "{micros}");
        }
    }

    #[test]
    fn prefetched_pages_fit_into_memory() {
        const MIB: usize = 1024 * 1024;
        for (max_threads, page_bytes, threads, window) in [
            (8, 0, 8, 12),
            (8, MIB, 8, 12),
            (8, MIB + MIB / 2, 8, 10),
            (8, 2 * MIB, 7, 7),
            (8, 5 * MIB, 3, 3),
            (8, 5 * MIB + 1, 2, 2),
            (8, 15 * MIB, 1, 1),
            (8, 15 * MIB + 1, 1, 1),
            (5, MIB, 5, 8),
            (1, MIB, 1, 2),
        ] {
            assert_eq!(
                prefetch_limits(max_threads, page_bytes),
                (threads, window),
                "{max_threads} threads, pages of {page_bytes} bytes"
            );
        }
    }
}
