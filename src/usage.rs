//! Help and usage errors of clap in the program's own form.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use serde_json::json;

use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::{ColorChoice, Format, Style, Terminal};

/// Ends a command line that clap did not turn into a command.
///
/// # Errors
/// `Usage`, or `OutputFailed` where help can't be written.
pub(crate) fn end(
    error: &clap::Error,
    arguments: &[OsString],
    tree: clap::Command,
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
            let text = match error.kind() {
                clap::error::ErrorKind::DisplayVersion => error.render(),
                _ => help(error, arguments, tree),
            };
            let shown = if terminal.paints_data() {
                text.ansi().to_string()
            } else {
                text.to_string()
            };
            terminal.data(shown.as_bytes())
        }
        _ => Err(failure(error, arguments, &tree)),
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

/// Returns the help that a command line asks for: with `-h` the command's own options, else everything.
fn help(error: &clap::Error, arguments: &[OsString], tree: clap::Command) -> StyledStr {
    let is_short = error.kind() == clap::error::ErrorKind::DisplayHelp
        && !arguments.iter().any(|word| word == "--help");
    if !is_short {
        return error.render();
    }
    let mut tree = tree;
    tree.build();
    let path = command_path(arguments, &tree);
    let command = path.last().map_or(&tree, |command| *command).clone();
    let hide_global = |arg: clap::Arg| {
        let is_global = arg.is_global_set();
        arg.hide(is_global)
    };
    command
        .mut_args(hide_global)
        .after_help("Use --help for examples and global options.")
        .render_help()
}

/// Returns the command that shows the help of what the arguments name, as far as they name a command.
pub(crate) fn help_of(arguments: &[OsString], tree: &clap::Command) -> CommandLine {
    line(command_path(arguments, tree))
        .in_any_profile()
        .arg("--help")
}

fn line<'tree>(path: impl IntoIterator<Item = &'tree clap::Command>) -> CommandLine {
    path.into_iter()
        .fold(CommandLine::reemo(""), |line, command| {
            line.arg(command.get_name().to_owned())
        })
}

/// Returns the commands that the arguments name, from the outermost one on.
fn command_path<'tree>(
    arguments: &[OsString],
    tree: &'tree clap::Command,
) -> Vec<&'tree clap::Command> {
    let mut path = Vec::new();
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        path.extend(
            path.last()
                .map_or(tree, |command| *command)
                .find_subcommand(word),
        );
    }
    path
}

fn failure(error: &clap::Error, arguments: &[OsString], tree: &clap::Command) -> Error {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines
        .next()
        .unwrap_or("the command line can't be understood")
        .trim_start_matches("error: ");
    let is_detail = |line: &&str| {
        !["Usage: ", "For more information", "tip: "]
            .iter()
            .any(|prefix| line.starts_with(prefix))
    };
    let failure = lines
        .filter(is_detail)
        .map(|line| line.trim_matches(['[', ']']))
        .fold(Error::new(ErrorKind::Usage, message), Error::detail);
    failure.hint(hint(error, arguments, tree))
}

/// Returns what was probably meant by a mistyped command, flag or value, or else where the help is.
fn hint(error: &clap::Error, arguments: &[OsString], tree: &clap::Command) -> Hint {
    let similar = |kind| match error.get(kind)? {
        ContextValue::String(one) => Some(one.as_str()),
        ContextValue::Strings(several) => several.last().map(String::as_str),
        _ => None,
    };
    if let Some(typed) = similar(ContextKind::InvalidSubcommand) {
        let path = command_path(arguments, tree);
        let beside = path.last().map_or(tree, |command| *command);
        let near = similar(ContextKind::SuggestedSubcommand)
            .and_then(|name| beside.find_subcommand(name))
            .map(|near| line(path.iter().copied().chain([near])));
        let mut commands = commands_named(typed, tree).into_iter().chain(near);
        if let Some(first) = commands.next() {
            let hint = Hint::new("did you mean: ").command(first);
            return commands.fold(hint, |hint, other| hint.text(" or ").command(other));
        }
    }
    let help = help_of(arguments, tree);
    match similar(ContextKind::SuggestedArg).or_else(|| similar(ContextKind::SuggestedValue)) {
        Some(similar) => Hint::from(format!("did you mean {similar}? see: ")).command(help),
        None => help.into(),
    }
}

/// What commands of other programs are called here.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("create", "reserve"),
    ("new", "reserve"),
    ("add", "reserve"),
    ("show", "get"),
    ("describe", "get"),
    ("remove", "delete"),
    ("open", "connect"),
    ("ssh", "connect"),
    ("follow", "watch"),
];

/// Returns the commands below another one that have this name, or that other programs call so.
fn commands_named(typed: &str, tree: &clap::Command) -> Vec<CommandLine> {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == typed);
    let named = |noun: &clap::Command| {
        let verb = noun
            .find_subcommand(typed)
            .or_else(|| noun.find_subcommand(other?.1))?;
        Some(line([noun, verb]))
    };
    tree.get_subcommands().filter_map(named).collect()
}
