//! One computer for people: every property on a line of its own.

use std::borrow::Cow;

use serde_json::value::RawValue;
use unicode_width::UnicodeWidthStr;

use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::property::{Lookup, PropertyPath, display_text, names};
use crate::model::sanitize::escape;
use crate::output::json_text::compact;
use crate::output::line::Line;
use crate::output::rows::{RowOptions, Rows};
use crate::output::screen::Terminal;

/// Blanks between a name and its value.
const GAP: usize = 2;

pub(super) struct Describe<'screen> {
    screen: &'screen Terminal,
    view: RowOptions,
}

impl<'screen> Describe<'screen> {
    pub(super) fn new(screen: &'screen Terminal, view: RowOptions) -> Self {
        Self { screen, view }
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

impl Rows for Describe<'_> {
    fn row(&mut self, row: &Computer) -> Result<bool, Error> {
        let (properties, paths): (Vec<String>, Vec<PropertyPath>) = if self.view.chosen {
            self.view
                .columns
                .iter()
                .map(|column| (column.name.clone(), column.path.clone()))
                .unzip()
        } else {
            names(row.text())
                .into_iter()
                .map(|name| (name.clone(), PropertyPath::new(name)))
                .unzip()
        };
        let names: Vec<Cow<'_, str>> = properties.iter().map(|name| escape(name)).collect();
        let header = if self.view.headers { "PROPERTY" } else { "" };
        let width = names
            .iter()
            .map(|name| name.width())
            .max()
            .unwrap_or(0)
            .max(header.len());
        let mut line = Line::new(self.screen);
        if self.view.headers {
            let (bold, reset) = if self.screen.paints_data() {
                ("\u{1b}[1m", "\u{1b}[0m")
            } else {
                ("", "")
            };
            line.push(&format!("{bold}{header}"))?;
            line.blanks(width - header.len() + GAP);
            line.push(&format!("VALUE{reset}"))?;
            line.end()?;
        }
        for (name, value) in names.iter().zip(Lookup::new(&paths).find(row.text())) {
            line.push(name)?;
            line.blanks(width - name.width() + GAP);
            line.push(&escape(&value.map(shown).unwrap_or_default()))?;
            line.end()?;
        }
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        Ok(())
    }
}
