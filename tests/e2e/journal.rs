//! The journal: a line for each change that was sent.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::dialect::Dialect;
use crate::support::{Fault, Peer, Row, Session, id, lines, uid};

fn path(session: &Session) -> PathBuf {
    let folder = if cfg!(target_os = "macos") {
        "home/Library/Application Support"
    } else {
        "state"
    };
    session.root().join(folder).join("reemo/journal.jsonl")
}

fn journal(session: &Session) -> Vec<Value> {
    let text = fs::read_to_string(path(session)).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn told(session: &Session) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let pair = |line: &Value| (text(&line["verb"]), text(&line["outcome"]));
    journal(session).iter().map(pair).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs
        .map(|(verb, outcome)| (verb.to_owned(), outcome.to_owned()))
        .into()
}

fn request_ids() -> Peer {
    Peer::speaking(Dialect {
        request_id: Some("req-7"),
        ..Dialect::default()
    })
}

#[test]
fn each_verb_writes_what_was_there_before() {
    let peer = request_ids();
    let session = Session::profile(&peer, "");
    let run = |words: &str| drop(session.run(words).take_stdout());
    run(&format!("computers reserve {} --name new", uid(9)));
    run("computers rename atelier-01 renamed");
    run("computers delete _id:00000006-2222-4222-9222-2e2e2e2e2e2e --yes");
    run(&format!("api PUT /computers/{} -f name=raw", id(3)));
    let lines = journal(&session);
    for line in &lines {
        assert_eq!(line["profile"], "work");
        let host = line["api_host"].as_str().unwrap();
        assert!(host.starts_with("127.0.0.1:"), "{host}");
        assert_eq!(line["request_id"], "req-7");
        assert!(line["time"].as_str().unwrap().ends_with('Z'));
    }
    assert_eq!(
        told(&session),
        pairs([
            ("reserve", "created"),
            ("rename", "renamed"),
            ("delete", "deleted"),
            ("api", "done")
        ])
    );
    assert_eq!(lines[0]["computer"]["_id"], uid(9));
    assert_eq!(lines[1]["computer"]["name"], "atelier-01");
    assert_eq!(lines[1]["new_name"], "renamed");
    assert_eq!(lines[2]["computer"]["_id"], uid(6));
    assert_eq!(lines[2]["computer"]["name"], "reserved");
    assert_eq!(lines[3]["request"]["method"], "PUT");
    let url = lines[3]["request"]["url"].as_str().unwrap();
    assert!(url.ends_with(&format!("/v1/computers/{}", id(3))), "{url}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = path(&session).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn what_was_not_sent_is_not_written() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let run = |words: &str, code| {
        let mut outcome = session.run(words).code(code);
        drop((outcome.take_stdout(), outcome.take_stderr()));
    };
    run("computers rename atelier-01 new --dry-run", 0);
    run("computers rename atelier-01 atelier-01", 0);
    run("computers delete atelier-02 --yes", 5);
    run("computers delete nobody --yes", 4);
    run("computers list", 0);
    run("computers connect atelier-02 --json", 0);
    run("api GET /computers", 0);
    run("api DELETE /computers/x --dry-run", 0);
    assert!(!path(&session).exists());
    run("journal", 0);
}

#[test]
fn failed_and_unknown_changes_are_written() {
    let peer = request_ids();
    peer.mishap(|request, _| match request.method.as_str() {
        "PUT" => Some(Fault::headed(
            422,
            "X-Request-Id: req-8\r\nContent-Type: application/json",
            "{}",
        )),
        "DELETE" => Some(Fault::Raw(Vec::new())),
        _ => None,
    });
    let session = Session::with(&peer).always("--retries").always("0");
    let run = |words: &str, code| {
        let mut outcome = session.run(words).code(code);
        drop((outcome.take_stdout(), outcome.take_stderr()));
    };
    run("computers rename atelier-01 new", 5);
    run("computers delete atelier-01 --yes", 9);
    run(&format!("api DELETE /computers/{}", id(1)), 9);
    run(&format!("computers reserve {}", uid(1)), 5);
    assert_eq!(
        told(&session),
        pairs([
            ("rename", "failed"),
            ("delete", "unknown"),
            ("api", "unknown"),
            ("reserve", "refused")
        ])
    );
    let lines = journal(&session);
    assert_eq!(lines[0]["error"]["status"], 422);
    assert_eq!(lines[0]["request_id"], "req-8");
    assert_eq!(lines[0]["new_name"], "new");
    assert_eq!(lines[1]["error"]["code"], "outcome_unknown");
}

/// The line of a deletion is a row of a fleet file.
#[test]
fn a_deletion_can_be_reserved_again() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let mut deleted = session
        .run("computers delete atelier-01 _id:00000006-2222-4222-9222-2e2e2e2e2e2e --yes -o _id");
    assert_eq!(deleted.take_stdout(), lines(&[1, 6].map(uid)));
    let filter = "select(.outcome == \"deleted\") | .computer | {_id, name}";
    let mut shown = session.run(&["journal", "-o", "jsonl", "--jq", filter][..]);
    let fleet = shown.take_stdout();
    let session = session.file("deleted.jsonl", &fleet);
    // The lines are in the order in which the deletions ended.
    let mut applied = session.run("computers apply deleted.jsonl -o _id -q");
    let printed = applied.take_stdout();
    let mut reserved: Vec<&str> = printed.lines().collect();
    reserved.sort_unstable();
    assert_eq!(reserved, [1, 6].map(uid));
    let names = [1, 6].map(|n| peer.find("_id", &uid(n)).unwrap().get("name").unwrap());
    assert_eq!(names, ["atelier-01", "reserved"]);
}

