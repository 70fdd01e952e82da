//! What clap has to say, in the program's own two forms: help as data, usage errors as failures.

use std::ffi::OsString;

use serde_json::json;

use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::output::{ColorChoice, Format, Style, Terminal};

/// Ends a command line that clap did not turn into a command.
///
/// # Errors
/// `Usage`, or `OutputFailed` where help can't be written.
pub(crate) fn end(
    error: &clap::Error,
    arguments: &[OsString],
    tree: &clap::Command,
    terminal: &Terminal,
) -> Result<(), Error> {
    match error.kind() {
        clap::error::ErrorKind::DisplayVersion if terminal.style().format.is_json() => {
            let version = json!({ "name": tree.get_name(), "version": tree.get_version() });
            terminal.line(&version.to_string())
        }
        clap::error::ErrorKind::DisplayHelp
        | clap::error::ErrorKind::DisplayVersion
        | clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let text = error.render();
            let shown = if terminal.paints_data() {
                text.ansi().to_string()
            } else {
                text.to_string()
            };
            terminal.data(shown.as_bytes())
        }
        _ => Err(failure(error, arguments, tree)),
    }
}

/// The style that a command line asks for, as far as it can be told before it is understood.
pub(crate) fn style(arguments: &[OsString]) -> Style {
    let words: Vec<&str> = arguments
        .iter()
        .skip(1)
        .filter_map(|word| word.to_str())
        .take_while(|word| *word != "--")
        .collect();
    let mut style = Style::default();
    for (position, word) in words.iter().enumerate() {
        let next = words.get(position + 1).copied();
        match word.strip_prefix("--") {
            Some("json") => style.format = Format::Json,
            Some("output") => {
                style.format = next.and_then(|name| name.parse().ok()).unwrap_or_default();
            }
            Some("color") if next == Some("never") => style.color = ColorChoice::Never,
            Some("color=never") => style.color = ColorChoice::Never,
            // A filter implies JSON, unless a format is named.
            Some(long) if long == "jq" || long.starts_with("jq=") => {
                style.format = if style.format == Format::default() {
                    Format::Json
                } else {
                    style.format
                };
            }
            Some(long) => {
                if let Some(format) = long
                    .strip_prefix("output=")
                    .and_then(|name| name.parse().ok())
                {
                    style.format = format;
                }
            }
            // Short flags may be bundled; the one that takes a value ends the bundle.
            None => {
                let bundle = word.strip_prefix('-').unwrap_or_default();
                let value = bundle
                    .trim_start_matches(['q', 'v', 'y', 'h'])
                    .strip_prefix('o');
                let name = value
                    .map(|value| value.strip_prefix('=').unwrap_or(value))
                    .and_then(|value| if value.is_empty() { next } else { Some(value) });
                if let Some(format) = name.and_then(|name| name.parse().ok()) {
                    style.format = format;
                }
            }
        }
    }
    style
}

/// Returns the command that shows the help of what the arguments name, as far as they name a command.
pub(crate) fn help_of(arguments: &[OsString], tree: &clap::Command) -> CommandLine {
    let mut command = CommandLine::reemo("").in_any_profile();
    let mut at = tree;
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(deeper) = at.find_subcommand(word) {
            command = command.arg(deeper.get_name().to_owned());
            at = deeper;
        }
    }
    command.arg("--help")
}

fn failure(error: &clap::Error, arguments: &[OsString], tree: &clap::Command) -> Error {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines
        .next()
        .unwrap_or("the command line can't be understood")
        .trim_start_matches("error: ");
    let details = lines
        .filter(|line| !line.starts_with("Usage: ") && !line.starts_with("For more information"));
    let failure = details.fold(Error::new(ErrorKind::Usage, message), Error::detail);
    failure.hint(help_of(arguments, tree))
}
