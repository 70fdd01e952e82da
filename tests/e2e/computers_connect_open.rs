//! `computers connect --open`: a page on loopback, in a real browser, with a script in place of the vendor's.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::canned::Listening;
use crate::support::chromium::Chromium;
use crate::support::http::{Answer, Request};
use crate::support::routes::with_tokens;
use crate::support::schema::check_open_event;
use crate::support::{Fault, KEY, Peer, Row, Session, id};

/// A run that hangs fails the test instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(80);

/// A WebClient that records what it is given. The test plays its events.
const RECORDER: &str = "
window.calls = [];
window.Reemo = { WebClient: class {
  constructor() { window.webclient = this; this.listeners = {}; calls.push(['new']); }
  on(event, listener) { this.listeners[event] = listener; }
  init(...values) { calls.push(['init', ...values]); }
  connect(...values) { calls.push(['connect', ...values]); this.listeners.state({ state: 'connected' }); }
} };";

/// A server that answers every request with one script.
fn script_server(script: &str) -> Listening {
    let script = script.to_owned();
    Listening::start(move |mut stream: TcpStream| {
        if Request::read(&mut BufReader::new(&stream)).is_some() {
            let answer = Answer::new(200, "text/javascript", script.clone());
            let _ = stream.write_all(&answer.header("Connection", "close").bytes());
        }
    })
}

/// A user whose profile loads this script.
fn user(peer: &Peer, scripts: &Listening) -> Session {
    let url = format!("http://{}/reemo.min.js", scripts.address);
    Session::profile(peer, &format!("webclient_url = {url:?}"))
}

/// A running `connect --open`.
struct Opening<'session> {
    session: &'session Session,
    child: Child,
    lines: Receiver<String>,
}

impl<'session> Opening<'session> {
    /// Starts it with `-o jsonl` and takes the URL from its first event.
    fn start(session: &'session Session, computer: &str) -> (Self, String) {
        let options = "--open --no-browser -o jsonl".split(' ');
        let words: Vec<&str> = ["computers", "connect", computer]
            .into_iter()
            .chain(options)
            .collect();
        let mut opening = Opening::spawn(session, &mut session.ignoring(&[], &words[..]));
        let serving = opening.event();
        assert_eq!(serving["event"], "serving");
        (opening, serving["url"].as_str().unwrap().to_owned())
    }

    fn spawn(session: &'session Session, command: &mut Command) -> Self {
        let piped = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        spawn(move || {
            for line in stdout.lines() {
                let _ = sender.send(line.unwrap());
            }
        });
        Opening {
            session,
            child,
            lines,
        }
    }

    fn line(&mut self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("another line")
    }

    /// The next event, without its time.
    #[track_caller]
    fn event(&mut self) -> Value {
        let line = self.line();
        check_open_event(&line).unwrap();
        let mut event: Value = serde_json::from_str(&line).unwrap();
        let time = event.as_object_mut().unwrap().shift_remove("time");
        assert!(time.is_some_and(|time| time.as_str().unwrap().ends_with('Z')));
        event
    }

    #[track_caller]
    fn events(&mut self, expected: &[Value]) {
        for event in expected {
            assert_eq!(&self.event(), event);
        }
    }

    /// Waits for its end, and returns the exit code and standard error.
    fn end(mut self) -> (Option<i32>, String) {
        let mut stderr = String::new();
        let mut pipe = self.child.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        let code = self.child.wait().unwrap().code();
        assert_eq!(self.lines.iter().collect::<Vec<_>>(), Vec::<String>::new());
        (code, self.session.told(&stderr))
    }
}

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first events of a page that connects.
fn connected() -> [Value; 3] {
    [
        json!({ "event": "opened" }),
        json!({ "event": "granted" }),
        json!({ "event": "state", "state": "connected", "error": null }),
    ]
}

