//! The `deploy.sh` of docs/automation.md, killed at any moment and run again: each `_id` once, each computer the one meant, nothing left.

use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::Stdio;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::support::Session;

const PAGE: &str = include_str!("../../docs/automation.md");
const NAMES: [&str; 2] = ["ci-web", "ci-db"];
/// Machines of their own, side by side; and how often each kills its script.
const MACHINES: u64 = 5;
const KILLS: u64 = 10;

/// A generator of numbers, the same from the same seed.
struct Dice(u64);

impl Dice {
    /// A part of a whole, from 0 to 1.
    fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// The script as the page shows it.
fn deploy() -> &'static str {
    PAGE.split_once("cat > deploy.sh <<'END'\n")
        .unwrap()
        .1
        .split_once("\nEND\n")
        .unwrap()
        .0
}

/// What a run to the end prints, and how long it takes.
fn to_the_end(session: &Session) -> (String, Duration) {
    let started = Instant::now();
    let output = session
        .bash(deploy(), &NAMES)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(
        (output.status.code(), stderr.as_str()),
        (Some(0), ""),
        "{stdout}"
    );
    (stdout, started.elapsed())
}

/// Starts the script and kills all of it after this time; whether it was still at work.
fn killed(session: &Session, after: Duration) -> bool {
    let mut command = session.bash(deploy(), &NAMES);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    let mut child = command.spawn().unwrap();
    sleep(after);
    // Its process is not waited for yet, so the number is still its own, and the group's.
    let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
    child.wait().unwrap().signal() == Some(9)
}

fn listed(session: &Session, more: &str) -> Vec<String> {
    let mut outcome = session.run(format!("computers list {more}").as_str());
    outcome.take_stdout().lines().map(str::to_owned).collect()
}

/// How many of the kills met the script at work.
fn scene(seed: u64) -> usize {
    let session = Session::sandbox();
    let fleet = listed(&session, "-o csv");
    let (printed, mut whole) = to_the_end(&session);
    for name in NAMES {
        let id = session.read(&format!("{name}._id")).unwrap();
        assert!(
            printed.contains(&format!("{name} is {}\n", id.trim_end())),
            "{printed}"
        );
    }
    let mut dice = Dice(seed);
    let mut met = 0;
    for kill in 0..KILLS {
        let after = whole.mul_f64(dice.part());
        met += usize::from(killed(&session, after));
        let mut names = listed(
            &session,
            "--filter name=ci-* -o csv --columns name --no-headers",
        );
        names.sort();
        names
            .windows(2)
            .for_each(|two| assert_ne!(two[0], two[1], "{seed}/{kill}, {after:?}: reserved twice"));
        let (again, took) = to_the_end(&session);
        assert_eq!(again, printed, "{seed}/{kill}, {after:?}");
        // The shortest, or kills would come too late once the machine is less busy.
        whole = whole.min(took);
        assert_eq!(
            listed(&session, "-o csv"),
            fleet,
            "{seed}/{kill}, {after:?}: something is left, or missing"
        );
    }
    met
}

#[test]
fn a_deployment_survives_a_kill_at_any_moment() {
    let met: usize = scope(|scope| {
        let runs: Vec<_> = (0..MACHINES)
            .map(|seed| scope.spawn(move || scene(seed)))
            .collect();
        runs.into_iter()
            .map(|run| {
                run.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .sum()
    });
    assert!(met >= 25, "only {met} kills met the script at work");
}
