//! Fetching pages before they are asked for: several workers, a bounded window, handed out in order.
//!
//! Knows nothing of what the pages mean: which one is the last is for the paginator to say.

use std::collections::BTreeMap;
use std::hash::RandomState;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::api::client::Client;
use crate::api::listing::page::Page;
use crate::api::request::Request;
use crate::api::retry::SendError;
use crate::model::error::{Error, ErrorKind};

/// Fetches the pages of one listing.
#[derive(Clone)]
pub(super) struct PageFetcher {
    pub(super) client: Client,
    /// The page size asked for, in computers.
    pub(super) size: u64,
    /// The search that is sent along, as query pairs.
    pub(super) search: Vec<(String, String)>,
    pub(super) hasher: RandomState,
}

impl PageFetcher {
    /// Fetches one page; `index` counts from 0.
    pub(super) fn fetch(&self, index: u64) -> Result<Page, Error> {
        self.fetch_query(self.client.wire.page_query(index, self.size))
    }

    /// Fetches a page by its query, with the search.
    pub(super) fn fetch_query(&self, mut query: Vec<(String, String)>) -> Result<Page, Error> {
        query.extend_from_slice(&self.search);
        let response = self
            .client
            .send(&Request::read(["computers".to_owned()], query))
            .map_err(SendError::into_failure)?;
        Page::read(response, &self.hasher)
    }
}

/// Pages being fetched. Dropping it doesn't wait for the workers, so that a listing ends at once.
pub(super) struct Prefetch {
    shared: Arc<Shared>,
}

struct Shared {
    fetcher: PageFetcher,
    state: Mutex<State>,
    /// There is a page to fetch: as many workers are woken as there are pages, since to wake all costs more than a page.
    work: Condvar,
    /// The page that is waited for is there.
    ready: Condvar,
}

#[derive(Default)]
struct State {
    /// The next page to be fetched.
    next: u64,
    /// Pages from this one on may not be fetched yet.
    end: u64,
    idle: usize,
    workers: usize,
    ended: bool,
    /// The page that is waited for.
    awaited: Option<u64>,
    ready: BTreeMap<u64, Result<Page, Error>>,
}

impl Prefetch {
    /// Nothing is fetched before `extend_window`.
    pub(super) fn new(fetcher: PageFetcher, first: u64) -> Self {
        let state = State {
            next: first,
            end: first,
            ..State::default()
        };
        let (work, ready) = (Condvar::new(), Condvar::new());
        Self {
            shared: Arc::new(Shared {
                fetcher,
                state: Mutex::new(state),
                work,
                ready,
            }),
        }
    }

    /// Lets pages up to but without `end` be fetched, by at most so many workers.
    ///
    /// # Errors
    /// `Unexpected` where no thread can be started.
    pub(super) fn extend_window(&self, end: u64, max_workers: usize) -> Result<(), Error> {
        let mut state = self.shared.lock();
        state.end = state.end.max(end);
        let wanted = usize::try_from(state.end.saturating_sub(state.next)).unwrap_or(usize::MAX);
        let missing = wanted
            .saturating_sub(state.idle)
            .min(max_workers.saturating_sub(state.workers));
        for _ in 0..missing {
            let shared = Arc::clone(&self.shared);
            let started = std::thread::Builder::new()
                .name("page".to_owned())
                .spawn(move || shared.work());
            match started {
                Ok(_) => state.workers += 1,
                Err(_) if state.workers > 0 => break,
                Err(error) => {
                    return Err(Error::new(
                        ErrorKind::Unexpected,
                        format!("no thread can be started: {error}"),
                    ));
                }
            }
        }
        for _ in 0..wanted.min(state.idle) {
            self.shared.work.notify_one();
        }
        Ok(())
    }

    /// Waits for a page inside the window.
    ///
    /// # Errors
    /// What its request failed with.
    pub(super) fn wait_for(&self, index: u64) -> Result<Page, Error> {
        let mut state = self.shared.lock();
        loop {
            if let Some(page) = state.ready.remove(&index) {
                state.awaited = None;
                return page;
            }
            state.awaited = Some(index);
            state = self
                .shared
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut state = self.lock();
        while !state.ended {
            if state.next >= state.end {
                state.idle += 1;
                state = self
                    .work
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                state.idle -= 1;
                continue;
            }
            let index = state.next;
            state.next += 1;
            drop(state);
            let page = self.fetcher.fetch(index);
            state = self.lock();
            if page.is_err() {
                // Whether it matters is seen when its turn comes; until then nothing beyond it is worth a request.
                state.end = state.end.min(state.next);
            }
            state.ready.insert(index, page);
            if state.awaited == Some(index) {
                self.ready.notify_one();
            }
        }
    }
}
