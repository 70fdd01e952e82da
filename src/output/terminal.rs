//! The only door to the terminal: data to standard output, everything else to standard error, each write checked.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use indicatif::ProgressBar;

use crate::model::error::{Error, ErrorKind};
use crate::model::format::Format;
use crate::model::hint::{CommandLine, Hint};
use crate::model::sanitize::escape;
use crate::model::secret::{SecretKey, mask_keys, mask_likely_keys};
use crate::output::color::ColorChoice;
use crate::output::failure::{self, Paint};
use crate::output::jq::Jq;
use crate::sync::stop::Stop;

/// Data is handed to the system in pieces of this size, in bytes.
const BUFFER: usize = 64 * 1024;

/// How things are shown, as decided from flags and environment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    /// The format of data; errors and notes are JSON with a JSON format.
    pub format: Format,
    /// Colours.
    pub color: ColorChoice,
    /// No notes and no progress.
    pub quiet: bool,
    /// How often `-v` was given.
    pub verbose: u8,
    /// The profile that was chosen by a flag or a variable: the commands in hints name it.
    pub profile: Option<String>,
    /// What the JSON goes through before it is printed; there is one with a JSON format alone.
    pub jq: Option<Jq>,
}

/// Standard output and standard error, with the style of both.
#[derive(Debug)]
pub(crate) struct Terminal {
    style: Style,
    paint_data: bool,
    paint: Paint,
    is_tty: bool,
    width: Option<usize>,
    stop: Stop,
    buffer: Mutex<Vec<u8>>,
    reader_gone: AtomicBool,
    /// The failure has been told, which is the last line whatever threads are still at work.
    has_ended: AtomicBool,
    /// The keys in force, so that they can be kept out of everything but data.
    secrets: RwLock<Vec<SecretKey>>,
    /// A bar that is on the terminal now.
    pub(super) bar: Mutex<Option<ProgressBar>>,
}

impl Terminal {
    /// Looks at the two streams once.
    pub(crate) fn new(style: Style) -> Self {
        let stdout = io::stdout();
        let columns =
            || terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
        let at_terminal = stdout.is_terminal();
        Self {
            paint_data: style.color.applies_to(&stdout),
            paint: Paint(style.color.applies_to(&io::stderr())),
            style,
            is_tty: at_terminal,
            width: if at_terminal { columns() } else { None },
            stop: Stop::default(),
            buffer: Mutex::new(Vec::new()),
            reader_gone: AtomicBool::new(false),
            has_ended: AtomicBool::new(false),
            secrets: RwLock::default(),
            bar: Mutex::new(None),
        }
    }

    /// How things are shown.
    pub(crate) fn style(&self) -> &Style {
        &self.style
    }

