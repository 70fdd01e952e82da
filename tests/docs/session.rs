//! A machine of its own for the documentation: a home, a folder to work in, and an account played by the sandbox.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use reemo::sandbox::{DEFAULT_COMPUTERS, SECRET_KEY, Server, ServerOptions, Store, start};
use tempfile::TempDir;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_reemo");

/// Everything that a command of the documentation finds around it.
pub(crate) struct Session {
    folder: TempDir,
    account: Server,
}

impl Session {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["home", "work", "work/build-agent", "account"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(
            folder.path().join("work/key.txt"),
            format!("{SECRET_KEY}\n"),
        )
        .unwrap();
        let store = Store::open(&folder.path().join("account"), DEFAULT_COMPUTERS).unwrap();
        let account = start(store, ServerOptions::default()).unwrap();
        Self { folder, account }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn api_url(&self) -> String {
        self.account.url()
    }

    /// A bash that finds the program first, and of the account only where it is.
    pub(crate) fn bash(&self, script: &str) -> Command {
        let programs = Path::new(PROGRAM).parent().unwrap();
        let path = std::env::join_paths(std::iter::once(programs.to_owned()).chain(
            std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
        ));
        let mut bash = Command::new("bash");
        bash.args(["-euo", "pipefail", "-c", script])
            .env_clear()
            .env("PATH", path.unwrap())
            .env("HOME", self.path("home"))
            .env("LC_ALL", "C.UTF-8")
            .env("REEMO_API_URL", self.api_url())
            .current_dir(self.path("work"))
            .stdin(Stdio::null());
        bash
    }
}

/// The text of both streams, for a message.
pub(crate) fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "{}\n{}{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    )
}

/// What the program prints on standard output, where it ends well.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}
