//! The pages of the documentation: their fenced blocks, and the commands with their outputs in a `console` block.

use std::fs;
use std::path::Path;

/// A page of the documentation.
pub(crate) struct Page {
    /// Its path from the top folder.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// README.md, CONTRIBUTING.md and every page in `docs/`.
pub(crate) fn pages() -> Vec<Page> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in fs::read_dir(top.join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "images" {
            continue;
        }
        paths.push(format!("docs/{name}"));
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| Page {
            text: fs::read_to_string(top.join(&path)).unwrap(),
            path,
        })
        .collect()
}

/// A fenced block.
pub(crate) struct Block<'page> {
    /// The line of its fence, from 1.
    pub(crate) line: usize,
    /// The words after the fence, such as `sh not-run`.
    pub(crate) kind: &'page str,
    pub(crate) lines: Vec<&'page str>,
}

/// A command in a `console` block, and what it prints there.
pub(crate) struct Shown<'page> {
    pub(crate) command: &'page str,
    pub(crate) output: Vec<&'page str>,
}

pub(crate) fn blocks(page: &Page) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    for (number, line) in page.text.lines().enumerate() {
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
    assert!(!inside, "{}: a block has no end", page.path);
    blocks
}

impl<'page> Block<'page> {
    pub(crate) fn shown(&self) -> Vec<Shown<'page>> {
        let mut all: Vec<Shown<'page>> = Vec::new();
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
fn an_ellipsis_matches_any_text() {
    assert!(same(&["a … c", "…", "z"], &["a b c", "x", "y", "z"]));
    assert!(same(&["…", "z"], &["z"]));
    assert!(same(&["sk_…"], &["sk_…"]));
    assert!(!same(&["a … c"], &["a b d"]));
    assert!(!same(&["a"], &["a", "b"]));
    assert!(!same(&["a", "b"], &["a"]));
}
