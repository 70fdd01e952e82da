//! Several concurrent writers, some of which are killed. A writer is a separate process: this program, run again.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use reemo::sandbox::{ServerOptions, Store, start};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Session, connect, reserve};

/// How many computers each writer adds.
const ADDED: usize = 40;
/// How many writers are killed.
const KILLS: usize = 200;

#[test]
fn concurrent_writers_lose_nothing() {
    let mut session = Session::new(25);
    let mut children = [(); 2].map(|()| writer(session.folder.path(), ADDED));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut stream = connect(&session.running);
                for _ in 0..ADDED {
                    reserve(&mut stream, Uuid::new_v4());
                }
            });
        }
    });
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(
        session.get("/v1/computers").ok(200)["total"],
        json!(25 + 4 * ADDED)
    );
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_confirmed() {
    let mut session = Session::new(25);
    let mut answered = HashSet::new();
    let mut moments = Moments(0x5eed);
    let mut writers = [(); 2].map(|()| Writer::start(session.folder.path()));
    for turn in 0..KILLS {
        // One dies while the other goes on.
        let dying = &mut writers[turn % 2];
        dying.wait_for(moments.below(4));
        std::thread::sleep(Duration::from_micros(moments.below(3000) as u64));
        answered.extend(dying.killed());
        session.get("/v1/computers?limit=1").ok(200);
        *dying = Writer::start(session.folder.path());
    }
    for mut writer in writers {
        answered.extend(writer.killed());
    }
    assert!(
        answered.len() > KILLS,
        "{} answers are too few to lose any",
        answered.len()
    );
    let there = signal_ids(&mut session);
    let lost: Vec<_> = answered.difference(&there).collect();
    assert!(
        lost.is_empty(),
        "{} of {} are lost: {lost:?}",
        lost.len(),
        answered.len()
    );

    session.store(25).switch("Reception Paris", false).unwrap();
    assert_eq!(
        fs::read_dir(session.folder.path()).unwrap().count(),
        2,
        "no temporary file is left"
    );
}

/// The same moments in each run, as far as a machine keeps to them.
struct Moments(u64);

impl Moments {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A writer that goes on until it is killed, and what it has said so far.
struct Writer {
    child: Child,
    said: BufReader<ChildStdout>,
    answered: Vec<Uuid>,
}

impl Writer {
    fn start(folder: &Path) -> Self {
        let mut child = writer(folder, usize::MAX);
        let said = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            said,
            answered: Vec::new(),
        }
    }

    /// Waits until so many reservations have been answered.
    fn wait_for(&mut self, count: usize) {
        while self.answered.len() < count {
            assert!(self.listen(), "the writer ended by itself");
        }
    }

    /// Kills it; every reservation that it had an answer to.
    fn killed(&mut self) -> Vec<Uuid> {
        self.child.kill().unwrap();
        while self.listen() {}
        assert_eq!(
            self.child.wait().unwrap().code(),
            None,
            "the writer ended by itself"
        );
        std::mem::take(&mut self.answered)
    }

    /// One line more; whether there was one. The test harness speaks there too.
    fn listen(&mut self) -> bool {
        let mut line = String::new();
        let there = self.said.read_line(&mut line).unwrap() > 0;
        if line.ends_with('\n') {
            self.answered.extend(
                line.split_whitespace()
                    .next_back()
                    .and_then(|word| word.parse::<Uuid>().ok()),
            );
        }
        there
    }
}

/// The `_id` of every computer there is.
fn signal_ids(session: &mut Session) -> HashSet<Uuid> {
    let mut found = HashSet::new();
    for page in 1.. {
        let list = session.get(&format!("/v1/computers?page={page}")).ok(200);
        let computers = list["computers"].as_array().unwrap();
        if computers.is_empty() {
            break;
        }
        found.extend(
            computers
                .iter()
                .map(|computer| computer["_id"].as_str().unwrap().parse::<Uuid>().unwrap()),
        );
    }
    found
}

/// Another process that reserves `count` computers in the folder: this test program, told to run `as_a_writer`.
fn writer(folder: &Path, count: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "writers::as_a_writer",
            "--ignored",
            "--nocapture",
        ])
        .env("SANDBOX_FOLDER", folder)
        .env("SANDBOX_COUNT", count.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run as a process of its own by other tests"]
fn as_a_writer() {
    let Some(folder) = std::env::var_os("SANDBOX_FOLDER") else {
        return;
    };
    let count: usize = std::env::var("SANDBOX_COUNT").unwrap().parse().unwrap();
    let running = start(
        Store::open(Path::new(&folder), 25).unwrap(),
        ServerOptions::default(),
    )
    .unwrap();
    let mut stream = connect(&running);
    for _ in 0..count {
        let signal_id = Uuid::new_v4();
        reserve(&mut stream, signal_id);
        // One write, so that a line is there whole or not at all.
        std::io::stdout()
            .write_all(format!("{signal_id}\n").as_bytes())
            .unwrap();
    }
}
