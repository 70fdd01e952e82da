//! README.md taken apart: its fenced blocks, and the commands with their outputs in a `console` block.

/// The page.
pub(crate) const README: &str = include_str!("../../README.md");

/// A fenced block.
pub(crate) struct Block {
    /// The line of its fence, from 1.
    pub(crate) line: usize,
    /// The words after the fence, such as `sh not-run`.
    pub(crate) kind: &'static str,
    pub(crate) lines: Vec<&'static str>,
}

/// A command in a `console` block, and what it prints there.
pub(crate) struct Shown {
    pub(crate) command: &'static str,
    pub(crate) output: Vec<&'static str>,
}

pub(crate) fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (number, line) in README.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(kind) => {
                inside = true;
                blocks.push(Block {
                    line: number + 1,
                    kind,
                    lines: Vec::new(),
                });
            }
            None if inside => blocks.last_mut().unwrap().lines.push(line),
            None => {}
        }
    }
    assert!(!inside, "a block has no end");
    blocks
}

impl Block {
    pub(crate) fn shown(&self) -> Vec<Shown> {
        let mut all: Vec<Shown> = Vec::new();
        for line in &self.lines {
            match line.strip_prefix("$ ") {
                Some(command) => all.push(Shown {
                    command,
                    output: Vec::new(),
                }),
                None => all
                    .last_mut()
                    .unwrap_or_else(|| panic!("line {}: output before a command", self.line))
                    .output
                    .push(line),
            }
        }
        all
    }
}

/// Whether what was printed is what is shown: `…` stands for any text in a line, alone on a line for any lines.
pub(crate) fn same(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        ["…", rest @ ..] => (0..=printed.len()).any(|skipped| same(rest, &printed[skipped..])),
        [line, rest @ ..] => {
            printed.first().is_some_and(|first| same_line(line, first)) && same(rest, &printed[1..])
        }
    }
}

fn same_line(shown: &str, printed: &str) -> bool {
    match shown.split_once('…') {
        None => shown == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| same_line(after, &rest[at..]))
        }),
    }
}

#[test]
fn an_ellipsis_stands_for_what_differs() {
    assert!(same(&["a … c", "…", "z"], &["a b c", "x", "y", "z"]));
    assert!(same(&["…", "z"], &["z"]));
    assert!(same(&["sk_…"], &["sk_…"]));
    assert!(!same(&["a … c"], &["a b d"]));
    assert!(!same(&["a"], &["a", "b"]));
    assert!(!same(&["a", "b"], &["a"]));
}
