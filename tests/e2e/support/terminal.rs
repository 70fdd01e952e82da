//! A terminal for the program to run at: a pseudo-terminal, of which the test is the person.
//!
//! What a person asks at `/dev/tty` needs a controlling terminal, which `setsid --ctty` of util-linux gives.
#![cfg(target_os = "linux")]

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};

/// Written before a line is shown anew, as that of a spinner is.
pub(crate) const CLEARED: &str = "\r\u{1b}[2K";

const O_NOCTTY: i32 = 0o400;
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Terminal {
    person: File,
    side: File,
    shown: Vec<u8>,
}

impl Terminal {
    /// A terminal of this many columns.
    pub(crate) fn new(columns: u16) -> Self {
        let person =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&person).unwrap();
        unlockpt(&person).unwrap();
        let name = ptsname(&person, Vec::new()).unwrap();
        let side = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(O_NOCTTY)
            .open(name.to_str().unwrap())
            .unwrap();
        tcsetwinsize(
            &side,
            Winsize {
                ws_row: 40,
                ws_col: columns,
                ws_xpixel: 0,
                ws_ypixel: 0,
            },
        )
        .unwrap();
        let flags = rustix::fs::fcntl_getfl(&person).unwrap();
        rustix::fs::fcntl_setfl(&person, flags | rustix::fs::OFlags::NONBLOCK).unwrap();
        Terminal {
            person: File::from(person),
            side,
            shown: Vec::new(),
        }
    }

    /// Starts `command` with this terminal as its own, on all three streams.
    pub(crate) fn start(&self, command: &Command) -> Child {
        let mut wrapped = Command::new("setsid");
        wrapped
            .args(["--ctty", "--wait"])
            .arg(command.get_program())
            .args(command.get_args());
        wrapped.env_clear().envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        wrapped.current_dir(command.get_current_dir().unwrap());
        let stream = || Stdio::from(self.side.try_clone().unwrap());
        wrapped
            .stdin(stream())
            .stdout(stream())
            .stderr(stream())
            .spawn()
            .expect("setsid of util-linux")
    }

    pub(crate) fn types(&mut self, text: &str) {
        self.person.write_all(text.as_bytes()).unwrap();
    }

    pub(crate) fn echoes(&self) -> bool {
        tcgetattr(&self.side)
            .unwrap()
            .local_modes
            .contains(rustix::termios::LocalModes::ECHO)
    }

    /// Waits until this is on the terminal.
    #[track_caller]
    pub(crate) fn waits_for(&mut self, text: &str) {
        let started = Instant::now();
        while !self.look().contains(text) {
            assert!(
                started.elapsed() < PATIENCE,
                "no {text:?} in {:?}",
                self.look()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for the end; everything shown, in lines, and the exit code.
    pub(crate) fn ends(&mut self, mut child: Child) -> (String, Option<i32>) {
        let started = Instant::now();
        let status = loop {
            self.look();
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if started.elapsed() > PATIENCE {
                child.kill().unwrap();
                panic!("still running after {:?}", self.look());
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        // As a shell tells it where a signal ended the program.
        (
            self.look(),
            status
                .code()
                .or_else(|| status.signal().map(|signal| 128 + signal)),
        )
    }

    /// What is to be seen: a line that was cleared shows what was written since.
    fn look(&mut self) -> String {
        let mut piece = [0; 4096];
        loop {
            match self.person.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => self.shown.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => panic!("the terminal can't be read: {error}"),
            }
        }
        let text = self.raw().replace("\r\n", "\n");
        let lines = text
            .split('\n')
            .map(|line| line.rsplit(CLEARED).next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Everything that was written so far.
    pub(crate) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }
}
