//! The flags of every command that prints rows, and the ways in which commands print them.

use anyhow::bail;
use serde_json::Value;

use crate::commands::computers::columns;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;
use crate::output::{Column, Format, RowOptions, Rows, Shape};

/// `--columns` and `--no-headers`.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct OutputArgs {
    /// Columns of table, wide and csv, such as name,ip,screens.0.w (csv: also all)
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', num_args = 1, value_parser = column)]
    columns: Option<Vec<String>>,
    /// Omit the header line of table, wide and csv
    #[arg(long)]
    no_headers: bool,
}

fn column(name: &str) -> Result<String, String> {
    let name = name.trim();
    if name.is_empty() {
        Err("expected the names of properties, such as name,ip".to_owned())
    } else {
        Ok(name.to_owned())
    }
}

impl OutputArgs {
    /// Returns the columns that were chosen.
    pub(super) fn chosen(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().flatten().map(String::as_str);
        columns.filter(|_| !self.wants_all())
    }

    fn wants_all(&self) -> bool {
        matches!(self.columns.as_deref(), Some([name]) if name == "all")
    }

    /// Whether nothing is printed before all rows have come.
    pub(super) fn is_whole(&self, context: &Context) -> bool {
        context.terminal.style().format.is_whole() || self.wants_all()
    }

    /// Takes these columns if `--columns` was not given.
    pub(super) fn default_columns(&mut self, columns: Option<&[String]>) {
        if self.columns.is_none() {
            self.columns = columns.map(<[String]>::to_vec);
        }
    }

    /// Refuses `--columns` with a format that has none, before anything is sent.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] in that case.
    pub(super) fn check(&self, context: &Context) -> anyhow::Result<()> {
        let has_columns = matches!(
            context.terminal.style().format,
            Format::Table | Format::Wide | Format::Csv
        );
        if self.columns.is_some() && !has_columns {
            let message = if context.terminal.style().format.is_json() {
                "--columns is for table, wide and csv; JSON has every property"
            } else {
                "--columns is for table, wide and csv; -o id and -o _id print ids alone"
            };
            bail!(Error::new(ErrorKind::Usage, message));
        }
        if self.wants_all() && context.terminal.style().format != Format::Csv {
            let message = "--columns all is for csv; -o wide shows every simple property";
            bail!(Error::new(ErrorKind::Usage, message));
        }
        Ok(())
    }

    /// Starts printing computers, each of them at once.
    pub(super) fn computers<'context>(
        &self,
        context: &'context Context,
        shape: Shape,
    ) -> Box<dyn Rows + 'context> {
        context.terminal.rows(self.of_computers(context, shape))
    }

    /// Starts printing a listing, whose rows need not be printed at once.
    pub(super) fn listing<'context>(&self, context: &'context Context) -> Box<dyn Rows + 'context> {
        context.terminal.rows(RowOptions {
            batched: true,
            ..self.of_computers(context, Shape::Many)
        })
    }

    fn of_computers(&self, context: &Context, shape: Shape) -> RowOptions {
        let columns =
            columns::of_computers(context.terminal.style().format, self.columns.as_deref());
        RowOptions {
            extends: self.columns.is_none(),
            describes: shape == Shape::One,
            ..self.options(shape, columns)
        }
    }

    /// Prints one computer.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be written, [`ErrorKind::Usage`] if the filter fails.
    pub(super) fn computer(&self, context: &Context, computer: &Computer) -> Result<(), Error> {
        let mut rows = self.computers(context, Shape::One);
        rows.row(computer.text())?;
        rows.finish()
    }

    /// Starts printing records of changes.
    pub(super) fn records<'context>(
        &self,
        context: &'context Context,
        shape: Shape,
    ) -> Box<dyn Rows + 'context> {
        let columns = columns::of_records(context.terminal.style().format, self.columns.as_deref());
        context.terminal.rows(RowOptions {
            ids_in: Some("computer"),
            must_print: true,
            ..self.options(shape, columns)
        })
    }

    /// Starts printing the request that a dry run would send.
    pub(super) fn requests<'context>(
        &self,
        context: &'context Context,
    ) -> Box<dyn Rows + 'context> {
        let columns = own_columns(["method", "url", "body"].into_iter());
        context.terminal.rows(RowOptions {
            ids_in: Some("body"),
            ..self.options(Shape::One, columns)
        })
    }

    fn options(&self, shape: Shape, columns: Vec<Column>) -> RowOptions {
        RowOptions {
            headers: !self.no_headers,
            all_columns: self.wants_all(),
            has_columns_flag: true,
            ..RowOptions::new(shape, columns)
        }
    }
}

/// Prints rows that the program made itself. Each is a JSON object or its text. The columns in `kept` stay where a terminal
/// is too narrow for all.
pub(super) fn table(
    context: &Context,
    columns: &[&str],
    kept: &[&str],
    rows: impl IntoIterator<Item = impl ToString>,
) -> anyhow::Result<()> {
    let mut columns = own_columns(columns.iter().copied());
    for column in &mut columns {
        column.is_kept = kept.contains(&column.name.as_str());
    }
    let mut printer = context.terminal.rows(RowOptions::new(Shape::Many, columns));
    for row in rows {
        printer.row(&row.to_string())?;
    }
    Ok(printer.finish()?)
}

/// Prints the properties of one object that the program made itself.
pub(super) fn properties(context: &Context, object: &Value) -> anyhow::Result<()> {
    let names = object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    let mut printer = context.terminal.rows(RowOptions {
        describes: true,
        ..RowOptions::new(Shape::One, own_columns(names))
    });
    printer.row(&object.to_string())?;
    Ok(printer.finish()?)
}

/// Prints one value: alone on its line for people and shells, as an object in the other formats.
pub(super) fn value(context: &Context, text: &str, object: &Value) -> anyhow::Result<()> {
    match context.terminal.style().format {
        Format::Table | Format::Wide => Ok(context.terminal.line(&escape(text))?),
        _ => properties(context, object),
    }
}

/// Prints what a command did, with a JSON format only: a note says it to people.
pub(super) fn done(context: &Context, object: &Value) -> anyhow::Result<()> {
    if context.terminal.style().format.is_json() {
        properties(context, object)?;
    }
    Ok(())
}

fn own_columns<'name>(names: impl Iterator<Item = &'name str>) -> Vec<Column> {
    names.map(|name| Column::new(name, name.into())).collect()
}
