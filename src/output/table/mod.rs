//! `table` and `wide`: aligned columns. Rows are measured first and rendered in batches.
//!
//! comfy-table holds some 2 KB a row; batches with fixed widths give the same bytes in a fraction of time and memory.

mod cells;
mod layout;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets,
};

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::format::Format;
use crate::model::property::{Lookup, Names, display_text, each_member};
use crate::model::sanitize::{MAX_PIECE_BYTES, escape, pieces};
use crate::output::columns::Column;
use crate::output::line::Line;
use crate::output::rows::{RowOptions, Rows};
use crate::output::terminal::Terminal;
use cells::{CellReader, Cells, shown_width};
use layout::{GAP, Natural, cut, fit, width_of};

/// Rows rendered at once.
const BATCH: usize = 1000;
/// More cells are not rendered at once, whatever their rows.
const BATCH_CELLS: usize = 100_000;
/// `wide` looks at this many rows for the properties that it adds.
const SAMPLE: usize = 100;
/// It looks at no more once they take so much memory, in bytes.
const SAMPLE_BYTES: usize = 1 << 20;
/// So many columns are named where they are hidden.
const NAMED: usize = 10;

pub(super) struct Table<'terminal> {
    terminal: &'terminal Terminal,
    view: RowOptions,
    /// Rows kept until `wide` knows its columns.
    sample: Option<Vec<Computer>>,
    lookup: Lookup,
    /// The properties that `wide` shows behind the other columns.
    added: Names,
    cells: Cells,
}

impl<'terminal> Table<'terminal> {
    pub(super) fn new(terminal: &'terminal Terminal, view: RowOptions) -> Self {
        let widens = terminal.style().format == Format::Wide && !view.chosen;
        let mut table = Self {
            terminal,
            view,
            sample: widens.then(Vec::new),
            lookup: Lookup::default(),
            added: Names::default(),
            cells: Cells::default(),
        };
        if !widens {
            table.prepare();
        }
        table
    }

    /// The columns are known.
    fn prepare(&mut self) {
        self.lookup = Lookup::new(self.view.columns.iter().map(|column| &column.path));
        self.cells = Cells::new(self.view.columns.len() + self.added.len());
    }

    /// Chooses the columns of `wide`, and takes the rows kept until then.
    fn settle(&mut self) -> Result<(), Error> {
        let sample = self.sample.take().unwrap_or_default();
        self.widen(&sample);
        self.prepare();
        sample.iter().try_for_each(|row| self.add(row))
    }

    fn add(&mut self, row: &Computer) -> Result<(), Error> {
        let values = self.lookup.find(row.text());
        let added = if self.added.len() > 0 {
            self.added.find(row.text())
        } else {
            Vec::new()
        };
        let all = values.into_iter().chain(added);
        self.cells
            .add(all.map(|value| value.map(display_text).unwrap_or_default()))
    }

    /// Adds the scalar properties that the sample has beyond the columns, in their order.
    fn widen(&mut self, sample: &[Computer]) {
        let columns = &self.view.columns;
        if self.view.describe
            || columns
                .first()
                .is_some_and(|column| column.name == "outcome")
        {
            return;
        }
        let has_status = columns.iter().any(|column| column.name == "status");
        let is_known = |name: &str| {
            has_status && name == "state" || columns.iter().any(|column| column.name == name)
        };
        let mut added = Names::default();
        for row in sample {
            each_member(row.text(), |name, value| {
                let is_scalar = !value.get().starts_with(['{', '[']);
                if is_scalar && !is_known(&name) {
                    added.push(&name);
                }
            });
        }
        self.added = added.unique();
    }

    /// The name of a column, as in `--columns`.
    fn name(&self, place: usize) -> &str {
        match self.view.columns.get(place) {
            Some(column) => &column.name,
            None => self.added.name(place - self.view.columns.len()),
        }
    }

    /// The header of a column.
    fn header(&self, place: usize) -> String {
        escape(self.name(place)).to_uppercase()
    }

    /// The columns that fit the terminal, each by its place with its width. The others are told in a note.
    fn fitted(&self) -> Vec<(usize, usize)> {
        let contents = &self.cells.widths;
        let natural = |place: usize| Natural {
            width: if self.view.headers {
                width_of(&self.header(place)).max(contents[place])
            } else {
                contents[place]
            },
            whole: matches!(self.name(place), "id" | "_id"),
        };
        // Where nothing failed, there is no column for errors.
        let is_needless =
            |place: usize| !self.view.chosen && self.name(place) == "error" && contents[place] == 0;
        let natural: Vec<Natural> = (0..contents.len())
            .filter(|place| !is_needless(*place))
            .map(natural)
            .collect();
        let shown = fit(&natural, self.terminal.width());
        if shown.len() < natural.len() {
            self.tell_hidden(natural.len(), &shown);
        }
        shown
    }

    fn tell_hidden(&self, columns: usize, shown: &[(usize, usize)]) {
        let is_hidden = |place: &usize| {
            shown
                .binary_search_by_key(place, |(kept, _)| *kept)
                .is_err()
        };
        let mut hidden: Vec<String> = (0..columns)
            .filter(is_hidden)
            .take(NAMED)
            .map(|place| self.header(place))
            .collect();
        let further = columns - shown.len() - hidden.len();
        if further > 0 {
            hidden.push(format!("{further} more"));
        }
        let text = format!(
            "the terminal is too narrow for {}; choose with --columns, or print -o csv",
            hidden.join(" and ")
        );
        self.terminal.note("columns_hidden", &text);
    }

