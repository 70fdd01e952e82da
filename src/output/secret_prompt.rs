//! Asks for a secret at the terminal without echo, and restores the terminal however the question ends.

use std::io;

/// A question for a secret.
pub(crate) struct SecretPrompt<'a> {
    /// The question, which ends with a space.
    pub question: &'a str,
    /// Whether to give up. Checked several times a second.
    pub is_interrupted: &'a dyn Fn() -> bool,
    /// Further signals that would end or stop the program while the echo is off. SIGTSTP stops it with the echo on; any other
    /// one interrupts the prompt.
    pub signals: &'a [i32],
}

#[cfg(unix)]
impl SecretPrompt<'_> {
    /// Asks at the terminal that is standard input, and reads a line.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] after a signal, or another error if standard input is not a terminal or can't be read.
    pub(crate) fn ask(&self) -> io::Result<String> {
        use std::os::fd::AsFd;

        let terminal = std::fs::File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let signals = unix::CaughtSignals::catch(self.signals)?;
        let line = self.read_line(&terminal, &signals);
        signals.release();
        String::from_utf8(line?).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    fn read_line(
        &self,
        terminal: &std::fs::File,
        signals: &unix::CaughtSignals,
    ) -> io::Result<Vec<u8>> {
        let mut hidden = Some(unix::NoEcho::new(terminal)?);
        unix::write(terminal, self.question);
        let mut line = Vec::new();
        let ended = loop {
            if line.ends_with(b"\n") {
                break Ok(line);
            }
            if (self.is_interrupted)() || signals.has_interrupted() {
                break Err(io::ErrorKind::Interrupted.into());
            }
            if signals.take_suspension() {
                drop(hidden.take());
                // As Ctrl-Z does, until the process is continued.
                signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
                hidden = Some(unix::NoEcho::new(terminal)?);
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
    use signal_hook::flag;

    /// A signal does not end a read, so no read waits longer than this.
    const POLL_INTERVAL: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };

    /// CaughtSignals that set a flag during the prompt, and have their default effect after it.
    #[derive(Default)]
    pub(super) struct CaughtSignals {
        interrupted: Arc<AtomicBool>,
        suspended: Arc<AtomicBool>,
        is_over: Arc<AtomicBool>,
    }

    impl CaughtSignals {
        pub(super) fn catch(signals: &[i32]) -> io::Result<Self> {
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

        pub(super) fn has_interrupted(&self) -> bool {
            self.interrupted.load(Ordering::SeqCst)
        }

        pub(super) fn take_suspension(&self) -> bool {
            self.suspended.swap(false, Ordering::SeqCst)
        }

        pub(super) fn release(&self) {
            self.is_over.store(true, Ordering::SeqCst);
        }
    }

    /// Turns the echo of a terminal off until it is dropped.
    pub(super) struct NoEcho<'a> {
        terminal: &'a File,
        before: Termios,
    }

    impl<'a> NoEcho<'a> {
        /// Discards what was typed before: it is not an answer to the question.
        pub(super) fn new(terminal: &'a File) -> io::Result<Self> {
            let before = tcgetattr(terminal)?;
            let mut silent = before.clone();
            silent.local_modes.remove(LocalModes::ECHO);
            tcsetattr(terminal, OptionalActions::Flush, &silent)?;
            Ok(Self { terminal, before })
        }
    }

    impl Drop for NoEcho<'_> {
        fn drop(&mut self) {
            let _ = tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
        }
    }

    /// Waits a moment for a part of the line. Returns false at the end of the input.
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
            Ok(count) => {
                line.extend_from_slice(&chunk[..count]);
                Ok(count > 0)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Ignores errors: even if the question can't be shown, the answer must not be.
    pub(super) fn write(mut terminal: &File, text: &str) {
        let _ = terminal.write_all(text.as_bytes());
    }
}

#[cfg(not(unix))]
impl SecretPrompt<'_> {
    /// Asks at the console and reads a line.
    pub(crate) fn ask(&self) -> io::Result<String> {
        rpassword::prompt_password(self.question)
    }
}
