//! What commands cost: requests, connections, files and memory are counted, so that no clock is needed.

use std::sync::Arc;

use crate::support::fleet::large;
use crate::support::http::Request;
use crate::support::{Fault, Peer, Row, Session, id, uid};

/// What a command asks of a peer with the usual fleet: each request as its method and path, in any order.
fn asked(session: impl Fn(&Peer) -> Session, words: &str) -> Vec<String> {
    let peer = Peer::start();
    let code = if words.contains("--limit x") {
        2
    } else if words.contains("get ") && words.contains(&id(99)) {
        4
    } else {
        0
    };
    session(&peer).run(words).ends(code);
    let line = |request: &Request| {
        format!(
            "{} {}",
            request.method,
            request.path().trim_start_matches("/v1/")
        )
    };
    let mut asked: Vec<String> = peer.seen().iter().map(line).collect();
    asked.sort();
    asked
}

fn one(n: usize) -> String {
    format!("computers/{}", id(n))
}

/// Each command, and all that it may ask.
#[test]
fn each_command_asks_no_more_than_it_needs() {
    let (first, third) = (one(1), one(3));
    let absent = one(99);
    for (words, wanted) in [
        (
            "computers list".to_owned(),
            vec!["GET computers".to_owned()],
        ),
        (
            "computers list --sort name --filter name=double".to_owned(),
            vec!["GET computers".to_owned()],
        ),
        (
            format!("computers get {}", id(1)),
            vec![format!("GET {first}")],
        ),
        (
            format!("computers get id:{}", id(1)),
            vec![format!("GET {first}")],
        ),
        (
            format!("computers get _id:{}", uid(1)),
            vec!["GET computers".to_owned(), format!("GET {first}")],
        ),
        (
            "computers get atelier-01".to_owned(),
            vec!["GET computers".to_owned(), format!("GET {first}")],
        ),
        (
            format!("computers get {}", id(99)),
            ["GET computers", "GET computers", &format!("GET {absent}")]
                .map(str::to_owned)
                .to_vec(),
        ),
        (
            format!("computers connect {}", id(1)),
            vec![format!("GET {first}"), format!("POST {first}/connect")],
        ),
        (
            "computers connect atelier-01".to_owned(),
            vec!["GET computers".to_owned(), format!("POST {first}/connect")],
        ),
        (
            format!("computers reserve {}", uid(70)),
            vec!["POST computers".to_owned()],
        ),
        (
            "computers reserve --count 3".to_owned(),
            vec!["POST computers".to_owned(); 3],
        ),
        (
            format!("computers rename {} a", id(1)),
            vec![format!("GET {first}"), format!("PUT {first}")],
        ),
        (
            "computers rename atelier-01 a".to_owned(),
            vec![
                "GET computers".to_owned(),
                format!("GET {first}"),
                format!("PUT {first}"),
            ],
        ),
        (
            "computers rename --from n.csv".to_owned(),
            vec![
                "GET computers".to_owned(),
                format!("GET {first}"),
                format!("GET {third}"),
                format!("PUT {first}"),
                format!("PUT {third}"),
            ],
        ),
        (
            format!("computers delete {} --yes", id(1)),
            vec![format!("DELETE {first}"), format!("GET {first}")],
        ),
        (
            "computers delete atelier-01 --yes".to_owned(),
            vec![
                format!("DELETE {first}"),
                "GET computers".to_owned(),
                format!("GET {first}"),
            ],
        ),
        (
            "computers delete atelier-01 DOUBLE-A --yes".to_owned(),
            vec![
                format!("DELETE {first}"),
                format!("DELETE {third}"),
                "GET computers".to_owned(),
                format!("GET {first}"),
                format!("GET {third}"),
            ],
        ),
        ("auth status".to_owned(), vec!["GET computers".to_owned()]),
        ("config list".to_owned(), vec![]),
        ("computers list --limit x".to_owned(), vec![]),
    ] {
        let rows = "computer,name\natelier-01,a\nDOUBLE-A,b\n";
        assert_eq!(
            asked(|peer| Session::with(peer).file("n.csv", rows), &words),
            wanted,
            "{words}"
        );
    }
}

