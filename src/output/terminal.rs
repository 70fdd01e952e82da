//! Standard output for data, standard error for everything else. No other module writes to them, and each write is checked.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use indicatif::ProgressBar;

use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::hint::Hint;
use crate::model::sanitize::escape;
use crate::model::secret::{SecretKey, mask_keys, mask_likely_keys};
use crate::output::color::ColorChoice;
use crate::output::failure::{self, Paint};
use crate::output::jq::process::Jq;
use crate::output::message::wrap_message;
use crate::sync::stop::Stop;

/// The size of the buffer of standard output.
const BUFFER_BYTES: usize = 64 * 1024;

/// How things are printed, as flags and environment say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    /// The format of data; errors and notes are JSON with a JSON format.
    pub format: Format,
    /// Whether colours are used.
    pub color: ColorChoice,
    /// Whether notes and progress are left out.
    pub quiet: bool,
    /// How often `-v` was given.
    pub verbose: u8,
    /// The profile that a flag or a variable chose: the commands in hints name it.
    pub profile: Option<String>,
    /// The filter of the JSON that is printed. There is one only with a JSON format.
    pub jq: Option<Jq>,
}

/// Standard output and standard error, with the style of both.
#[derive(Debug)]
pub(crate) struct Terminal {
    style: Style,
    /// Whether data is coloured.
    pub(crate) paints_data: bool,
    paint: Paint,
    /// Whether standard output is a terminal.
    pub(super) is_tty: bool,
    /// The terminal's width in columns, if standard output is a terminal.
    pub(super) width: Option<usize>,
    /// The stop flag, which also ends a jq filter.
    pub(crate) stop: Stop,
    buffer: Mutex<Vec<u8>>,
    reader_gone: AtomicBool,
    /// Whether the error was printed. It is the last line, even if threads are still running.
    has_ended: AtomicBool,
    /// The known keys, which are removed from everything but data.
    secrets: RwLock<Vec<SecretKey>>,
    /// The progress bar or spinner, while there is one to see.
    pub(super) bar: Mutex<Option<ProgressBar>>,
}

impl Terminal {
    /// Examines both streams.
    pub(crate) fn new(style: Style) -> Self {
        let stdout = io::stdout();
        let columns =
            || terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
        let is_tty = stdout.is_terminal();
        Self {
            paints_data: style.color.applies_to(&stdout),
            paint: Paint(style.color.applies_to(&io::stderr())),
            style,
            is_tty,
            width: if is_tty { columns() } else { None },
            stop: Stop::default(),
            buffer: Mutex::new(Vec::new()),
            reader_gone: AtomicBool::new(false),
            has_ended: AtomicBool::new(false),
            secrets: RwLock::default(),
            bar: Mutex::new(None),
        }
    }

    /// Returns how things are printed.
    pub(crate) fn style(&self) -> &Style {
        &self.style
    }

