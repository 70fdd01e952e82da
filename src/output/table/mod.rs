//! `table` and `wide`: aligned columns. Rows are measured first and rendered in batches.
//!
//! comfy-table holds some 2 KB a row; batches with fixed widths give the same bytes in a fraction of time and memory.

mod cells;
mod layout;

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width, presets};

use unicode_width::UnicodeWidthStr;

use crate::model::computer::Computer;
use crate::model::failure::Failure;
use crate::model::property::{Lookup, PropertyPath, names, plain};
use crate::model::sanitize::visible;
use crate::output::columns::Column;
use crate::output::format::Format;
use crate::output::rows::{Rows, View};
use crate::output::screen::Screen;
use cells::Cells;
use layout::{GAP, cut, fit};

/// Rows rendered at once.
const BATCH: usize = 1000;
/// `wide` looks at this many rows for the properties that it adds.
const SAMPLE: usize = 100;

pub(super) struct Table<'screen> {
    screen: &'screen Screen,
    view: View,
    /// Rows kept until `wide` knows its columns.
    sample: Option<Vec<Computer<'static>>>,
    lookup: Lookup,
    cells: Cells,
}

impl<'screen> Table<'screen> {
    pub(super) fn new(screen: &'screen Screen, view: View) -> Self {
        let widens = screen.style().format == Format::Wide && !view.chosen;
        let mut table = Self { screen, view, sample: widens.then(Vec::new), lookup: Lookup::default(), cells: Cells::default() };
        if !widens {
            table.settle();
        }
        table
    }

    /// The columns are known: prepares for rows and takes those kept so far.
    fn settle(&mut self) {
        self.lookup = Lookup::new(self.view.columns.iter().map(|column| &column.path));
        for row in self.sample.take().unwrap_or_default() {
            self.add(&row);
        }
    }

    fn add(&mut self, row: &Computer<'_>) {
        for value in self.lookup.find(row.text()) {
            self.cells.push(&visible(&value.map(plain).unwrap_or_default()));
        }
    }

    /// Adds the scalar properties that the sample has beyond the columns, in their order.
    fn widen(&mut self) {
        let sample = self.sample.take().unwrap_or_default();
        let known = |columns: &[Column], name: &str| {
            columns.iter().any(|column| column.name == name || column.name == "status" && name == "state")
        };
        if self.view.describe || self.view.columns.first().is_some_and(|column| column.name == "outcome") {
            self.sample = Some(sample);
            return;
        }
        for row in &sample {
            for name in names(row.text()) {
                let path = PropertyPath::new(name.as_str());
                let is_scalar = row.raw(&path).is_some_and(|value| !value.get().starts_with(['{', '[']));
                if is_scalar && !known(&self.view.columns, &name) {
                    self.view.columns.push(Column::new(name, path));
                }
            }
        }
        self.sample = Some(sample);
    }

    fn render(&self) -> Result<(), Failure> {
        let headers: Vec<String> = self.view.columns.iter().map(|column| visible(&column.name).to_uppercase()).collect();
        let natural = self.cells.widths(if self.view.headers { &headers } else { &[] }, headers.len());
        let widths = fit(&natural, self.screen.width());
        if widths.len() < headers.len() {
            let hidden = headers[widths.len()..].join(", ");
            self.screen.note("columns_hidden", &format!("the terminal is too narrow for {hidden}; choose with --columns"));
        }
        let rows = self.cells.count(headers.len());
        if !self.screen.paints_data() {
            return self.plain(&widths, &headers);
        }
        for first in (0..rows.max(1)).step_by(BATCH) {
            let headers = Some(&headers).filter(|_| first == 0 && self.view.headers);
            self.batch(&widths, headers, self.cells.rows(self.view.columns.len(), first).take(BATCH))?;
        }
        Ok(())
    }

    /// What a batch is without colours, in a third of the time.
    fn plain(&self, widths: &[usize], headers: &[String]) -> Result<(), Failure> {
        let mut line = String::new();
        if self.view.headers {
            plain_line(widths, headers.iter().map(String::as_str), &mut line);
            self.screen.line(&line)?;
        }
        for row in self.cells.rows(headers.len(), 0) {
            plain_line(widths, row, &mut line);
            self.screen.line(&line)?;
        }
        Ok(())
    }

    fn batch<'cell>(
        &self,
        widths: &[usize],
        headers: Option<&Vec<String>>,
        rows: impl Iterator<Item = impl Iterator<Item = &'cell str>>,
    ) -> Result<(), Failure> {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        if self.screen.paints_data() {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        if let Some(headers) = headers {
            let header = |(name, width): (&String, &usize)| Cell::new(cut(name, *width)).add_attribute(Attribute::Bold);
            table.set_header(headers.iter().zip(widths).map(header));
        }
        for row in rows {
            let cells = row.zip(widths).enumerate();
            table.add_row(cells.map(|(position, (text, width))| self.cell(position, cut(text, *width))));
        }
        for (position, width) in widths.iter().enumerate() {
            if let Some(column) = table.column_mut(position) {
                let is_last = position + 1 == widths.len();
                let gap = if is_last { 0 } else { GAP };
                column.set_padding((0, u16::try_from(gap).unwrap_or(0))).set_cell_alignment(CellAlignment::Left);
                let whole = u16::try_from(width + gap).unwrap_or(u16::MAX);
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(whole)));
            }
        }
        if table.is_empty() && headers.is_none() {
            return Ok(());
        }
        for line in table.lines() {
            self.screen.line(line.trim_end())?;
        }
        Ok(())
    }

    /// The state's colour only repeats what its word says.
    fn cell(&self, position: usize, text: String) -> Cell {
        let is_state = self.view.columns.get(position).is_some_and(|column| matches!(column.name.as_str(), "status" | "state"));
        match text.as_str() {
            "ONLINE" if is_state => Cell::new(text).fg(Color::Green),
            "OFFLINE" if is_state => Cell::new(text).fg(Color::DarkGrey),
            _ => Cell::new(text),
        }
    }
}

fn plain_line<'cell>(widths: &[usize], cells: impl Iterator<Item = &'cell str>, line: &mut String) {
    line.clear();
    for (cell, width) in cells.zip(widths) {
        let shown = cut(cell, *width);
        line.push_str(&shown);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(shown.width()) + GAP));
    }
    line.truncate(line.trim_end().len());
}

impl Rows for Table<'_> {
    fn row(&mut self, row: &Computer<'_>) -> Result<bool, Failure> {
        match &mut self.sample {
            Some(sample) => {
                sample.push(row.clone().into_owned());
                if sample.len() == SAMPLE {
                    self.widen();
                    self.settle();
                }
            }
            None => self.add(row),
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        if self.sample.is_some() {
            self.widen();
            self.settle();
        }
        self.render()
    }
}
