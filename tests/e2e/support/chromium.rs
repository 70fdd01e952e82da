//! A headless Chromium, driven by the DevTools protocol over a pair of pipes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A page that never gets there fails the test instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct Chromium {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    last_id: u64,
    _profile: tempfile::TempDir,
}

/// One tab.
pub(crate) struct Tab {
    target: String,
    session: String,
}

impl Chromium {
    /// Starts it; `None` where it is not installed. With `REEMO_TEST_CHROMIUM` set, it must be.
    pub(crate) fn start() -> Option<Self> {
        let profile = tempfile::tempdir().unwrap();
        // The protocol's pipes are the descriptors 3 and 4.
        let script = "exec chromium \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        let has_it = Command::new("sh")
            .args(["-c", "command -v chromium >/dev/null"])
            .status();
        if !has_it.unwrap().success() {
            let is_required = std::env::var_os("REEMO_TEST_CHROMIUM").is_some();
            assert!(!is_required, "chromium is not installed");
            eprintln!("chromium is not installed, so what a browser does was NOT tested");
            return None;
        }
        let mut child = Command::new("sh")
            .args(["-c", script, "sh", "--headless=new", "--no-sandbox"])
            .args(["--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"])
            .args(["--remote-debugging-pipe", "--disable-background-networking"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .env("HOME", profile.path())
            .env("TMPDIR", profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Some(Chromium {
            child,
            to,
            from: BufReader::new(from),
            last_id: 0,
            _profile: profile,
        })
    }

    /// Opens a URL in a new tab, as if it had been typed.
    pub(crate) fn open(&mut self, url: &str) -> Tab {
        let target = self.call(
            None,
            "Target.createTarget",
            &json!({ "url": "about:blank" }),
        );
        let target = target["targetId"].as_str().unwrap().to_owned();
        let attach = json!({ "targetId": target, "flatten": true });
        let session = self.call(None, "Target.attachToTarget", &attach)["sessionId"].clone();
        let tab = Tab {
            target,
            session: session.as_str().unwrap().to_owned(),
        };
        let navigate = json!({ "url": url, "transitionType": "typed" });
        self.call(Some(&tab), "Page.navigate", &navigate);
        tab
    }

    /// Evaluates an expression in a tab.
    #[track_caller]
    pub(crate) fn evaluate(&mut self, tab: &Tab, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let result = self.call(Some(tab), "Runtime.evaluate", &parameters);
        assert!(
            result["exceptionDetails"].is_null(),
            "{expression}: {result}"
        );
        result["result"]["value"].clone()
    }

    /// Waits until an expression is true in a tab.
    #[track_caller]
    pub(crate) fn until(&mut self, tab: &Tab, expression: &str) {
        let started = Instant::now();
        while self.evaluate(tab, expression) != json!(true) {
            assert!(started.elapsed() < PATIENCE, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn close(&mut self, tab: &Tab) {
        self.call(
            None,
            "Target.closeTarget",
            &json!({ "targetId": tab.target }),
        );
    }

    /// Has the tab's process crash.
    pub(crate) fn crash(&mut self, tab: &Tab) {
        self.send(Some(tab), "Page.crash", &json!({}));
    }

    fn send(&mut self, tab: Option<&Tab>, method: &str, parameters: &Value) {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(tab) = tab {
            message["sessionId"] = tab.session.clone().into();
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(b"\0").unwrap();
        self.to.flush().unwrap();
    }

    #[track_caller]
    fn call(&mut self, tab: Option<&Tab>, method: &str, parameters: &Value) -> Value {
        self.send(tab, method, parameters);
        loop {
            let mut message = Vec::new();
            self.from.read_until(0, &mut message).unwrap();
            assert_eq!(message.pop(), Some(0), "chromium has ended");
            let mut message: Value = serde_json::from_slice(&message).unwrap();
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
