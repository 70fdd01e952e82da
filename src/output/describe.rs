//! One computer for people: every property on a line of its own.

use unicode_width::UnicodeWidthStr;

use crate::model::computer::Computer;
use crate::model::failure::Failure;
use crate::model::property::{Lookup, PropertyPath, names, plain};
use crate::model::sanitize::visible;
use crate::output::json_text::compact;
use crate::output::rows::{Rows, View};
use crate::output::screen::Screen;

pub(super) struct Describe<'screen> {
    screen: &'screen Screen,
    view: View,
}

impl<'screen> Describe<'screen> {
    pub(super) fn new(screen: &'screen Screen, view: View) -> Self {
        Self { screen, view }
    }
}

impl Rows for Describe<'_> {
    fn row(&mut self, row: &Computer<'_>) -> Result<bool, Failure> {
        let (properties, paths): (Vec<String>, Vec<PropertyPath>) = if self.view.chosen {
            self.view.columns.iter().map(|column| (column.name.clone(), column.path.clone())).unzip()
        } else {
            names(row.text()).into_iter().map(|name| (name.clone(), PropertyPath::new(name))).unzip()
        };
        let mut lines: Vec<(String, String)> = Vec::new();
        if self.view.headers {
            lines.push(("PROPERTY".to_owned(), "VALUE".to_owned()));
        }
        for (name, value) in properties.iter().zip(Lookup::new(&paths).find(row.text())) {
            let text = match value {
                Some(value) if value.get().starts_with(['{', '[']) => {
                    let mut text = String::new();
                    compact(value.get(), &mut text);
                    text
                }
                Some(value) => plain(value).into_owned(),
                None => String::new(),
            };
            lines.push((visible(name).into_owned(), visible(&text).into_owned()));
        }
        let width = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        for (position, (name, value)) in lines.iter().enumerate() {
            let gap = " ".repeat(width - name.width() + 2);
            let line = format!("{name}{gap}{value}");
            let is_header = self.view.headers && position == 0 && self.screen.paints_data();
            self.screen.line(&if is_header {
                format!("\u{1b}[1m{}\u{1b}[0m", line.trim_end())
            } else {
                line.trim_end().to_owned()
            })?;
        }
        Ok(self.screen.has_reader())
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}
