//! A line of cells with blanks between them, handed over in pieces: neither a long cell nor the blanks beside it are held.

use crate::model::error::Error;
use crate::output::terminal::Terminal;

/// What is longer than this goes to the terminal by itself, in bytes.
const LONG: usize = 4096;
const BLANKS: &str = "                                                                ";

pub(super) struct Line<'terminal> {
    terminal: &'terminal Terminal,
    text: String,
    /// Blanks that are printed only where something follows.
    blanks: usize,
}

impl<'terminal> Line<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            text: String::new(),
            blanks: 0,
        }
    }

    /// Goes on with these blanks.
    pub(super) fn blanks(&mut self, count: usize) {
        self.blanks += count;
    }

    /// Goes on with this text.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Error> {
        let seen = if text.ends_with(' ') {
            text.trim_end_matches(' ')
        } else {
            text
        };
        if !seen.is_empty() {
            while self.blanks > 0 {
                let some = self.blanks.min(BLANKS.len());
                self.append(&BLANKS[..some])?;
                self.blanks -= some;
            }
            self.append(seen)?;
        }
        self.blanks += text.len() - seen.len();
        Ok(())
    }

    /// Ends the line.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.blanks = 0;
        self.append("\n")?;
        self.hand_over()
    }

    fn append(&mut self, text: &str) -> Result<(), Error> {
        if self.text.len() + text.len() > LONG {
            self.hand_over()?;
        }
        if text.len() > LONG {
            return self.terminal.data(text.as_bytes());
        }
        self.text.push_str(text);
        Ok(())
    }

    fn hand_over(&mut self) -> Result<(), Error> {
        self.terminal.data(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}
