//! An API v1 of the tests' own. It shares nothing with the client or with the embedded sandbox: a misspelt field shows.

use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::canned::{Fault, Listening};
use super::dialect::Dialect;
use super::fleet::Row;
use super::http::Request;
use super::routes::{answer, refusal, spoken, usual};
use super::session::KEY;

/// Decides on a request and its number (from 1) whether a fault befalls it.
type Mishap = Box<dyn Fn(&Request, usize) -> Option<Fault> + Send + Sync>;

/// A change that is not carried out by then never is.
const PATIENCE: Duration = Duration::from_mins(1);

struct Shared {
    dialect: Dialect,
    rows: Mutex<Vec<Row>>,
    seen: Mutex<Vec<Request>>,
    /// The changes that were carried out, whatever became of their answers.
    done: Mutex<Vec<String>>,
    mishap: Mutex<Option<Arc<Mishap>>>,
}

/// A running server; it ends when it is dropped.
pub(crate) struct Peer {
    shared: Arc<Shared>,
    listening: Listening,
}

impl Peer {
    /// The usual fleet in the usual dialect.
    pub(crate) fn start() -> Self {
        Peer::speaking(Dialect::default())
    }

    /// The usual fleet in a dialect.
    pub(crate) fn speaking(dialect: Dialect) -> Self {
        Peer::new(dialect, usual(&dialect))
    }

    /// These computers, in the usual dialect.
    pub(crate) fn with(rows: Vec<Row>) -> Self {
        Peer::new(Dialect::default(), rows)
    }

    pub(crate) fn new(dialect: Dialect, rows: Vec<Row>) -> Self {
        let rows = Mutex::new(spoken(&dialect, rows));
        let shared = Arc::new(Shared {
            dialect,
            rows,
            seen: Mutex::default(),
            done: Mutex::default(),
            mishap: Mutex::default(),
        });
        let served = Arc::clone(&shared);
        let listening = Listening::start(move |stream| served.serve(stream));
        Peer { shared, listening }
    }

    /// From now on, `mishap` may befall a request.
    pub(crate) fn mishap(
        &self,
        mishap: impl Fn(&Request, usize) -> Option<Fault> + Send + Sync + 'static,
    ) {
        *self.shared.mishap.lock().unwrap() = Some(Arc::new(Box::new(mishap)));
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.listening.address)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.listening.connections.load(Ordering::SeqCst)
    }

    /// Every request, whole.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Every request as one line: `GET /v1/computers?page=1`, the body behind it where there is one.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen().iter().map(Request::line).collect()
    }

    /// The requests that change something.
    pub(crate) fn changes(&self) -> Vec<String> {
        self.seen()
            .iter()
            .filter(|request| request.method != "GET")
            .map(Request::line)
            .collect()
    }

    /// The same sorted: changes in bulk come several at once.
    pub(crate) fn changes_sorted(&self) -> Vec<String> {
        let mut changes = self.changes();
        changes.sort();
        changes
    }

    /// The changes that were carried out, each as one line: an answer may have been lost on its way.
    pub(crate) fn done(&self) -> Vec<String> {
        self.shared.done.lock().unwrap().clone()
    }

    /// Waits until so many changes were carried out: some come long after the program has ended.
    pub(crate) fn await_done(&self, count: usize) {
        let started = Instant::now();
        while self.done().len() < count {
            assert!(
                started.elapsed() < PATIENCE,
                "only {:?} were carried out",
                self.done()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The computers as they now are.
    pub(crate) fn rows(&self) -> Vec<Row> {
        self.shared.rows.lock().unwrap().clone()
    }

    /// The computer with this text as a property, as it now is.
    pub(crate) fn find(&self, property: &str, text: &str) -> Option<Row> {
        self.rows()
            .into_iter()
            .find(|row| row.get(property).as_deref() == Some(text))
    }

    /// A computer's JSON text as it now is, by its place in the fleet, from 1.
    pub(crate) fn row(&self, n: usize) -> String {
        self.rows()[n - 1].json()
    }

    /// All computers as one JSON array.
    pub(crate) fn array(&self) -> String {
        format!(
            "[{}]",
            self.rows()
                .iter()
                .map(Row::json)
                .collect::<Vec<_>>()
                .join(",")
        )
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(request) = Request::read(&mut reader) {
            let number = {
                let mut seen = self.seen.lock().unwrap();
                seen.push(request.clone());
                seen.len()
            };
            // Not under the lock: a mishap may hold one answer back while others go out.
            let mishap = self.mishap.lock().unwrap().clone();
            let fault = mishap.and_then(|mishap| mishap(&request, number));
            let bytes = match fault {
                Some(Fault::Instead(bytes)) => bytes,
                Some(fault @ (Fault::Raw(_) | Fault::Silence | Fault::Hang)) => {
                    return fault.befall(stream);
                }
                Some(Fault::LoseAnswer) => {
                    self.reply(&request);
                    return Fault::LoseAnswer.befall(stream);
                }
                Some(Fault::CutAnswer) => {
                    let bytes = self.reply(&request);
                    return Fault::Raw(bytes[..bytes.len() - 1].to_vec()).befall(stream);
                }
                Some(Fault::Late(gate)) => {
                    gate.wait();
                    self.reply(&request)
                }
                None => self.reply(&request),
            };
            if stream.write_all(&bytes).is_err() {
                return;
            }
        }
    }

    fn reply(&self, request: &Request) -> Vec<u8> {
        let said = if request.header("authorization") == Some(KEY) {
            answer(&self.dialect, &mut self.rows.lock().unwrap(), request)
        } else {
            refusal(&self.dialect, 401, "unknown key")
        };
        if request.method != "GET" && said.is_success() {
            self.done.lock().unwrap().push(request.line());
        }
        let said = if self.dialect.spaced {
            said.spaced()
        } else {
            said
        };
        match self.dialect.request_id {
            Some(id) => said.header("X-Request-Id", id).bytes(),
            None => said.bytes(),
        }
    }
}