#[test]
fn the_webclient_gets_the_fresh_object_and_nothing_else_keeps_it() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let rows = [1, 2].map(|n| Row::new(n, &format!("Atelier 0{n}"), "ONLINE"));
    let (peer, scripts) = (Peer::with(rows.into()), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    assert_eq!(
        peer.changes(),
        [""; 0],
        "nothing is requested for an unopened page"
    );
    let tab = browser.open(&url);
    opening.events(&connected());
    let calls = browser.evaluate(&tab, "calls");
    // A browser's numbers are floats.
    let object = with_tokens(&peer.rows()[1]).json().replace("30.0", "30");
    let object: Value = serde_json::from_str(&object).unwrap();
    let options = json!({ "backButton": true, "retryButton": true });
    let expected = json!([["new"], ["init", "webclient", options], ["connect", object]]);
    assert_eq!(calls, expected);
    assert_eq!(
        peer.changes(),
        [format!("POST /v1/computers/{}/connect", id(2))]
    );
    for place in [
        "document.documentElement.outerHTML",
        "document.title",
        "location.href",
        "JSON.stringify([history.state, {...localStorage}, {...sessionStorage}, document.cookie])",
        "JSON.stringify(performance.getEntries())",
    ] {
        let text = browser.evaluate(&tab, place).to_string();
        assert!(!text.contains("tok-4f1c"), "{place}: {text}");
    }
    assert_eq!(browser.evaluate(&tab, "document.title"), "Atelier 02");
    assert_eq!(
        browser.evaluate(&tab, "document.querySelector('#message').hidden"),
        true
    );
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
    assert!(
        TcpStream::connect(url.split('/').nth(2).unwrap()).is_err(),
        "nothing listens after the end"
    );
}

#[test]
fn retry_asks_anew_and_back_and_errors_are_reported() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    browser.evaluate(
        &tab,
        "webclient.listeners.state({ state: 'failed', error: new Error('no signal') })",
    );
    browser.evaluate(&tab, "webclient.listeners.retry()");
    opening.events(&[
        json!({ "event": "state", "state": "failed", "error": "no signal" }),
        json!({ "event": "retry" }),
        json!({ "event": "granted" }),
        json!({ "event": "state", "state": "connected", "error": null }),
    ]);
    // A refusal ends nothing once there was a connection.
    peer.mishap(|request, _| {
        let refusal = Fault::answer(409, "application/json", r#"{"error":"it is busy"}"#);
        (request.method == "POST").then_some(refusal)
    });
    browser.evaluate(&tab, "webclient.listeners.retry()");
    opening.events(&[
        json!({ "event": "retry" }),
        json!({ "event": "refused", "message": "conflict with the current state: it is busy" }),
    ]);
    browser.until(&tab, "document.querySelector('#message')?.textContent === 'conflict with the current state: it is busy'");
    browser.evaluate(&tab, "webclient.listeners.back()");
    opening.events(&[json!({ "event": "back" })]);
    browser.until(
        &tab,
        "document.querySelector('#message')?.textContent.startsWith('The session has ended.')",
    );
    assert_eq!(peer.changes().len(), 3);
    browser.crash(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
}

#[test]
fn a_hostile_name_is_text() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let name = "</script><script>window.hacked = 1</script>\u{2028}\"'`${1}&lt;<!--";
    let peer = Peer::with(vec![Row::new(1, name, "ONLINE")]);
    let scripts = script_server(RECORDER);
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(1));
    let tab = browser.open(&url);
    opening.events(&connected());
    // A browser makes white space in a title one space.
    let title = browser.evaluate(&tab, "document.querySelector('title').textContent");
    assert_eq!(title, name);
    assert_eq!(browser.evaluate(&tab, "typeof window.hacked"), "undefined");
    assert_eq!(browser.evaluate(&tab, "calls[2][1].name"), name);
    drop(browser);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
}