/// Two listings that are proven complete show too that no computer has any of these as its `_id`.
#[test]
fn absent_ids_in_bulk_cost_no_listing_each() {
    let words = format!(
        "computers delete {} {} {} --yes --ignore-missing",
        id(97),
        id(98),
        id(99)
    );
    let asked = asked(Session::with, &words);
    let listings = asked.iter().filter(|line| *line == "GET computers").count();
    assert!(listings == 2 && asked.len() <= 5, "{asked:#?}");
}

#[test]
fn a_few_of_many_are_one_request() {
    let peer = many(9_950, 1000);
    let mut outcome = Session::with(&peer).run("computers list --limit 5 -o id");
    assert_eq!(outcome.take_stdout().lines().count(), 5);
    assert_eq!(peer.requests(), ["GET /v1/computers?page=1&limit=5"]);
}

#[test]
fn many_are_as_many_requests_as_there_are_pages() {
    for workers in [1, 8, 16] {
        let peer = many(9_950, 1000);
        let mut outcome =
            Session::with(&peer).run(&format!("computers list -o id --concurrency {workers}"));
        assert_eq!(outcome.take_stdout().lines().count(), 9_950);
        assert_eq!(peer.requests().len(), 10, "{workers} at once");
    }
}

#[test]
fn connections_are_kept_alive() {
    let peer = Peer::with(large(2950));
    Session::with(&peer)
        .run("computers list -o id --concurrency 1")
        .ends(0);
    assert_eq!((peer.requests().len(), peer.connections()), (30, 1));
    // One for each worker and the first page's. On a busy machine an answer may come back to the pool a moment after the next
    // request was begun, so a run in three may open a few more.
    let opened = || {
        let peer = Peer::with(large(2950));
        Session::with(&peer)
            .run("computers list -o id --concurrency 8")
            .ends(0);
        assert_eq!(peer.requests().len(), 30);
        peer.connections()
    };
    let opened = [opened(), opened(), opened()];
    assert!(
        opened.iter().min() <= Some(&9) && opened.iter().max() <= Some(&20),
        "{opened:?} connections"
    );
}

/// One for each worker. On a busy machine an answer may come back to the pool a moment after the next request was begun.
#[test]
fn bulk_work_shares_its_connections() {
    let peer = Peer::start();
    Session::with(&peer)
        .run("computers reserve --count 600 -o _id")
        .ends(0);
    let connections = peer.connections();
    assert!(
        peer.requests().len() == 600 && connections <= 20,
        "{connections} connections"
    );
}

/// A peer with this many computers, made as they are asked for.
fn many(count: usize, cap: usize) -> Peer {
    let row = Arc::new(
        Row::new(1, "pc", "OFFLINE")
            .json()
            .replacen(&id(1), "[ID]", 1),
    );
    let peer = Peer::with(Vec::new());
    peer.mishap(move |request, _| {
        let query = request.query();
        let number = |name: &str| {
            query
                .iter()
                .find(|(key, _)| key == name)
                .and_then(|(_, value)| value.parse::<usize>().ok())
        };
        let (page, size) = (number("page").unwrap(), number("limit").unwrap().min(cap));
        let places = ((page - 1) * size + 1)..=(page * size).min(count);
        let rows: Vec<String> = places.map(|n| row.replacen("[ID]", &id(n), 1)).collect();
        let body = format!(
            "{{\"computers\":[{}],\"page\":{page},\"limit\":{size},\"total\":{count}}}",
            rows.join(",")
        );
        Some(Fault::instead(
            200,
            "Content-Type: application/json\r\n",
            &body,
        ))
    });
    peer
}

