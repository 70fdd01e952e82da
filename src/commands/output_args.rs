//! The flags of every command that prints rows, and what they make of the rows.

use anyhow::bail;
use serde_json::Value;

use crate::api::wire;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::property::PropertyPath;
use crate::output::{
    Column, Format, RowOptions, Rows, Shape, Terminal, computer_columns, record_columns,
};

/// `--columns` and `--no-headers`.
#[derive(Debug, Default, clap::Args)]
pub(super) struct OutputArgs {
    /// Show these properties in table, wide and csv, such as name,ip,screens.0.w
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', num_args = 1, value_parser = column)]
    columns: Option<Vec<String>>,
    /// Print no header line in table, wide and csv
    #[arg(long)]
    no_headers: bool,
}

fn column(name: &str) -> Result<String, String> {
    let name = name.trim();
    if name.is_empty() {
        Err("a column has a name, such as name,ip".to_owned())
    } else {
        Ok(name.to_owned())
    }
}

impl OutputArgs {
    /// The columns that were chosen.
    pub(super) fn chosen(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().flatten().map(String::as_str)
    }

    /// Takes these columns if `--columns` was not given.
    pub(super) fn default_columns(&mut self, columns: Option<&[String]>) {
        if self.columns.is_none() {
            self.columns = columns.map(<[String]>::to_vec);
        }
    }

    /// Refuses `--columns` where the format has none, before anything is sent.
    ///
    /// # Errors
    /// `Usage` then.
    pub(super) fn check(&self, context: &Context) -> anyhow::Result<()> {
        let has_columns = matches!(
            context.terminal.style().format,
            Format::Table | Format::Wide | Format::Csv
        );
        if self.columns.is_some() && !has_columns {
            bail!(Error::new(
                ErrorKind::Usage,
                "--columns is for table, wide and csv; JSON has every property"
            ));
        }
        Ok(())
    }

    /// Starts printing computers, each of which is to be seen at once.
    pub(super) fn computers<'context>(
        &self,
        context: &'context Context,
        shape: Shape,
    ) -> Box<dyn Rows + 'context> {
        context.terminal.rows(self.computer_view(context, shape))
    }

    /// Starts printing a listing, of which some may wait for more.
    pub(super) fn listing<'context>(&self, context: &'context Context) -> Box<dyn Rows + 'context> {
        context.terminal.rows(RowOptions {
            batched: true,
            ..self.computer_view(context, Shape::Many)
        })
    }

    fn computer_view(&self, context: &Context, shape: Shape) -> RowOptions {
        let columns = computer_columns(
            context.terminal.style().format,
            self.columns.as_deref(),
            wire::property,
        );
        RowOptions {
            describe: shape == Shape::One,
            ..self.view(shape, columns, &|name: &str| PropertyPath::new(name))
        }
    }

    /// Prints one computer.
    ///
    /// # Errors
    /// `OutputFailed` where it can't be written, `Usage` where the filter fails.
    pub(super) fn computer(&self, context: &Context, computer: &Computer) -> Result<(), Error> {
        let mut rows = self.computers(context, Shape::One);
        rows.row(computer)?;
        rows.finish()
    }

    /// Starts printing records of changes.
    pub(super) fn records<'context>(
        &self,
        context: &'context Context,
        shape: Shape,
    ) -> Box<dyn Rows + 'context> {
        let columns = record_columns(
            context.terminal.style().format,
            self.columns.as_deref(),
            wire::property,
        );
        let view = self.view(shape, columns, &|name: &str| {
            PropertyPath::new(name).within("computer")
        });
        let rows = context.terminal.rows(RowOptions {
            records: true,
            ..view
        });
        Box::new(Redacted {
            rows,
            terminal: context.terminal,
        })
    }

    /// Starts printing the requests that a dry run would send.
    pub(super) fn requests<'context>(
        &self,
        context: &'context Context,
        shape: Shape,
    ) -> Box<dyn Rows + 'context> {
        let columns =
            ["method", "url", "body"].map(|name| Column::new(name, PropertyPath::new(name)));
        let view = self.view(shape, columns.into(), &|name: &str| {
            PropertyPath::new(name).within("body")
        });
        let rows = context.terminal.rows(RowOptions {
            chosen: true,
            ..view
        });
        Box::new(Redacted {
            rows,
            terminal: context.terminal,
        })
    }

    fn view(
        &self,
        shape: Shape,
        columns: Vec<Column>,
        path: &dyn Fn(&str) -> PropertyPath,
    ) -> RowOptions {
        RowOptions {
            shape,
            columns,
            chosen: self.columns.is_some(),
            headers: !self.no_headers,
            id: path("id"),
            underscore_id: path("_id"),
            describe: false,
            records: false,
            batched: false,
        }
    }
}

/// Rows of this program's own making, which repeat what was typed: a key in the place of a name is not among it.
struct Redacted<'context> {
    rows: Box<dyn Rows + 'context>,
    terminal: &'context Terminal,
}

impl Rows for Redacted<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        let text = self.terminal.redact_data(row.text());
        self.rows.row(&Computer::new(text))
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.rows.finish()
    }
}

/// Prints rows that the program made itself.
pub(super) fn table(
    context: &Context,
    columns: &[&str],
    rows: impl IntoIterator<Item = Value>,
) -> anyhow::Result<()> {
    let mut printer = context.terminal.rows(own_view(Shape::Many, columns));
    for row in rows {
        printer.row(&Computer::new(row.to_string()))?;
    }
    Ok(printer.finish()?)
}

/// Prints the properties of one object that the program made itself.
pub(super) fn properties(context: &Context, object: &Value) -> anyhow::Result<()> {
    let columns: Vec<&str> = object
        .as_object()
        .map(|object| object.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let mut printer = context.terminal.rows(RowOptions {
        describe: true,
        ..own_view(Shape::One, &columns)
    });
    printer.row(&Computer::new(object.to_string()))?;
    Ok(printer.finish()?)
}

/// Prints one value: alone on its line for people and shells, as an object in the other formats.
pub(super) fn value(context: &Context, text: &str, object: &Value) -> anyhow::Result<()> {
    match context.terminal.style().format {
        Format::Table | Format::Wide => Ok(context
            .terminal
            .line(&crate::model::sanitize::escape(text))?),
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

fn own_view(shape: Shape, columns: &[&str]) -> RowOptions {
    let path = |name: &str| PropertyPath::new(name);
    let columns = columns
        .iter()
        .map(|name| Column::new(*name, path(name)))
        .collect();
    RowOptions {
        shape,
        columns,
        chosen: true,
        headers: true,
        id: path("id"),
        underscore_id: path("_id"),
        describe: false,
        records: false,
        batched: false,
    }
}
