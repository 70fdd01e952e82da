//! Random accounts and files: `computers apply` leads to what the file says, whatever happens on the way.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use crate::support::{Fault, Peer, Row, Session, quoted, uid};

/// So many accounts are tried, unless `REEMO_FLEET_SEEDS` says otherwise.
const SEEDS: u64 = 12;
/// So many runs settle everything that faults and kills left open.
const MAX_RUNS: usize = 60;

const NAMES: [&str; 9] = [
    "desk",
    "=cmd|' /C calc'!A0",
    "'quoted",
    "a,b;c|d",
    "\"",
    "Été ☀ 👩‍💻",
    "{{ lookup('pipe','id') }}",
    " x ",
    "\\u{202e}",
];

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn name(&mut self) -> String {
        let at = usize::try_from(self.below(NAMES.len() as u64)).unwrap();
        format!("{}{}", NAMES[at].trim_end(), self.below(100))
    }
}

/// The names of computers by their `_id`s.
type Names = BTreeMap<String, String>;

fn names(peer: &Peer) -> Names {
    let pair = |row: &Row| Some((row.get("_id")?, row.get("name").unwrap_or_default()));
    peer.rows().iter().filter_map(pair).collect()
}

struct Case {
    rows: Vec<Row>,
    file: String,
    /// What the file says; an empty name for one that does not matter.
    wanted: Vec<(String, String)>,
    prunes: bool,
}

fn case(random: &mut Random) -> Case {
    let count = usize::try_from(random.below(16)).unwrap() + 1;
    let mut rows = Vec::new();
    let mut wanted = Vec::new();
    for n in 1..=count {
        let is_listed = random.below(3) > 0;
        // Nothing but an OFFLINE computer can be deleted.
        let status = if is_listed && random.below(2) == 0 {
            "ONLINE"
        } else {
            "OFFLINE"
        };
        let name = random.name();
        if is_listed {
            let new = match random.below(3) {
                0 => random.name(),
                1 => String::new(),
                _ => name.clone(),
            };
            wanted.push((uid(n), new));
        }
        rows.push(Row::new(n, &name, status));
    }
    for n in 101..=101 + random.below(8) {
        let name = if random.below(4) == 0 {
            String::new()
        } else {
            random.name()
        };
        wanted.push((uid(usize::try_from(n).unwrap()), name));
    }
    Case {
        file: text(&wanted, random.below(3)),
        rows,
        wanted,
        prunes: random.below(3) > 0,
    }
}

fn text(wanted: &[(String, String)], format: u64) -> String {
    let object =
        |(id, name): &(String, String)| format!("{{\"_id\":\"{id}\",\"name\":{}}}", quoted(name));
    let objects: Vec<String> = wanted.iter().map(object).collect();
    match format {
        0 => format!("[{}]", objects.join(",\n")),
        1 => objects.join("\n"),
        _ => String::new(),
    }
}

fn fault(random: &Mutex<Random>, percent: u64) -> Option<Fault> {
    let mut random = random.lock().unwrap();
    if random.below(100) >= percent {
        return None;
    }
    Some(match random.below(5) {
        0 => Fault::LoseAnswer,
        1 => Fault::CutAnswer,
        2 => Fault::Raw(Vec::new()),
        3 => Fault::answer(500, "application/json", r#"{"error":"broken"}"#),
        _ => Fault::answer(503, "text/html", "<html>later</html>"),
    })
}

fn check(seed: u64) {
    let mut random = Random(seed);
    let case = case(&mut random);
    let peer = Peer::with(case.rows.clone());
    let mut session = Session::with(&peer).file("wanted.json", &text(&case.wanted, 0));
    // csv with cells escaped for spreadsheets is what the program itself writes.
    let file = if case.file.is_empty() {
        let listed: Vec<Row> = (1..)
            .zip(&case.wanted)
            .map(|(n, (id, name))| Row::new(n, name, "OFFLINE").text("_id", id))
            .collect();
        let source = Peer::with(listed);
        Session::with(&source)
            .run("computers list -o csv --columns name,_id,ip")
            .take_stdout()
    } else {
        case.file.clone()
    };
    session = session.file("fleet", &file);
    let prune = if case.prunes { "--prune --max 100" } else { "" };

    drop(
        session
            .run(&format!("computers plan fleet {prune} -o jsonl -q"))
            .take_stdout(),
    );
    assert_eq!(peer.changes(), [""; 0], "seed {seed}: a plan sent a change");

    let faults = Mutex::new(Random(seed ^ 0xfa01));
    peer.mishap(move |_, _| fault(&faults, 5));
    let yes = if case.prunes { "--yes" } else { "" };
    let words = format!("computers apply fleet {prune} {yes} --retries 1 -o jsonl -q");
    for _ in 0..random.below(4) {
        let mut killed = session.command(words.as_str());
        killed.stdout(Stdio::null()).stderr(Stdio::null());
        let mut killed = killed.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random.below(120)));
        let _ = killed.kill();
        killed.wait().unwrap();
    }
    let mut runs = 0;
    loop {
        let mut command = session.command(words.as_str());
        let ended = command.stdout(Stdio::null()).output().unwrap();
        runs += 1;
        match ended.status.code() {
            Some(0) => break,
            Some(6..=9) if runs < MAX_RUNS => {}
            code => panic!(
                "seed {seed}: run {runs} ended with {code:?}\n{}",
                String::from_utf8_lossy(&ended.stderr)
            ),
        }
    }
    peer.mishap(|_, _| None);
    // What was sent before the last kill may be carried out after it.
    std::thread::sleep(Duration::from_millis(20));

    let before: Names = case
        .rows
        .iter()
        .map(|row| (row.get("_id").unwrap(), row.get("name").unwrap()))
        .collect();
    let mut expected = if case.prunes {
        Names::new()
    } else {
        before.clone()
    };
    for (id, name) in &case.wanted {
        let name = if name.trim().is_empty() {
            before.get(id).cloned().unwrap_or_default()
        } else {
            name.clone()
        };
        expected.insert(id.clone(), name);
    }
    assert_eq!(names(&peer), expected, "seed {seed}\n{file}");

    let changes = peer.changes().len();
    drop(session.run(&format!("computers apply fleet {prune} {yes} -o jsonl -q")));
    assert_eq!(
        peer.changes().len(),
        changes,
        "seed {seed}: a second run sent a change"
    );
}

#[test]
fn apply_leads_to_the_file_through_faults_and_kills() {
    let seeds = std::env::var("REEMO_FLEET_SEEDS").ok();
    let seeds = seeds.and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds {
        check(seed);
    }
}
