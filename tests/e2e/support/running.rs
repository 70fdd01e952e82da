//! A command that is still running, for tests that send it signals.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::session::Session;
use super::words::Words;

/// A run that hangs fails the test instead of hanging it.
const HANGS_AFTER: Duration = Duration::from_mins(5);

pub(crate) struct Running<'session> {
    session: &'session Session,
    child: Child,
    stderr: Arc<Mutex<Vec<u8>>>,
    readers: Option<(JoinHandle<Vec<u8>>, JoinHandle<()>)>,
}

/// What a run left.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// The signal that it died by.
    pub(crate) signal: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl<'session> Running<'session> {
    /// Starts `reemo` with these words, these signals alone being ignored.
    pub(crate) fn start<W: Words>(session: &'session Session, ignored: &[&str], words: W) -> Self {
        Running::spawn(session, &mut session.ignoring(ignored, words))
    }

    /// Starts a command of the session.
    pub(crate) fn spawn(session: &'session Session, command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(session.input()).unwrap();
        drop(stdin);
        let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let read = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&read);
        let data = spawn(move || {
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).unwrap();
            bytes
        });
        let notes = spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut chunk) {
                shared.lock().unwrap().extend_from_slice(&chunk[..count]);
            }
        });
        Running {
            session,
            child,
            stderr: read,
            readers: Some((data, notes)),
        }
    }

    /// The id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal, such as `INT`.
    pub(crate) fn send(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -s \"$1\" \"$2\"", "sh", signal, &pid])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Sends it a signal, and waits until it says that it stops.
    pub(crate) fn stop_by(&self, signal: &str) {
        self.send(signal);
        self.until_told("finishing requests in flight", 1);
    }

    /// Waits until standard error has this text so many times.
    pub(crate) fn until_told(&self, text: &str, times: usize) {
        until(|| {
            String::from_utf8_lossy(&self.stderr.lock().unwrap())
                .matches(text)
                .count()
                >= times
        });
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Ended {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < HANGS_AFTER, "it hangs");
            sleep(Duration::from_millis(10));
        };
        let (data, notes) = self.readers.take().unwrap();
        let stdout = data.join().unwrap();
        notes.join().unwrap();
        let text = |bytes: &[u8]| self.session.told(&String::from_utf8_lossy(bytes));
        Ended {
            code: status.code(),
            signal: status.signal(),
            stdout: text(&stdout),
            stderr: text(&self.stderr.lock().unwrap()),
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// The records on standard output, of a run with `-o jsonl`.
    pub(crate) fn records(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// How many records have this outcome.
    pub(crate) fn count(&self, outcome: &str) -> usize {
        let records = self.records();
        records
            .iter()
            .filter(|record| record["outcome"] == outcome)
            .count()
    }

    /// The error on the last line of standard error, of a run with a JSON format.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let last = self.stderr.lines().last().unwrap_or_default();
        let line: Value = serde_json::from_str(last).unwrap_or_default();
        assert!(line["error"].is_object(), "no error in\n{}", self.stderr);
        line["error"].clone()
    }

    /// Checks that it ended as a command does that a signal ended, with this summary and hint.
    #[track_caller]
    pub(crate) fn is_interrupted(&self, summary: &str, hint: Option<&str>) {
        assert_eq!(self.code, Some(130), "{}", self.stderr);
        let error = self.error();
        assert_eq!(
            (error["code"].as_str(), error["message"].as_str()),
            (
                Some("interrupted"),
                Some(format!("interrupted: {summary}").as_str())
            ),
            "{}",
            self.stderr
        );
        assert_eq!(error["hint"].as_str(), hint);
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < HANGS_AFTER, "it never came to that");
        sleep(Duration::from_millis(5));
    }
}

/// A gate that a server's threads wait at until the test opens it.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub(crate) fn pass(&self) {
        let (is_open, changed) = &*self.0;
        drop(changed.wait_while(is_open.lock().unwrap(), |is_open| !*is_open));
    }

    pub(crate) fn open(&self) {
        let (is_open, changed) = &*self.0;
        *is_open.lock().unwrap() = true;
        changed.notify_all();
    }
}

/// A test that fails opens it too, or the server's threads would wait for ever.
impl Drop for Gate {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.open();
        }
    }
}