/// What needs no configuration reads none: here its file would hold a reader for ever, or have a mistake in it.
#[cfg(unix)]
#[test]
fn commands_without_config_do_not_open_it() {
    for words in [
        "--version",
        "--help",
        "-h",
        "computers list --help",
        "completions bash",
        "computers lits",
        "config path",
    ] {
        let code = if words == "computers lits" { 2 } else { 0 };
        Session::new().config("not toml [").run(words).ends(code);
        let elsewhere = tempfile::tempdir().unwrap();
        let pipe = elsewhere.path().join("pipe");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        Session::new()
            .env("REEMO_CONFIG", pipe.to_str().unwrap())
            .run(words)
            .ends(code);
    }
}

/// The files that a command opens, as `strace` tells; none where there is no `strace`.
#[cfg(target_os = "linux")]
fn opened(session: &Session, words: &str) -> Option<Vec<String>> {
    let trace = session.path("trace");
    let script = format!(
        "exec strace -f -qq -e trace=openat,open -o {} \"$@\"",
        trace.display()
    );
    if std::process::Command::new("strace")
        .arg("-V")
        .output()
        .is_err()
    {
        return None;
    }
    session.run_shell(&script, words).ends(0);
    let told = std::fs::read_to_string(trace).unwrap();
    let file = |line: &str| {
        line.split_once('"')
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(path, _)| path.to_owned())
    };
    Some(
        told.lines()
            .filter(|line| !line.contains("ENOENT"))
            .filter_map(file)
            .collect(),
    )
}

/// Only what the loader of the system and the runtime open, and nothing of the user's or of the certificates.
#[cfg(target_os = "linux")]
#[test]
fn few_files_are_opened_at_the_start() {
    let usual = |path: &String| {
        [
            "/lib",
            "/usr/lib",
            "/etc/ld.so",
            "/proc/",
            "/sys/",
            "/dev/",
            "/usr/share/locale",
        ]
        .iter()
        .any(|known| path.starts_with(known))
    };
    let peer = Peer::start();
    let session = Session::profile(&peer, "");
    let config = session.config_path().to_str().unwrap().to_owned();
    let list = [
        "/etc/host.conf",
        "/etc/hosts",
        "/etc/nsswitch.conf",
        "/etc/resolv.conf",
    ];
    for (words, allowed) in [
        ("--version", None),
        ("--help", None),
        ("completions zsh", None),
        ("computers list -o id", Some(&config)),
    ] {
        let Some(opened) = opened(&session, words) else {
            return;
        };
        let odd: Vec<&String> = opened
            .iter()
            .filter(|path| !usual(path) && !list.contains(&path.as_str()))
            .collect();
        let wanted: Vec<&String> = allowed.into_iter().collect();
        assert_eq!(odd, wanted, "{words}");
    }
}

/// The largest memory of a listing, looked at after each piece of its output: while the last pieces wait in the pipe, so
/// does the program. Its own code is left out: that of a build for tests is several times as large as a release's.
#[cfg(target_os = "linux")]
fn peak_kib(format: &str, rows: usize) -> u64 {
    use std::io::Read;
    use std::process::Stdio;

    let peer = many(rows, 1000);
    let session = Session::with(&peer);
    let mut command = session.command(&format!("computers list -o {format}"));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = child.stdout.take().unwrap();
    let mut lines = 0;
    let mut piece = vec![0; 65536];
    let mut peak = 0;
    loop {
        let read = printed.read(&mut piece).unwrap();
        if read == 0 {
            break;
        }
        lines += piece[..read].split(|byte| *byte == b'\n').count() - 1;
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let number = |name: &str| -> u64 {
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|line| line.split_whitespace().next()?.parse().ok())
                .unwrap_or(0)
        };
        peak = number("VmHWM").saturating_sub(number("RssFile")).max(peak);
    }
    assert!(child.wait().unwrap().success());
    assert!(lines >= rows, "{lines} lines");
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn streaming_formats_take_little_memory_however_many_there_are() {
    for format in ["jsonl", "csv", "id"] {
        let peak = peak_kib(format, 100_000);
        assert!(peak > 0 && peak <= 13 * 1024, "{format}: {peak} KiB");
    }
}
