//! Prints what the page does: notes for people, an object per line with jsonl.

use std::collections::HashSet;
use std::time::SystemTime;

use serde_json::{Map, Value, json};

use crate::commands::computers::open::tokens::Tokens;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::hint::{CommandLine, Hint};
use crate::model::timestamp;
use crate::output::{Format, RowOptions, Rows, Shape};
use crate::webclient::BrowserReport;

/// What the page reports is cut to this many characters: the vendor's script chose it.
const MAX_TEXT_CHARS: usize = 300;

/// Prints the events of one page.
pub(super) struct PageEventPrinter<'context> {
    context: &'context Context,
    /// `None` in a format for people.
    rows: Option<Box<dyn Rows + 'context>>,
    /// What the page's policy has blocked, which is said once.
    blocked: HashSet<(String, String)>,
    tokens: Tokens,
}

impl<'context> PageEventPrinter<'context> {
    pub(super) fn new(context: &'context Context) -> Self {
        let format = context.terminal.style().format;
        let options = || RowOptions::new(Shape::Many, Vec::new());
        Self {
            context,
            rows: (format == Format::Jsonl).then(|| context.terminal.rows(options())),
            blocked: HashSet::new(),
            tokens: Tokens::default(),
        }
    }

    /// Prints the page's URL, which is data: without it nothing can be opened.
    pub(super) fn serving(&mut self, url: &str) -> Result<(), Error> {
        if self.rows.is_some() {
            return self.tell("", json!({ "event": "serving", "url": url }));
        }
        self.note(
            "open this URL in a browser on this machine; the URL works once; press Ctrl-C to stop:",
        );
        self.context.terminal.line(url)?;
        self.context.terminal.finish()
    }

    pub(super) fn opened(&mut self) -> Result<(), Error> {
        self.tell("the page was opened", json!({ "event": "opened" }))
    }

    /// Prints that access was granted. The tokens are masked in whatever the page reports from now on.
    pub(super) fn granted(&mut self, before: &Computer, connected: &Computer) -> Result<(), Error> {
        self.tokens.add(before, connected);
        let text = "access was granted; the browser has the tokens";
        self.tell(text, json!({ "event": "granted" }))
    }

    pub(super) fn refused(&mut self, message: &str) -> Result<(), Error> {
        let text = format!("access was refused: {message}");
        self.tell(&text, json!({ "event": "refused", "message": message }))
    }

    pub(super) fn closed(&mut self) -> Result<(), Error> {
        self.tell("the page was closed", json!({ "event": "closed" }))
    }

    pub(super) fn report(&mut self, report: &BrowserReport) -> Result<(), Error> {
        match report {
            BrowserReport::State { state, error } => {
                let shown = |text: &Option<String>| text.as_deref().map(|text| self.shown(text));
                let (state, error) = (shown(state), shown(error));
                let mut text =
                    format!("WebClient: {}", state.as_deref().unwrap_or("state unknown"));
                if let Some(error) = &error {
                    text.push_str(&format!(" ({error})"));
                }
                self.tell(
                    &text,
                    json!({ "event": "state", "state": state, "error": error }),
                )
            }
            BrowserReport::Back => {
                let text = "the session was ended in the browser; close its tab or press Ctrl-C to end reemo";
                self.tell(text, json!({ "event": "back" }))
            }
            BrowserReport::Retry => {
                let text = "the browser asks to connect again";
                self.tell(text, json!({ "event": "retry" }))
            }
            BrowserReport::Blocked { directive, source } => {
                self.blocked(&self.shown(directive), &self.shown(source))
            }
            BrowserReport::Error { message } => {
                let message = self.shown(message);
                let text = format!("in the browser: {message}");
                self.tell(&text, json!({ "event": "error", "message": message }))
            }
        }
    }

    fn blocked(&mut self, directive: &str, source: &str) -> Result<(), Error> {
        if !self
            .blocked
            .insert((directive.to_owned(), source.to_owned()))
        {
            return Ok(());
        }
        let mut text = Hint::new(format!(
            "the page's security policy blocked {source} ({directive})"
        ));
        if source.contains('.') {
            let allow = CommandLine::reemo("config set webclient_hosts").arg(source.to_owned());
            text = text.text("; to allow it: ").command(allow);
        }
        let text = text.render(self.context.terminal.style().profile.as_deref());
        let event = json!({ "event": "blocked", "directive": directive, "source": source });
        self.tell(&text, event)
    }

    /// Returns a text of the page as it may be shown.
    fn shown(&self, text: &str) -> String {
        let text = self.tokens.mask(text);
        text.chars().take(MAX_TEXT_CHARS).collect()
    }

    /// Prints an event in the form that the format asks for.
    fn tell(&mut self, text: &str, event: Value) -> Result<(), Error> {
        let Some(rows) = &mut self.rows else {
            self.note(text);
            return Ok(());
        };
        let mut row = Map::new();
        let time = timestamp::format(SystemTime::now());
        row.insert("time".to_owned(), time.into());
        if let Value::Object(properties) = event {
            row.extend(properties);
        }
        rows.row(&Value::Object(row).to_string())?;
        self.context.terminal.finish()
    }

    fn note(&self, text: &str) {
        self.context.terminal.note("open", text);
    }
}
