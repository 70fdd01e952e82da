//! Ctrl-C in bulk work: the first lets what is in flight finish, the second leaves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;

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
