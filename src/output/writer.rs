//! Standard output for what is written piece by piece, such as the cells of a row.

use std::io::{self, Write};

use crate::model::error::{Error, ErrorKind};
use crate::output::terminal::Terminal;

/// Smaller pieces are gathered up to this many bytes.
const MAX_GATHERED_BYTES: usize = 8 * 1024;
const BLANKS: &[u8; 64] = &[b' '; 64];

/// Gathers small pieces of data for [`Terminal::data`], to which `flush` hands over the rest; large ones are not copied.
///
/// Unlike a `BufWriter` it drops what could not be written, instead of trying once more when it is dropped itself.
pub(super) struct TerminalWriter<'terminal> {
    terminal: &'terminal Terminal,
    pieces: Vec<u8>,
}

impl<'terminal> TerminalWriter<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            pieces: Vec::new(),
        }
    }
}

impl Write for TerminalWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pieces.len() + bytes.len() > MAX_GATHERED_BYTES {
            self.flush()?;
        }
        if bytes.len() > MAX_GATHERED_BYTES {
            self.terminal.data(bytes).map_err(io::Error::other)?;
        } else {
            self.pieces.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.terminal.data(&self.pieces);
        self.pieces.clear();
        written.map_err(io::Error::other)
    }
}

/// Returns the error of [`Terminal::data`] that an error of a [`TerminalWriter`] holds.
pub(super) fn writer_error(error: io::Error) -> Error {
    error
        .downcast()
        .unwrap_or_else(|error| output_error(&error))
}

/// Returns the error of standard output.
pub(super) fn output_error(error: &io::Error) -> Error {
    let message = format!("standard output can't be written: {error}");
    Error::new(ErrorKind::OutputFailed, message)
}

/// A line of cells with blanks between them; blanks at its end are not printed.
pub(super) struct PaddedLine<'terminal> {
    out: TerminalWriter<'terminal>,
    blanks: usize,
}

impl<'terminal> PaddedLine<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            out: TerminalWriter::new(terminal),
            blanks: 0,
        }
    }

    /// Appends blanks.
    pub(super) fn blanks(&mut self, count: usize) {
        self.blanks += count;
    }

    /// Appends text.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Error> {
        let visible = text.trim_end_matches(' ');
        if !visible.is_empty() {
            while self.blanks > 0 {
                let count = self.blanks.min(BLANKS.len());
                self.out.write_all(&BLANKS[..count]).map_err(writer_error)?;
                self.blanks -= count;
            }
            self.out
                .write_all(visible.as_bytes())
                .map_err(writer_error)?;
        }
        self.blanks += text.len() - visible.len();
        Ok(())
    }

    /// Ends the line.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.blanks = 0;
        self.out
            .write_all(b"\n")
            .and_then(|()| self.out.flush())
            .map_err(writer_error)
    }
}
