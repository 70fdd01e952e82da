//! Asking for a secret at the terminal, without echo; the terminal is as before however the question ends.

use std::io;

/// Asks, and waits for a line. `is_interrupted` is looked at several times a second, since a signal ends no reading.
///
/// # Errors
/// `Interrupted` where that says so; else where there is no terminal, or it can't be set or read.
#[cfg(unix)]
pub fn ask_secret(question: &str, is_interrupted: impl Fn() -> bool) -> io::Result<String> {
    use std::fs::OpenOptions;
    use std::io::{Read, Write};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    const GLANCE: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };

    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    let hidden = Hidden::new(terminal.try_clone()?)?;
    terminal.write_all(question.as_bytes())?;
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        if is_interrupted() {
            drop(hidden);
            terminal.write_all(b"\n")?;
            return Err(io::ErrorKind::Interrupted.into());
        }
        if poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&GLANCE)).unwrap_or(0) == 0 {
            continue;
        }
        let mut chunk = [0; 4096];
        match terminal.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => line.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    drop(hidden);
    terminal.write_all(b"\n")?;
    String::from_utf8(line).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// A terminal without echo, until it is dropped.
#[cfg(unix)]
struct Hidden {
    terminal: std::fs::File,
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Hidden {
    fn new(terminal: std::fs::File) -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let before = tcgetattr(&terminal)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        let _ = rustix::termios::tcsetattr(
            &self.terminal,
            rustix::termios::OptionalActions::Flush,
            &self.before,
        );
    }
}

/// Asks, and waits for a line.
///
/// # Errors
/// Where there is no terminal, or it can't be read.
#[cfg(not(unix))]
pub fn ask_secret(question: &str, _: impl Fn() -> bool) -> io::Result<String> {
    rpassword::prompt_password(question)
}
