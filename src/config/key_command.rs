//! Running `secret_key_command`: no shell, nothing on standard input, a bounded answer in a bounded time.
//!
//! What it prints is never shown, whatever happens, and nor are its arguments.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::config::environment::SECRET_KEY;
use crate::config::setting_key::shown;
use crate::model::error::{Error, ErrorKind};

const LONGEST: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
/// A program that has ended may leave one behind that keeps its standard output open, such as an agent.
const GRACE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(10);

/// Runs a program and returns what it printed.
pub(super) fn run(words: &[String]) -> Result<String, Error> {
    run_for(words, PATIENCE)
}

fn run_for(words: &[String], patience: Duration) -> Result<String, Error> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| Error::new(ErrorKind::Config, "secret_key_command is empty"))?;
    let failed = |what: String| {
        Error::new(
            ErrorKind::Config,
            format!("the secret_key_command {} {what}", shown(program)),
        )
        .hint(
            "run the command yourself to see what it does; it must print the key and nothing else",
        )
    };
    let mut child = Command::new(program)
        .args(arguments)
        .env_remove(SECRET_KEY)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| failed(format!("can't be run: {error}")))?;
    let answer = wait(&mut child, patience);
    if answer.is_err() {
        let _ = child.kill();
        let _ = child.wait();
    }
    let (status, printed) = answer.map_err(failed)?;
    if !status.success() {
        return Err(failed(format!("failed: {status}")));
    }
    String::from_utf8(printed)
        .map_err(|_| failed("printed something that is not valid UTF-8".to_owned()))
}

/// Waits until the program has ended and its answer is complete.
fn wait(child: &mut Child, patience: Duration) -> Result<(ExitStatus, Vec<u8>), String> {
    let chunks = read_aside(child);
    let started = Instant::now();
    let mut printed = Vec::new();
    let mut complete = false;
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match chunks.recv_timeout(TICK) {
            Ok(chunk) => printed.extend(chunk),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) if ended.is_none() && complete => {
                std::thread::sleep(TICK)
            }
            Err(RecvTimeoutError::Disconnected) => complete = true,
        }
        if printed.len() > LONGEST {
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
            _ if started.elapsed() > patience => {
                return Err(format!("did not end within {} s", patience.as_secs()));
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

    use super::{run, run_for};

    fn shell(script: &str) -> Vec<String> {
        ["sh", "-c", script].map(str::to_owned).to_vec()
    }

    #[test]
    fn what_it_prints_is_the_answer() {
        assert_eq!(run(&shell("echo sk_1")).as_deref(), Ok("sk_1\n"));
        assert_eq!(run(&shell("cat; echo end")).as_deref(), Ok("end\n"));
        assert_eq!(run(&shell("exec 1>&-; sleep 0.1")).as_deref(), Ok(""));
        assert_eq!(
            run(&["printf", "$HOME"].map(str::to_owned)).as_deref(),
            Ok("$HOME")
        );
    }

    #[test]
    fn failures_say_what_happened_and_not_what_was_printed() {
        let absent = ["no-such-program-here", "sk_42"]
            .map(str::to_owned)
            .to_vec();
        for (words, told) in [
            (shell("echo sk_42; exit 3"), "exit status: 3"),
            (shell("echo sk_42; kill -9 $$"), "signal: 9"),
            (shell("printf 'sk_42\\377'"), "UTF-8"),
            (shell("yes sk_42"), "64 KiB"),
            (absent, "can't be run"),
            (vec!["sk_42".to_owned()], "can't be run"),
        ] {
            let failure = run(&words).unwrap_err();
            assert!(
                failure.message.contains(told) && !format!("{failure:?}").contains("sk_42"),
                "{failure:?}"
            );
        }
    }

    #[test]
    fn it_is_not_waited_for_without_end() {
        let started = Instant::now();
        assert!(
            run_for(&shell("sleep 20"), Duration::from_millis(100))
                .unwrap_err()
                .message
                .contains("did not end")
        );
        assert_eq!(
            run(&shell("sleep 20 & echo sk_1")).as_deref(),
            Ok("sk_1\n"),
            "a child of its own holds the pipe open"
        );
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
