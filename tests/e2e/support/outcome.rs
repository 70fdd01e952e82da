//! What a run left: compared whole when it goes out of scope, so that what a test does not declare must be empty.

use std::fmt::Write;
use std::panic::Location;
use std::process::Output;
use std::thread::panicking;

use serde_json::Value;

use super::schema;
use super::text::fits;

/// What a stream must be.
enum Wanted {
    Exactly(String),
    /// The error in its JSON form, with its notes, as [`readable`] writes it; `[*]` stands for what varies.
    Error(String),
    /// The test looks at it by itself.
    Anything,
}

pub(crate) struct Outcome {
    words: Vec<String>,
    code: Option<i32>,
    stdout: String,
    stderr: String,
    wanted_code: i32,
    wanted_stdout: Wanted,
    wanted_stderr: Wanted,
    wanted_notes: Vec<String>,
    from: &'static Location<'static>,
}

impl Outcome {
    #[track_caller]
    pub(crate) fn new(words: &[String], output: &Output, masked: impl Fn(&str) -> String) -> Self {
        let text = |bytes: &[u8]| masked(std::str::from_utf8(bytes).expect("output is UTF-8"));
        Outcome {
            words: words.to_vec(),
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            wanted_code: 0,
            wanted_stdout: Wanted::Exactly(String::new()),
            wanted_stderr: Wanted::Exactly(String::new()),
            wanted_notes: Vec::new(),
            from: Location::caller(),
        }
    }

    pub(crate) fn stdout(mut self, exact: impl AsRef<str>) -> Self {
        self.wanted_stdout = Wanted::Exactly(exact.as_ref().to_owned());
        self
    }

    pub(crate) fn stderr(mut self, exact: impl AsRef<str>) -> Self {
        self.wanted_stderr = Wanted::Exactly(exact.as_ref().to_owned());
        self
    }

    pub(crate) fn code(mut self, code: i32) -> Self {
        self.wanted_code = code;
        self
    }

    /// The notes in their JSON form that come before the error of [`Outcome::fails_with`].
    pub(crate) fn notes(mut self, notes: &[&str]) -> Self {
        self.wanted_notes = notes.iter().map(|note| (*note).to_owned()).collect();
        self
    }

    /// An error in its JSON form, last on standard error, after [`Outcome::notes`] and nothing else. `told` is its
    /// message, then each detail on a line after `- `, then the hint on a line after `hint: `.
    pub(crate) fn fails_with(mut self, code: &str, exit: i32, told: impl AsRef<str>) -> Self {
        self.wanted_code = exit;
        let notes: String = self
            .wanted_notes
            .iter()
            .map(|note| format!("note: {note}\n"))
            .collect();
        let told = told.as_ref();
        self.wanted_stderr = Wanted::Error(format!("{notes}{code} {exit}: {told}\n"));
        self
    }

    /// The `error` object of the last line on standard error.
    #[track_caller]
    pub(crate) fn last_error(&self) -> serde_json::Value {
        let last = self.stderr.lines().last().unwrap_or_default();
        match serde_json::from_str::<serde_json::Value>(last) {
            Ok(mut line) if line["error"].is_object() => line["error"].take(),
            _ => panic!(
                "the last line of standard error is no JSON error\n{}",
                self.transcript()
            ),
        }
    }

    /// Hands out standard output, to be looked at by the test itself.
    pub(crate) fn take_stdout(&mut self) -> String {
        self.wanted_stdout = Wanted::Anything;
        self.stdout.clone()
    }

    /// Hands out standard error likewise.
    pub(crate) fn take_stderr(&mut self) -> String {
        if !matches!(self.wanted_stderr, Wanted::Error(_)) {
            self.wanted_stderr = Wanted::Anything;
        }
        self.stderr.clone()
    }

    /// The exit code, to be looked at by the test itself.
    #[track_caller]
    pub(crate) fn exit_code(&self) -> i32 {
        self.code.expect("an exit code, not a signal")
    }

    /// Checks the exit code, and besides it only what every run is checked for: that no key is in it, and the schema.
    pub(crate) fn ends(mut self, code: i32) {
        (self.wanted_stdout, self.wanted_stderr) = (Wanted::Anything, Wanted::Anything);
        self.wanted_code = code;
    }

    #[track_caller]
    pub(crate) fn keeps_secret(&self, key: &str) {
        let panicked = self.stderr.contains("panicked");
        let told = self.stdout.contains(key) || self.stderr.contains(key);
        assert!(
            !told && !panicked,
            "{}\n{}",
            if told {
                "the key was shown"
            } else {
                "it panicked"
            },
            self.transcript()
        );
    }

