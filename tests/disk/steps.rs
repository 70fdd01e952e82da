//! The steps on the way to a file, and what is told where one of them fails.

/// A line of the witness's log, the exit code if that call fails, and the error that is reported then: `[E]` stands for the
/// system's text. A call that the program can do without has the exit code 0.
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

/// A call whose failure changes nothing.
pub(crate) fn harmless(line: &str) -> Step {
    step(line, 0, "")
}

/// Whether a line of the log is a call on a file below the session's folder, and not output or a response.
pub(crate) fn is_on_disk(line: &str) -> bool {
    !line.starts_with("print") && !line.starts_with("answer")
}

/// Whether a line of the log is a call for the journal of changes, which fails no change.
pub(crate) fn is_of_journal(line: &str) -> bool {
    line.contains(" state/reemo/journal.")
        || line.ends_with(" state/reemo")
        || line.ends_with(" state")
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