#[test]
fn what_the_policy_blocks_is_reported_once_with_the_setting_that_allows_it() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let script = format!("{RECORDER}
        for (const _ of [1, 2]) fetch('https://evil.example/x').catch(() => {{}});
        const inline = document.createElement('script'); inline.textContent = 'window.hacked = 1'; document.body.append(inline);");
    let (peer, scripts) = (Peer::start(), script_server(&script));
    let session = user(&peer, &scripts);
    let words = ["computers", "connect", &id(2), "--open", "--no-browser"];
    let mut opening = Opening::spawn(&session, &mut session.ignoring(&[], words));
    let url = opening.line();
    let tab = browser.open(&url);
    browser.until(&tab, "window.calls?.length === 3");
    assert_eq!(browser.evaluate(&tab, "typeof window.hacked"), "undefined");
    // The reports are on their way before the tab is closed.
    browser.until(&tab, "performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/event')).length >= 4");
    browser.close(&tab);
    let (code, stderr) = opening.end();
    let mut notes: Vec<&str> = stderr.lines().collect();
    notes.sort_unstable();
    assert_eq!(
        (code, notes),
        (
            Some(0),
            vec![
                "note: WebClient: connected",
                "note: access was granted; the browser has the tokens",
                "note: open this URL in a browser on this machine; the URL works once; press Ctrl-C to stop:",
                "note: the page was closed",
                "note: the page was opened",
                "note: the page's security policy blocked evil.example (connect-src); to allow it: reemo config set webclient_hosts evil.example",
                "note: the page's security policy blocked inline (script-src-elem)",
            ]
        )
    );
}

#[test]
fn an_offline_computer_is_refused_with_the_command_that_waits_for_it() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let scripts = script_server(RECORDER);
    let peer = Peer::start();
    peer.mishap(|request, _| {
        let refusal = Fault::answer(409, "application/json", r#"{"error":"it is OFFLINE"}"#);
        (request.method == "POST").then_some(refusal)
    });
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(3));
    let tab = browser.open(&url);
    opening.events(&[json!({ "event": "opened" })]);
    browser.until(&tab, "document.querySelector('#message')?.textContent === 'conflict with the current state: it is OFFLINE'");
    let (code, stderr) = opening.end();
    let error: Value = serde_json::from_str(&stderr).unwrap();
    let hint = format!(
        "if the computer is OFFLINE, wait for it: reemo computers wait id:{} --for online",
        id(3)
    );
    assert_eq!(
        (code, error["error"]["hint"].as_str()),
        (Some(5), Some(hint.as_str()))
    );
    assert_eq!(error["error"]["code"], "conflict");
}

#[test]
fn a_script_that_is_no_webclient_is_named() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server("window.Reemo = {};"));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    let message = format!(
        "http://{}/reemo.min.js is not the WebClient: it defines no Reemo.WebClient. Check the setting webclient_url.",
        scripts.address
    );
    opening.events(&[
        json!({ "event": "opened" }),
        json!({ "event": "error", "message": message }),
    ]);
    assert_eq!(peer.changes(), [""; 0], "no access is requested");
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end().0, Some(0));
}

#[test]
fn the_page_says_that_the_program_has_ended() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    let pid = opening.child.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert_eq!(opening.end(), (Some(130), String::new()));
    browser.until(
        &tab,
        "document.querySelector('#message')?.textContent.startsWith('reemo has ended.')",
    );
}

#[test]
fn the_sandbox_draws_a_picture_and_has_its_buttons() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let session = Session::sandbox();
    let (mut opening, url) = Opening::start(&session, "Reception Paris");
    let tab = browser.open(&url);
    let state = |state| json!({ "event": "state", "state": state, "error": null });
    opening.events(&[
        json!({ "event": "opened" }),
        json!({ "event": "granted" }),
        state("connecting"),
        state("connected"),
    ]);
    let colours = "new Set(document.querySelector('canvas').getContext('2d').getImageData(0, 0, 960, 600).data).size";
    assert!(browser.evaluate(&tab, colours).as_u64().unwrap() > 20);
    browser.evaluate(
        &tab,
        "document.querySelector('button[data-event=retry]').click()",
    );
    opening.events(&[
        json!({ "event": "retry" }),
        json!({ "event": "granted" }),
        state("connecting"),
        state("connected"),
    ]);
    browser.evaluate(
        &tab,
        "document.querySelector('button[data-event=back]').click()",
    );
    opening.events(&[state("disconnected"), json!({ "event": "back" })]);
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
}