    fn render(mut self) -> Result<(), Error> {
        let shown = self.fitted();
        // comfy-table counts widths in 16 bits, and would break what is wider into lines.
        let is_drawable = shown.len() <= BATCH
            && shown
                .iter()
                .all(|(_, width)| u16::try_from(width + GAP).is_ok());
        let cells = std::mem::take(&mut self.cells);
        if self.terminal.paints_data() && is_drawable {
            self.painted(&shown, cells)
        } else {
            self.plain(&shown, cells)
        }
    }

    fn painted(&self, shown: &[(usize, usize)], cells: Cells) -> Result<(), Error> {
        let headers = || shown.iter().map(|(place, _)| self.header(*place)).collect();
        let mut headers: Option<Vec<String>> = self.view.headers.then(headers);
        let (columns, mut rows) = (cells.widths.len(), cells.rows);
        let batch = Batch {
            terminal: self.terminal,
            columns: &self.view.columns,
            shown,
        };
        let most = BATCH.min(BATCH_CELLS / columns.max(1)).max(1);
        let mut reader = cells.into_reader()?;
        while headers.is_some() || rows > 0 {
            let count = rows.min(most);
            let read = (0..count).map(|_| read_row(&mut reader, columns, shown));
            let read = read.collect::<Result<Vec<_>, Error>>()?;
            batch.print(headers.take(), read)?;
            rows -= count;
        }
        Ok(())
    }

    /// What batches are without colours, in a third of the time.
    fn plain(&self, shown: &[(usize, usize)], cells: Cells) -> Result<(), Error> {
        let mut line = Line::new(self.terminal);
        if self.view.headers {
            for (place, width) in shown {
                let header = self.header(*place);
                let header = cut(&header, *width);
                line.push(&header)?;
                line.blanks(width.saturating_sub(width_of(&header)) + GAP);
            }
            line.end()?;
        }
        let (columns, rows) = (cells.widths.len(), cells.rows);
        let mut reader = cells.into_reader()?;
        for _ in 0..rows {
            let mut shown = shown.iter().copied().peekable();
            for place in 0..columns {
                let cell = reader.next()?;
                if let Some((_, width)) = shown.next_if(|(next, _)| *next == place) {
                    print_cell(cell, width, &mut line)?;
                }
            }
            line.end()?;
        }
        Ok(())
    }
}

/// The cells of a row that are shown, escaped and cut to their widths.
fn read_row(
    reader: &mut CellReader,
    columns: usize,
    shown: &[(usize, usize)],
) -> Result<Vec<String>, Error> {
    let mut row = Vec::with_capacity(shown.len());
    let mut shown = shown.iter().copied().peekable();
    for place in 0..columns {
        let cell = reader.next()?;
        if let Some((_, width)) = shown.next_if(|(next, _)| *next == place) {
            row.push(cut(&escape(beginning(cell)), width).into_owned());
        }
    }
    Ok(row)
}

/// As much of a cell as a width in 16 bits can show.
fn beginning(cell: &str) -> &str {
    &cell[..cell.floor_char_boundary(4 * MAX_PIECE_BYTES)]
}

/// A cell, filled up to its width.
fn print_cell(cell: &str, width: usize, line: &mut Line<'_>) -> Result<(), Error> {
    let mut taken = shown_width(cell);
    if taken > width {
        let escaped = escape(beginning(cell));
        let text = cut(&escaped, width);
        taken = width_of(&text);
        line.push(&text)?;
    } else {
        for piece in pieces(cell) {
            line.push(&escape(piece))?;
        }
    }
    line.blanks(width.saturating_sub(taken) + GAP);
    Ok(())
}

/// Rows that comfy-table lays out at once, with colours.
struct Batch<'a> {
    terminal: &'a Terminal,
    columns: &'a [Column],
    shown: &'a [(usize, usize)],
}

impl Batch<'_> {
    fn print(&self, headers: Option<Vec<String>>, rows: Vec<Vec<String>>) -> Result<(), Error> {
        let shown = self.shown;
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled)
            .enforce_styling();
        if let Some(headers) = headers {
            let header = |(header, (_, width)): (&String, &(usize, usize))| {
                Cell::new(cut(header, *width)).add_attribute(Attribute::Bold)
            };
            table.set_header(headers.iter().zip(shown).map(header));
        }
        for row in rows {
            let cells = shown.iter().zip(row);
            table.add_row(cells.map(|((place, _), text)| self.cell(*place, text)));
        }
        for (position, (_, width)) in shown.iter().enumerate() {
            if let Some(column) = table.column_mut(position) {
                let is_last = position + 1 == shown.len();
                let gap = if is_last { 0 } else { GAP };
                column
                    .set_padding((0, u16::try_from(gap).unwrap_or(0)))
                    .set_cell_alignment(CellAlignment::Left);
                let whole = u16::try_from(width + gap).unwrap_or(u16::MAX);
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(whole)));
            }
        }
        for line in table.lines() {
            self.terminal.line(line.trim_end())?;
        }
        Ok(())
    }

    /// The state's colour only repeats what its word says.
    fn cell(&self, position: usize, text: String) -> Cell {
        let is_state = self
            .columns
            .get(position)
            .is_some_and(|column| matches!(column.name.as_str(), "status" | "state"));
        match &*text {
            "ONLINE" if is_state => Cell::new(text).fg(Color::Green),
            "OFFLINE" if is_state => Cell::new(text).fg(Color::DarkGrey),
            _ => Cell::new(text),
        }
    }
}

impl Rows for Table<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        match &mut self.sample {
            Some(sample) => {
                sample.push(row.clone());
                let size: usize = sample.iter().map(|row| row.text().len()).sum();
                if sample.len() == SAMPLE || size >= SAMPLE_BYTES {
                    self.settle()?;
                }
            }
            None => self.add(row)?,
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        if self.sample.is_some() {
            self.settle()?;
        }
        self.render()
    }
}
