//! Help and usage errors: what clap found, in the form of the program's other output and errors.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use serde_json::json;

use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::{ColorChoice, Format, Style, Terminal};

/// Prints the help or version that a command line asked for, or returns its usage error.
///
/// # Errors
/// [`ErrorKind::Usage`], or [`ErrorKind::OutputFailed`] if help can't be written.
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
            let shown = if terminal.paints_data {
                text.ansi().to_string()
            } else {
                text.to_string()
            };
            terminal.data(shown.as_bytes())
        }
        _ => Err(failure(error, arguments, &tree)),
    }
}

/// Returns the style of a command line that clap rejected: its error is printed in the format that was asked for.
pub(crate) fn style(arguments: &[OsString]) -> Style {
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let words: Vec<&str> = words.take_while(|word| *word != "--").collect();
    let mut style = Style::default();
    for (position, word) in words.iter().enumerate() {
        let (flag, value) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (*word, words.get(position + 1).copied()),
        };
        let format = match flag {
            "--json" => Some(Format::Json),
            // A filter implies JSON unless a format is selected.
            "--jq" => Some(Format::Json).filter(|_| style.format == Format::default()),
            "--output" => value.and_then(|name| name.parse().ok()),
            _ => short_format(flag, value),
        };
        style.format = format.unwrap_or(style.format);
        if flag == "--color" && value == Some("never") {
            style.color = ColorChoice::Never;
        }
    }
    style
}

/// Returns the format that `-o` selects, which may end a bundle of short flags: `-o json`, `-ojson`, `-qo json`.
fn short_format(flag: &str, value: Option<&str>) -> Option<Format> {
    let bundle = flag.strip_prefix('-')?;
    match bundle
        .trim_start_matches(['q', 'v', 'r', 'y', 'h'])
        .strip_prefix('o')?
    {
        "" => value?.parse().ok(),
        name => name.parse().ok(),
    }
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
    let command = innermost(&command_path(arguments, &tree), &tree).clone();
    command
        .mut_args(|arg| {
            let is_global = arg.is_global_set();
            arg.hide(is_global)
        })
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
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if takes_next_word(word, tree) {
            words.next();
        } else {
            path.extend(innermost(&path, tree).find_subcommand(word));
        }
    }
    path
}

/// Whether a word is a global flag whose value is the next word, which may be the name of a command: `--profile sandbox`.
fn takes_next_word(word: &str, tree: &clap::Command) -> bool {
    tree.get_arguments()
        .filter(|arg| arg.get_action().takes_values())
        .any(|arg| match word.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => {
                word.starts_with('-') && arg.get_short().is_some_and(|flag| word.ends_with(flag))
            }
        })
}

fn innermost<'tree>(
    path: &[&'tree clap::Command],
    tree: &'tree clap::Command,
) -> &'tree clap::Command {
    path.last().copied().unwrap_or(tree)
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
    let failure = Error::new(ErrorKind::Usage, message);
    let failure = if error.kind() == clap::error::ErrorKind::MissingSubcommand {
        // clap lists aliases as well.
        let path = command_path(arguments, tree);
        let names = innermost(&path, tree).get_subcommands();
        let names: Vec<&str> = names.map(clap::Command::get_name).collect();
        failure.detail(format!("subcommands: {}", names.join(", ")))
    } else {
        lines
            .filter(is_detail)
            .map(|line| line.trim_matches(['[', ']']))
            .fold(failure, Error::detail)
    };
    failure.hint(hint(error, arguments, tree))
}

/// Returns a suggestion for a mistyped command, flag or value, or else the command that prints the help.
fn hint(error: &clap::Error, arguments: &[OsString], tree: &clap::Command) -> Hint {
    let similar = |kind| match error.get(kind)? {
        ContextValue::String(one) => Some(one.as_str()),
        ContextValue::Strings(several) => several.last().map(String::as_str),
        _ => None,
    };
    if let Some(typed) = similar(ContextKind::InvalidSubcommand) {
        let path = command_path(arguments, tree);
        let near = similar(ContextKind::SuggestedSubcommand)
            .filter(|name| is_near(typed, name))
            .and_then(|name| innermost(&path, tree).find_subcommand(name))
            .map(|near| line(path.iter().copied().chain([near])));
        let mut named = commands_named(typed, tree);
        if named.is_empty() && near.is_none() && path.is_empty() {
            named = commands_like(typed, tree);
        }
        let mut commands = named.into_iter().chain(near);
        if typed == "version" {
            return Hint::new("did you mean: ").command(line([]).arg("--version").in_any_profile());
        }
        if let Some(first) = commands.next() {
            let hint = Hint::new("did you mean: ").command(first);
            return commands.fold(hint, |hint, other| hint.text(" or ").command(other));
        }
    }
    let help = help_of(arguments, tree);
    let typed_flag = similar(ContextKind::InvalidArg).unwrap_or_default();
    let similar_flag = similar(ContextKind::SuggestedArg).filter(|flag| is_near(typed_flag, flag));
    match similar_flag.or_else(|| similar(ContextKind::SuggestedValue)) {
        Some(similar) => Hint::from(format!("did you mean {similar}? see: ")).command(help),
        None => help.into(),
    }
}

/// Names of commands in other programs, and the command that does the same here.
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

/// Whether one text may be the other, mistyped or cut short. What clap takes for similar may differ in most letters.
fn is_near(typed: &str, name: &str) -> bool {
    let (typed, name) = (typed.trim_matches('-'), name.trim_matches('-'));
    let is_part = typed.len() >= 3 && (name.starts_with(typed) || typed.starts_with(name));
    is_part || strsim::osa_distance(typed, name) <= 1 + typed.chars().count() / 5
}

/// Returns the commands below a noun that have almost this name.
fn commands_like(typed: &str, tree: &clap::Command) -> Vec<CommandLine> {
    let verbs = tree
        .get_subcommands()
        .flat_map(|noun| noun.get_subcommands().map(move |verb| (noun, verb)));
    verbs
        .filter(|(_, verb)| is_near(typed, verb.get_name()))
        .map(|(noun, verb)| line([noun, verb]))
        .collect()
}

/// Returns the commands below a noun that have this name, here or in other programs.
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
