//! The limit on open connections, and which of them is closed for a new one. It knows nothing of HTTP.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;

/// How often a new connection that has no room looks for another one that has become idle.
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
    /// The tasks that serve idle connections, in the order in which these became idle.
    tasks: BTreeMap<u64, AbortHandle>,
}

/// An open connection, until this is dropped. It is idle at first.
pub(super) struct Connection {
    idle: Arc<Mutex<Idle>>,
    /// Its last key among the idle tasks.
    key: AtomicU64,
    task: OnceLock<AbortHandle>,
    _room: OwnedSemaphorePermit,
}

impl Connections {
    /// Allows `limit` open connections.
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
    /// Sets the task that serves the connection. To be called before that task first runs.
    pub(super) fn set_task(&self, task: AbortHandle) {
        let _ = self.task.set(task);
        self.idle();
    }

    /// To be called when a whole request has arrived: the connection is then not closed for another.
    pub(super) fn busy(&self) {
        let key = self.key.load(Ordering::Relaxed);
        lock(&self.idle).tasks.remove(&key);
    }

    /// To be called when the request is answered.
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
