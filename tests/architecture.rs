//! Checks the layers of docs/architecture.md: imports go down only, and some crates are used in certain modules alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layer of each top-level module. A new module gets its layer here.
const LAYERS: [(&str, u8); 16] = [
    ("main", 5),
    ("cli", 4),
    ("usage", 4),
    ("lib", 4),
    ("fuzzing", 4),
    ("commands", 3),
    ("context", 2),
    ("config", 1),
    ("api", 1),
    ("output", 1),
    ("webclient", 1),
    ("exit", 1),
    ("model", 0),
    ("fs", 0),
    ("sync", 0),
    ("sandbox", 0),
];

/// The modules that may use the sandbox, which stands apart.
const SANDBOX_USERS: [&str; 4] = ["lib", "context", "commands", "sandbox"];

/// Crates, and the modules that may use them.
const CRATES: [(&str, &[&str]); 12] = [
    ("clap", &["cli", "usage", "lib", "commands"]),
    ("clap_mangen", &["commands"]),
    ("clap_complete", &["cli", "lib", "commands"]),
    ("reqwest", &["api"]),
    ("rustls", &["api"]),
    ("jaq_core", &["output"]),
    ("jaq_json", &["output"]),
    ("jaq_std", &["output"]),
    ("hyper", &["api", "sandbox", "webclient"]),
    ("tokio", &["sandbox", "webclient"]),
    ("signal_hook", &["commands", "output"]),
    ("ctrlc", &["commands"]),
];

/// The files of `commands` that are verbs, or nouns of a single file; any other is shared among them.
const VERBS: [&str; 22] = [
    "list",
    "get",
    "connect",
    "reserve",
    "rename",
    "delete",
    "wait",
    "watch",
    "diff",
    "plan",
    "apply",
    "journal",
    "auth",
    "profile",
    "use",
    "remove",
    "config",
    "api",
    "doctor",
    "sandbox",
    "completions",
    "man",
];

/// One source file: its path under `src/`, its top-level module, its text without comments.
struct Source {
    path: PathBuf,
    module: String,
    code: String,
    lines: usize,
}

impl Source {
    fn read(path: PathBuf, root: &Path) -> Self {
        let inside = path.strip_prefix(root).unwrap().to_owned();
        let first = inside.iter().next().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let code = text
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n");
        Source {
            module: first.trim_end_matches(".rs").to_owned(),
            path: inside,
            code,
            lines: text.lines().count(),
        }
    }

    /// Whether `super` in this file is the crate's root.
    fn is_top(&self) -> bool {
        self.path.components().count() == 1
            || (self.path.components().count() == 2 && self.path.ends_with("mod.rs"))
    }

    /// The code without its tests, in which `super` is the file itself.
    fn untested(&self) -> &str {
        self.code
            .split("#[cfg(test)]\nmod ")
            .next()
            .unwrap_or_default()
    }

    /// The modules of the crate that this file names.
    fn uses(&self) -> BTreeSet<String> {
        let mut found = heads(&self.code, "crate::");
        if self.is_top() {
            found.extend(heads(self.untested(), "super::"));
        }
        if self.module == "main" {
            found.extend(
                heads(&self.code, "reemo::")
                    .into_iter()
                    .map(|_| "lib".to_owned()),
            );
        }
        found.retain(|name| {
            name != &self.module && name.starts_with(|first: char| first.is_ascii_lowercase())
        });
        found
    }
}

/// The first names behind each `start`: one, or those in the braces that follow.
fn heads(code: &str, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(start) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.extend(name(rest)),
        }
    }
    found
}

/// The first name of each member of a `{…}` group.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut member, mut members) = (0, String::new(), Vec::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(std::mem::take(&mut member)),
            other => member.push(other),
        }
    }
    members.push(member);
    members
        .iter()
        .filter_map(|member| name(member.trim()))
        .collect()
}

fn name(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(Source::read(path, &root));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, layer)| *layer)
}

