//! `man`: manual pages, generated from the same tree that parses the command line.

use std::io;
use std::path::{Path, PathBuf};

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::context::Context;
use crate::exit;
use crate::fs::atomic_write;
use crate::model::error::{Error, ErrorKind};

/// The date of the release. Pages with the time of the build in them would differ from build to build.
const DATE: &str = "2026-11-25";

/// The environment variables, in the order of docs/configuration.md.
const ENVIRONMENT: [(&str, &str); 14] = [
    ("REEMO_SECRET_KEY", "The secret key."),
    ("REEMO_SECRET_KEY_FILE", "A file that contains the key."),
    ("REEMO_PROFILE", "The profile to use."),
    ("REEMO_API_URL", "The base URL of the API."),
    ("REEMO_CONFIG", "The config file."),
    ("REEMO_REQUEST_TIMEOUT", "The time limit of each request."),
    (
        "REEMO_READ_ONLY",
        "1 refuses every change; it cannot loosen a profile with access = \"read\".",
    ),
    ("REEMO_OUTPUT", "The output format at a terminal."),
    ("REEMO_NAMESPACE", "The namespace of reserve --derive."),
    ("REEMO_NO_INPUT", "1 forbids every question."),
    ("NO_COLOR", "Any value turns colors off."),
    (
        "HTTPS_PROXY, ALL_PROXY, NO_PROXY",
        "The proxy, and the hosts that are reached without it.",
    ),
    (
        "SSL_CERT_FILE",
        "On Linux, a file of certificates to trust in place of the system's.",
    ),
    (
        "SSL_CERT_DIR",
        "On Linux, folders of certificates to trust in place of the system's.",
    ),
];

/// The files, as on Linux. `reemo config path` prints the config file's path on every platform.
const FILES: [(&str, &str); 2] = [
    (
        "~/.config/reemo/config.toml",
        "Profiles, keys and settings, readable by their owner alone; config path prints where it is.",
    ),
    (
        "~/.local/state/reemo/sandbox/",
        "The changes made to the sandbox; sandbox reset removes them.",
    ),
];

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  reemo man | man -l -
  reemo man computers list | man -l -
  reemo man --out ~/.local/share/man/man1")]
pub(crate) struct Args {
    /// The command, such as computers list
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(
    args: &Args,
    context: &Context,
    tree: fn() -> clap::Command,
) -> anyhow::Result<()> {
    let mut tree = tree();
    tree.build();
    if let Some(folder) = &args.out {
        return write_all(&tree, folder);
    }
    let mut path = vec![&tree];
    for word in &args.command {
        let parent = path[path.len() - 1];
        let command = parent.find_subcommand(word).ok_or_else(|| {
            let message = format!("there is no command {:?}", args.command.join(" "));
            Error::new(ErrorKind::Usage, message)
        })?;
        path.push(command);
    }
    Ok(context.terminal.data(&page(&path)?)?)
}

/// Writes the page of each command.
fn write_all(tree: &clap::Command, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let message = format!("the folder {} can't be created: {error}", folder.display());
        Error::new(ErrorKind::OutputFailed, message).hint("name another folder with --out")
    })?;
    let mut open = vec![vec![tree]];
    while let Some(path) = open.pop() {
        let command = path[path.len() - 1];
        let file = folder.join(format!("{}.1", name(command)));
        atomic_write(&file, &page(&path)?, 0o644).map_err(Error::from)?;
        open.extend(
            command
                .get_subcommands()
                .map(|child| [&path[..], &[child]].concat()),
        );
    }
    Ok(())
}

/// Returns a page's name, such as `reemo-computers-list`.
fn name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

/// Returns the page of the last of these commands, each of which belongs to the one before.
fn page(path: &[&clap::Command]) -> io::Result<Vec<u8>> {
    let command = path[path.len() - 1];
    let title = name(command).to_uppercase();
    let version = path[0].get_version().unwrap_or_default();
    let man = Man::new(command.clone())
        .title(title)
        .date(DATE)
        .source(format!("reemo {version}"))
        .manual("Reemo manual");
    let help = command.get_after_help().map(ToString::to_string);
    let help = help.unwrap_or_default();
    let (about, examples) = help.split_once("Examples:\n").unwrap_or((&help, ""));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let mut roff = Roff::new();
    add_description(&mut roff, command, about);
    roff.to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut roff = Roff::new();
    add_examples(&mut roff, examples.split("\n\n").next().unwrap_or_default());
    add_table(
        &mut roff,
        "EXIT STATUS",
        exit::MEANINGS.map(|(code, meaning)| (code.to_string(), meaning)),
    );
    add_table(&mut roff, "ENVIRONMENT", ENVIRONMENT);
    add_table(&mut roff, "FILES", FILES);
    add_related(&mut roff, path);
    roff.to_writer(&mut page)?;
    Ok(page)
}

fn add_description(roff: &mut Roff, command: &clap::Command, about: &str) {
    let usage = command.clone().render_usage().to_string();
    roff.control("SH", ["SYNOPSIS"])
        .text([bold(usage.trim_start_matches("Usage: "))]);
    let summary = command.get_about().map(ToString::to_string);
    let summary = summary.unwrap_or_default();
    roff.control("SH", ["DESCRIPTION"])
        .text([roman(format!("{}.", summary.trim_end_matches('.')))]);
    let paragraphs = about.split("\n\n").map(str::trim);
    for paragraph in paragraphs.filter(|text| !text.is_empty()) {
        roff.control("PP", [])
            .text([roman(paragraph.replace('\n', " "))]);
    }
}

fn add_examples(roff: &mut Roff, examples: &str) {
    if examples.is_empty() {
        return;
    }
    roff.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in examples.lines() {
        roff.text([roman(line.trim())]);
    }
    roff.control("fi", []);
}

fn add_table<Name: AsRef<str>>(
    roff: &mut Roff,
    heading: &str,
    rows: impl IntoIterator<Item = (Name, &'static str)>,
) {
    roff.control("SH", [heading]);
    for (name, meaning) in rows {
        roff.control("TP", [])
            .text([bold(name.as_ref())])
            .text([roman(meaning)]);
    }
}

/// Names the pages of the command above, and of those below.
fn add_related(roff: &mut Roff, path: &[&clap::Command]) {
    let command = path[path.len() - 1];
    let parents = path[..path.len() - 1].iter().copied();
    let mut names: Vec<Inline> = Vec::new();
    for related in parents.chain(command.get_subcommands()) {
        if !names.is_empty() {
            names.push(roman(", "));
        }
        names.extend([bold(name(related)), roman("(1)")]);
    }
    roff.control("SH", ["SEE ALSO"]).text(names);
}

#[cfg(test)]
mod tests {
    use super::ENVIRONMENT;
    use crate::config::variables;

    #[test]
    fn every_variable_is_explained() {
        let named: Vec<&str> = ENVIRONMENT
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| name.starts_with("REEMO_"))
            .collect();
        let mut missing: Vec<&str> = variables().filter(|name| !named.contains(name)).collect();
        missing.sort_unstable();
        assert_eq!(missing, [""; 0]);
        assert_eq!(named.len(), variables().count());
    }
}
