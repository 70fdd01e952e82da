//! A row of the table, and its proof. All rows of a table are tried, and those that fail are told together.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::server::{Act, Server};
use crate::support::{KEY, Session};

/// What most rows ask.
pub(crate) const LIST: &str = "computers list -o id --retries 0 --request-timeout 400ms";

/// One fault and what must come of it.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// What is typed; `-vv` is added.
    pub(crate) words: String,
    /// What happens to each request.
    pub(crate) acts: Vec<Act>,
    pub(crate) exit: i32,
    /// The line `error: …`, without that word; one that ends in `…` is its beginning. Empty: there is none.
    pub(crate) error: &'static str,
    /// The methods of the requests that the server saw. `GET*`: some GETs, and nothing else.
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
        told(
            &Session::new().api(&server.url()).key(KEY),
            &self.words,
            self.exit,
            self.error,
            &self.stdout,
        );
        let methods = server.methods();
        let right = match self.asked {
            "GET*" => !methods.is_empty() && methods.split(' ').all(|method| method == "GET"),
            exact => methods == exact,
        };
        assert!(right, "the server saw {methods:?}, not {:?}", self.asked);
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
    let right = match (told.as_slice(), error.strip_suffix('…')) {
        ([], _) => error.is_empty(),
        ([one], Some(beginning)) => one.starts_with(beginning),
        ([one], None) => *one == error,
        _ => false,
    };
    assert!(
        right,
        "the error was {told:?}, not {error:?}\n{}",
        outcome.transcript()
    );
    stderr
}

/// Proves every row.
#[track_caller]
pub(crate) fn prove(faults: &[Fault]) {
    each(faults, |fault| fault.name.to_owned(), Fault::prove);
}

/// Tries every row, and then names those that failed.
#[track_caller]
pub(crate) fn each<Row>(rows: &[Row], name: impl Fn(&Row) -> String, prove: impl Fn(&Row)) {
    let failed: Vec<String> = rows
        .iter()
        .filter(|row| catch_unwind(AssertUnwindSafe(|| prove(row))).is_err())
        .map(name)
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} rows failed: {}",
        failed.len(),
        rows.len(),
        failed.join(", ")
    );
}
