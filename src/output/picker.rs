//! A list at the terminal from which a person picks a row: filtered as the person types, on standard error.

use std::fmt;
use std::io;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use inquire::ui::RenderConfig;
use inquire::{InquireError, Select};

use crate::model::error::{Error, ErrorKind};
use crate::model::property::{Lookup, display_text};
use crate::model::sanitize::escape;
use crate::output::prompt::discard_input;
use crate::output::rows::{Column, Fit};
use crate::output::table::layout::{GAP, Natural, cut, fit, width_of};
use crate::output::terminal::{Terminal, question_size};

/// The columns that the mark of the present row takes, and one that stays free so that no line wraps.
const MARGIN: usize = 3;
/// The rows of the terminal that are not for the list: the question, the help, and what was typed to start the command.
const OTHER_LINES: usize = 4;
const MAX_LINES: usize = 12;
/// The columns of a cell that are compared with what is typed.
const MAX_CELL: usize = 200;
/// The columns that the name of the picked row takes behind the question.
const MAX_ANSWER: usize = 26;
/// The width and height where the terminal does not tell them.
const DEFAULT_SIZE: (usize, usize) = (80, 24);
const HELP: &str = "↑↓ move, enter picks, esc cancels";

/// One row: what is shown of it, in the list and as the answer, and what is compared with the text that is typed.
struct Choice {
    line: String,
    answer: String,
    text: String,
}

impl fmt::Display for Choice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line)
    }
}

impl Terminal {
    /// Lets a person pick one of these rows, which are JSON objects. Returns its place.
    ///
    /// # Errors
    /// [`ErrorKind::Interrupted`] if the person gives up, or a stop is requested.
    pub(crate) fn pick<'row>(
        &self,
        question: &'static str,
        columns: &[Column],
        rows: impl Iterator<Item = &'row str>,
    ) -> Result<usize, Error> {
        let (width, height) = question_size().unwrap_or(DEFAULT_SIZE);
        let choices = choices(columns, rows, width.saturating_sub(MARGIN));
        let lines = height.saturating_sub(OTHER_LINES).clamp(1, MAX_LINES);
        let is_colored = self.paints_messages();
        discard_input();
        self.unless_stopped(move || ask(question, choices, lines, is_colored))?
            .map_err(|error| match error {
                InquireError::OperationCanceled | InquireError::OperationInterrupted => {
                    Error::interrupted()
                }
                InquireError::IO(error) if error.kind() == io::ErrorKind::Interrupted => {
                    Error::interrupted()
                }
                error => Error::new(
                    ErrorKind::Unexpected,
                    format!("the list of computers can't be shown: {error}"),
                ),
            })
    }
}

fn ask(
    question: &str,
    choices: Vec<Choice>,
    lines: usize,
    is_colored: bool,
) -> Result<usize, InquireError> {
    let config = if is_colored {
        RenderConfig::default_colored()
    } else {
        RenderConfig::empty()
    };
    let matcher = SkimMatcherV2::default().ignore_case();
    let score = |typed: &str, choice: &Choice, _: &str, _: usize| {
        // Each word, in any order.
        let words = typed.split_whitespace();
        words
            .map(|word| matcher.fuzzy_match(&choice.text, word))
            .sum()
    };
    Select::new(question, choices)
        .with_scorer(&score)
        .with_page_size(lines)
        .with_help_message(HELP)
        .with_render_config(config)
        .with_formatter(&|picked| picked.value.answer.clone())
        .raw_prompt()
        .map(|picked| picked.index)
}

/// Returns the rows as aligned lines of at most this width.
fn choices<'row>(
    columns: &[Column],
    rows: impl Iterator<Item = &'row str>,
    width: usize,
) -> Vec<Choice> {
    let lookup = Lookup::new(columns.iter().map(|column| &column.path));
    let cell = |value: Option<&str>| {
        let text = value.map(display_text).unwrap_or_default();
        let start = text.chars().take(MAX_CELL).collect::<String>();
        cut(&escape(&start), MAX_CELL).into_owned()
    };
    let rows: Vec<Vec<String>> = rows
        .map(|row| lookup.find(row).into_iter().map(cell).collect())
        .collect();
    let natural = columns.iter().enumerate().map(|(place, column)| Natural {
        width: rows
            .iter()
            .map(|cells| width_of(&cells[place]))
            .max()
            .unwrap_or(0),
        fit: column.fit,
        is_kept: column.is_kept,
    });
    let fitted = fit(&natural.collect::<Vec<_>>(), Some(width));
    let line = |cells: &[String]| {
        let mut line = String::new();
        for column in &fitted {
            let cell = &cells[column.place];
            let shown = match cell.get(..column.width) {
                Some(start) if columns[column.place].fit == Fit::Shorten => start.into(),
                _ => cut(cell, column.width),
            };
            let blanks = column.width.saturating_sub(width_of(&shown)) + GAP;
            line.push_str(&shown);
            line.push_str(&" ".repeat(blanks));
        }
        line.trim_end().to_owned()
    };
    let answer = |cells: &[String]| {
        let name = cells.iter().find(|cell| !cell.is_empty());
        name.map_or_else(String::new, |name| cut(name, MAX_ANSWER).into_owned())
    };
    let choice = |cells: Vec<String>| Choice {
        line: line(&cells),
        answer: answer(&cells),
        text: cells.join(" "),
    };
    rows.into_iter().map(choice).collect()
}
