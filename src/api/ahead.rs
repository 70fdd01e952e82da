//! Fetching pages ahead of the one that is wanted: several workers, a bounded window, handed out in order.
//!
//! Knows nothing of what the pages mean: which one is the last is for the assembly to say.

use std::collections::BTreeMap;
use std::hash::RandomState;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::api::client::Client;
use crate::api::page::Page;
use crate::model::error::{Error, ErrorKind};

/// Which pages a walk consists of.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) client: Client,
    /// The page size asked for.
    pub(super) size: u64,
    /// Filters sent along.
    pub(super) search: Vec<(String, String)>,
    pub(super) hasher: RandomState,
}

impl Source {
    /// Fetches one page; `index` counts from 0.
    pub(super) fn page(&self, index: u64) -> Result<Page, Error> {
        Page::read(
            self.client.page(index, self.size, &self.search)?,
            &self.hasher,
        )
    }
}

/// Pages being fetched. Dropped, it lets the workers go: none of them is waited for, so that a walk ends at once.
pub(super) struct Ahead {
    shared: Arc<Shared>,
}

struct Shared {
    source: Source,
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

impl Ahead {
    /// Nothing is fetched before `allow`.
    pub(super) fn new(source: Source, first: u64) -> Self {
        let state = State {
            next: first,
            end: first,
            ..State::default()
        };
        let (work, ready) = (Condvar::new(), Condvar::new());
        Self {
            shared: Arc::new(Shared {
                source,
                state: Mutex::new(state),
                work,
                ready,
            }),
        }
    }

    /// Lets pages up to but without `end` be fetched, by at most so many workers.
    pub(super) fn allow(&self, end: u64, most_workers: usize) -> Result<(), Error> {
        let mut state = self.shared.lock();
        state.end = state.end.max(end);
        let wanted = usize::try_from(state.end.saturating_sub(state.next)).unwrap_or(usize::MAX);
        let missing = wanted
            .saturating_sub(state.idle)
            .min(most_workers.saturating_sub(state.workers));
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

    /// Waits for a page that has been allowed.
    pub(super) fn take(&self, index: u64) -> Result<Page, Error> {
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

impl Drop for Ahead {
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
            let page = self.source.page(index);
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
