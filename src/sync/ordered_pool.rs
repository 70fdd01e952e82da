//! A thread pool that does numbered work and hands out the results in the order of the numbers.
//!
//! What is worked on ahead is bounded by a window, which whoever takes the results extends as it goes.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The pool. Dropping it lets the threads end after what they are working on; none of them is waited for.
pub(crate) struct OrderedPool<T>(Arc<PoolInner<T>>);

struct PoolInner<T> {
    work: Box<dyn Fn(u64) -> ControlFlow<T, T> + Send + Sync>,
    state: Mutex<PoolState<T>>,
    /// There is work. As many threads are woken as there are numbers, since to wake all may cost more than the work.
    has_work: Condvar,
    /// The result that is waited for is there.
    has_result: Condvar,
}

struct PoolState<T> {
    /// The next number to be worked on.
    next: u64,
    /// Numbers from this one on may not be worked on yet.
    end: u64,
    threads: usize,
    idle: usize,
    /// How many results there have been, taken or not.
    finished: u64,
    is_dropped: bool,
    /// The number whose result is waited for.
    awaited: Option<u64>,
    results: BTreeMap<u64, T>,
}

impl<T: Send + 'static> OrderedPool<T> {
    /// Prepares a pool whose numbers begin at `first`. Nothing is begun before [`Self::extend_window`].
    ///
    /// `work` returns `Break` with a result after which no higher number is worth beginning.
    pub(crate) fn new(
        first: u64,
        work: impl Fn(u64) -> ControlFlow<T, T> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(PoolInner {
            work: Box::new(work),
            state: Mutex::new(PoolState {
                next: first,
                end: first,
                threads: 0,
                idle: 0,
                finished: 0,
                is_dropped: false,
                awaited: None,
                results: BTreeMap::new(),
            }),
            has_work: Condvar::new(),
            has_result: Condvar::new(),
        }))
    }

    /// Lets numbers below `end` be worked on, by at most `max_threads` threads.
    pub(crate) fn extend_window(&self, end: u64, max_threads: usize) -> io::Result<()> {
        let mut state = self.0.lock();
        state.end = state.end.max(end);
        let pending = usize::try_from(state.end.saturating_sub(state.next)).unwrap_or(usize::MAX);
        let missing = pending
            .saturating_sub(state.idle)
            .min(max_threads.saturating_sub(state.threads));
        for _ in 0..missing {
            let shared = Arc::clone(&self.0);
            let started = std::thread::Builder::new()
                .name("pool".to_owned())
                .spawn(move || shared.run());
            match started {
                Ok(_) => state.threads += 1,
                Err(_) if state.threads > 0 => break,
                Err(error) => return Err(error),
            }
        }
        for _ in 0..pending.min(state.idle) {
            self.0.has_work.notify_one();
        }
        Ok(())
    }

    /// Waits for the result of a number below the end of the window, for no longer than `timeout`.
    ///
    /// A result can be taken once. That of a number after a `Break` may never come.
    pub(crate) fn wait_for(&self, number: u64, timeout: Duration) -> Option<T> {
        let deadline = Instant::now().checked_add(timeout);
        let mut state = self.0.lock();
        loop {
            if let Some(result) = state.results.remove(&number) {
                state.awaited = None;
                return Some(result);
            }
            let left = deadline.map_or(timeout, |deadline| {
                deadline.saturating_duration_since(Instant::now())
            });
            if left.is_zero() {
                state.awaited = None;
                return None;
            }
            state.awaited = Some(number);
            (state, _) = self
                .0
                .has_result
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns how many numbers are finished, whether their results were taken or not.
    pub(crate) fn finished(&self) -> u64 {
        self.0.lock().finished
    }
}

impl<T> Drop for OrderedPool<T> {
    fn drop(&mut self) {
        self.0.lock().is_dropped = true;
        self.0.has_work.notify_all();
    }
}

impl<T> PoolInner<T> {
    fn lock(&self) -> MutexGuard<'_, PoolState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.lock();
        while !state.is_dropped {
            if state.next >= state.end {
                state.idle += 1;
                state = self
                    .has_work
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                state.idle -= 1;
                continue;
            }
            let number = state.next;
            state.next += 1;
            drop(state);
            let result = (self.work)(number);
            state = self.lock();
            if result.is_break() {
                state.end = state.end.min(state.next);
            }
            let (ControlFlow::Continue(result) | ControlFlow::Break(result)) = result;
            state.results.insert(number, result);
            state.finished += 1;
            if state.awaited == Some(number) {
                self.has_result.notify_one();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::OrderedPool;

    const LONG: Duration = Duration::from_hours(1);

    /// A pool whose work says its number, and then waits until it is let go on.
    fn held_back() -> (OrderedPool<u64>, Receiver<u64>, Sender<()>) {
        let (begun, beginnings) = channel();
        let (go_on, may_go_on) = channel();
        let may_go_on = Mutex::new(may_go_on);
        let pool = OrderedPool::new(7, move |number| {
            begun.send(number).unwrap();
            may_go_on.lock().unwrap().recv().unwrap();
            ControlFlow::Continue(number)
        });
        (pool, beginnings, go_on)
    }

    #[test]
    fn results_come_in_order_whoever_is_done_first() {
        let (zero_waits, go) = channel();
        let go = Mutex::new(go);
        let pool = OrderedPool::new(0, move |number| {
            match number {
                0 => go.lock().unwrap().recv().unwrap(),
                99 => zero_waits.send(()).unwrap(),
                _ => {}
            }
            ControlFlow::Continue(number * 10)
        });
        pool.extend_window(100, 8).unwrap();
        let results: Vec<u64> = (0..100)
            .map(|number| pool.wait_for(number, LONG).unwrap())
            .collect();
        assert_eq!(
            results,
            (0..100).map(|number| number * 10).collect::<Vec<_>>()
        );
        assert_eq!(pool.finished(), 100);
        assert_eq!(pool.wait_for(5, Duration::ZERO), None);
    }

    #[test]
    fn no_more_threads_and_no_higher_numbers_than_allowed() {
        let (pool, begun, go_on) = held_back();
        assert_eq!(pool.wait_for(7, Duration::ZERO), None);
        pool.extend_window(10, 2).unwrap();
        let mut first = [begun.recv().unwrap(), begun.recv().unwrap()];
        first.sort_unstable();
        assert_eq!(first, [7, 8]);
        assert!(begun.try_recv().is_err());
        for _ in 0..3 {
            go_on.send(()).unwrap();
        }
        assert_eq!(begun.recv().unwrap(), 9);
        for number in 7..10 {
            assert_eq!(pool.wait_for(number, LONG), Some(number));
        }
        assert!(begun.try_recv().is_err());
        // Threads that had nothing to do are woken.
        pool.extend_window(12, 2).unwrap();
        go_on.send(()).unwrap();
        go_on.send(()).unwrap();
        assert_eq!(pool.wait_for(11, LONG), Some(11));
    }

    #[test]
    fn nothing_is_begun_after_a_break() {
        let begun = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&begun);
        let pool = OrderedPool::new(0, move |number| {
            count.fetch_add(1, Ordering::SeqCst);
            if number == 3 {
                ControlFlow::Break(number)
            } else {
                ControlFlow::Continue(number)
            }
        });
        pool.extend_window(1000, 1).unwrap();
        for number in 0..4 {
            assert_eq!(pool.wait_for(number, LONG), Some(number));
        }
        assert_eq!(pool.wait_for(4, Duration::from_millis(1)), None);
        assert_eq!(begun.load(Ordering::SeqCst), 4);
    }

    #[test]
    fn threads_end_when_the_pool_is_dropped() {
        let (pool, begun, go_on) = held_back();
        pool.extend_window(1000, 1).unwrap();
        assert_eq!(begun.recv().unwrap(), 7);
        drop(pool);
        go_on.send(()).unwrap();
        // The channel closes with the last thread.
        assert!(begun.recv().is_err());
    }
}