#[test]
fn it_is_shown_by_time_and_profile_in_every_format() {
    let session = Session::new().config("");
    let line = |time: &str, profile: &str, n: usize| {
        format!(
            "{{\"time\":\"{time}\",\"profile\":\"{profile}\",\"api_host\":\"api.example\",\"verb\":\"delete\",\"outcome\":\"deleted\",\"computer\":{}}}\n",
            Row::new(n, &format!("pc-{n}\u{202e}"), "OFFLINE").json()
        )
    };
    let (one, two, three) = (
        line("2026-01-01T00:00:00Z", "work", 1),
        line("2026-02-01T00:00:00Z", "home", 2),
        line("2026-03-01T00:00:00Z", "work", 3),
    );
    let folder = path(&session);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(folder.with_file_name("journal.1.jsonl"), &one).unwrap();
    fs::write(&folder, format!("{two}{{\"time\":\"20\n{three}")).unwrap();
    let warning = "warning: 1 line of the journal can't be read\n";
    let shown = |words: &str, numbers: &[usize]| {
        session
            .run(&format!("journal {words} -o id"))
            .stdout(lines(&numbers.iter().map(|n| id(*n)).collect::<Vec<_>>()))
            .stderr(warning);
    };
    shown("", &[1, 2, 3]);
    shown("--since 2026-02-01", &[2, 3]);
    shown("--until 2026-02-01", &[1]);
    shown("--since 2026-01-15 --until 2026-02-15T00:00:00Z", &[2]);
    shown("--profile work", &[1, 3]);
    shown("--profile nobody", &[]);
    shown("--since -1d --until +1d", &[]);
    session
        .run("journal --profile home")
        .stderr(warning)
        .stdout(format!(
            "TIME                  PROFILE  VERB    OUTCOME  NAME          ID\n\
         2026-02-01T00:00:00Z  home     delete  deleted  pc-2\\u{{202e}}  {}\n",
            id(2)
        ));
    session
        .run("journal --profile home -o csv")
        .stderr(warning)
        .stdout(format!(
            "time,profile,api_host,verb,outcome,name,new_name,_id,id\r\n2026-02-01T00:00:00Z,home,api.example,delete,deleted,pc-2\\u{{202e}},,{},{}\r\n",
            uid(2),
            id(2)
        ));
    let mut json = session.run("journal --json");
    let printed: Value = serde_json::from_str(&json.take_stdout()).unwrap();
    assert_eq!(printed.as_array().unwrap().len(), 3);
    drop(json.take_stderr());
    session
        .run("journal --since yesterday")
        .code(2)
        .stderr(
            "error: invalid value 'yesterday' for '--since <TIME>': expected a time such as 2026-11-24T08:00:00Z, a date, or a time before now such as -7d\n\
             hint: reemo journal --help\n",
        );
}

#[test]
fn a_profile_can_turn_it_off() {
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    session.run("config set journal false").take_stderr();
    assert!(session.config_text().contains("journal = false"));
    drop(session.run("computers rename atelier-01 new").take_stdout());
    assert!(!path(&session).exists());
    session.run("config unset journal").take_stderr();
    drop(session.run("computers rename new newer").take_stdout());
    assert_eq!(told(&session), pairs([("rename", "renamed")]));
}

/// The change is made; that its line is missing is a warning that `-q` does not silence.
#[test]
fn a_journal_that_cannot_be_written_fails_no_change() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    fs::create_dir_all(path(&session)).unwrap();
    let file = path(&session);
    let file = file.strip_prefix(session.root()).unwrap().display();
    session
        .run("computers delete atelier-01 _id:00000006-2222-4222-9222-2e2e2e2e2e2e --yes -o _id -q")
        .stdout(lines(&[1, 6].map(uid)))
        .stderr(format!(
            "warning: the journal of changes is incomplete: [HOME]/{file} exists and is not a regular file\n"
        ));
}

/// Whole lines under concurrent writers, of which some are killed.
#[cfg(unix)]
#[test]
fn lines_stay_whole_under_concurrent_writers_and_kills() {
    use std::process::Stdio;
    use std::time::Duration;

    let peer = Peer::start();
    let session = Session::with(&peer);
    let mut writers: Vec<_> = (0..6)
        .map(|_| {
            let mut command = session.command("computers reserve --count 40 -q");
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    std::thread::sleep(Duration::from_millis(60));
    writers[0].kill().unwrap();
    writers[1].kill().unwrap();
    let ended = writers.iter_mut().map(|writer| writer.wait().unwrap());
    assert!(ended.skip(2).all(|status| status.success()));
    let written = journal(&session).len();
    assert!((160..=240).contains(&written), "{written}");
}
