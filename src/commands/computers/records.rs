//! Prints the records of changes. What can't be printed is named in the error: no change is lost, least of all a new `_id`.

use crate::commands::computers::record::Record;
use crate::commands::output_args::{OutputArgs, RedactedRows};
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::output::Shape;

pub(super) struct Records<'context> {
    context: &'context Context,
    rows: RedactedRows<'context>,
    /// A line for each record that is not known to be printed.
    untold: Vec<String>,
    /// Why the first of these was not.
    failure: Option<Error>,
}

impl<'context> Records<'context> {
    pub(super) fn new(output: &OutputArgs, context: &'context Context, shape: Shape) -> Self {
        Self {
            context,
            rows: output.records(context, shape),
            untold: Vec::new(),
            failure: None,
        }
    }

    /// Whether a record can still be printed.
    pub(super) fn can_print(&self) -> bool {
        self.failure
            .as_ref()
            .is_none_or(|failure| failure.kind != ErrorKind::OutputFailed)
    }

    /// Prints a record, or keeps what `finish` is to tell of it.
    pub(super) fn print(&mut self, record: &Record) {
        let waits = self.context.terminal.style().format.is_whole();
        let printed = if self.can_print() {
            self.hand_over(record, waits)
        } else {
            Ok(())
        };
        if waits || printed.is_err() || !self.can_print() {
            self.untold.push(line(record));
        }
        if let Err(failure) = printed {
            self.failure.get_or_insert(failure);
        }
    }

    fn hand_over(&mut self, record: &Record, waits: bool) -> Result<(), Error> {
        self.rows.record(record)?;
        if waits {
            Ok(())
        } else {
            self.context.terminal.finish()
        }
    }

    /// Prints what waited for the end.
    ///
    /// # Errors
    /// What kept a record from being printed, with what became of each target whose record may be lost.
    pub(super) fn finish(self) -> Result<(), Error> {
        let printed = if self.can_print() {
            let finished = self.rows.finish();
            // What can't be handed over is lost, whatever else went wrong.
            self.context.terminal.finish().and(finished)
        } else {
            Ok(())
        };
        match self.failure.map_or(printed, Err) {
            Err(failure) if failure.kind == ErrorKind::OutputFailed => {
                Err(self.untold.into_iter().fold(failure, Error::detail))
            }
            finished => finished,
        }
    }
}

/// Such as `created: _id:… id:…`.
fn line(record: &Record) -> String {
    let mut line = format!("{}:", record.outcome.name());
    line.push_str(&named(&record.computer));
    if let Some(error) = &record.error {
        line.push_str(&format!(" ({error})"));
    }
    line
}

fn named(computer: &Computer) -> String {
    let ids = [("_id", computer.underscore_id()), ("id", computer.id())];
    let mut text: String = ids
        .iter()
        .filter_map(|(name, id)| Some(format!(" {name}:{}", (*id)?)))
        .collect();
    if text.is_empty() {
        text = computer
            .name()
            .or_else(|| computer.hostname())
            .map(|name| format!(" {name:?}"))
            .unwrap_or_default();
    }
    text
}
