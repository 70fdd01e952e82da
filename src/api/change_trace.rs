//! What is known of the requests that change one target, while they are under way and afterwards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Filled in by a client that was made with it.
#[derive(Debug, Default)]
pub(crate) struct ChangeTrace {
    begun: AtomicBool,
    request_id: Mutex<Option<String>>,
}

impl ChangeTrace {
    /// Whether a request that changes something was sent, or was about to be.
    pub(crate) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Sets whether one was sent. Returns what was set before.
    pub(super) fn set_begun(&self, begun: bool) -> bool {
        self.begun.swap(begun, Ordering::SeqCst)
    }

    /// Returns the API's own id of the last of these requests, if its response had one.
    pub(crate) fn request_id(&self) -> Option<String> {
        let id = self.request_id.lock();
        id.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_request_id(&self, id: Option<&str>) {
        let mut known = self
            .request_id
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *known = id.map(str::to_owned);
    }
}
