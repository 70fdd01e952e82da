//! Several writers at once, some of them killed. A writer is a process of its own: this program, run again.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reemo::sandbox::{Options, Store, start};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Session, connect, reserve};

/// How many computers each of several writers adds.
const ADDED: usize = 40;

#[test]
fn writers_side_by_side_lose_nothing() {
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
    assert_eq!(session.get("/v1/computers").ok(200)["total"], json!(25 + 4 * ADDED));
}

#[test]
fn a_killed_writer_leaves_a_whole_state() {
    let mut session = Session::new(25);
    let (mut kept, mut killed) = (0, 0);
    while killed < 8 {
        let mut child = writer(session.folder.path(), usize::MAX);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // A line is an answered reservation: it must outlive the kill.
        let answered = (&mut lines).map_while(Result::ok).filter(|line| line.contains("reserved")).take(5 + killed);
        let answered = answered.count();
        child.kill().unwrap();
        child.wait().unwrap();
        let total = session.get("/v1/computers").ok(200)["total"].as_u64().unwrap();
        assert!(total >= 25 + kept + answered as u64, "{answered} were answered after {kept}, {total} are there");
        kept = total - 25;
        killed += 1;
    }
    session.store(25).switch("Reception Paris", false).unwrap();
    assert_eq!(fs::read_dir(session.folder.path()).unwrap().count(), 2, "nothing is left lying about");
}

/// Another process that reserves `count` computers in the folder: this test program, told to run `as_a_writer`.
fn writer(folder: &Path, count: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writers::as_a_writer", "--ignored", "--nocapture"])
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
    let running = start(Store::open(Path::new(&folder), 25).unwrap(), Options::default()).unwrap();
    let mut stream = connect(&running);
    for _ in 0..count {
        reserve(&mut stream, Uuid::new_v4());
        writeln!(std::io::stdout(), "reserved").unwrap();
    }
}
