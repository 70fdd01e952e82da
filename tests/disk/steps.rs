//! The steps on the way to a file, and what is told where one of them fails.

/// A line of the witness's log, the exit code where it fails, and the error that is told then: `[E]` is the system's word.
/// What a program can do without has the exit code 0. `print` and `answer` are no steps.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) line: String,
    pub(crate) exit: i32,
    pub(crate) error: String,
}

pub(crate) fn step(line: &str, exit: i32, error: &str) -> Step {
    Step {
        line: line.to_owned(),
        exit,
        error: error.to_owned(),
    }
}

/// What can fail without harm, or is no step at all.
pub(crate) fn harmless(line: &str) -> Step {
    step(line, 0, "")
}

impl Step {
    /// Whether a file below the session's folder is opened, written, renamed or the like.
    pub(crate) fn is_on_disk(&self) -> bool {
        !self.line.starts_with("print") && !self.line.starts_with("answer")
    }
}

/// A file written whole: by way of a temporary one, synced, renamed, and the folder synced.
pub(crate) fn whole(path: &str, temporary: &str) -> Vec<Step> {
    let folder = path.rsplit_once('/').unwrap().0;
    let failed = format!("[HOME]/{path} can't be written: [E]");
    let shaky = format!("[HOME]/{path} is written, but a power cut could undo that: [E]");
    let mut steps = Vec::new();
    for word in ["create", "write", "mode", "sync"] {
        steps.push(step(&format!("{word} {folder}/{temporary}"), 1, &failed));
    }
    steps.push(step(
        &format!("rename {folder}/{temporary} to {path}"),
        1,
        &failed,
    ));
    steps.extend(["open", "sync"].map(|word| step(&format!("{word} {folder}"), 1, &shaky)));
    steps
}
