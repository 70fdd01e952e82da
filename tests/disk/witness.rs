//! Running the program under the witness. It knows nothing of what the steps mean.

use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::support::{KEY, Session};

/// What befalls a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mishap {
    /// The process is killed just before it.
    KilledBefore,
    /// The process is killed just after it.
    KilledAfter,
    /// It fails with this error.
    Fails(i32),
}

/// What came of a run.
pub(crate) struct Witnessed {
    /// Each step below the session's folder, and between them `print` and `answer STATUS`.
    pub(crate) log: Vec<String>,
    /// The exit code; `None` where it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    /// With the session's folder as `[HOME]`.
    pub(crate) stderr: String,
}

/// The witness, built by the first test that needs it. It replaces the one of an earlier run whole.
static WITNESS: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/disk/witness.c");
    let built = folder.join(format!("witness-{}.so", std::process::id()));
    let flags = [
        "-std=gnu11",
        "-Wall",
        "-Wextra",
        "-O1",
        "-shared",
        "-fPIC",
        "-o",
    ];
    let status = Command::new("cc")
        .args(flags)
        .arg(&built)
        .arg(source)
        .status()
        .expect("a C compiler named cc");
    assert!(status.success(), "the witness can't be built");
    let witness = folder.join("witness.so");
    fs::rename(built, &witness).unwrap();
    witness
});

/// Whether the kernel allows no filter, as in some containers. What needs the witness is left out there, and that is told.
pub(crate) fn is_forbidden() -> bool {
    static FORBIDDEN: LazyLock<bool> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("true");
        command
            .env("LD_PRELOAD", &*WITNESS)
            .env("WITNESS_FOLDER", folder.path())
            .env("WITNESS_LOG", folder.path().join("log"));
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        let forbidden =
            output.status.code() == Some(125) && told.starts_with("the filter of the witness");
        assert!(forbidden || output.status.success(), "{told}");
        if forbidden {
            eprintln!("left out: {told}");
        }
        forbidden
    });
    *FORBIDDEN
}

/// Runs the program with these words; the mishap befalls the step of that number, from 1.
pub(crate) fn run(
    session: &Session,
    words: &str,
    stdin: &str,
    mishap: Option<(usize, Mishap)>,
) -> Witnessed {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = session.command(words);
    command
        .env("LD_PRELOAD", &*WITNESS)
        .env("WITNESS_FOLDER", session.root())
        .env("WITNESS_LOG", &log);
    if let Some((step, mishap)) = mishap {
        let does = match mishap {
            Mishap::KilledBefore => "before".to_owned(),
            Mishap::KilledAfter => "after".to_owned(),
            Mishap::Fails(error) => error.to_string(),
        };
        command
            .env("WITNESS_STEP", step.to_string())
            .env("WITNESS_DOES", does);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One that has been killed by now reads nothing.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert!(
        matches!(output.status.signal(), None | Some(9)),
        "{:?}",
        output.status
    );
    let text = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).replace(session.root().to_str().unwrap(), "[HOME]")
    };
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(
        !stdout.contains(KEY) && !stderr.contains(KEY),
        "the key was shown in\n{stdout}\n{stderr}"
    );
    Witnessed {
        log: steady(&fs::read_to_string(log).unwrap_or_default()),
        code: output.status.code(),
        stdout,
        stderr,
    }
}

/// The log with what no two runs share left out: drawn names, and how many pieces a text is printed in.
fn steady(log: &str) -> Vec<String> {
    let words = |line: &str| {
        line.split(' ')
            .map(steady_word)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut lines: Vec<String> = log.lines().map(words).collect();
    lines.dedup_by(|next, line| next == line && line == "print");
    lines
}

fn steady_word(word: &str) -> String {
    match word.rsplit_once('/') {
        Some((folder, name)) if is_drawn(name) => format!("{folder}/.reemo-*.tmp"),
        _ => word.to_owned(),
    }
}

/// Whether this is the name of a temporary file that nobody else knows.
pub(crate) fn is_drawn(name: &str) -> bool {
    let drawn = name
        .strip_prefix(".reemo-")
        .and_then(|rest| rest.strip_suffix(".tmp"));
    drawn.is_some_and(|drawn| drawn.len() == 6 && drawn.chars().all(char::is_alphanumeric))
}
