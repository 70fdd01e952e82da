//! Asking for a secret at the terminal, without echo; the terminal is as before however the question ends.

use std::io;

/// A question for a secret.
pub(crate) struct SecretPrompt<'a> {
    /// The question, with a space at its end.
    pub question: &'a str,
    /// Looked at several times a second: whether to give up.
    pub is_interrupted: &'a dyn Fn() -> bool,
    /// Further signals that would end or stop the program with the echo off. SIGTSTP stops it, with the echo on; any other
    /// one is an interruption.
    pub signals: &'a [i32],
}

#[cfg(unix)]
impl SecretPrompt<'_> {
    /// Asks at the terminal that standard input is, and waits for a line.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] after a signal; else where standard input is no terminal, or can't be set or read.
    pub(crate) fn ask(&self) -> io::Result<String> {
        use std::os::fd::AsFd;

        let terminal = std::fs::File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let caught = unix::Caught::register(self.signals)?;
        let line = self.read_line(&terminal, &caught);
        caught.release();
        String::from_utf8(line?).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    fn read_line(&self, terminal: &std::fs::File, caught: &unix::Caught) -> io::Result<Vec<u8>> {
        let mut hidden = Some(unix::Hidden::new(terminal)?);
        unix::write(terminal, self.question);
        let mut line = Vec::new();
        let ended = loop {
            if line.ends_with(b"\n") {
                break Ok(line);
            }
            if (self.is_interrupted)() || caught.is_interrupted() {
                break Err(io::ErrorKind::Interrupted.into());
            }
            if caught.is_suspended() {
                drop(hidden.take());
                unix::Caught::suspend()?;
                hidden = Some(unix::Hidden::new(terminal)?);
                unix::write(terminal, self.question);
                line.clear();
            }
            match unix::read_some(terminal, &mut line) {
                Ok(true) => {}
                Ok(false) => break Ok(line),
                Err(error) => break Err(error),
            }
        };
        drop(hidden);
        unix::write(terminal, "\n");
        ended
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Read, Write};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
    use signal_hook::consts::SIGTSTP;
    use signal_hook::{flag, low_level};

    /// A signal does not end a read, so reading is never begun for longer than this.
    const POLL_INTERVAL: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };

    /// Signals that set a flag while the prompt waits, and do what they do by default once it is over.
    #[derive(Default)]
    pub(super) struct Caught {
        interrupted: Arc<AtomicBool>,
        suspended: Arc<AtomicBool>,
        is_over: Arc<AtomicBool>,
    }

    impl Caught {
        pub(super) fn register(signals: &[i32]) -> io::Result<Self> {
            let caught = Self::default();
            for &signal in signals {
                let flag = if signal == SIGTSTP {
                    &caught.suspended
                } else {
                    &caught.interrupted
                };
                flag::register_conditional_default(signal, Arc::clone(&caught.is_over))?;
                flag::register(signal, Arc::clone(flag))?;
            }
            Ok(caught)
        }

        pub(super) fn is_interrupted(&self) -> bool {
            self.interrupted.load(Ordering::SeqCst)
        }

        pub(super) fn is_suspended(&self) -> bool {
            self.suspended.swap(false, Ordering::SeqCst)
        }

        /// Stops the process, as Ctrl-Z does, until it is continued.
        pub(super) fn suspend() -> io::Result<()> {
            low_level::emulate_default_handler(SIGTSTP)
        }

        pub(super) fn release(&self) {
            self.is_over.store(true, Ordering::SeqCst);
        }
    }

    /// A terminal without echo, until it is dropped.
    pub(super) struct Hidden<'a> {
        terminal: &'a File,
        before: Termios,
    }

    impl<'a> Hidden<'a> {
        /// What was typed before is dropped: it was no answer to the question.
        pub(super) fn new(terminal: &'a File) -> io::Result<Self> {
            let before = tcgetattr(terminal)?;
            let mut silent = before.clone();
            silent.local_modes.remove(LocalModes::ECHO);
            tcsetattr(terminal, OptionalActions::Flush, &silent)?;
            Ok(Self { terminal, before })
        }
    }

    impl Drop for Hidden<'_> {
        fn drop(&mut self) {
            let _ = tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
        }
    }

    /// Waits a moment for a piece of the line. False at its end, where no more will come.
    pub(super) fn read_some(mut terminal: &File, line: &mut Vec<u8>) -> io::Result<bool> {
        let ready = poll(
            &mut [PollFd::new(terminal, PollFlags::IN)],
            Some(&POLL_INTERVAL),
        );
        if ready.unwrap_or(0) == 0 {
            return Ok(true);
        }
        let mut chunk = [0; 4096];
        match terminal.read(&mut chunk) {
            Ok(0) => Ok(false),
            Ok(count) => {
                line.extend_from_slice(&chunk[..count]);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// A question that can't be shown is asked all the same: what counts is that the answer is not.
    pub(super) fn write(mut terminal: &File, text: &str) {
        let _ = terminal.write_all(text.as_bytes());
    }
}

#[cfg(not(unix))]
impl SecretPrompt<'_> {
    /// Asks at the console, and waits for a line.
    ///
    /// # Errors
    /// Where there is no console, or it can't be read.
    pub(crate) fn ask(&self) -> io::Result<String> {
        rpassword::prompt_password(self.question)
    }
}