    /// The whole run, readable.
    pub(crate) fn transcript(&self) -> String {
        let code = self
            .code
            .map_or_else(|| "none (killed)".to_owned(), |code| code.to_string());
        let mut text = format!("$ reemo {}    # {}\n", self.words.join(" "), self.from);
        let _ = writeln!(text, "exit code {code}, wanted {}", self.wanted_code);
        for (name, got, wanted) in [
            ("stdout", &self.stdout, &self.wanted_stdout),
            ("stderr", &self.stderr, &self.wanted_stderr),
        ] {
            if wanted.fits(got) {
                let _ = writeln!(text, "--- {name}\n{got}");
            } else {
                let got = match wanted {
                    Wanted::Error(_) => &readable(got),
                    _ => got,
                };
                let _ = writeln!(
                    text,
                    "--- {name}, wanted\n{}\n+++ {name}, got\n{got}",
                    wanted.told()
                );
                let _ = writeln!(text, "+++ {name}, got, as a literal\n{got:?}");
            }
        }
        text
    }
}

impl Wanted {
    fn fits(&self, got: &str) -> bool {
        match self {
            Wanted::Exactly(text) => got == text,
            Wanted::Error(pattern) => fits(pattern, &readable(got)),
            Wanted::Anything => true,
        }
    }

    fn told(&self) -> String {
        match self {
            Wanted::Exactly(text) | Wanted::Error(text) => text.clone(),
            Wanted::Anything => String::new(),
        }
    }
}

/// The notes and the error on standard error, each in its JSON form, in the form of [`Outcome::fails_with`]. A line that
/// is neither stays as it is.
fn readable(stderr: &str) -> String {
    let mut out = String::new();
    for line in stderr.lines() {
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        let (note, error) = (&value["note"], &value["error"]);
        if let Some(text) = note["message"].as_str() {
            let _ = writeln!(out, "note: {text}");
        } else if let (Some(code), Some(text)) = (error["code"].as_str(), error["message"].as_str())
        {
            let _ = writeln!(out, "{code} {}: {text}", error["exit"]);
            for detail in error["details"].as_array().into_iter().flatten() {
                let _ = writeln!(out, "- {}", detail.as_str().unwrap_or_default());
            }
            if let Some(hint) = error["hint"].as_str() {
                let _ = writeln!(out, "hint: {hint}");
            }
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

impl Drop for Outcome {
    fn drop(&mut self) {
        let fits = self.wanted_stdout.fits(&self.stdout) && self.wanted_stderr.fits(&self.stderr);
        let as_wanted = fits && self.code == Some(self.wanted_code);
        assert!(as_wanted || panicking(), "\n{}", self.transcript());
        let checked = schema::check(&self.words, &self.stdout, &self.stderr);
        if let (Err(why), false) = (checked, panicking()) {
            panic!("{why}\n{}", self.transcript());
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::panic::catch_unwind;
    use std::process::{ExitStatus, Output};

    use super::Outcome;

    /// An outcome as if `reemo` had ended so.
    fn ended(code: i32, stdout: &str, stderr: &str) -> Outcome {
        let output = Output {
            status: ExitStatus::from_raw(code << 8),
            stdout: stdout.into(),
            stderr: stderr.into(),
        };
        Outcome::new(&["computers".to_owned()], &output, str::to_owned)
    }

    #[test]
    fn undeclared_output_must_be_empty() {
        drop(ended(0, "", ""));
        drop(ended(4, "a\n", "b\n").stdout("a\n").stderr("b\n").code(4));
        for (name, fails) in [
            ("stdout", catch_unwind(|| drop(ended(0, "a", "")))),
            ("stderr", catch_unwind(|| drop(ended(0, "", "a")))),
            ("code", catch_unwind(|| drop(ended(1, "", "")))),
            (
                "text",
                catch_unwind(|| drop(ended(0, "a", "").stdout("a\n"))),
            ),
            (
                "error",
                catch_unwind(|| {
                    let line = "{\"error\":{\"code\":\"x\",\"exit\":4,\"message\":\"y\"}}";
                    drop(ended(4, "", line).fails_with("x", 4, "z"));
                }),
            ),
            (
                "key",
                catch_unwind(|| ended(0, "a key", "").stdout("a key").keeps_secret("key")),
            ),
        ] {
            assert!(fails.is_err(), "{name}");
        }
    }
}
