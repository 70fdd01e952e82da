//! A bar for long work, at a terminal alone; nothing of it reaches a pipe.

use std::io::IsTerminal;
use std::sync::PoisonError;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::format::Format;
use crate::output::terminal::Terminal;

/// Fewer steps than this are no long work.
const LONG: usize = 10;

/// A bar that goes when it is dropped.
pub(crate) struct Progress<'terminal> {
    terminal: &'terminal Terminal,
    bar: ProgressBar,
}

impl Terminal {
    /// Starts a bar of so many steps, where somebody can see it and no data comes in between.
    pub(crate) fn progress(&self, steps: usize) -> Progress<'_> {
        let style = self.style();
        let streams = matches!(
            style.format,
            Format::Jsonl | Format::Csv | Format::Id | Format::UnderscoreId
        );
        let shown = steps >= LONG
            && !style.quiet
            && !style.format.is_json()
            && std::io::stderr().is_terminal()
            && !(streams && std::io::stdout().is_terminal());
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len}  {eta} left") {
            bar.set_style(style);
        }
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = shown.then(|| bar.clone());
        Progress {
            terminal: self,
            bar,
        }
    }
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
        self.bar.finish_and_clear();
    }
}
