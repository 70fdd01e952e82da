//! README.md is one session: its blocks are run by one bash, in order, and print what they show.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::blocks::{Block, blocks, same};
use crate::session::{Session, told};

/// Kinds of blocks that are not commands to run.
const NOT_RUN: [&str; 4] = ["sh not-run", "toml", "js", "html"];
/// Words that a block which is not run must begin its commands with, so that few are.
const MAY_STAY_UNRUN: [&str; 6] = [
    "cargo ",
    "target/debug/reemo completions",
    "reemo auth login",
    "reemo sandbox serve",
    "#",
    "",
];

fn is_run(block: &Block) -> bool {
    match block.kind {
        "sh" | "console" | "yaml" => true,
        "sh needs-curl" => Command::new("curl").arg("--version").output().is_ok(),
        kind if NOT_RUN.contains(&kind) => false,
        kind => panic!("line {}: what is a block of kind {kind:?}?", block.line),
    }
}

/// The whole page as a script. What a `console` block's commands print goes to files, to be looked at afterwards.
fn script(blocks: &[Block]) -> String {
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
fn steps(block: &Block) -> Vec<&'static str> {
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

#[test]
fn the_readme_runs_and_prints_what_it_shows() {
    let session = Session::new();
    let blocks: Vec<Block> = blocks().into_iter().filter(is_run).collect();
    assert!(blocks.len() > 20, "only {} blocks are run", blocks.len());
    let output = session.bash(&script(&blocks)).output().unwrap();
    let line = fs::read_to_string(session.path("line")).unwrap_or_default();
    assert!(
        output.status.success(),
        "the block at line {}: {}",
        line.trim(),
        told(&output)
    );

    for block in blocks.iter().filter(|block| block.kind == "console") {
        for (number, shown) in block.shown().iter().enumerate() {
            let printed =
                fs::read_to_string(session.path(&format!("shown-{}-{number}", block.line)))
                    .unwrap();
            let lines: Vec<&str> = printed.lines().collect();
            let expected = shown.output.join("\n");
            assert!(
                same(&shown.output, &lines),
                "line {}: {}\nshows\n{expected}\nprints\n{printed}",
                block.line,
                shown.command
            );
        }
    }
}

#[test]
fn few_commands_are_not_run() {
    for block in blocks().iter().filter(|block| block.kind == "sh not-run") {
        for line in &block.lines {
            assert!(
                MAY_STAY_UNRUN.iter().any(|may| line.starts_with(may)),
                "line {}: {line} could be run",
                block.line
            );
        }
    }
}
