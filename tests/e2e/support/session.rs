//! One user at one machine: a home of their own, an environment with nothing in it but what the test says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::canned::Canned;
#[cfg(unix)]
use super::files::chmod;
use super::outcome::Outcome;
use super::peer::Peer;
use super::text::steady;
#[cfg(target_os = "linux")]
use super::user::{Somebody, reachable_folder};
use super::words::Words;

/// The key that peers accept. No byte of it may leave the program, whatever a test does.
pub(crate) const KEY: &str = "sk_test_9b1f6c0e5d7a4283";

/// A program that hangs fails the test instead of hanging it.
const PATIENCE: Duration = Duration::from_mins(5);

pub(crate) struct Session {
    root: tempfile::TempDir,
    env: BTreeMap<String, String>,
    api: String,
    stdin: Vec<u8>,
    /// Typed at the end of every command line.
    always: Vec<String>,
    /// Files the test wrote itself: they may hold the key.
    given: Vec<PathBuf>,
    /// Whoever runs the program, where that is not who runs the tests.
    #[cfg(target_os = "linux")]
    somebody: Option<Somebody>,
}

impl Session {
    pub(crate) fn new() -> Self {
        Session::within(tempfile::tempdir().unwrap())
    }

    /// A user whom modes bind, even where root runs the tests; `None` where root can't be anybody else.
    #[cfg(target_os = "linux")]
    pub(crate) fn unprivileged() -> Option<Self> {
        if Somebody::is_here() {
            return Some(Session::new());
        }
        let Some(somebody) = Somebody::other_than_root() else {
            eprintln!("root can't be another user here, so what modes forbid can't be tried");
            return None;
        };
        Some(Session {
            somebody: Some(somebody),
            ..Session::within(reachable_folder())
        })
    }

