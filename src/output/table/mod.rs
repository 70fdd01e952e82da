//! `table` and `wide`: aligned columns, printed once all rows have come.
//!
//! Laid out here and not by a table library. Which columns fit, how cells are cut, escaped and spooled is this tool's own,
//! and what is left for a library is padding. comfy-table did that in three times the time, and with some 2 KB a row.

mod cells;
pub(super) mod layout;

use crate::model::error::Error;
use crate::model::format::Format;
use crate::model::json_reader::members;
use crate::model::property::{Lookup, Names, display_text};
use crate::model::sanitize::{MAX_PIECE_BYTES, escape, pieces};
use crate::output::rows::{Column, Fit, RowOptions, Rows};
use crate::output::terminal::{Terminal, question_size};
use crate::output::writer::PaddedLine;
use cells::{Cells, escaped_width};
use layout::{Fitted, GAP, Natural, cut, fit, width_of};

/// `wide` looks at this many rows for the properties that it adds.
const SAMPLE_ROWS: usize = 100;
/// It looks at no more rows once they take this much memory.
const SAMPLE_BYTES: usize = 1 << 20;
/// The note on hidden columns names at most this many of them.
const MAX_NAMED: usize = 10;
/// A shorter text is shown whole or not at all.
const UUID_LENGTH: usize = 36;

pub(super) struct Table<'terminal> {
    terminal: &'terminal Terminal,
    options: RowOptions,
    /// Whether the table belongs to a question, on standard error.
    is_question: bool,
    /// The first rows, until `wide` knows its columns.
    sample: Option<Vec<String>>,
    sample_bytes: usize,
    lookup: Lookup,
    /// The properties that `wide` shows behind the other columns. As a million columns they would fill the memory.
    added: Names,
    cells: Cells,
}

