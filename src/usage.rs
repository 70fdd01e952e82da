//! What clap has to say, in the program's own two forms: help as data, usage errors as failures.

use std::ffi::OsString;

use clap::error::ErrorKind;

use crate::model::failure::{Failure, Kind};
use crate::output::{ColorChoice, Format, Screen, Style};

/// Ends a command line that clap did not turn into a command.
///
/// # Errors
/// `Usage`, or `OutputFailed` where help can't be written.
pub(crate) fn end(error: &clap::Error, screen: &Screen) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let text = error.render();
            let shown = if screen.paints_data() { text.ansi().to_string() } else { text.to_string() };
            screen.data(shown.as_bytes())
        }
        _ => Err(failure(error)),
    }
}

/// The style that a command line asks for, as far as it can be told before it is understood.
pub(crate) fn style(arguments: &[OsString]) -> Style {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--").collect();
    let named = |word: &str, next: Option<&&str>| {
        let value = word
            .strip_prefix("--output=")
            .or_else(|| word.strip_prefix("-o="))
            .or_else(|| word.strip_prefix("-o").filter(|rest| !rest.is_empty()));
        value.or_else(|| (word == "-o" || word == "--output").then(|| next.copied()).flatten()).and_then(|name| name.parse().ok())
    };
    let json = words.contains(&"--json").then_some(Format::Json);
    let filtered = words.iter().any(|word| *word == "--jq" || word.starts_with("--jq=")).then_some(Format::Json);
    let format = json.or_else(|| (0..words.len()).find_map(|position| named(words[position], words.get(position + 1))));
    let never = words.contains(&"--color=never") || words.windows(2).any(|pair| pair == ["--color", "never"]);
    let color = if never { ColorChoice::Never } else { ColorChoice::Auto };
    Style { format: format.or(filtered).unwrap_or_default(), color, ..Style::default() }
}

fn failure(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or("the command line can't be understood").trim_start_matches("error: ");
    let mut failure = Failure::new(Kind::Usage, message);
    let mut hint = None;
    for line in lines {
        if let Some(usage) = line.strip_prefix("Usage: ") {
            // The words before the first placeholder name the command.
            let command: Vec<&str> =
                usage.split(' ').take_while(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect();
            let command = command.into_iter().take_while(|word| !word.starts_with('-')).collect::<Vec<_>>().join(" ");
            hint = Some(format!("{command} --help"));
        } else if !line.starts_with("For more information") {
            failure = failure.detail(line);
        }
    }
    if let Some(hint) = hint {
        failure = failure.hint(hint);
    }
    failure
}
