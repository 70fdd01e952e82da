//! Running `secret_key_command`: without a shell, with empty standard input, limited in output and time.
//!
//! Neither its output nor its arguments are ever shown.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::config::all_settings::SECRET_KEY_VARIABLE;
use crate::config::key::shown;
use crate::config::paths;
use crate::config::trusted::unusable;
use crate::fs;
use crate::model::error::{Error, ErrorKind};

const MAX_BYTES: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);
/// A program that has ended may leave a child behind that keeps its standard output open, such as an agent.
const GRACE: Duration = Duration::from_millis(500);
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// A `secret_key_command` with full paths.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct KeyCommand {
    program: PathBuf,
    arguments: Vec<String>,
    /// The config file's folder: the program runs there, wherever this program was started.
    folder: PathBuf,
}

impl KeyCommand {
    /// Takes the words of the config file. A program with a slash in its name is a path that starts at the config file's
    /// folder; any other is looked up in `PATH`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if there is no word, or if `~/` is used and there is no home folder.
    pub(super) fn new(words: &[String], config_file: &Path) -> Result<Self, Error> {
        let empty = || Error::new(ErrorKind::Config, "secret_key_command is empty");
        let (program, arguments) = words.split_first().ok_or_else(empty)?;
        let mut program = PathBuf::from(program);
        if is_path(&program) {
            program = paths::from_config(config_file, &program)?;
        }
        Ok(Self {
            program,
            arguments: arguments.to_vec(),
            folder: paths::folder_of(config_file).to_owned(),
        })
    }

    /// Returns the program without its arguments, which may contain a key.
    pub(super) fn program(&self) -> String {
        shown(&self.program.to_string_lossy())
    }

    /// Runs the program and returns what it printed.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if other users could have replaced the program, or if it can't be run, fails, prints too much, or
    /// takes too long.
    pub(super) fn run(&self) -> Result<String, Error> {
        let printed = self.run_for(TIMEOUT)?;
        if printed.trim().is_empty() {
            return Err(self.failed("printed nothing"));
        }
        Ok(printed)
    }

    fn run_for(&self, timeout: Duration) -> Result<String, Error> {
        if is_path(&self.program) {
            fs::check_ownership(&self.program, "secret_key_command", "go-w").map_err(unusable)?;
        }
        self.output(timeout)
            .map_err(|problem| self.failed(&problem))
    }

    fn failed(&self, problem: &str) -> Error {
        let message = format!("the secret_key_command {} {problem}", self.program());
        Error::new(ErrorKind::Config, message).hint(
            "run the command yourself to see what it does; it must print the key and nothing else",
        )
    }

    fn output(&self, timeout: Duration) -> Result<String, String> {
        let mut command = Command::new(&self.program);
        if self.folder != Path::new("") {
            command.current_dir(&self.folder);
        }
        let mut child = command
            .args(&self.arguments)
            .env_remove(SECRET_KEY_VARIABLE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("can't be run: {error}"))?;
        let ended = wait(&mut child, timeout);
        if ended.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let (status, printed) = ended?;
        if !status.success() {
            return Err(format!("failed: {status}"));
        }
        String::from_utf8(printed)
            .map_err(|_| "printed something that is not valid UTF-8".to_owned())
    }
}

impl fmt::Debug for KeyCommand {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.program())
    }
}

fn is_path(program: &Path) -> bool {
    program.components().count() > 1
}

/// Waits until the program has ended and its output has been read.
fn wait(child: &mut Child, timeout: Duration) -> Result<(ExitStatus, Vec<u8>), String> {
    let chunks = read_in_thread(child);
    let deadline = Instant::now() + timeout;
    let mut printed = Vec::new();
    let status = loop {
        printed.extend(chunks.try_iter().flatten());
        check_length(&printed)?;
        let status = child.try_wait();
        match status.map_err(|error| format!("can't be waited for: {error}"))? {
            Some(status) => break status,
            None if Instant::now() < deadline => thread::sleep(POLL_INTERVAL),
            None => return Err(format!("did not end within {} s", timeout.as_secs())),
        }
    };
    let deadline = Instant::now() + GRACE;
    let time_left = || deadline.saturating_duration_since(Instant::now());
    while let Ok(chunk) = chunks.recv_timeout(time_left()) {
        printed.extend(chunk);
        check_length(&printed)?;
    }
    Ok((status, printed))
}

fn check_length(printed: &[u8]) -> Result<(), String> {
    if printed.len() > MAX_BYTES {
        return Err("printed more than 64 KiB".to_owned());
    }
    Ok(())
}

/// Reads the output in another thread, because a read can't be interrupted. It ends with the pipe, or with this process.
fn read_in_thread(child: &mut Child) -> Receiver<Vec<u8>> {
    let (sender, receiver) = sync_channel(1);
    if let Some(mut pipe) = child.stdout.take() {
        thread::spawn(move || {
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
            (shell("exec 1>&-; sleep 0.1"), "printed nothing"),
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
