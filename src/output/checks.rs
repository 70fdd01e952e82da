//! A report of checks for people: groups, one line for each check, then the verdict.

use unicode_width::UnicodeWidthStr;

use crate::model::error::Error;
use crate::model::sanitize::escape;
use crate::output::failure::Paint;
use crate::output::terminal::Terminal;

/// Narrower terminals show the message of a check below its name.
const NARROW: usize = 72;
/// The width of the longest state.
const STATE_WIDTH: usize = 7;

/// One check, as it is shown.
#[derive(Debug)]
pub(crate) struct CheckLine {
    /// The heading that it is shown under.
    pub group: &'static str,
    /// What was checked.
    pub check: &'static str,
    /// How that came out.
    pub state: &'static str,
    /// The colour of the state, as the number of an escape sequence.
    pub color: &'static str,
    /// What was found, in a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Terminal {
    /// Prints checks, further text, and the verdict.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`](crate::model::error::ErrorKind::OutputFailed) if they can't be written.
    pub(crate) fn checks(
        &self,
        checks: &[CheckLine],
        text: &str,
        verdict: &str,
    ) -> Result<(), Error> {
        let layout = ChecksLayout {
            paint: Paint(self.paints_data),
            width: self.width,
            names: checks.iter().map(|line| line.check.width()).max(),
        };
        let (bold, reset) = self.bold();
        let mut group = "";
        for line in checks {
            if line.group != group {
                group = line.group;
                self.line(&format!("{bold}{group}{reset}"))?;
            }
            for text in layout.lines(line) {
                self.line(&text)?;
            }
        }
        if !text.is_empty() {
            self.line(&format!("\n{}", text.trim_end()))?;
        }
        self.line("")?;
        for text in layout.wrapped(verdict, 0) {
            self.line(&format!("{bold}{text}{reset}"))?;
        }
        Ok(())
    }
}

struct ChecksLayout {
    paint: Paint,
    width: Option<usize>,
    names: Option<usize>,
}

impl ChecksLayout {
    fn lines(&self, line: &CheckLine) -> Vec<String> {
        let names = self.names.unwrap_or_default();
        let is_narrow = self.width.is_some_and(|width| width < NARROW);
        let indent = if is_narrow {
            4
        } else {
            2 + STATE_WIDTH + 2 + names + 2
        };
        let state = format!(
            "{}{:blanks$}",
            self.paint.with(line.color, line.state),
            "",
            blanks = STATE_WIDTH.saturating_sub(line.state.width())
        );
        let head = format!("  {state}  {}", line.check);
        let mut texts = self.wrapped(&escape(&line.message), indent);
        if let Some(hint) = &line.hint {
            let mut hint = self.wrapped(&format!("hint: {}", escape(hint)), indent);
            if let Some(first) = hint.first_mut() {
                *first = first.replacen("hint:", &self.paint.with("1;33", "hint:"), 1);
            }
            texts.extend(hint);
        }
        let indented = |text: String| format!("{:indent$}{text}", "");
        if is_narrow {
            return [head]
                .into_iter()
                .chain(texts.into_iter().map(indented))
                .collect();
        }
        let mut texts = texts.into_iter();
        let gap = names.saturating_sub(line.check.width()) + 2;
        let first = texts.next().unwrap_or_default();
        let first = format!("{head}{:gap$}{first}", "");
        [first].into_iter().chain(texts.map(indented)).collect()
    }

    /// Returns a text in lines that fit beside an indent. A word that does not fit stands in a line of its own.
    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let room = self
            .width
            .map_or(usize::MAX, |width| width.saturating_sub(indent));
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let Some(line) = lines.last_mut() else { break };
            if line.is_empty() {
                line.push_str(word);
            } else if line.width() + 1 + word.width() <= room {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckLine, ChecksLayout};
    use crate::output::failure::Paint;

    #[test]
    fn a_check_fits_every_width() {
        let check = CheckLine {
            group: "wire",
            check: "page",
            state: "failed",
            color: "31",
            message: "pages are chosen by p, from 0, and not by page, from 1".to_owned(),
            hint: Some("reemo doctor --write".to_owned()),
        };
        let lines = |width| {
            let layout = ChecksLayout {
                paint: Paint(false),
                width,
                names: Some(8),
            };
            layout.lines(&check)
        };
        assert_eq!(
            lines(None),
            [
                "  failed   page      pages are chosen by p, from 0, and not by page, from 1",
                "                     hint: reemo doctor --write"
            ]
        );
        assert_eq!(
            lines(Some(40)),
            [
                "  failed   page",
                "    pages are chosen by p, from 0, and",
                "    not by page, from 1",
                "    hint: reemo doctor --write"
            ]
        );
        for width in [40, 72, 80, 120] {
            let widest = lines(Some(width)).iter().map(String::len).max();
            assert!(widest <= Some(width), "{width}: {widest:?}");
        }
    }
}
