//! Each page is one session: its blocks are run by one bash, in order, and print what they show.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::blocks::{Block, Page, blocks, pages, same};
use crate::session::{Session, told};

/// Kinds of blocks that are not commands to run.
const NOT_RUN: [&str; 4] = ["sh not-run", "toml", "js", "html"];
/// Words that a block which is not run must begin its commands with, so that few are.
const MAY_STAY_UNRUN: [&str; 8] = [
    "cargo ",
    "RUSTC_BOOTSTRAP=1 cargo fuzz",
    "reemo computers wait",
    "target/debug/reemo completions",
    "reemo auth login",
    "reemo sandbox serve",
    "#",
    "",
];

fn is_run(block: &Block<'_>) -> bool {
    match block.kind {
        "sh" | "console" | "yaml" => true,
        "sh needs-curl" => Command::new("curl").arg("--version").output().is_ok(),
        kind if NOT_RUN.contains(&kind) => false,
        kind => panic!("line {}: what is a block of kind {kind:?}?", block.line),
    }
}

/// The whole page as a script. What a `console` block's commands print goes to files, to be looked at afterwards.
fn script(blocks: &[Block<'_>]) -> String {
    // A server that a block started would outlive a page that fails, and hold its output open.
    let mut script = String::from("trap 'kill $(jobs -p) 2> ../killed || true' EXIT\n");
    for block in blocks {
        writeln!(script, "echo {} > ../line", block.line).unwrap();
        if block.kind == "yaml" {
            writeln!(script, "{}", steps(block).join("\n")).unwrap();
            continue;
        }
        if block.kind != "console" {
            writeln!(script, "{}", block.lines.join("\n")).unwrap();
            continue;
        }
        for (number, shown) in block.shown().iter().enumerate() {
            let file = format!("../shown-{}-{number}", block.line);
            // A command that is shown to fail fails here too, and the page goes on.
            writeln!(script, "{{ {}\n}} > {file} 2>&1 || true", shown.command).unwrap();
        }
    }
    script
}

/// The commands of a CI job.
fn steps<'page>(block: &Block<'page>) -> Vec<&'page str> {
    let items = block
        .lines
        .iter()
        .filter_map(|line| line.trim_start().strip_prefix("- "));
    let steps: Vec<_> = items
        .filter(|item| !item.starts_with("uses: "))
        .map(|item| item.trim_start_matches("run: "))
        .collect();
    assert!(
        !steps.is_empty(),
        "line {}: a job without a command",
        block.line
    );
    steps
}

/// Runs a page; returns how many blocks it has that are run.
fn run(page: &Page) -> usize {
    let blocks: Vec<Block<'_>> = blocks(page).into_iter().filter(is_run).collect();
    if blocks.is_empty() {
        return 0;
    }
    let session = Session::new();
    let output = session.bash(&script(&blocks)).output().unwrap();
    let line = fs::read_to_string(session.path("line")).unwrap_or_default();
    assert!(
        output.status.success(),
        "{}: the block at line {}: {}",
        page.path,
        line.trim(),
        told(&output)
    );
    for block in blocks.iter().filter(|block| block.kind == "console") {
        prints_what_it_shows(page, block, &session);
    }
    blocks.len()
}

fn prints_what_it_shows(page: &Page, block: &Block<'_>, session: &Session) {
    for (number, shown) in block.shown().iter().enumerate() {
        let printed = fs::read_to_string(session.path(&format!("shown-{}-{number}", block.line)));
        let printed = printed.unwrap();
        let lines: Vec<&str> = printed.lines().collect();
        assert!(
            same(&shown.output, &lines),
            "{}, line {}: {}\nshows\n{}\nprints\n{printed}",
            page.path,
            block.line,
            shown.command,
            shown.output.join("\n")
        );
    }
}

#[test]
fn every_page_runs_and_prints_what_it_shows() {
    let counts: Vec<(String, usize)> = pages()
        .iter()
        .map(|page| (page.path.clone(), run(page)))
        .collect();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    assert!(all > 40, "only {all} blocks are run: {counts:?}");
}

#[test]
fn few_commands_are_not_run() {
    for page in pages() {
        for block in blocks(&page)
            .iter()
            .filter(|block| block.kind == "sh not-run")
        {
            for line in &block.lines {
                assert!(
                    MAY_STAY_UNRUN.iter().any(|may| line.starts_with(may)),
                    "{}, line {}: {line} could be run",
                    page.path,
                    block.line
                );
            }
        }
    }
}

/// A link to another page, or to a place in the repository, leads somewhere.
#[test]
fn every_relative_link_leads_somewhere() {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in pages() {
        let folder = top.join(&page.path).parent().unwrap().to_owned();
        for link in page
            .text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let is_relative = !link.contains("://") && !link.starts_with('#');
            let file = link.split('#').next().unwrap();
            assert!(
                !is_relative || folder.join(file).exists(),
                "{}: {link} leads nowhere",
                page.path
            );
        }
    }
}

#[test]
fn the_readme_is_short() {
    let readme = pages().into_iter().find(|page| page.path == "README.md");
    let length = readme.unwrap().text.len();
    assert!(length <= 9 * 1024, "README.md has {length} bytes");
}
