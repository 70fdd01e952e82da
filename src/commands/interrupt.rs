//! Ctrl-C for commands that run on: told to them, so that they end in order and with 130 even as a container's first process.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// From now on `told` is called at each Ctrl-C, on a thread of its own, instead of the process being ended.
///
/// Where Ctrl-C was taken before, or is ignored by whoever started the program (`nohup`, `&` in a script), it is left as it is.
pub(super) fn on_interrupt(told: impl FnMut() + Send + 'static) {
    let _ = ctrlc::try_set_handler(told);
}

/// How often Ctrl-C was pressed, for work that is ended in two steps: the first lets what is in flight finish, the second
/// leaves it.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// From now on Ctrl-C no longer ends the process.
    pub(super) fn watch() -> Self {
        let interrupt = Self::default();
        let pressed = interrupt.clone();
        on_interrupt(move || _ = pressed.0.fetch_add(1, Ordering::Relaxed));
        interrupt
    }

    /// Nothing new is to be begun.
    pub(super) fn stops(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    /// What is in flight is not to be waited for.
    pub(super) fn leaves(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 1
    }
}
