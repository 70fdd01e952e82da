//! Ctrl-C in bulk work: the first lets what is in flight finish, the second leaves it. A command that only looks is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;

/// From now on `told` is called at each Ctrl-C, on a thread of its own, instead of the process being ended: so it ends in
/// order and with 130 even as a container's first process.
///
/// Where Ctrl-C is ignored by whoever started the program (`nohup`, `&` in a script), it is left as it is.
pub(super) fn on_interrupt(told: impl FnMut() + Send + 'static) {
    let _ = ctrlc::try_set_handler(told);
}

/// How often Ctrl-C was pressed.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// From now on Ctrl-C no longer ends the process.
    pub(super) fn watch() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let pressed = interrupt.clone();
        ctrlc::set_handler(move || _ = pressed.0.fetch_add(1, Ordering::Relaxed)).context("Ctrl-C can't be watched for")?;
        Ok(interrupt)
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
