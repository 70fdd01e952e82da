//! `table` and `wide`: aligned columns. Rows are measured first and rendered in batches.
//!
//! comfy-table holds some 2 KB a row; batches with fixed widths give the same bytes in a fraction of time and memory.

mod cells;
mod layout;

use std::borrow::Cow;
use std::collections::HashSet;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets,
};

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text, members};
use crate::model::sanitize::escape;
use crate::output::columns::Column;
use crate::output::format::Format;
use crate::output::line::Line;
use crate::output::rows::{RowOptions, Rows};
use crate::output::screen::Terminal;
use cells::Cells;
use layout::{GAP, Natural, cut, fit, width_of};

/// Rows rendered at once.
const BATCH: usize = 1000;
/// `wide` looks at this many rows for the properties that it adds.
const SAMPLE: usize = 100;

pub(super) struct Table<'screen> {
    screen: &'screen Terminal,
    view: RowOptions,
    /// Rows kept until `wide` knows its columns.
    sample: Option<Vec<Computer>>,
    lookup: Lookup,
    cells: Cells,
}

impl<'screen> Table<'screen> {
    pub(super) fn new(screen: &'screen Terminal, view: RowOptions) -> Self {
        let widens = screen.style().format == Format::Wide && !view.chosen;
        let mut table = Self {
            screen,
            view,
            sample: widens.then(Vec::new),
            lookup: Lookup::default(),
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
        self.cells = Cells::new(self.view.columns.len());
    }

    /// Chooses the columns of `wide`, and takes the rows kept until then.
    fn settle(&mut self) -> Result<(), Error> {
        let sample = self.sample.take().unwrap_or_default();
        self.widen(&sample);
        self.prepare();
        sample.iter().try_for_each(|row| self.add(row))
    }

    fn add(&mut self, row: &Computer) -> Result<(), Error> {
        self.cells.add(
            self.lookup
                .find(row.text())
                .into_iter()
                .map(|value| value.map(display_text).unwrap_or_default()),
        )
    }

    /// Adds the scalar properties that the sample has beyond the columns, in their order.
    fn widen(&mut self, sample: &[Computer]) {
        let columns = &mut self.view.columns;
        if self.view.describe
            || columns
                .first()
                .is_some_and(|column| column.name == "outcome")
        {
            return;
        }
        let mut known: HashSet<String> = columns.iter().map(|column| column.name.clone()).collect();
        if known.contains("status") {
            known.insert("state".to_owned());
        }
        for (name, value) in sample.iter().flat_map(|row| members(row.text())) {
            let is_scalar = !value.get().starts_with(['{', '[']);
            if is_scalar && !known.contains(&*name) {
                known.insert(name.clone().into_owned());
                columns.push(Column::new(&*name, PropertyPath::new(&*name)));
            }
        }
    }

    fn render(self) -> Result<(), Error> {
        let columns = &self.view.columns;
        let headers: Vec<String> = columns
            .iter()
            .map(|column| escape(&column.name).to_uppercase())
            .collect();
        let contents = &self.cells.widths;
        let natural = |place: usize| Natural {
            width: if self.view.headers {
                width_of(&headers[place]).max(contents[place])
            } else {
                contents[place]
            },
            whole: matches!(columns[place].name.as_str(), "id" | "_id"),
        };
        // Where nothing failed, there is no column for errors.
        let is_needless = |place: usize| {
            !self.view.chosen && columns[place].name == "error" && contents[place] == 0
        };
        let natural: Vec<Natural> = (0..columns.len())
            .filter(|place| !is_needless(*place))
            .map(natural)
            .collect();
        let shown = fit(&natural, self.screen.width());
        let hidden: Vec<&str> = (0..natural.len())
            .filter(|place| {
                shown
                    .binary_search_by_key(place, |(kept, _)| *kept)
                    .is_err()
            })
            .map(|place| headers[place].as_str())
            .collect();
        if !hidden.is_empty() {
            let text = format!(
                "the terminal is too narrow for {}; choose with --columns, or print -o csv",
                hidden.join(" and ")
            );
            self.screen.note("columns_hidden", &text);
        }
        // comfy-table counts widths in 16 bits, and would break what is wider into lines.
        let is_drawable = shown
            .iter()
            .all(|(_, width)| u16::try_from(width + GAP).is_ok());
        if self.screen.paints_data() && is_drawable {
            self.painted(&shown, headers)
        } else {
            self.plain(&shown, &headers)
        }
    }

    fn painted(self, shown: &[(usize, usize)], headers: Vec<String>) -> Result<(), Error> {
        let mut headers = self.view.headers.then_some(headers);
        let (screen, columns) = (self.screen, &self.view.columns);
        let batch = Batch {
            screen,
            columns,
            shown,
        };
        self.cells.read(|rows| {
            let mut rows = rows.peekable();
            while headers.is_some() || rows.peek().is_some() {
                batch.print(headers.take(), rows.by_ref().take(BATCH))?;
            }
            Ok(())
        })
    }

    /// What batches are without colours, in a third of the time.
    fn plain(self, shown: &[(usize, usize)], headers: &[String]) -> Result<(), Error> {
        let mut line = Line::new(self.screen);
        if self.view.headers {
            plain_line(
                shown,
                &headers.iter().map(String::as_str).collect::<Vec<_>>(),
                &mut line,
            )?;
        }
        self.cells
            .read(|mut rows| rows.try_for_each(|row| plain_line(shown, &row, &mut line)))
    }
}

/// Rows that comfy-table lays out at once, with colours.
struct Batch<'a> {
    screen: &'a Terminal,
    columns: &'a [Column],
    shown: &'a [(usize, usize)],
}

impl Batch<'_> {
    fn print<'cell>(
        &self,
        headers: Option<Vec<String>>,
        rows: impl Iterator<Item = Vec<&'cell str>>,
    ) -> Result<(), Error> {
        let shown = self.shown;
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled)
            .enforce_styling();
        if let Some(headers) = headers {
            let header = |(place, width): &(usize, usize)| {
                Cell::new(cut(&headers[*place], *width)).add_attribute(Attribute::Bold)
            };
            table.set_header(shown.iter().map(header));
        }
        for row in rows {
            table.add_row(
                shown
                    .iter()
                    .map(|(place, width)| self.cell(*place, cut(row[*place], *width))),
            );
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
            self.screen.line(line.trim_end())?;
        }
        Ok(())
    }

    /// The state's colour only repeats what its word says.
    fn cell(&self, position: usize, text: Cow<'_, str>) -> Cell {
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

/// The cells that are shown, in their order, each filled up to its width.
fn plain_line(shown: &[(usize, usize)], cells: &[&str], line: &mut Line<'_>) -> Result<(), Error> {
    for (place, width) in shown {
        let text = cut(cells[*place], *width);
        line.push(&text)?;
        line.blanks(width.saturating_sub(width_of(&text)) + GAP);
    }
    line.end()
}

impl Rows for Table<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        match &mut self.sample {
            Some(sample) => {
                sample.push(row.detached());
                if sample.len() == SAMPLE {
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