/// Returns why one module may not import another, or `None` if it may.
fn violation(from: &str, to: &str) -> Option<String> {
    let (Some(high), Some(low)) = (layer(from), layer(to)) else {
        return Some("has no layer: give it one in tests/architecture.rs".to_owned());
    };
    match (from, to) {
        // Files are not part of the API, so they may be shared.
        ("sandbox", "fs") => None,
        ("sandbox", _) => Some("the sandbox stands apart".to_owned()),
        (_, "sandbox") => {
            (!SANDBOX_USERS.contains(&from)).then(|| "may not use the sandbox".to_owned())
        }
        _ if high > low => None,
        // `exit` is the only module that others of its layer may import.
        ("config" | "api" | "output", "exit") | ("cli", "lib") | ("lib", "cli" | "usage") => None,
        _ => Some(format!("layer {high} may not import layer {low}")),
    }
}

#[track_caller]
fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn imports_go_down_only() {
    let mut violations = Vec::new();
    for source in sources() {
        for used in source.uses() {
            // An item that stands in lib.rs itself.
            let to = if used == "run" {
                "lib".to_owned()
            } else {
                used
            };
            if let Some(why) = violation(&source.module, &to) {
                violations.push(format!("{} uses {to}: {why}", source.path.display()));
            }
        }
    }
    assert_none(&violations);
}

/// The files that a file imports from, found by the module paths after `crate::` and `super::` in its code.
fn imports(source: &Source, files: &BTreeMap<Vec<String>, PathBuf>) -> BTreeSet<PathBuf> {
    let module = module_path(&source.path);
    let parent = &module[..module.len().saturating_sub(1)];
    let mut imported = BTreeSet::new();
    for (start, base) in [("crate::", &[][..]), ("super::", parent)] {
        for (at, _) in source.untested().match_indices(start) {
            let rest = &source.untested()[at + start.len()..];
            let mut path = base.to_vec();
            let mut rest = rest;
            while let Some((segment, after)) = rest.split_once("::") {
                if !segment.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    break;
                }
                path.push(segment.to_owned());
                rest = after;
            }
            let members = match rest.strip_prefix('{') {
                Some(group) => group_heads(group),
                None => name(rest).into_iter().collect(),
            };
            for member in members {
                let mut path = [&path[..], &[member]].concat();
                // What is left after the names of items is the module.
                while !path.is_empty() && !files.contains_key(&path) {
                    path.pop();
                }
                imported.extend(files.get(&path).cloned());
            }
        }
    }
    imported.remove(&source.path);
    imported
}

fn module_path(file: &Path) -> Vec<String> {
    let path = file.with_extension("");
    let names = path.iter().map(|name| name.to_str().unwrap().to_owned());
    let mut names: Vec<String> = names.collect();
    names.pop_if(|last| ["mod", "lib"].contains(&last.as_str()));
    names
}

#[test]
fn no_files_import_each_other() {
    let sources: Vec<Source> = sources()
        .into_iter()
        .filter(|source| !source.path.to_string_lossy().ends_with("tests.rs"))
        .collect();
    let files = sources
        .iter()
        .map(|source| (module_path(&source.path), source.path.clone()))
        .collect();
    let graph: BTreeMap<PathBuf, BTreeSet<PathBuf>> = sources
        .iter()
        .map(|source| (source.path.clone(), imports(source, &files)))
        .collect();
    let violations: BTreeSet<String> = graph
        .keys()
        .map(|file| (file, reachable(file, &graph)))
        .filter(|(file, reached)| reached.contains(*file))
        .map(|(file, reached)| {
            let cycle = reached
                .iter()
                .filter(|other| reachable(other, &graph).contains(file));
            let names: Vec<_> = cycle.map(|other| other.display().to_string()).collect();
            format!("import each other: {}", names.join(", "))
        })
        .collect();
    assert_none(&violations.into_iter().collect::<Vec<_>>());
}

