//! Questions at the terminal: asked on standard error, answered on standard input.

use std::io;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

use crate::model::error::{Error, ErrorKind};
use crate::output::rows::{RowOptions, Rows};
use crate::output::table::Table;
use crate::output::terminal::Terminal;

/// How often a stop is looked for while the person thinks.
const STOP_CHECK_INTERVAL: Duration = Duration::from_millis(50);

impl Terminal {
    /// Starts a table that a question is about, on standard error.
    pub(crate) fn question_table(&self, options: RowOptions) -> Box<dyn Rows + '_> {
        Box::new(Table::new(self, options).of_question())
    }

    /// Asks a question and waits for the answer. What was typed before the question appeared is no answer to it.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] if a stop is requested meanwhile, [`ErrorKind::Unexpected`] if standard input can't be read.
    pub(crate) fn prompt(&self, question: &str) -> Result<String, Error> {
        discard_input();
        self.ask(question);
        let read = || {
            let mut answer = String::new();
            io::stdin().read_line(&mut answer).map(|_| answer)
        };
        let answer = self.unless_stopped(read)?.map_err(|error| {
            let message = format!("the answer can't be read: {error}");
            Error::new(ErrorKind::Unexpected, message)
        })?;
        if !answer.ends_with('\n') {
            self.ask("\n");
        }
        Ok(answer.trim().to_owned())
    }

    /// Returns what a person's answer is, which `ask` waits for. The terminal is as before, however it ends.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] if a stop is requested meanwhile; then the answer is no longer waited for.
    pub(super) fn unless_stopped<T: Send + 'static>(
        &self,
        ask: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let before = TerminalMode::read();
        let (sender, answer) = channel();
        let thread = Builder::new().name("prompt".to_owned());
        thread.spawn(move || sender.send(ask())).map_err(|error| {
            let message = format!("no thread can be started: {error}");
            Error::new(ErrorKind::Unexpected, message)
        })?;
        loop {
            match answer.recv_timeout(STOP_CHECK_INTERVAL) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Timeout) if !self.stop.is_requested() => {}
                Err(_) => break,
            }
        }
        before.restore();
        // The cursor is shown again.
        self.ask("\u{1b}[?25h\n");
        Err(Error::interrupted())
    }
}

/// Discards what was typed and not read yet. If that fails, the question is asked all the same.
pub(super) fn discard_input() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
}

/// The mode of the terminal that standard input is.
#[cfg(unix)]
struct TerminalMode(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl TerminalMode {
    fn read() -> Self {
        Self(rustix::termios::tcgetattr(io::stdin()).ok())
    }

    fn restore(&self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(mode) = &self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, mode);
        }
    }
}

/// Elsewhere the console needs no restoring.
#[cfg(not(unix))]
struct TerminalMode;

#[cfg(not(unix))]
impl TerminalMode {
    fn read() -> Self {
        Self
    }

    fn restore(&self) {}
}
