//! Questions at the terminal: asked on standard error, answered on standard input.

use std::io;

use crate::output::rows::{RowOptions, Rows};
use crate::output::table::Table;
use crate::output::terminal::Terminal;

impl Terminal {
    /// Starts a table that a question is about, on standard error.
    pub(crate) fn question_table(&self, options: RowOptions) -> Box<dyn Rows + '_> {
        Box::new(Table::new(self, options).of_question())
    }

    /// Asks a question and waits for the answer. What was typed before the question appeared is no answer to it.
    ///
    /// # Errors
    /// Whatever reading standard input fails with.
    pub(crate) fn prompt(&self, question: &str) -> io::Result<String> {
        discard_input();
        self.ask(question);
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        if !answer.ends_with('\n') {
            self.ask("\n");
        }
        Ok(answer.trim().to_owned())
    }
}

/// Returns the width of the terminal at which questions are asked, in columns.
pub(super) fn question_width() -> Option<usize> {
    let size = terminal_size::terminal_size_of(io::stderr());
    size.map(|(width, _)| usize::from(width.0))
}

/// Discards what was typed and not read yet. If that fails, the question is asked all the same.
fn discard_input() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
}
