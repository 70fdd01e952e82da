//! Standard output for what is printed piece by piece, such as the cells of a row. Each function fails with
//! [`ErrorKind::OutputFailed`](crate::model::error::ErrorKind::OutputFailed) if standard output can't be written.

use crate::model::error::Error;
use crate::output::terminal::Terminal;

/// Smaller pieces are gathered up to this many bytes.
const MAX_GATHERED_BYTES: usize = 8 * 1024;
const BLANKS: &str = "                                                                ";

/// Gathers small pieces of data for [`Terminal::data`], which takes a lock; large ones are not copied.
///
/// Unlike a `BufWriter`, it drops what could not be written, and does not try again when it is dropped itself.
pub(super) struct TerminalWriter<'terminal> {
    terminal: &'terminal Terminal,
    /// Whether the text belongs to a question, which goes to standard error.
    is_question: bool,
    pieces: Vec<u8>,
}

impl<'terminal> TerminalWriter<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            is_question: false,
            pieces: Vec::new(),
        }
    }

    fn hand_over(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.is_question {
            self.terminal.ask(&String::from_utf8_lossy(bytes));
            return Ok(());
        }
        self.terminal.data(bytes)
    }

    /// Appends a piece.
    pub(super) fn push(&mut self, piece: &str) -> Result<(), Error> {
        if self.pieces.len() + piece.len() > MAX_GATHERED_BYTES {
            self.flush()?;
        }
        if piece.len() > MAX_GATHERED_BYTES {
            return self.hand_over(piece.as_bytes());
        }
        self.pieces.extend_from_slice(piece.as_bytes());
        Ok(())
    }

    /// Appends the end of a line and passes the line on.
    pub(super) fn end_line(&mut self, end: &str) -> Result<(), Error> {
        self.push(end)?;
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Error> {
        let written = self.hand_over(&self.pieces);
        self.pieces.clear();
        written
    }
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

    /// Starts a line of a question, on standard error.
    pub(super) fn of_question(terminal: &'terminal Terminal) -> Self {
        let mut line = Self::new(terminal);
        line.out.is_question = true;
        line
    }

    /// Appends blanks.
    pub(super) fn blanks(&mut self, count: usize) {
        self.blanks += count;
    }

    /// Appends text.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Error> {
        let visible = text.trim_end_matches(' ');
        if !visible.is_empty() {
            while self.blanks > 0 {
                let count = self.blanks.min(BLANKS.len());
                self.out.push(&BLANKS[..count])?;
                self.blanks -= count;
            }
            self.out.push(visible)?;
        }
        self.blanks += text.len() - visible.len();
        Ok(())
    }

    /// Ends the line.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.blanks = 0;
        self.out.end_line("\n")
    }
}