    /// Removes the key from all further messages: a user may have typed it as a name.
    pub(crate) fn hide(&self, secret: &SecretKey) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        if !secrets.contains(secret) {
            secrets.push(secret.clone());
        }
    }

    /// Whether messages are coloured.
    pub(super) fn paints_messages(&self) -> bool {
        self.paint.0
    }

    /// Returns what starts and ends bold data; nothing if data is not coloured.
    pub(super) fn bold(&self) -> (&'static str, &'static str) {
        if self.paints_data {
            ("\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("", "")
        }
    }

    /// Returns the terminal's width in columns if standard output is a terminal.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether a person sees both streams, in a format for people, and has not asked for quiet.
    pub(crate) fn is_for_person(&self) -> bool {
        self.is_tty
            && io::stderr().is_terminal()
            && !self.style.quiet
            && self.style.format.is_for_people()
    }

    /// Returns a text as it may stand beside a spinner.
    pub(super) fn message(&self, text: &str) -> String {
        mask_keys(&escape(&self.redact(text, SecretKey::redact))).into_owned()
    }

    /// Whether standard output still has a reader. Without one, data is dropped silently.
    pub(crate) fn has_reader(&self) -> bool {
        !self.reader_gone.load(Ordering::Relaxed)
    }

    /// Writes data to the buffer of standard output, which [`Self::finish`] flushes.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written, such as on a full disk.
    pub(crate) fn data(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.len() + bytes.len() >= BUFFER_BYTES {
            self.hand_over(&mut buffer)?;
        }
        if bytes.len() >= BUFFER_BYTES {
            return self.write(bytes);
        }
        buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes a line of data.
    pub(crate) fn line(&self, text: &str) -> Result<(), Error> {
        self.data(text.as_bytes())?;
        self.data(b"\n")
    }

    /// Returns a line of data with its words on as many lines as the terminal needs; in a pipe, as it is.
    pub(crate) fn wrap(&self, line: &str) -> String {
        match self.width {
            Some(width) => wrap_message(line, width),
            None => line.to_owned(),
        }
    }

    /// Writes a line of data in a colour, the number of an escape sequence, if data is coloured.
    pub(crate) fn colored_line(&self, color: &str, text: &str) -> Result<(), Error> {
        self.line(&Paint(self.paints_data).with(color, text))
    }

    /// Flushes standard output.
    pub(crate) fn finish(&self) -> Result<(), Error> {
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        self.hand_over(&mut buffer)?;
        self.check(io::stdout().lock().flush())
    }

    /// Empties the buffer even if it could not be written, so that nothing is written twice.
    fn hand_over(&self, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let written = self.write(buffer);
        buffer.clear();
        written
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.has_reader() {
            self.check(io::stdout().lock().write_all(bytes))
        } else {
            Ok(())
        }
    }

    fn check(&self, written: io::Result<()>) -> Result<(), Error> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_gone.store(true, Ordering::Relaxed);
                Ok(())
            }
            written => written.map_err(|error| {
                let message = format!("standard output can't be written: {error}");
                Error::new(ErrorKind::OutputFailed, message)
            }),
        }
    }

    /// Prints a note, unless `-q` was given. The code is its name for programs.
    pub(crate) fn note(&self, code: &str, text: &str) {
        if !self.style.quiet {
            self.remark(code, "note:", text);
        }
    }

    /// Says what usually follows, in a `next:` line. Only a person at a terminal sees it: it is left out if either stream goes
    /// elsewhere, with JSON formats and with `-q`.
    pub(crate) fn next_step(&self, step: impl Into<Hint>) {
        let has_reader = self.is_tty && io::stderr().is_terminal();
        if has_reader && !self.style.quiet && !self.style.format.is_json() {
            let step = step.into().render(self.style.profile.as_deref());
            self.remark("next", "next:", &step);
        }
    }

    /// Prints a note even with `-q`, because it makes a result less certain than it looks.
    pub(crate) fn warning(&self, code: &str, text: &str) {
        self.remark(code, "warning:", text);
    }

    /// Prints a line if `-v` was given at least `level` times.
    pub(crate) fn trace(&self, level: u8, text: &str) {
        if self.style.verbose >= level {
            self.remark("trace", "", text);
        }
    }

    fn remark(&self, code: &str, word: &str, text: &str) {
        let line = if self.style.format.is_json() {
            failure::note_json(code, text)
        } else if word.is_empty() {
            escape(text).into_owned()
        } else {
            format!("{} {}", self.paint.note(word), escape(text))
        };
        // Traces are for looking closely, and what follows is a command to copy.
        let is_wrapped = !matches!(code, "trace" | "next");
        self.error_lines(&line, is_wrapped, false);
    }

    /// Prints the error that ends the command. After it, nothing is printed on standard error.
    pub(crate) fn failure(&self, error: &Error) {
        let profile = self.style.profile.as_deref();
        let line = if self.style.format.is_json() {
            failure::json(error, profile)
        } else {
            failure::text(error, self.paint, profile)
        };
        self.error_lines(&line, true, true);
    }

    /// Returns the text after `redact` was applied with each known key.
    fn redact(
        &self,
        text: &str,
        redact: for<'text> fn(&SecretKey, &'text str) -> Cow<'text, str>,
    ) -> String {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        secrets.iter().fold(text.to_owned(), |text, secret| {
            redact(secret, &text).into_owned()
        })
    }

    /// Returns JSON of this program's own making, such as a record, without a key that was typed in place of a name.
    pub(crate) fn redact_data(&self, json: &str) -> String {
        mask_likely_keys(&self.redact(json, SecretKey::redact_json)).into_owned()
    }

    /// Prints text that is not a note, such as a question or the computers to delete.
    pub(crate) fn ask(&self, text: &str) {
        let text = self.redact(text, SecretKey::redact);
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(mask_likely_keys(&text).as_bytes())
            .and_then(|()| stderr.flush());
    }

    /// Ignores errors: if standard error can't be written, there is nowhere to report it.
    fn error_lines(&self, text: &str, is_wrapped: bool, is_last: bool) {
        let text = self.redact(text, SecretKey::redact);
        // Only now: a key that was split would not be found.
        let text = mask_keys(&text);
        let line = match question_size() {
            Some((width, _)) if is_wrapped && !self.style.format.is_json() => {
                format!("{}\n", wrap_message(&text, width))
            }
            _ => format!("{text}\n"),
        };
        let write = || {
            let mut stderr = io::stderr().lock();
            if !self.has_ended.fetch_or(is_last, Ordering::Relaxed) {
                let _ = stderr.write_all(line.as_bytes());
            }
        };
        match &*self.bar.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// What tests look at in place of a terminal.
#[cfg(test)]
impl Terminal {
    /// Returns what was printed and not handed over yet.
    pub(super) fn held(&self) -> String {
        String::from_utf8(self.buffer.lock().unwrap().clone()).unwrap()
    }

    /// Behaves as if the reader of standard output had gone.
    pub(super) fn lose_reader(&self) {
        self.reader_gone.store(true, Ordering::Relaxed);
    }
}

/// Returns the width and height of the terminal at which questions are asked, in columns and lines.
pub(super) fn question_size() -> Option<(usize, usize)> {
    let size = terminal_size::terminal_size_of(io::stderr());
    size.map(|(width, height)| (usize::from(width.0), usize::from(height.0)))
}

#[cfg(test)]
mod tests {
    use super::{Style, Terminal};
    use crate::model::secret::SecretKey;

    #[test]
    fn every_key_in_force_is_kept_out_of_data() {
        let terminal = Terminal::new(Style::default());
        for key in ["first-key", "second-key"] {
            terminal.hide(&SecretKey::parse(key, "a test").unwrap());
        }
        assert_eq!(
            terminal
                .redact_data(r#"{"body":{"name":"a first-key"},"x":"second\u002dkey","y":"sk_a"}"#),
            r#"{"body":{"name":"a sk_…"},"x":"sk_…","y":"sk_a"}"#
        );
    }
}