/// Returns the files that `file` imports, and what they import.
fn reachable(file: &Path, graph: &BTreeMap<PathBuf, BTreeSet<PathBuf>>) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![file];
    while let Some(next) = open.pop() {
        for imported in graph.get(next).into_iter().flatten() {
            if found.insert(imported.clone()) {
                open.push(imported);
            }
        }
    }
    found
}

#[test]
fn every_module_has_a_layer() {
    let modules: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    let violations: Vec<String> = modules
        .into_iter()
        .filter(|module| layer(module).is_none())
        .collect();
    assert_none(&violations);
}

#[test]
fn crates_are_used_where_they_belong() {
    let mut violations = Vec::new();
    for source in sources() {
        for (name, users) in CRATES {
            let named = source
                .code
                .match_indices(&format!("{name}::"))
                .any(|(at, _)| {
                    !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                });
            if named && !users.contains(&source.module.as_str()) {
                violations.push(format!(
                    "{} names {name}, which only {users:?} may use",
                    source.path.display()
                ));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn only_main_ends_the_process() {
    let ends = |source: &Source| {
        source.code.contains("process::exit") || source.code.contains("process::abort")
    };
    let violations: Vec<String> = sources()
        .iter()
        .filter(|source| source.module != "main" && ends(source))
        .map(|source| source.path.display().to_string())
        .collect();
    assert_none(&violations);
}

/// A command in a message is a `CommandLine`, which names the profile and quotes its words when it is rendered. Examples in
/// help begin their lines; the sandbox knows no hints, and its commands belong to no profile.
#[test]
fn commands_in_messages_are_built_from_words() {
    let begins = |rest: &str| {
        rest.starts_with("--")
            || VERBS
                .iter()
                .chain(&["computers"])
                .any(|verb| rest.starts_with(verb))
    };
    let is_test = |source: &Source| source.path.to_string_lossy().ends_with("tests.rs");
    let mut violations = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.module != "sandbox" && !is_test(source))
    {
        let lines = source.untested().lines().map(str::trim_start);
        for line in lines.filter(|line| !line.starts_with("reemo ")) {
            if line.split("reemo ").skip(1).any(begins) && !source.path.ends_with("hint.rs") {
                violations.push(format!("{}: {line}", source.path.display()));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn a_verb_never_imports_its_sibling() {
    let mut violations = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.module == "commands" && !source.path.ends_with("mod.rs"))
    {
        let own = source.path.file_stem().unwrap().to_str().unwrap();
        let parent: Vec<&str> = source
            .path
            .parent()
            .unwrap()
            .iter()
            .map(|part| part.to_str().unwrap())
            .collect();
        let here = format!("crate::{}::", parent.join("::"));
        let named = heads(source.untested(), "super::")
            .into_iter()
            .chain(heads(&source.code, &here));
        violations.extend(
            named
                .filter(|name| VERBS.contains(&name.as_str()) && name != own)
                .map(|name| format!("{} imports its sibling {name}", source.path.display())),
        );
    }
    assert_none(&violations);
}

#[test]
fn files_stay_small() {
    let mut sizes: Vec<usize> = sources().iter().map(|source| source.lines).collect();
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2];
    assert!(median < 150, "the median source file has {median} lines");
}

#[test]
fn imports_are_found() {
    let code = "use crate::{api::{self, client}, config, output::table as t};\nlet x = crate::model::Id::new(); $crate::no!(); mycrate::no()";
    let wanted: BTreeSet<String> = ["api", "config", "output", "model"]
        .map(str::to_owned)
        .into();
    assert_eq!(heads(code, "crate::"), wanted);
    assert_eq!(
        violation("api", "output"),
        Some("layer 1 may not import layer 1".to_owned())
    );
    assert_eq!(violation("context", "exit"), None);
    assert_eq!(
        violation("exit", "api"),
        Some("layer 1 may not import layer 1".to_owned())
    );
    assert_eq!(violation("output", "exit"), None);
    assert_eq!(violation("sandbox", "fs"), None);
    assert!(violation("sandbox", "model").is_some() && violation("output", "sandbox").is_some());
}
