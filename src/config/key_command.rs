//! Running `secret_key_command`: no shell, nothing on standard input, a bounded answer in a bounded time.
//!
//! What it prints is never shown, whatever happens, and nor are its arguments.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::config::environment::SECRET_KEY;
use crate::config::files::unusable;
use crate::config::paths;
use crate::config::setting_key::shown;
use crate::fs;
use crate::model::error::{Error, ErrorKind};

const MAX_BYTES: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);
/// A program that has ended may leave one behind that keeps its standard output open, such as an agent.
const GRACE: Duration = Duration::from_millis(500);
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// A `secret_key_command`, its paths resolved.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyCommand {
    program: PathBuf,
    arguments: Vec<String>,
    /// Where it runs: the config file's folder, so that it does the same wherever this program was started.
    folder: PathBuf,
}

impl KeyCommand {
    /// Takes the words of the config file. A program with a slash in it is a path in that file; a bare name is looked up in
    /// `PATH`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] where there is no word, or `~/` is used and there is no home folder.
    pub(super) fn new(words: &[String], config_file: &Path) -> Result<Self, Error> {
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| Error::new(ErrorKind::Config, "secret_key_command is empty"))?;
        let program = Path::new(program);
        let is_bare = program.components().count() < 2;
        Ok(Self {
            program: if is_bare {
                program.to_owned()
            } else {
                paths::from_config(config_file, program)?
            },
            arguments: arguments.to_vec(),
            folder: paths::folder_of(config_file).to_owned(),
        })
    }

    /// The program, without its arguments, which may hold a key.
    pub(super) fn program(&self) -> String {
        shown(&self.program.to_string_lossy())
    }

    /// Runs the program and returns what it printed.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] where other users could have put another program in its place, it can't be run, fails, prints
    /// too much, or takes too long.
    pub(super) fn run(&self) -> Result<String, Error> {
        self.run_for(TIMEOUT)
    }

    fn run_for(&self, timeout: Duration) -> Result<String, Error> {
        let is_path = self.program.components().count() > 1;
        if is_path {
            fs::check_ownership(&self.program, "secret_key_command", "go-w").map_err(unusable)?;
        }
        let failed = |what: String| {
            Error::new(
                ErrorKind::Config,
                format!("the secret_key_command {} {what}", self.program()),
            )
            .hint(
                "run the command yourself to see what it does; it must print the key and nothing else",
            )
        };
        let mut command = Command::new(&self.program);
        if self.folder != Path::new("") {
            command.current_dir(&self.folder);
        }
        let mut child = command
            .args(&self.arguments)
            .env_remove(SECRET_KEY)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| failed(format!("can't be run: {error}")))?;
        let ended = wait(&mut child, timeout);
        if ended.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let (status, printed) = ended.map_err(failed)?;
        if !status.success() {
            return Err(failed(format!("failed: {status}")));
        }
        String::from_utf8(printed)
            .map_err(|_| failed("printed something that is not valid UTF-8".to_owned()))
    }
}

/// Waits until the program has ended and its answer is complete.
fn wait(child: &mut Child, timeout: Duration) -> Result<(ExitStatus, Vec<u8>), String> {
    let chunks = read_aside(child);
    let started = Instant::now();
    let mut printed = Vec::new();
    let mut complete = false;
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match chunks.recv_timeout(POLL_INTERVAL) {
            Ok(chunk) => printed.extend(chunk),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) if ended.is_none() && complete => {
                std::thread::sleep(POLL_INTERVAL)
            }
            Err(RecvTimeoutError::Disconnected) => complete = true,
        }
        if printed.len() > MAX_BYTES {
            return Err("printed more than 64 KiB".to_owned());
        }
        if ended.is_none() {
            ended = child
                .try_wait()
                .map_err(|error| format!("can't be waited for: {error}"))?
                .map(|status| (status, Instant::now()));
        }
        match ended {
            Some((status, at)) if complete || at.elapsed() > GRACE => return Ok((status, printed)),
            _ if started.elapsed() > timeout => {
                return Err(format!("did not end within {} s", timeout.as_secs()));
            }
            _ => {}
        }
    }
}

/// Reads in a thread of its own, because a read can't be given up. It ends with the pipe, or with this process.
fn read_aside(child: &mut Child) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    if let Some(mut pipe) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(length @ 1..) = pipe.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
    }
    receiver
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use std::path::Path;

    use super::KeyCommand;

    fn command(words: &[&str]) -> KeyCommand {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        KeyCommand::new(&words, Path::new("")).unwrap()
    }

    fn shell(script: &str) -> KeyCommand {
        command(&["sh", "-c", script])
    }

    #[test]
    fn what_it_prints_is_the_key() {
        for (command, printed) in [
            (shell("echo sk_1"), "sk_1\n"),
            (shell("cat; echo end"), "end\n"),
            (shell("exec 1>&-; sleep 0.1"), ""),
            (command(&["printf", "$HOME"]), "$HOME"),
        ] {
            assert_eq!(command.run().as_deref(), Ok(printed));
        }
    }

    #[test]
    fn failures_say_what_happened_and_not_what_was_printed() {
        for (command, told) in [
            (shell("echo sk_42; exit 3"), "exit status: 3"),
            (shell("echo sk_42; kill -9 $$"), "signal: 9"),
            (shell("printf 'sk_42\\377'"), "UTF-8"),
            (shell("yes sk_42"), "64 KiB"),
            (command(&["no-such-program-here", "sk_42"]), "can't be run"),
            (command(&["/no/such/program", "sk_42"]), "can't be run"),
            (command(&["sk_42"]), "can't be run"),
        ] {
            let error = command.run().unwrap_err();
            assert!(
                error.message.contains(told) && !format!("{error:?}").contains("sk_42"),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_path_starts_at_the_config_file_and_a_bare_name_in_path() {
        for (program, resolved) in [
            ("./key.sh", "/etc/reemo/./key.sh"),
            ("bin/key", "/etc/reemo/bin/key"),
            ("../key", "/etc/reemo/../key"),
            ("/usr/bin/pass", "/usr/bin/pass"),
            ("pass", "pass"),
            ("key.sh", "key.sh"),
        ] {
            let command =
                KeyCommand::new(&[program.to_owned()], Path::new("/etc/reemo/config.toml"));
            assert_eq!(command.unwrap().program, Path::new(resolved));
        }
        assert!(KeyCommand::new(&[], Path::new("c.toml")).is_err());
    }

    #[test]
    fn it_is_not_waited_for_without_end() {
        let started = Instant::now();
        let error = shell("sleep 20")
            .run_for(Duration::from_millis(100))
            .unwrap_err();
        assert!(error.message.contains("did not end"));
        let in_background = shell("sleep 20 & echo sk_1").run();
        assert_eq!(
            in_background.as_deref(),
            Ok("sk_1\n"),
            "a child of its own holds the pipe open"
        );
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