impl<'terminal> Table<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, options: RowOptions) -> Self {
        let extends = options.extends && terminal.style().format == Format::Wide;
        Self {
            terminal,
            is_question: false,
            sample: extends.then(Vec::new),
            sample_bytes: 0,
            lookup: Lookup::new(options.columns.iter().map(|column| &column.path)),
            added: Names::default(),
            cells: Cells::new(options.columns.len()),
            options,
        }
    }

    /// Makes the table part of a question, which is printed on standard error and without colours.
    pub(super) fn of_question(mut self) -> Self {
        self.is_question = true;
        self
    }

    fn width(&self) -> Option<usize> {
        if self.is_question {
            question_size().map(|(width, _)| width)
        } else {
            self.terminal.width
        }
    }

    /// Adds the simple properties that the sample has beyond the columns, in their order; then its rows.
    fn extend(&mut self) -> Result<(), Error> {
        let sample = self.sample.take().unwrap_or_default();
        let known = &self.lookup;
        let mut added = Names::default();
        for object in &sample {
            for (name, value) in members(object) {
                if !value.starts_with(['{', '[']) && !known.reads(&name) {
                    added.push(&name);
                }
            }
        }
        self.added = added.unique();
        self.cells = Cells::new(self.options.columns.len() + self.added.len());
        sample.iter().try_for_each(|object| self.add(object))
    }

    fn add(&mut self, object: &str) -> Result<(), Error> {
        let mut values = self.lookup.find(object);
        if self.added.len() > 0 {
            values.extend(self.added.find(object));
        }
        let text = |value: Option<_>| value.map(display_text).unwrap_or_default();
        self.cells.add(values.into_iter().map(text))
    }

    /// Returns a column by its place, unless it is one that `wide` added.
    fn column(&self, place: usize) -> Option<&Column> {
        self.options.columns.get(place)
    }

    fn header(&self, place: usize) -> String {
        let columns = self.options.columns.len();
        let name = match self.column(place) {
            Some(column) => &column.name,
            None => self.added.name(place - columns),
        };
        escape(name).to_uppercase()
    }

    /// Returns the columns that fit the terminal, and the places of those that do not.
    fn fitted(&self) -> (Vec<Fitted>, Vec<usize>) {
        let widths = &self.cells.widths;
        let is_shown = |place: &usize| {
            let column = self.column(*place);
            widths[*place] > 0 || column.is_none_or(|column| !column.hides_empty)
        };
        let places: Vec<usize> = (0..widths.len()).filter(is_shown).collect();
        // Every row keeps an id: further ids may go only if the one that is kept is there in all rows.
        let mut columns = self.options.columns.iter().zip(&self.cells.filled);
        let are_ids_complete = columns.any(|(column, filled)| {
            column.fit == Fit::Shorten && column.is_kept && *filled == self.cells.rows
        });
        let natural = places
            .iter()
            .map(|place| self.natural(*place, are_ids_complete));
        let mut shown = fit(&natural.collect::<Vec<_>>(), self.width());
        for column in &mut shown {
            column.place = places[column.place];
        }
        // An empty column is not missed.
        let is_hidden = |place: &usize| {
            self.cells.filled[*place] > 0
                && shown
                    .binary_search_by_key(place, |column| column.place)
                    .is_err()
        };
        let hidden = places.into_iter().filter(is_hidden).collect();
        (shown, hidden)
    }

    /// Returns how wide a column is at most, and how it adapts. `are_ids_complete`: whether other columns of ids may go.
    fn natural(&self, place: usize, are_ids_complete: bool) -> Natural {
        let column = self.column(place);
        let fit = column.map_or(Fit::Cut, |column| column.fit);
        let keeps_id = fit == Fit::Shorten && !are_ids_complete;
        let header = if self.options.headers {
            width_of(&self.header(place))
        } else {
            0
        };
        Natural {
            width: self.cells.widths[place].max(header),
            fit,
            is_kept: self.cells.filled[place] > 0
                && (keeps_id || column.is_some_and(|column| column.is_kept)),
        }
    }

    fn print(mut self) -> Result<(), Error> {
        let (shown, hidden) = self.fitted();
        let (mut line, (bold, reset)) = if self.is_question {
            (PaddedLine::of_question(self.terminal), ("", ""))
        } else {
            (PaddedLine::new(self.terminal), self.terminal.bold())
        };
        if self.options.headers {
            for column in &shown {
                let header = self.header(column.place);
                let header = cut(&header, column.width);
                line.push(&format!("{bold}{header}{reset}"))?;
                line.blanks(column.width.saturating_sub(width_of(&header)) + GAP);
            }
            line.end()?;
        }
        let cells = std::mem::take(&mut self.cells);
        let (columns, rows) = (cells.widths.len(), cells.rows);
        let mut reader = cells.into_reader()?;
        for _ in 0..rows {
            let mut shown = shown.iter().peekable();
            for place in 0..columns {
                let cell = reader.next_text()?;
                if let Some(fitted) = shown.next_if(|column| column.place == place) {
                    self.print_cell(cell, *fitted, &mut line)?;
                }
            }
            line.end()?;
        }
        // A question takes no --columns.
        if hidden.is_empty() || self.is_question {
            return Ok(());
        }
        self.terminal.finish()?;
        self.note_hidden(&hidden);
        Ok(())
    }

    /// Prints a cell, filled up to its width.
    fn print_cell(
        &self,
        cell: &str,
        Fitted { place, width }: Fitted,
        line: &mut PaddedLine<'_>,
    ) -> Result<(), Error> {
        let column = self.column(place);
        let mut taken = escaped_width(cell);
        if taken > width {
            let is_short_id = column.is_some_and(|column| column.fit == Fit::Shorten)
                && cell.len() == UUID_LENGTH
                && cell.is_ascii();
            // As much of the cell as a width in 16 bits can show.
            let escaped = escape(&cell[..cell.floor_char_boundary(4 * MAX_PIECE_BYTES)]);
            let text = match escaped.get(..width) {
                Some(digits) if is_short_id => digits.into(),
                _ => cut(&escaped, width),
            };
            taken = width_of(&text);
            line.push(&text)?;
        } else if column.and_then(|column| column.green) == Some(cell)
            && self.terminal.paints_data
            && !self.is_question
        {
            line.push(&format!("\u{1b}[32m{cell}\u{1b}[39m"))?;
        } else {
            pieces(cell).try_for_each(|piece| line.push(&escape(piece)))?;
        }
        line.blanks(width.saturating_sub(taken) + GAP);
        Ok(())
    }

    fn note_hidden(&self, hidden: &[usize]) {
        let named = hidden.iter().take(MAX_NAMED);
        let mut names: Vec<String> = named.map(|place| self.header(*place)).collect();
        if hidden.len() > names.len() {
            names.push(format!("{} more", hidden.len() - names.len()));
        }
        let last = names.pop().unwrap_or_default();
        let list = match &names[..] {
            [] => last,
            first => format!("{} and {last}", first.join(", ")),
        };
        let advice = if self.options.has_columns_flag {
            "choose columns with --columns, or print -o csv"
        } else {
            "print them with -o csv"
        };
        let text = format!("the terminal is too narrow for {list}; {advice}");
        self.terminal.note("columns_hidden", &text);
    }
}

impl Rows for Table<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        match &mut self.sample {
            Some(sample) => {
                sample.push(object.to_owned());
                self.sample_bytes += object.len();
                if sample.len() == SAMPLE_ROWS || self.sample_bytes >= SAMPLE_BYTES {
                    self.extend()?;
                }
            }
            None => self.add(object)?,
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        if self.sample.is_some() {
            self.extend()?;
        }
        self.print()
    }
}
