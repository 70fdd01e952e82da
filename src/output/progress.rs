//! What long work shows of itself: a spinner or a bar on standard error, after a moment, where a person sees it and no data
//! comes in between.

use std::sync::PoisonError;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::terminal::Terminal;

/// Work that is done sooner shows nothing.
const DELAY: Duration = Duration::from_millis(200);
const TICK_INTERVAL: Duration = Duration::from_millis(100);
/// A narrower terminal shows numbers alone.
const MIN_BAR_COLUMNS: usize = 60;

/// A spinner or bar that goes when it is dropped.
pub(crate) struct Progress<'terminal> {
    terminal: &'terminal Terminal,
    bar: ProgressBar,
    /// The thread that shows it after [`DELAY`], and what ends the thread. `None` if it is never shown.
    delayed: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Terminal {
    /// Starts a bar of so many steps.
    pub(crate) fn progress(&self, steps: usize) -> Progress<'_> {
        let is_narrow = self.width.is_some_and(|width| width < MIN_BAR_COLUMNS);
        let template = if is_narrow {
            "{pos} of {len}  {eta} left"
        } else {
            "{bar:30} {pos} of {len}  {eta} left"
        };
        self.start_progress(Some(steps as u64), template)
    }

    /// Starts a spinner before a text.
    pub(crate) fn spinner(&self, text: &str) -> Progress<'_> {
        let progress = self.start_progress(None, "{spinner} {wide_msg}");
        self.set_progress_text(|| text.to_owned());
        progress
    }

    /// Changes the text of the spinner, if there is one.
    pub(crate) fn set_progress_text(&self, text: impl FnOnce() -> String) {
        if let Some(bar) = &*self.bar.lock().unwrap_or_else(PoisonError::into_inner) {
            bar.set_message(self.message(&text()));
        }
    }

    fn start_progress(&self, steps: Option<u64>, template: &str) -> Progress<'_> {
        let bar = ProgressBar::with_draw_target(steps, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let delayed = self.is_for_person().then(|| show_later(&bar));
        let delayed = delayed.and_then(Result::ok);
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) =
            delayed.is_some().then(|| bar.clone());
        Progress {
            terminal: self,
            bar,
            delayed,
        }
    }
}

fn show_later(bar: &ProgressBar) -> std::io::Result<(Sender<()>, JoinHandle<()>)> {
    let (end, ended) = channel();
    let bar = bar.clone();
    let show = move || {
        if ended.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK_INTERVAL);
        }
    };
    let thread = Builder::new().name("progress".to_owned()).spawn(show)?;
    Ok((end, thread))
}

impl Progress<'_> {
    /// One step is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        *self
            .terminal
            .bar
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        if let Some((end, thread)) = self.delayed.take() {
            drop(end);
            let _ = thread.join();
            self.bar.finish_and_clear();
        }
    }
}
