//! `id` and `_id`: only the id, one per line.

use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text};
use crate::model::sanitize::escape;
use crate::output::rows::Rows;
use crate::output::terminal::Terminal;
use crate::output::writer::TerminalWriter;

pub(super) struct Ids<'terminal> {
    terminal: &'terminal Terminal,
    out: TerminalWriter<'terminal>,
    lookup: Lookup,
}

impl<'terminal> Ids<'terminal> {
    /// Prints the property `name` of each row, or of the object that a row has under `outer`.
    pub(super) fn new(terminal: &'terminal Terminal, name: &str, outer: Option<&str>) -> Self {
        let path = PropertyPath::new(name);
        let path = match outer {
            Some(outer) => path.within(outer),
            None => path,
        };
        Self {
            terminal,
            out: TerminalWriter::new(terminal),
            lookup: Lookup::new([&path]),
        }
    }
}

impl Rows for Ids<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        let found = self.lookup.find(object);
        let ids = found.into_iter().flatten().map(display_text);
        for id in ids.filter(|id| !id.is_empty()) {
            self.out.push(&escape(&id))?;
            self.out.end_line("\n")?;
        }
        Ok(self.terminal.has_reader())
    }
}
