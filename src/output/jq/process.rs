//! The parent's side of a filter: starts this program once more as a worker that does nothing but run the filter.

use std::fmt;
use std::io::{self, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::str::FromStr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::model::error::{Error, ErrorKind};
use crate::output::jq::frame::{self, Frame, Tag};
use crate::sync::stop::Stop;

/// The only argument of the process that runs a filter.
pub(crate) const WORKER: &str = "__jq";

/// How often the stop flag is checked.
const POLL: Duration = Duration::from_millis(50);
/// How long a filter may still run after a stop was requested.
const GRACE: Duration = Duration::from_secs(1);
/// How many results are read ahead.
const READ_AHEAD: usize = 64;

/// A filter, and how its results are printed.
#[derive(Debug, Clone)]
pub(crate) struct Jq {
    /// The filter.
    pub filter: JqFilter,
    /// Whether text is printed without quotes and escapes.
    pub raw: bool,
}

/// A compiled filter.
#[derive(Clone)]
pub(crate) struct JqFilter(Arc<Mutex<Process>>);

impl fmt::Debug for JqFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JqFilter")
    }
}

impl FromStr for JqFilter {
    type Err = String;

    /// Starts the process and compiles the expression there. The error says what is wrong, and where.
    fn from_str(expression: &str) -> Result<Self, String> {
        let mut process =
            Process::start().map_err(|error| format!("the filter can't be started: {error}"))?;
        process.send(Tag::Expression, expression);
        process
            .results(&Stop::default(), &mut |_, _| Ok(()))
            .map_err(|error| error.message)?;
        Ok(Self(Arc::new(Mutex::new(process))))
    }
}

impl JqFilter {
    /// Sends a frame to the filter. For each [`Tag::Input`] and [`Tag::Array`], [`Self::results`] is called once, in the same
    /// order.
    pub(super) fn send(&self, tag: Tag, text: &str) {
        self.process().send(tag, text);
    }

    /// Passes on the results of the next input, as text or as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the filter fails, [`ErrorKind::Interrupted`] if a stop was requested before it ended; else
    /// what `each` failed with.
    pub(super) fn results(
        &self,
        stop: &Stop,
        each: &mut dyn FnMut(Tag, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.process().results(stop, each)
    }

    fn process(&self) -> MutexGuard<'_, Process> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Process {
    child: Child,
    input: BufWriter<ChildStdin>,
    answers: Receiver<Frame>,
}

impl Process {
    /// Starts the worker without the environment, which may contain the secret key, and without the terminal's signals.
    fn start() -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg(WORKER)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = sync_channel(READ_AHEAD);
        let read = move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(frame)) = frame::read(&mut output) {
                if sender.send(frame).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("jq".to_owned()).spawn(read)?;
        Ok(Self {
            child,
            input: BufWriter::new(input),
            answers,
        })
    }

    /// Sends a frame. If the process has ended, that is noticed when its results are read.
    fn send(&mut self, tag: Tag, text: &str) {
        let _ = frame::write(&mut self.input, tag, text);
    }

    /// Passes on results until the last one.
    fn results(
        &mut self,
        stop: &Stop,
        each: &mut dyn FnMut(Tag, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let _ = self.input.flush();
        let started = Instant::now();
        let ended = loop {
            match self.answers.recv_timeout(POLL) {
                Ok(Frame { tag: Tag::Done, .. }) => return Ok(()),
                Ok(Frame {
                    tag: Tag::Failed,
                    text,
                }) => return Err(Error::new(ErrorKind::Usage, text)),
                Ok(Frame { tag, text }) => {
                    if let Err(error) = each(tag, &text) {
                        break error;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let message = "the filter took too much memory, or recursed too deeply";
                    break Error::new(ErrorKind::Usage, message);
                }
            }
            if started.elapsed() > GRACE && stop.is_requested() {
                break Error::new(ErrorKind::Interrupted, "the filter was interrupted");
            }
        };
        // Otherwise it might run forever.
        let _ = self.child.kill();
        Err(ended)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