#[test]
fn a_sandbox_that_is_served_draws_its_picture_too() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let host = Session::new();
    let mut serving = host
        .command("sandbox serve --port 0 -o jsonl")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut stdout = BufReader::new(serving.stdout.take().unwrap());
    stdout.read_line(&mut said).unwrap();
    let said: Value = serde_json::from_str(&said).unwrap();
    let api = said["url"].as_str().unwrap();
    let session = Session::new()
        .api(api)
        .key("sk_sandbox_0123456789abcdef")
        .knows(api);
    let (mut opening, url) = Opening::start(&session, "Reception Paris");
    let tab = browser.open(&url);
    opening.events(&[
        json!({ "event": "opened" }),
        json!({ "event": "granted" }),
        json!({ "event": "state", "state": "connecting", "error": null }),
        json!({ "event": "state", "state": "connected", "error": null }),
    ]);
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
    serving.kill().unwrap();
    serving.wait().unwrap();
}

/// Sends a request to the page's server, and returns the answer's status and body.
fn exchange(host: &str, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

#[test]
fn nothing_but_the_page_opened_by_its_user_is_answered() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    assert_eq!(path.len(), 48, "192 random bits");
    let get = |headers: &str| {
        let request = format!("GET /{path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        exchange(host, &request).0
    };
    let own = format!("Host: {host}\r\n");
    for (headers, status) in [
        ("Host: rebound.example\r\n".to_owned(), 421),
        (format!("{own}Origin: http://evil.example\r\n"), 403),
        (format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        (
            format!("{own}Upgrade: websocket\r\nConnection: upgrade\r\n"),
            403,
        ),
        (format!("{own}Sec-Fetch-Site: none\r\n"), 200),
        (own.clone(), 410),
    ] {
        assert_eq!(get(&headers), status, "{headers}");
    }
    opening.events(&[json!({ "event": "opened" })]);
    for (method, target, status) in [
        ("GET", "/", 404),
        ("POST", "/connect", 403),
        ("POST", "/event", 403),
        ("POST", "/alive", 403),
        ("PUT", "/connect", 404),
    ] {
        let request = format!(
            "{method} {target} HTTP/1.1\r\nConnection: close\r\n{own}Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nX-Page-Key: guessed\r\nContent-Length: 0\r\n\r\n"
        );
        assert_eq!(exchange(host, &request).0, status, "{method} {target}");
    }
    assert_eq!(peer.changes(), [""; 0], "no access was requested");
    // The script of the page never starts.
    let (code, stderr) = opening.end();
    let error: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!(
        (code, error["error"]["message"].as_str()),
        (
            Some(6),
            Some("the page was loaded, but its script did not start within 10 s")
        )
    );
}

#[test]
fn a_page_that_nobody_opens_ends_after_a_minute() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (opening, _) = Opening::start(&session, &id(2));
    let (code, stderr) = opening.end();
    let error: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!(
        (code, error["error"]["message"].as_str()),
        (Some(6), Some("no browser opened the page within 60 s"))
    );
    assert_eq!(peer.changes(), [""; 0], "no access was requested");
}

#[test]
fn what_can_not_work_is_refused_before_anything_is_sent() {
    let peer = Peer::start();
    let words = format!("computers connect {} --open", id(2));
    let session = Session::with(&peer);
    let run = |session: &Session, more: &str| session.run(&format!("{words} {more}"));
    run(&session, "--json").fails_with("usage", 2, "--open prints events as they happen, which this format can't\nhint: use -o jsonl, or leave out --open to print the object with its tokens");
    run(&session, "--out x -o jsonl").fails_with("usage", 2, "the argument '--open' cannot be used with '--out <FILE>'\nhint: reemo computers connect --help");
    let reader = Session::with(&peer).env("REEMO_READ_ONLY", "1");
    run(&reader, "-o jsonl").fails_with("read_only", 5, "changes are forbidden by REEMO_READ_ONLY\nhint: use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set");
    assert_eq!(peer.requests(), [""; 0]);
}

/// A browser that writes down what it is started with.
const LAUNCHER: &str = "#!/bin/sh\nenv > \"$HOME/environment\"\ncut -d ' ' -f 5 /proc/$$/stat > \"$HOME/group\"\necho \"$1\" > \"$HOME/url.new\" && mv \"$HOME/url.new\" \"$HOME/url\"\n";

#[test]
fn a_browser_is_started_without_the_key_in_its_environment() {
    let peer = Peer::start();
    let session = Session::with(&peer)
        .env("DISPLAY", ":9")
        .env("REEMO_NAMESPACE", "6f2c1b1e-0000-4000-8000-000000000001");
    let programs = session.root().join("programs");
    std::fs::create_dir(&programs).unwrap();
    std::fs::write(programs.join("xdg-open"), LAUNCHER).unwrap();
    crate::support::files::chmod(&programs.join("xdg-open"), 0o755);
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let session = session.env("PATH", &path);
    let words = ["computers", "connect", &id(2), "--open"];
    let mut opening = Opening::spawn(&session, &mut session.ignoring(&[], words));
    let url = opening.line();
    let home = session.root().join("home");
    crate::support::running::until(|| home.join("url").exists());
    assert_eq!(
        std::fs::read_to_string(home.join("url"))
            .unwrap()
            .trim_end(),
        url
    );
    let environment = std::fs::read_to_string(home.join("environment")).unwrap();
    assert!(
        environment.contains("DISPLAY=:9") && !environment.contains("REEMO"),
        "{environment}"
    );
    // Ctrl-C goes to the whole group of a terminal's foreground: it must not end the browser.
    let group = std::fs::read_to_string(home.join("group")).unwrap();
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", opening.child.id())).unwrap();
    assert_ne!(Some(group.trim_end()), stat.split(' ').nth(4));
    drop(opening);
}

#[test]
fn no_browser_is_started_where_nobody_would_see_it() {
    let peer = Peer::start();
    for (variable, flag, note) in [
        (
            ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"),
            "--color=never",
            "note: over SSH no browser is started; on your own machine first run: ssh -L PORT:127.0.0.1:PORT HOST\n",
        ),
        (
            ("LANG", "C"),
            "--color=never",
            "note: there is no display, so no browser is started\n",
        ),
        (("DISPLAY", ":9"), "--no-browser", ""),
        (("DISPLAY", ":9"), "--no-input", ""),
    ] {
        let session = Session::with(&peer).env(variable.0, variable.1);
        let words = ["computers", "connect", &id(2), "--open", flag];
        let mut opening = Opening::spawn(&session, &mut session.ignoring(&[], words));
        let url = opening.line();
        let port = url.split([':', '/']).nth(4).unwrap().to_owned();
        let pid = opening.child.id().to_string();
        // The note about the browser follows the URL at once.
        std::thread::sleep(Duration::from_millis(300));
        Command::new("kill").args(["-INT", &pid]).status().unwrap();
        let (code, stderr) = opening.end();
        let first = "note: open this URL in a browser on this machine; the URL works once; press Ctrl-C to stop:\n";
        assert_eq!(
            (code, stderr.replace(&port, "PORT")),
            (Some(130), format!("{first}{note}"))
        );
    }
}

/// A server that answers every request with one web page.
fn web_server(page: &str) -> Listening {
    let page = page.to_owned();
    Listening::start(move |mut stream: TcpStream| {
        if Request::read(&mut BufReader::new(&stream)).is_some() {
            let answer = Answer::new(200, "text/html", page.clone());
            let _ = stream.write_all(&answer.header("Connection", "close").bytes());
        }
    })
}

/// Whether something listens at the page's address.
fn is_listening(url: &str) -> bool {
    TcpStream::connect(url.split('/').nth(2).unwrap()).is_ok()
}

/// Everything that a foreign page can try, even if it knew the address.
const FOREIGN: &str = "<body><script>
const url = new URLSearchParams(location.search).get('url');
const origin = new URL(url).origin;
const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
add('iframe', { src: url }); add('img', { src: url }); add('script', { src: url });
add('link', { rel: 'prefetch', href: url }); add('object', { data: url });
add('form', { action: url, method: 'post', target: 'other' }); document.querySelector('form').submit();
window.open(url);
new WebSocket(url.replace('http', 'ws'));
navigator.sendBeacon(origin + '/event', '{\"event\":\"back\"}');
const tries = [];
for (const path of [url, origin + '/connect', origin + '/alive'])
  for (const mode of ['no-cors', 'cors'])
    for (const method of ['GET', 'POST'])
      tries.push(fetch(path, { mode, method }).then((response) => response.text(), (error) => ''));
tries.push(fetch(origin + '/connect', { method: 'POST', headers: { 'X-Page-Key': 'x' } }).then((response) => response.text(), () => ''));
Promise.all(tries).then((texts) => { window.read = texts.join(''); });
</script>";

#[test]
fn a_foreign_page_that_knows_the_address_gets_nothing_and_uses_nothing_up() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let foreign = web_server(FOREIGN);
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&format!("http://{}/?url={url}", foreign.address));
    browser.until(&tab, "typeof window.read === 'string'");
    assert_eq!(browser.evaluate(&tab, "window.read"), "");
    // What shows no end in the page, such as a frame or another window, has had its time too.
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(peer.changes(), [""; 0], "no access was requested");
    let own = browser.open(&url);
    opening.events(&connected());
    browser.close(&own);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
}

