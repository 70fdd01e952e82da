//! One computer for people: every property on a line of its own.

use std::borrow::Cow;
use std::convert::Infallible;

use serde_json::value::RawValue;
use unicode_width::UnicodeWidthStr;

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, display_text, each_member};
use crate::model::sanitize::{escape, pieces};
use crate::output::json_text::compact;
use crate::output::line::Line;
use crate::output::rows::{RowOptions, Rows};
use crate::output::terminal::Terminal;

/// Blanks between a name and its value.
const GAP: usize = 2;

pub(super) struct Describe<'terminal> {
    terminal: &'terminal Terminal,
    view: RowOptions,
}

impl<'terminal> Describe<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, view: RowOptions) -> Self {
        Self { terminal, view }
    }
}

/// A value as a person reads it; an object or an array is its JSON, on one line.
fn shown(value: &RawValue) -> Cow<'_, str> {
    if !value.get().starts_with(['{', '[']) {
        return display_text(value);
    }
    let mut text = String::new();
    compact(value.get(), &mut text);
    Cow::Owned(text)
}

impl Describe<'_> {
    /// Passes on what is shown of a row: names and values. A row with a million properties is never held a second time.
    fn properties<E>(
        &self,
        row: &Computer,
        mut pass_on: impl FnMut(&str, Option<&RawValue>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.view.chosen {
            let columns = &self.view.columns;
            let values = Lookup::new(columns.iter().map(|column| &column.path)).find(row.text());
            return columns
                .iter()
                .zip(values)
                .try_for_each(|(column, value)| pass_on(&column.name, value));
        }
        let mut done = Ok(());
        each_member(row.text(), |name, value| {
            if done.is_ok() {
                done = pass_on(&name, Some(value));
            }
        });
        done
    }

    fn header(&self, header: &str, width: usize, line: &mut Line<'_>) -> Result<(), Error> {
        let (bold, reset) = if self.terminal.paints_data() {
            ("\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        line.push(&format!("{bold}{header}"))?;
        line.blanks(width - header.len() + GAP);
        line.push(&format!("VALUE{reset}"))?;
        line.end()
    }
}

impl Rows for Describe<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        let header = if self.view.headers { "PROPERTY" } else { "" };
        let mut width = header.len();
        let Ok(()) = self.properties(row, |name, _| {
            width = width.max(escape(name).width());
            Ok::<(), Infallible>(())
        });
        let mut line = Line::new(self.terminal);
        if self.view.headers {
            self.header(header, width, &mut line)?;
        }
        self.properties(row, |name, value| {
            let name = escape(name);
            line.push(&name)?;
            line.blanks(width - name.width() + GAP);
            for piece in pieces(&value.map(shown).unwrap_or_default()) {
                line.push(&escape(piece))?;
            }
            line.end()
        })?;
        Ok(self.terminal.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
