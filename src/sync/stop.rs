//! The request to stop a running command, seen by every loop that could begin something new.
//!
//! It comes in two steps. Once a stop is requested, nothing new is begun and sleeps end, but what is in flight may finish.
//! Once the work is abandoned, it is not waited for any longer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long after the request what is in flight may take to finish.
pub(crate) const GRACE: Duration = Duration::from_secs(5);

/// Two interrupts closer than this are one key press: `timeout` and other wrappers pass on a signal that the terminal has
/// sent to the whole process group already.
const SAME_PRESS: Duration = Duration::from_millis(100);

/// A stop flag. Clones share their state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<StopInner>);

#[derive(Debug, Default)]
struct StopInner {
    /// Whether `StopState::requested` is set. Readable without the lock.
    is_requested: AtomicBool,
    state: Mutex<StopState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct StopState {
    requested: Option<Instant>,
    is_abandoned: bool,
}

impl Stop {
    /// Requests a stop. Further requests change nothing.
    pub(crate) fn request(&self) {
        self.request_at(Instant::now());
    }

    /// Takes a key press of Ctrl-C: the first requests a stop, the second abandons what is in flight.
    ///
    /// Returns whether the press changed anything. A further one does not, so the command hangs where no flag is seen.
    pub(crate) fn press(&self) -> bool {
        self.press_at(Instant::now())
    }

    /// Returns whether nothing new may be begun.
    pub(crate) fn is_requested(&self) -> bool {
        self.0.is_requested.load(Ordering::SeqCst)
    }

    /// Returns whether what is in flight is no longer waited for: after the second Ctrl-C, or [`GRACE`] after the request.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.is_requested() && self.lock().is_abandoned_at(Instant::now())
    }

    /// Sleeps for `pause`, or until a stop is requested.
    pub(crate) fn sleep(&self, pause: Duration) {
        let is_running = |state: &mut StopState| state.requested.is_none();
        let changed = &self.0.changed;
        drop(changed.wait_timeout_while(self.lock(), pause, is_running));
    }

    /// Blocks until a stop is requested.
    pub(crate) fn wait(&self) {
        let is_running = |state: &mut StopState| state.requested.is_none();
        drop(self.0.changed.wait_while(self.lock(), is_running));
    }

    fn request_at(&self, now: Instant) {
        self.lock().requested.get_or_insert(now);
        self.0.is_requested.store(true, Ordering::SeqCst);
        self.0.changed.notify_all();
    }

    fn press_at(&self, now: Instant) -> bool {
        let mut state = self.lock();
        let Some(requested) = state.requested else {
            drop(state);
            self.request_at(now);
            return true;
        };
        if now.saturating_duration_since(requested) < SAME_PRESS {
            return true;
        }
        !std::mem::replace(&mut state.is_abandoned, true)
    }

    fn lock(&self) -> MutexGuard<'_, StopState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StopState {
    fn is_abandoned_at(&self, now: Instant) -> bool {
        let is_late = |requested| now.saturating_duration_since(requested) >= GRACE;
        self.is_abandoned || self.requested.is_some_and(is_late)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{GRACE, SAME_PRESS, Stop};

    const LONG: Duration = Duration::from_hours(1);

    #[test]
    fn the_first_press_requests_and_the_second_abandons() {
        let (stop, start) = (Stop::default(), Instant::now());
        assert!(!stop.is_requested() && !stop.lock().is_abandoned_at(start + LONG));
        assert!(stop.press_at(start));
        assert!(stop.is_requested() && !stop.lock().is_abandoned_at(start));
        assert!(stop.press_at(start + SAME_PRESS / 2));
        assert!(!stop.lock().is_abandoned_at(start));
        assert!(stop.press_at(start + SAME_PRESS));
        assert!(stop.lock().is_abandoned_at(start));
        assert!(!stop.press_at(start + 2 * SAME_PRESS));
    }

    #[test]
    fn what_is_in_flight_is_waited_for_during_the_grace_period() {
        let (stop, start) = (Stop::default(), Instant::now());
        stop.request_at(start);
        // The period does not begin anew.
        stop.request_at(start + GRACE / 2);
        let nearly = (start + GRACE)
            .checked_sub(Duration::from_millis(1))
            .unwrap();
        assert!(!stop.lock().is_abandoned_at(nearly) && stop.lock().is_abandoned_at(start + GRACE));
    }

    #[test]
    fn a_press_after_another_signal_abandons() {
        let (stop, start) = (Stop::default(), Instant::now());
        stop.request_at(start);
        assert!(stop.press_at(start + SAME_PRESS));
        assert!(stop.lock().is_abandoned_at(start));
    }

    #[test]
    fn sleeping_and_waiting_end_at_the_request() {
        let stop = Stop::default();
        stop.sleep(Duration::ZERO);
        let sleepers = [false, true].map(|waits| {
            let stop = stop.clone();
            std::thread::spawn(move || if waits { stop.wait() } else { stop.sleep(LONG) })
        });
        stop.request();
        for sleeper in sleepers {
            sleeper.join().unwrap();
        }
        stop.sleep(LONG);
        stop.wait();
        assert!(!stop.is_abandoned());
    }
}
