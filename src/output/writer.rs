//! Standard output as a writer, for what is written piece by piece.

use std::io::{self, Write};

use crate::model::error::{Error, ErrorKind};
use crate::output::terminal::Terminal;

/// So many bytes are gathered from small pieces.
const MAX_PIECES: usize = 8 * 1024;

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
        if self.pieces.len() + bytes.len() > MAX_PIECES {
            self.flush()?;
        }
        if bytes.len() > MAX_PIECES {
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

/// The error of [`Terminal::data`] inside an error of a [`TerminalWriter`].
pub(super) fn output_error(error: io::Error) -> Error {
    error.downcast::<Error>().unwrap_or_else(|error| {
        Error::new(
            ErrorKind::OutputFailed,
            format!("standard output can't be written: {error}"),
        )
    })
}