    /// From now on the key is cut out of every message, whoever put it there: a user may type it as a name.
    pub(crate) fn hide(&self, secret: &SecretKey) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        if !secrets.contains(secret) {
            secrets.push(secret.clone());
        }
    }

    /// Whether data is coloured.
    pub(crate) fn paints_data(&self) -> bool {
        self.paint_data
    }

    /// Whether a person reads standard output.
    pub(super) fn at_terminal(&self) -> bool {
        self.is_tty
    }

    /// The terminal's width in columns, where standard output is a terminal.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether anyone reads what is printed. After the reader has gone, data is dropped in silence.
    pub(crate) fn has_reader(&self) -> bool {
        !self.reader_gone.load(Ordering::Relaxed)
    }

    /// The request to stop the command, which a filter heeds too.
    pub(crate) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Takes data for standard output. `finish` says whether all of it arrived.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written, such as on a full disk.
    pub(crate) fn data(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        let is_large = bytes.len() >= BUFFER;
        if !is_large {
            buffer.extend_from_slice(bytes);
        }
        if buffer.len() >= BUFFER || is_large {
            self.hand_over(&mut buffer)?;
        }
        if is_large { self.write(bytes) } else { Ok(()) }
    }

    /// A line of data.
    ///
    /// # Errors
    /// As `data`.
    pub(crate) fn line(&self, text: &str) -> Result<(), Error> {
        self.data(text.as_bytes())?;
        self.data(b"\n")
    }

    /// Hands everything to the system.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written.
    pub(crate) fn finish(&self) -> Result<(), Error> {
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        self.hand_over(&mut buffer)?;
        self.arrived(io::stdout().lock().flush())
    }

    /// What could not be written is not tried again.
    fn hand_over(&self, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let written = self.write(buffer);
        buffer.clear();
        written
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.has_reader() {
            self.arrived(io::stdout().lock().write_all(bytes))
        } else {
            Ok(())
        }
    }

    fn arrived(&self, written: io::Result<()>) -> Result<(), Error> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_gone.store(true, Ordering::Relaxed);
                Ok(())
            }
            written => written.map_err(|error| {
                Error::new(
                    ErrorKind::OutputFailed,
                    format!("standard output can't be written: {error}"),
                )
            }),
        }
    }

    /// A remark for people, and for programs under its code. Silenced by `-q`.
    pub(crate) fn note(&self, code: &str, text: &str) {
        if !self.style.quiet {
            self.remark(code, "note:", text);
        }
    }

    /// Names the command that usually follows a successful one, in a `next:` line. Only a person at a terminal sees it: it is
    /// left out if either stream goes elsewhere, with JSON formats and with `-q`.
    pub(crate) fn next_command(&self, command: CommandLine) {
        let has_reader = self.is_tty && io::stderr().is_terminal();
        if has_reader && !self.style.quiet && !self.style.format.is_json() {
            let command = Hint::from(command).render(self.style.profile.as_deref());
            self.remark("next", "next:", &command);
        }
    }

    /// A remark that makes a result less certain than it looks, which is why `-q` does not silence it.
    pub(crate) fn warning(&self, code: &str, text: &str) {
        self.remark(code, "warning:", text);
    }

    /// A line at `-v` or above.
    pub(crate) fn trace(&self, level: u8, text: &str) {
        if self.style.verbose >= level {
            self.remark("trace", "", text);
        }
    }

    fn remark(&self, code: &str, word: &str, text: &str) {
        if self.style.format.is_json() {
            self.error_line(&failure::note_json(code, text), false);
        } else if word.is_empty() {
            self.error_line(&escape(text), false);
        } else {
            self.error_line(
                &format!("{} {}", self.paint.note(word), escape(text)),
                false,
            );
        }
    }

    /// The one failure that ends the command.
    pub(crate) fn failure(&self, failure: &Error) {
        let profile = self.style.profile.as_deref();
        if self.style.format.is_json() {
            self.error_line(&failure::json(failure, profile), true);
        } else {
            self.error_line(&failure::text(failure, self.paint, profile), true);
        }
    }

    /// Text without the keys in force, by `redact`, and without what `mask` takes for a key.
    fn redact(
        &self,
        text: &str,
        redact: impl Fn(&SecretKey, &str) -> String,
        mask: impl Fn(&str) -> Cow<'_, str>,
    ) -> String {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        let redacted = secrets
            .iter()
            .fold(text.to_owned(), |text, secret| redact(secret, &text));
        mask(&redacted).into_owned()
    }

    /// Data of this program's own making, such as a record, without a key that was typed in the place of a name.
    pub(crate) fn redact_data(&self, json: &str) -> String {
        let redact = |secret: &SecretKey, text: &str| secret.redact_json(text).into_owned();
        self.redact(json, redact, mask_likely_keys)
    }

    /// Text for people that is no note, such as a question or a list of victims.
    pub(crate) fn ask(&self, text: &str) {
        let redact = |secret: &SecretKey, text: &str| secret.redact(text).into_owned();
        let text = self.redact(text, redact, mask_likely_keys);
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(text.as_bytes())
            .and_then(|()| stderr.flush());
    }

    /// Standard error that can't be written leaves nowhere to say so.
    fn error_line(&self, text: &str, is_last: bool) {
        let redact = |secret: &SecretKey, text: &str| secret.redact(text).into_owned();
        let text = self.redact(text, redact, mask_keys);
        let write = || {
            let mut stderr = io::stderr().lock();
            if !self.has_ended.fetch_or(is_last, Ordering::Relaxed) {
                let _ = stderr.write_all(format!("{text}\n").as_bytes());
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
    /// What was printed and not handed over yet.
    pub(super) fn held(&self) -> String {
        String::from_utf8(self.buffer.lock().unwrap().clone()).unwrap()
    }

    /// As if the reader of standard output had gone.
    pub(super) fn lose_reader(&self) {
        self.reader_gone.store(true, Ordering::Relaxed);
    }
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
