//! `sandbox`: the demo API, served to other clients, and simulated machines.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::{Session, lines, uid};

const SANDBOX_KEY: &str = "sk_sandbox_0123456789abcdef";

/// `sandbox serve` on a free port, until it is dropped.
struct Served {
    child: Child,
    said: String,
    address: String,
}

impl Served {
    fn start(session: &Session, words: &str) -> Self {
        let words = format!("sandbox serve --port 0 -o jsonl {words}");
        let mut child = session
            .command(&words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        let told: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
        let url = told["url"].as_str().unwrap_or_default().to_owned();
        let address = url
            .trim_start_matches("http://")
            .trim_end_matches("/v1")
            .to_owned();
        Served {
            child,
            said,
            address,
        }
    }

    fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// One bare request, as curl sends it; status and body.
    fn ask(&self, method: &str, path: &str, authorization: &str) -> (u16, String) {
        self.ask_for(&self.address, method, path, authorization)
    }

    /// The same with another `Host`.
    fn ask_for(&self, host: &str, method: &str, path: &str, authorization: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{method} /v1{path} HTTP/1.1\r\nHost: {host}\r\n{authorization}Connection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (
            head.split(' ').nth(1).unwrap().parse().unwrap(),
            body.to_owned(),
        )
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bare_key() -> String {
    format!("Authorization: {SANDBOX_KEY}\r\n")
}

#[test]
fn serve_prints_the_url_and_the_key() {
    let session = Session::new();
    let served = Served::start(&session, "");
    let wanted = format!(
        "{{\"url\":\"{}\",\"secret_key\":\"{SANDBOX_KEY}\",\"computers\":25}}\n",
        served.url()
    );
    assert_eq!(served.said, wanted);
}

#[test]
fn serve_prints_commands_to_try() {
    let mut child = Session::new()
        .command("sandbox serve --port 0")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..8 {
        reader.read_line(&mut said).unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let url = said
        .split_whitespace()
        .find(|word| word.starts_with("http://"))
        .unwrap_or_default()
        .to_owned();
    let wanted = format!(
        "The sandbox serves a demo fleet of 25 computers at [API] until Ctrl-C.\n\nIn another terminal:\n  \
         export REEMO_API_URL=[API]\n  export REEMO_SECRET_KEY={SANDBOX_KEY}\n  reemo computers list\n  \
         curl -H \"Authorization: $REEMO_SECRET_KEY\" \"$REEMO_API_URL/computers\"\n  \
         reemo sandbox register _ID     # brings a reserved computer online\n"
    );
    assert_eq!(said.replace(&url, "[API]"), wanted);
}

#[test]
fn another_client_needs_the_bare_key() {
    let session = Session::new();
    let served = Served::start(&session, "");
    let (status, body) = served.ask("GET", "/computers?limit=1", &bare_key());
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (
            status,
            body["total"].as_u64(),
            body["computers"].as_array().map(Vec::len)
        ),
        (200, Some(25), Some(1))
    );
    for wrong in [
        "",
        "Authorization: sk_other\r\n",
        &format!("Authorization: Bearer {SANDBOX_KEY}\r\n"),
    ] {
        assert_eq!(served.ask("GET", "/computers", wrong).0, 401, "{wrong:?}");
    }
}

#[test]
fn the_client_works_against_a_served_sandbox() {
    let session = Session::new();
    let served = Served::start(&session, "--computers 60");
    let session = session
        .api(&served.url())
        .env("REEMO_SECRET_KEY", SANDBOX_KEY);
    assert_eq!(
        session
            .run("computers list -o id")
            .take_stdout()
            .lines()
            .count(),
        60
    );
    assert_eq!(
        session
            .run("computers list -o id --page-size 7")
            .take_stdout()
            .lines()
            .count(),
        60
    );
}

#[test]
fn fail_makes_requests_fail_with_the_status() {
    let session = Session::new();
    for (words, status, code, told, hint) in [
        (
            "--fail 1",
            503,
            "server_error",
            "the API failed",
            "try again later; if it persists, report the request id to Reemo",
        ),
        (
            "--fail 1 --fail-status 429",
            429,
            "rate_limited",
            "too many requests",
            "try again later",
        ),
    ] {
        let told =
            format!("{told}: a failure injected by the sandbox; nothing was changed\nhint: {hint}");
        let served = Served::start(&session, words);
        assert_eq!(served.ask("GET", "/computers", &bare_key()).0, status);
        let client = Session::new()
            .api(&served.url())
            .env("REEMO_SECRET_KEY", SANDBOX_KEY);
        client
            .run("computers list --json --retries 0")
            .fails_with(code, 7, &told);
        client
            .run(["computers", "reserve", &uid(1), "--json", "--retries", "0"])
            .fails_with(code, 7, &told);
    }
    for (flag, value, expected) in [
        ("--fail <FRACTION>", "1.1", "a number from 0 to 1"),
        ("--fail <FRACTION>", "x", "a number from 0 to 1"),
        (
            "--fail-status <STATUS>",
            "200",
            "a whole number from 400 to 599",
        ),
        (
            "--computers <N>",
            "1000001",
            "a whole number from 0 to 1000000",
        ),
        (
            "--latency <DURATION>",
            "soon",
            "a number and a unit, such as 500ms, 30s, 2m or 1h",
        ),
        ("--port <PORT>", "x", "a whole number from 0 to 65535"),
    ] {
        let (name, _) = flag.split_once(' ').unwrap();
        let told = format!(
            "invalid value '{value}' for '{flag}': expected {expected}\n\
             hint: reemo sandbox serve --help"
        );
        session
            .run(&format!("sandbox serve --json {name} {value}"))
            .fails_with("usage", 2, told);
    }
}

#[test]
fn a_port_in_use_is_an_error() {
    let session = Session::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    session
        .run(["sandbox", "serve", "--port", &port])
        .stderr(format!(
            "error: port {port} of 127.0.0.1 is already in use\n\
             hint: use a free port: reemo sandbox serve --port 0\n"
        ))
        .code(5);
}

#[test]
fn reset_restores_the_fleet() {
    let session = Session::sandbox();
    let before = session.run("computers list -o csv").take_stdout();
    session
        .run(["computers", "reserve", &uid(1), "-o", "_id"])
        .stdout(lines(&[uid(1)]));
    session
        .run(["computers", "get", &uid(1), "-o", "_id"])
        .stdout(lines(&[uid(1)]));
    session
        .run("sandbox reset")
        .stderr("note: restored the demo fleet of 25 computers\n");
    session.run("computers list -o csv").stdout(before);
    session.run("sandbox reset --computers 7 -q");
}

#[test]
fn each_size_keeps_its_own_changes() {
    let session = Session::sandbox();
    let small = session
        .run("sandbox online --computers 1 PAR-WS-01 -o id")
        .take_stdout();
    assert_eq!(
        session.run("sandbox online PAR-WS-01 -o id").take_stdout(),
        small
    );
    session
        .run("sandbox online --computers 0 PAR-WS-01 --json")
        .fails_with(
            "not_found",
            4,
            "the sandbox has no computer \"PAR-WS-01\"\n\
             hint: reemo --profile sandbox computers list",
        );
}

#[test]
fn online_and_offline_switch_a_computer() {
    let session = Session::sandbox();
    session
        .run("sandbox offline par-ws-01 -o csv --columns hostname,status")
        .stdout("hostname,status\r\nPAR-WS-01,OFFLINE\r\n");
    session
        .run("sandbox online hostname:PAR-WS-01 -o csv --columns hostname,status")
        .stdout("hostname,status\r\nPAR-WS-01,ONLINE\r\n");
    session
        .run("computers get PAR-WS-01 -o csv --columns status --no-headers")
        .stdout("ONLINE\r\n");
    session
        .run("sandbox online 28F84B -o csv --columns hostname --no-headers")
        .stdout("PAR-WS-01\r\n");
    session
        .run("sandbox online ip:10.10.0.2 -o csv --columns hostname --no-headers")
        .stdout("PAR-WS-01\r\n");
    session.run("sandbox online 28f84 --json").fails_with(
        "not_found",
        4,
        "the sandbox has no computer \"28f84\"\nhint: reemo --profile sandbox computers list",
    );
    session
        .run("computers delete PAR-WS-01 --yes --json")
        .fails_with("not_offline", 5, "computer \"Reception Paris\" (28f84b68-e27b-4a8f-b99c-e4a3f7c18cfa) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted");
    session
        .run("sandbox online nobody")
        .stderr("error: the sandbox has no computer \"nobody\"\nhint: reemo --profile sandbox computers list\n")
        .code(4);
    session
        .run(["sandbox", "register", &uid(1), "--json"])
        .fails_with(
            "not_found",
            4,
            "no computer has the _id 00000001-2222-4222-9222-2e2e2e2e2e2e\n\
             hint: reemo --profile sandbox computers list",
        );
    session.run("sandbox register x --json").fails_with(
        "usage",
        2,
        "invalid value 'x' for '<_ID>': expected a UUID\n\
         hint: reemo sandbox register --help",
    );
}

/// The service on a machine reports every 30 seconds; one that is OFFLINE was last seen when it went.
#[test]
fn online_computers_were_seen_just_now() {
    let session = Session::sandbox();
    let count = |filters: &str| {
        let words = format!("computers count {filters}");
        session.run(&*words).take_stdout()
    };
    let online = count("--filter status=ONLINE");
    assert_eq!(
        count("--filter status=ONLINE --filter lastSeen>-1m"),
        online
    );
    assert_eq!(count("--filter lastSeen>-1m"), online);
    assert_eq!(count("--filter lastSeen>-0s"), "0\n");
    session
        .run("computers watch --interval 50ms --properties lastSeen --count 1 -o jsonl --jq .property")
        .stdout("\"lastSeen\"\n");
    session.run("computers watch --interval 50ms --duration 2s");
}

/// What a new user without an account does first.
#[test]
fn a_first_session() {
    let session = Session::new();
    let word = |words: &str| format!("--profile sandbox {words}");
    assert_eq!(
        session
            .run(&word("computers list -o id"))
            .take_stdout()
            .lines()
            .count(),
        25
    );
    let uid = uid(4);
    session
        .run(&word(&format!(
            "computers reserve {uid} --name accueil --id-file _id -o _id"
        )))
        .stdout(lines(&[&uid]));
    assert_eq!(session.read("_id").as_deref(), Some(uid.as_str()));
    let status = word(&format!(
        "computers get _id:{uid} -o csv --no-headers --columns name,hostname,status"
    ));
    session.run(&status).stdout("accueil,,OFFLINE\r\n");
    let mut registered = session.run(&word(&format!(
        "sandbox register {uid} -o csv --no-headers --columns status,hostname"
    )));
    let registered = registered.take_stdout();
    let (state, hostname) = registered.trim_end().split_once(',').unwrap();
    assert!(state == "ONLINE" && !hostname.is_empty(), "{registered}");
    session
        .run(&word("computers rename accueil Salle-4 -o _id"))
        .stdout(lines(&[&uid]));
    session
        .run(&status)
        .stdout(format!("Salle-4,{hostname},ONLINE\r\n"));
    let mut tokens = session.run(&word("computers connect Salle-4 --json"));
    let tokens: serde_json::Value = serde_json::from_str(&tokens.take_stdout()).unwrap();
    assert!(
        tokens["_id"].is_string() && tokens["_id"] != uid.as_str(),
        "{tokens}"
    );
    session
        .run(&word("computers delete Salle-4 --yes --json"))
        .fails_with(
            "not_offline",
            5,
            "computer \"Salle-4\" ([*]) is ONLINE, so it is not deleted\n\
             hint: only an OFFLINE computer can be deleted",
        );
    session
        .run(&word("sandbox offline Salle-4 -o _id"))
        .stdout(lines(&[&uid]));
    session
        .run(&word("computers delete Salle-4 --yes -o _id"))
        .stdout(lines(&[&uid]));
    session
        .run(&word("computers get Salle-4 --json"))
        .fails_with(
            "not_found",
            4,
            "no computer has the name or hostname \"Salle-4\"\n\
             hint: reemo --profile sandbox computers list",
        );
    assert_eq!(
        session
            .run(&word("computers list -o id"))
            .take_stdout()
            .lines()
            .count(),
        25
    );
    assert_eq!(
        session.config_text(),
        "",
        "the sandbox needs no configuration"
    );
}

#[test]
fn concurrent_commands_keep_each_others_changes() {
    let session = Session::sandbox();
    let children: Vec<Child> = (1..=8)
        .map(|n| {
            session
                .command(["computers", "reserve", &uid(n), "-q"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(
        session
            .run("computers list -o _id")
            .take_stdout()
            .lines()
            .count(),
        33
    );
}

#[test]
fn commands_give_up_on_a_lock_that_stays_held() {
    let session = Session::sandbox();
    session.run("sandbox offline PAR-WS-01 -q").ends(0);
    let before = session.run("computers list -o csv").take_stdout();
    let lock = session.root().join("state/reemo/sandbox/computers-25.lock");
    let held = std::fs::File::open(&lock).unwrap();
    held.lock().unwrap();
    let text = format!(
        "another process holds the lock {}",
        session.told(lock.to_str().unwrap())
    );
    std::thread::scope(|scope| {
        for words in [
            "sandbox reset",
            "sandbox online PAR-WS-01",
            "sandbox register b7497b7f-7855-4776-9dc0-aa3bae038382",
        ] {
            let (session, text) = (&session, &text);
            scope.spawn(move || {
                session
                    .run(words)
                    .stderr(format!("error: {text}\nhint: wait for the other command to end, then run this one again\n"))
                    .code(5);
            });
        }
        scope.spawn(|| {
            let mut reserved = session.run(["computers", "reserve", &uid(1), "--json"]);
            let message = reserved.last_error()["message"].clone();
            assert!(message.as_str().unwrap().ends_with(&text), "{message}");
            assert_eq!(reserved.take_stdout(), "");
            reserved.ends(5);
        });
    });
    drop(held);
    session.run("computers list -o csv").stdout(before);
}

/// A web page whose hostname resolves to 127.0.0.1 sends that name as `Host`.
#[test]
fn serve_answers_only_requests_for_a_loopback_host() {
    let session = Session::new();
    let served = Served::start(&session, "");
    let port = served.address.rsplit_once(':').unwrap().1;
    for (host, status) in [
        ("evil.example".to_owned(), 421),
        (format!("evil.example:{port}"), 421),
        (format!("localhost:{port}"), 200),
        (format!("127.0.0.9:{port}"), 200),
        (format!("[::1]:{port}"), 200),
    ] {
        let answered = served.ask_for(&host, "GET", "/computers", &bare_key());
        assert_eq!(answered.0, status, "{host}");
    }
}

#[test]
fn serve_drops_incomplete_requests() {
    let session = Session::new();
    let served = Served::start(&session, "");
    let head = format!(
        "POST /v1/computers HTTP/1.1\r\nHost: localhost\r\n{}",
        bare_key()
    );
    let body = format!("{head}Content-Length: 9\r\n\r\n{{");
    let streams = ["", "GET / HTTP", &head, &body].map(|part| {
        let mut stream = TcpStream::connect(&served.address).unwrap();
        // So that a server that waits for ever fails the test instead of hanging it.
        let timeout = std::time::Duration::from_mins(1);
        stream.set_read_timeout(Some(timeout)).unwrap();
        stream.write_all(part.as_bytes()).unwrap();
        stream
    });
    let answers = streams.map(|mut stream| {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    });
    assert_eq!(answers, ["", "", "", "HTTP/1.1 408 Request Timeout"]);
    assert_eq!(served.ask("GET", "/computers", &bare_key()).0, 200);
}

#[test]
fn the_settings_of_a_real_account_do_not_apply_to_the_sandbox() {
    let session = Session::sandbox()
        .key(crate::support::KEY)
        .env("REEMO_API_URL", "https://reemo.example/v1")
        .env("HTTPS_PROXY", "nonsense://x")
        .env("HTTP_PROXY", "http://127.0.0.1:9");
    assert_eq!(
        session
            .run("computers list -o id")
            .take_stdout()
            .lines()
            .count(),
        25
    );
}