    fn within(root: tempfile::TempDir) -> Self {
        let mut env = BTreeMap::new();
        for (variable, folder) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "tmp"),
        ] {
            let folder = root.path().join(folder);
            fs::create_dir(&folder).unwrap();
            env.insert(variable.to_owned(), folder.to_str().unwrap().to_owned());
        }
        fs::create_dir(root.path().join("work")).unwrap();
        env.extend(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)));
        Session {
            root,
            env,
            api: String::new(),
            stdin: Vec::new(),
            always: Vec::new(),
            given: Vec::new(),
            #[cfg(target_os = "linux")]
            somebody: None,
        }
    }

    /// A session with a peer's URL and key in its environment.
    pub(crate) fn with(peer: &Peer) -> Self {
        Session::new().api(&peer.url()).key(KEY)
    }

    /// The same with a server of canned answers.
    pub(crate) fn facing(server: &Canned) -> Self {
        Session::new().api(&server.url()).key(KEY)
    }

    /// A session whose config file has one profile for the peer, with these lines more.
    pub(crate) fn profile(peer: &Peer, more: &str) -> Self {
        Session::new().knows(&peer.url()).config(&format!(
            "default_profile = \"work\"\n\n[profiles.work]\nsecret_key = \"[KEY]\"\napi_url = \"[API]\"\n{more}\n"
        ))
    }

    /// The same with a `[wire]` table.
    pub(crate) fn wire(peer: &Peer, wire: &str) -> Self {
        Session::profile(peer, &format!("\n[profiles.work.wire]\n{wire}"))
    }

    /// The built-in sandbox, its state in a folder of the session's own.
    pub(crate) fn sandbox() -> Self {
        Session::new().env("REEMO_PROFILE", "sandbox")
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.env("REEMO_SECRET_KEY", key)
    }

    pub(crate) fn api(self, url: &str) -> Self {
        self.knows(url).env("REEMO_API_URL", url)
    }

    /// `[API]` stands for this URL in what the session reads and writes; the program isn't told.
    pub(crate) fn knows(mut self, url: &str) -> Self {
        url.clone_into(&mut self.api);
        self
    }

    pub(crate) fn env(mut self, variable: &str, value: &str) -> Self {
        self.env.insert(variable.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = text.into();
        self
    }

    /// Adds a word to every command line.
    pub(crate) fn always(mut self, word: &str) -> Self {
        self.always.push(word.to_owned());
        self
    }

    /// Writes the config file, `[KEY]` and `[API]` filled in, mode 0600.
    pub(crate) fn config(mut self, toml: &str) -> Self {
        self.write(&self.config_path(), toml);
        self
    }

    /// Writes a file in the working folder, filled in likewise.
    pub(crate) fn file(mut self, name: &str, text: &str) -> Self {
        self.write(&self.path(name), text);
        self
    }

    fn write(&mut self, path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.replace("[KEY]", KEY).replace("[API]", &self.api)).unwrap();
        #[cfg(unix)]
        chmod(path, 0o600);
        self.given.push(path.to_owned());
    }

    pub(crate) fn config_path(&self) -> PathBuf {
        let folder = if cfg!(target_os = "macos") {
            "home/Library/Application Support"
        } else {
            "config"
        };
        self.root
            .path()
            .join(folder)
            .join("reemo")
            .join("config.toml")
    }

    /// The config file's text; empty where there is none.
    pub(crate) fn config_text(&self) -> String {
        self.masked(
            &fs::read_to_string(self.config_path())
                .unwrap_or_default()
                .replace(KEY, "[KEY]"),
        )
    }

    /// The folder that all of the session's others are in.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// A path in the working folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join("work").join(name)
    }

    /// A file's text in the working folder; `None` where there is none.
    pub(crate) fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    /// Runs `reemo` with these words.
    #[track_caller]
    pub(crate) fn run<W: Words>(&self, words: W) -> Outcome {
        self.launch(Command::new(self.program()), &words.words())
    }

    /// Runs a shell script in which `"$@"` is `reemo` with these words.
    #[track_caller]
    pub(crate) fn run_shell<W: Words>(&self, script: &str, words: W) -> Outcome {
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh"]).arg(self.program());
        self.launch(shell, &words.words())
    }

    /// Runs it with standard output going to a file.
    #[track_caller]
    pub(crate) fn run_into<W: Words>(&self, file: &str, words: W) -> Outcome {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "out=$1; shift; exec \"$@\" >\"$out\"", "sh", file])
            .arg(self.program());
        self.launch(shell, &words.words())
    }

    /// `reemo` with these words, to be started by the test itself.
    pub(crate) fn command<W: Words>(&self, words: W) -> Command {
        let mut command = Command::new(self.program());
        command.args(words.words()).args(&self.always);
        self.at_home(&mut command);
        command
    }

    /// `reemo` for a test that sends signals: it ignores these and no others.
    #[cfg(unix)]
    pub(crate) fn ignoring<W: Words>(&self, signals: &[&str], words: W) -> Command {
        self.wrapped(&ignoring_signals(signals), words)
    }

    /// `reemo`, started by another program, whose words come first.
    #[cfg(unix)]
    pub(crate) fn wrapped<W: Words>(&self, wrapper: &[String], words: W) -> Command {
        let mut command = Command::new(&wrapper[0]);
        command
            .args(&wrapper[1..])
            .arg(self.program())
            .args(words.words())
            .args(&self.always);
        self.at_home(&mut command);
        command
    }

    /// Any program, as this user would start it.
    #[cfg(target_os = "linux")]
    pub(crate) fn other_command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        self.at_home(&mut command);
        command
    }

    /// What the program reads on its standard input.
    #[cfg(unix)]
    pub(crate) fn input(&self) -> &[u8] {
        &self.stdin
    }

    fn program(&self) -> PathBuf {
        #[cfg(target_os = "linux")]
        if let Some(somebody) = &self.somebody {
            return somebody.program();
        }
        env!("CARGO_BIN_EXE_reemo").into()
    }

    /// In this user's environment and working folder, and as this user.
    fn at_home(&self, command: &mut Command) {
        command
            .env_clear()
            .envs(&self.env)
            .current_dir(self.root().join("work"));
        #[cfg(target_os = "linux")]
        if self.somebody.is_some() {
            Somebody::take_over(self.root(), command);
        }
    }

    /// A bash script that finds `reemo` first, to be started by the test itself.
    #[cfg(unix)]
    pub(crate) fn bash(&self, script: &str, words: &[&str]) -> Command {
        let programs = Path::new(env!("CARGO_BIN_EXE_reemo")).parent().unwrap();
        let path = format!(
            "{}:{}",
            programs.display(),
            self.env.get("PATH").map_or("", String::as_str)
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", script, "bash"])
            .args(words)
            .env_clear()
            .envs(&self.env)
            .env("PATH", path);
        bash.current_dir(self.root().join("work"));
        bash
    }

    /// What a command that the test started itself has left; no byte of it is the key.
    #[track_caller]
    pub(crate) fn told(&self, text: &str) -> String {
        assert!(!text.contains(KEY), "the key was shown in\n{text}");
        self.keeps_files_secret(self.root());
        self.masked(text)
    }

    #[track_caller]
    fn launch(&self, mut command: Command, words: &[String]) -> Outcome {
        command.args(words).args(&self.always);
        self.at_home(&mut command);
        let mut command = assert_cmd::Command::from_std(command);
        let output = command
            .write_stdin(self.stdin.clone())
            .timeout(PATIENCE)
            .output()
            .unwrap();
        let outcome = Outcome::new(words, &output, |text| self.masked(text));
        outcome.keeps_secret(KEY);
        self.keeps_files_secret(self.root());
        outcome
    }

    /// The text with this session's own places under names that no run changes.
    fn masked(&self, text: &str) -> String {
        let text = steady(&text.replace(self.root().to_str().unwrap(), "[HOME]"));
        let host = self
            .api
            .trim_start_matches("http://")
            .trim_end_matches("/v1");
        if host.is_empty() {
            text
        } else {
            text.replace(&self.api, "[API]").replace(host, "[HOST]")
        }
    }

    #[track_caller]
    fn keeps_files_secret(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.keeps_files_secret(&path);
            } else if path != self.config_path() && !self.given.contains(&path) {
                let bytes = fs::read(&path).unwrap_or_default();
                assert!(
                    !String::from_utf8_lossy(&bytes).contains(KEY),
                    "the key is in {}",
                    path.display()
                );
            }
        }
    }
}

/// The words before a command that make it ignore these signals and no others.
#[cfg(unix)]
pub(crate) fn ignoring_signals(signals: &[&str]) -> Vec<String> {
    let script = "for signal in $1; do trap '' \"$signal\"; done; shift; exec \"$@\"";
    let shell = ["sh", "-c", script, "sh", &signals.join(" ")].map(str::to_owned);
    // What is ignored from the start can be undone by GNU's `env` alone; elsewhere these tests fail under `nohup`.
    let undo = ["/usr/bin/env", "--default-signal"].map(str::to_owned);
    let undo = inherits_ignored_signals().then_some(undo);
    undo.into_iter().flatten().chain(shell).collect()
}

/// Whether the tests themselves were started with SIGHUP, SIGINT, SIGQUIT or SIGTERM ignored, as under `nohup`.
#[cfg(unix)]
fn inherits_ignored_signals() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.unwrap_or(0) & 0b100_0000_0000_0111 != 0
}
