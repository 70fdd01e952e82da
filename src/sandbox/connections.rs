//! How many connections may be open, and which one is closed for a new one. It knows nothing of what is said on them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;

/// How often a new connection looks for an old one that has become idle.
const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// The open connections. Those without a whole request are closed for new ones, the longest idle first: a client that
/// sends its request is answered, however many others send none, or parts of one.
pub(super) struct Connections {
    room: Arc<Semaphore>,
    idle: Arc<Mutex<Idle>>,
}

#[derive(Default)]
struct Idle {
    last: u64,
    /// By the order in which they became idle.
    tasks: BTreeMap<u64, AbortHandle>,
}

/// One open connection, until it is dropped. It is idle at first.
pub(super) struct Connection {
    idle: Arc<Mutex<Idle>>,
    /// Its key among the idle, also while it is busy.
    key: AtomicU64,
    task: OnceLock<AbortHandle>,
    _room: OwnedSemaphorePermit,
}

impl Connections {
    /// At most `limit` connections.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(limit)),
            idle: Arc::default(),
        }
    }

    /// Returns a new connection as soon as there is room for one.
    pub(super) async fn open(&self) -> Connection {
        loop {
            if self.room.available_permits() == 0 {
                self.close_idle();
            }
            let room = Arc::clone(&self.room).acquire_owned();
            if let Ok(Ok(room)) = tokio::time::timeout(RETRY_PAUSE, room).await {
                return Connection {
                    idle: Arc::clone(&self.idle),
                    key: AtomicU64::default(),
                    task: OnceLock::new(),
                    _room: room,
                };
            }
        }
    }

    /// Closes the connection that has been idle for the longest time, if any is.
    pub(super) fn close_idle(&self) {
        if let Some((_, task)) = lock(&self.idle).tasks.pop_first() {
            task.abort();
        }
    }
}

impl Connection {
    /// Says which task serves the connection, so that it can be ended. To be called before that task runs.
    pub(super) fn runs_as(&self, task: AbortHandle) {
        let _ = self.task.set(task);
        self.idle();
    }

    /// A request has arrived whole: the connection is not closed for another.
    pub(super) fn busy(&self) {
        let key = self.key.load(Ordering::Relaxed);
        lock(&self.idle).tasks.remove(&key);
    }

    /// The request is answered.
    pub(super) fn idle(&self) {
        if let Some(task) = self.task.get() {
            let mut idle = lock(&self.idle);
            let key = idle.last + 1;
            idle.last = key;
            self.key.store(key, Ordering::Relaxed);
            idle.tasks.insert(key, task.clone());
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.busy();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
