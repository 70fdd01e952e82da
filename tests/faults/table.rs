//! A row of the table, and its proof. All rows of a table are tried, and those that fail are told together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use crate::server::{Act, Server};
use crate::support::text::fits;
use crate::support::{KEY, Session};

/// What most rows ask.
pub(crate) const LIST: &str = "computers list -o id --retries 0";

/// The time limit of a row in which a response does not come. Every response that does come has to arrive within it.
pub(crate) const SHORT: &str = "2s";

const ROWS_AT_ONCE: usize = 8;

/// One fault and what must come of it.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// What is typed; `-vv` is added, and a time limit where there is none.
    pub(crate) words: String,
    /// What happens to each request.
    pub(crate) acts: Vec<Act>,
    pub(crate) exit: i32,
    /// The line `error: …`, without that word; `[*]` stands for what varies, and the text is empty where there is no error.
    pub(crate) error: &'static str,
    /// The methods of the requests that the server saw.
    pub(crate) asked: &'static str,
    /// Standard output, where it is more than nothing.
    pub(crate) stdout: String,
}

/// A fault that befalls a listing.
pub(crate) fn fault(
    name: &'static str,
    acts: Vec<Act>,
    exit: i32,
    error: &'static str,
    asked: &'static str,
) -> Fault {
    Fault {
        name,
        words: LIST.to_owned(),
        acts,
        exit,
        error,
        asked,
        stdout: String::new(),
    }
}

impl Fault {
    pub(crate) fn words(self, words: impl Into<String>) -> Self {
        Fault {
            words: words.into(),
            ..self
        }
    }

    pub(crate) fn stdout(self, stdout: impl Into<String>) -> Self {
        Fault {
            stdout: stdout.into(),
            ..self
        }
    }

    fn prove(&self) {
        let server = Server::acting(self.acts.clone());
        // Short only where a response never comes: on a busy machine any other may take long.
        let limit = if self.words.contains("--request-timeout") {
            String::new()
        } else if self.acts.iter().any(Act::never_ends) {
            format!(" --request-timeout {SHORT}")
        } else {
            " --request-timeout 1m".to_owned()
        };
        told(
            &Session::new().api(&server.url()).key(KEY),
            &(self.words.clone() + &limit),
            self.exit,
            self.error,
            &self.stdout,
        );
        let methods = server.methods();
        assert_eq!(methods, self.asked, "the requests");
    }
}

/// Runs `words` at full verbosity, and compares the exit code, standard output and the line of the error. That the key is
/// in no byte of it, and in no file, is checked by the session. Hands out standard error.
pub(crate) fn told(session: &Session, words: &str, exit: i32, error: &str, stdout: &str) -> String {
    let mut outcome = session
        .run(&format!("{words} -vv"))
        .code(exit)
        .stdout(stdout);
    let stderr = outcome.take_stderr();
    let told = stderr
        .lines()
        .filter_map(|line| line.strip_prefix("error: "))
        .collect::<Vec<_>>();
    let right = match told.as_slice() {
        [] => error.is_empty(),
        [one] => fits(error, one),
        _ => false,
    };
    assert!(
        right,
        "the error was {told:?}, not {error:?}\n{}",
        outcome.transcript()
    );
    stderr
}

/// Proves every row, several at a time, since many of them wait.
#[track_caller]
pub(crate) fn prove(faults: &[Fault]) {
    let failed = Mutex::new(Vec::new());
    let rest = Mutex::new(faults.iter());
    let work = || {
        while let Some(fault) = { rest.lock().unwrap().next() } {
            if catch_unwind(AssertUnwindSafe(|| fault.prove())).is_err() {
                failed.lock().unwrap().push(fault.name.to_owned());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..ROWS_AT_ONCE {
            scope.spawn(work);
        }
    });
    none_failed(&failed.into_inner().unwrap(), faults.len());
}

/// Tries every row, and then names those that failed.
#[track_caller]
pub(crate) fn each<Row>(rows: &[Row], name: impl Fn(&Row) -> String, prove: impl Fn(&Row)) {
    let failed: Vec<String> = rows
        .iter()
        .filter(|row| catch_unwind(AssertUnwindSafe(|| prove(row))).is_err())
        .map(name)
        .collect();
    none_failed(&failed, rows.len());
}

#[track_caller]
fn none_failed(failed: &[String], rows: usize) {
    assert!(
        failed.is_empty(),
        "{} of {rows} rows failed: {}",
        failed.len(),
        failed.join(", ")
    );
}