#[test]
fn another_tab_is_refused_and_a_reload_ends_the_session() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    let other = browser.open(&url);
    browser.until(
        &other,
        "document.body?.textContent.startsWith('This page was opened already, and is served only once.')",
    );
    // The first tab does not notice.
    browser.evaluate(&tab, "webclient.listeners.state({ state: 'still' })");
    opening.events(&[json!({ "event": "state", "state": "still", "error": null })]);
    browser.evaluate(&tab, "location.reload()");
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
    assert_eq!(peer.changes().len(), 1);
    assert!(!is_listening(&url));
}

#[test]
fn leaving_the_page_ends_the_session_and_going_back_brings_nothing_back() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let elsewhere = web_server("<p>elsewhere");
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    browser.evaluate(
        &tab,
        &format!("location.href = 'http://{}/'", elsewhere.address),
    );
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
    browser.until(&tab, "document.body?.textContent === 'elsewhere'");
    assert_eq!(browser.evaluate(&tab, "document.referrer"), "");
    browser.evaluate(&tab, "history.back()");
    browser.until(&tab, "location.protocol === 'chrome-error:'");
    assert_eq!(browser.evaluate(&tab, "typeof window.calls"), "undefined");
}

#[test]
fn what_the_webclient_reports_has_no_token_and_no_control_characters() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    for report in [
        "state({ state: 'failed', error: 'wss://signal.example?token=tok-4f1c' })",
        "state({ state: 'x'.repeat(296) + 'tok-4f1c' })",
        "state({ state: { token: 'tok-4f1c' }, error: new Error('tok-4f1c') })",
    ] {
        browser.evaluate(&tab, &format!("webclient.listeners.{report}"));
    }
    browser.evaluate(
        &tab,
        "setTimeout(() => { throw new Error('with tok-4f1c'); })",
    );
    let state = |state: &str, error| json!({ "event": "state", "state": state, "error": error });
    opening.events(&[
        state("failed", json!("wss://signal.example?token=[token]")),
        state(&format!("{}[tok", "x".repeat(296)), Value::Null),
        state("", json!("[token]")),
        json!({ "event": "error", "message": "Uncaught Error: with [token]" }),
    ]);
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));

    let words = [
        "computers",
        "connect",
        &id(2),
        "--open",
        "--no-browser",
        "-v",
    ];
    let mut opening = Opening::spawn(&session, &mut session.ignoring(&[], words));
    let url = opening.line();
    let tab = browser.open(&url);
    browser.until(&tab, "window.calls?.length === 3");
    browser.evaluate(
        &tab,
        "webclient.listeners.state({ state: 'a\\u001b[31m\\nerror: fake\\u202e', error: 'tok-4f1c' })",
    );
    browser.until(&tab, "performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/event')).length >= 2");
    browser.close(&tab);
    let (code, stderr) = opening.end();
    let shown = "note: WebClient: a\\u{1b}[31m\\nerror: fake\\u{202e} ([token])\n";
    assert!(stderr.contains(shown), "{stderr}");
    assert!(!stderr.contains("tok-4f1c"), "{stderr}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_key_that_the_api_repeats_is_not_in_the_page() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    peer.mishap(|request, _| {
        let echo = format!(r#"{{"error":"<img src=x onerror=hacked=1> {KEY}"}}"#);
        let refusal = Fault::answer(409, "application/json", &echo);
        (request.method == "POST").then_some(refusal)
    });
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&[json!({ "event": "opened" })]);
    browser.until(
        &tab,
        "document.querySelector('#message')?.textContent.startsWith('conflict')",
    );
    let text = browser
        .evaluate(&tab, "document.documentElement.outerHTML")
        .to_string();
    assert!(text.contains("sk_…") && !text.contains(KEY), "{text}");
    assert_eq!(
        browser.evaluate(&tab, "[typeof hacked, document.images.length].join()"),
        "undefined,0"
    );
    let (code, stderr) = opening.end();
    assert!(!stderr.contains(KEY), "{stderr}");
    assert_eq!(code, Some(5));
    assert!(!is_listening(&url));
}

