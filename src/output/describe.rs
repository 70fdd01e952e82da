//! One object for people: a line for each property.

use std::borrow::Cow;
use std::convert::Infallible;

use unicode_width::UnicodeWidthStr;

use crate::model::error::Error;
use crate::model::json_reader::members;
use crate::model::property::{Lookup, display_text};
use crate::model::sanitize::{escape, pieces};
use crate::output::json_text::compact;
use crate::output::rows::{RowOptions, Rows};
use crate::output::table::layout::wrap;
use crate::output::terminal::Terminal;
use crate::output::writer::PaddedLine;

/// Blanks between a name and its value.
const GAP: usize = 2;
/// In less room than this, values are not split into lines.
const MIN_VALUE: usize = 8;
const HEADER: &str = "PROPERTY";

pub(super) struct Describe<'terminal> {
    terminal: &'terminal Terminal,
    options: RowOptions,
}

impl<'terminal> Describe<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, options: RowOptions) -> Self {
        Self { terminal, options }
    }

    /// Passes on the names and values to show. They are never collected: a row may have a million properties.
    fn properties<E>(
        &self,
        object: &str,
        mut pass_on: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.options.extends {
            return members(object).try_for_each(|(name, value)| pass_on(&name, value));
        }
        let columns = &self.options.columns;
        let values = Lookup::new(columns.iter().map(|column| &column.path)).find(object);
        columns
            .iter()
            .zip(values)
            .try_for_each(|(column, value)| pass_on(&column.name, value.unwrap_or("null")))
    }

    /// Returns the width of the lines into which values are split, or `None` if they are not: in a pipe, or where the names
    /// leave too little room.
    fn value_width(&self, taken: usize) -> Option<usize> {
        let width = self.terminal.width()?.checked_sub(taken)?;
        (width >= MIN_VALUE).then_some(width)
    }

    fn header(&self, width: usize, line: &mut PaddedLine<'_>) -> Result<(), Error> {
        let (bold, reset) = self.terminal.bold();
        line.push(&format!("{bold}{HEADER}{reset}"))?;
        line.blanks(width - HEADER.len() + GAP);
        line.push(&format!("{bold}VALUE{reset}"))?;
        line.end()
    }
}

/// Returns a value as a person reads it; an object or an array is its JSON, on one line.
fn cell(value: &str) -> Cow<'_, str> {
    if value.starts_with(['{', '[']) {
        compact(value).into()
    } else {
        display_text(value)
    }
}

impl Rows for Describe<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        let has_header = self.options.headers;
        let mut width = if has_header { HEADER.len() } else { 0 };
        let Ok(()) = self.properties(object, |name, _| {
            width = width.max(escape(name).width());
            Ok::<(), Infallible>(())
        });
        let mut line = PaddedLine::new(self.terminal);
        if has_header {
            self.header(width, &mut line)?;
        }
        let value_width = self.value_width(width + GAP);
        self.properties(object, |name, value| {
            let name = escape(name);
            line.push(&name)?;
            line.blanks(width - name.width() + GAP);
            let value = cell(value);
            let Some(value_width) = value_width else {
                pieces(&value).try_for_each(|piece| line.push(&escape(piece)))?;
                return line.end();
            };
            for (row, text) in wrap(&escape(&value), value_width).enumerate() {
                if row > 0 {
                    line.blanks(width + GAP);
                }
                line.push(text)?;
                line.end()?;
            }
            Ok(())
        })?;
        Ok(self.terminal.has_reader())
    }
}