#[test]
fn two_clicks_on_retry_request_access_once() {
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let (peer, scripts) = (Peer::start(), script_server(RECORDER));
    let session = user(&peer, &scripts);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let tab = browser.open(&url);
    opening.events(&connected());
    browser.evaluate(
        &tab,
        "webclient.listeners.retry(); webclient.listeners.retry();",
    );
    opening.events(&[json!({ "event": "retry" })]);
    opening.events(&connected()[1..]);
    browser.close(&tab);
    opening.events(&[json!({ "event": "closed" })]);
    assert_eq!(opening.end(), (Some(0), String::new()));
    assert_eq!(peer.changes().len(), 2);
}

#[test]
fn every_answer_has_the_headers_that_keep_it_private() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (opening, url) = Opening::start(&session, &id(2));
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    for (target, policy) in [("", "default-src 'none'"), (path, "frame-ancestors 'none'")] {
        let request =
            format!("GET /{target} HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n\r\n");
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let head = answer.split("\r\n\r\n").next().unwrap().to_owned() + "\r\n";
        for header in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
        ] {
            assert!(
                head.contains(&format!("\r\n{header}\r\n")),
                "{header}: {head}"
            );
        }
        assert!(head.contains(policy), "{head}");
        assert!(!head.contains("access-control"), "{head}");
    }
    drop(opening);
    assert!(!is_listening(&url), "nothing listens after a kill");
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let idle: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = TcpStream::connect(host).unwrap();
            // Half of them begin a request that never ends.
            let _ = stream.write_all(if n % 2 == 0 {
                b"GET / HTTP/1.1\r\nX: "
            } else {
                b""
            });
            stream
        })
        .collect();
    let started = std::time::Instant::now();
    let request = format!("GET /{path} HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n\r\n");
    assert_eq!(exchange(host, &request).0, 200);
    assert!(started.elapsed() < Duration::from_secs(4));
    opening.events(&[json!({ "event": "opened" })]);
    let mut closed = idle.into_iter();
    let mut rest = String::new();
    let _ = closed.next().unwrap().read_to_string(&mut rest);
    assert!(!rest.contains("200 OK"), "{rest}");
    drop(opening);
}

/// The page's address is an argument of the program that opens the browser, where every user can read it.
#[cfg(target_os = "linux")]
#[test]
fn another_user_of_the_machine_can_not_open_the_page() {
    use std::os::unix::process::CommandExt;
    if !rustix::process::geteuid().is_root() {
        eprintln!("only root can be another user, so what another user gets was NOT tested");
        return;
    }
    let peer = Peer::start();
    let session = Session::with(&peer);
    let (mut opening, url) = Opening::start(&session, &id(2));
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let port = host.split(':').nth(1).unwrap();
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET /{path} HTTP/1.1\\r\\nConnection: close\\r\\nHost: {host}\\r\\n\\r\\n' >&3; cat <&3"
    );
    let answer = |command: &mut Command| {
        let output = command.args(["-c", &script]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let other = answer(Command::new("bash").uid(65534).gid(65534));
    assert!(
        other.starts_with("HTTP/1.1 403 ")
            && other.ends_with("another user of this machine requests it.\n"),
        "{other}"
    );
    assert!(answer(&mut Command::new("bash")).starts_with("HTTP/1.1 200 "));
    opening.events(&[json!({ "event": "opened" })]);
    drop(opening);
}
