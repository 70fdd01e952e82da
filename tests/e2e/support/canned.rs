//! A server that answers with bytes, whatever they are: the first piece of a fault server.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use super::http::{Answer, Request};

/// What happens to one request instead of the usual answer.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// These bytes, then the connection ends.
    Raw(Vec<u8>),
    /// These bytes, and the connection lives on.
    Instead(Vec<u8>),
    /// No byte, ever.
    Silence,
    /// No byte of an answer, as long as the other side holds the connection.
    Hang,
    /// What was asked is done, but the connection ends without a byte of answer.
    LoseAnswer,
    /// What was asked is done, but the connection ends before the last byte of the answer.
    CutAnswer,
    /// What was asked is done once the gate is open, whether anyone still waits for the answer or not.
    Late(Gate),
}

/// Shut until the test opens it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub(crate) fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }

    pub(crate) fn wait(&self) {
        let shut = self.0.0.lock().unwrap();
        drop(self.0.1.wait_while(shut, |open| !*open).unwrap());
    }
}

impl Fault {
    /// A whole answer of this status, content type and body.
    pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Self {
        Fault::Raw(
            Answer::new(status, content_type, body.to_owned())
                .header("Connection", "close")
                .bytes(),
        )
    }

    /// A whole answer with these header lines, `\r\n` between them.
    pub(crate) fn headed(status: u16, headers: &str, body: &str) -> Self {
        Fault::Raw(
            format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n{headers}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
                .into_bytes(),
        )
    }

    /// The same on a connection that lives on.
    pub(crate) fn instead(status: u16, headers: &str, body: &str) -> Self {
        Fault::Instead(
            format!(
                "HTTP/1.1 {status} Said\r\n{headers}Content-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes(),
        )
    }

    /// A 200 whose body ends before its length.
    pub(crate) fn cut(body: &str) -> Self {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n";
        Fault::Raw(format!("{head}{body}").into_bytes())
    }

    /// The answer about one computer of this listing.
    fn one(&self, id: &str) -> Self {
        let listing = match self {
            Fault::Raw(bytes) | Fault::Instead(bytes) => String::from_utf8_lossy(bytes),
            _ => return self.clone(),
        };
        let body = listing.split_once("\r\n\r\n").unwrap_or_default().1;
        let listing: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        let row = listing["computers"]
            .as_array()
            .and_then(|rows| rows.iter().find(|row| row["id"] == id));
        match row {
            Some(row) => Fault::answer(200, "application/json", &row.to_string()),
            None => Fault::answer(404, "application/json", r#"{"error":"no such computer"}"#),
        }
    }

    /// Does it to a connection, which is then over.
    pub(crate) fn befall(&self, mut stream: TcpStream) {
        match self {
            Fault::Raw(bytes) | Fault::Instead(bytes) => {
                let _ = stream.write_all(bytes);
                let _ = stream.flush();
            }
            Fault::Silence => {
                let _ = stream.read(&mut [0; 64]);
            }
            Fault::Hang => {
                let _ = stream.read_to_end(&mut Vec::new());
            }
            Fault::Late(gate) => gate.wait(),
            Fault::LoseAnswer | Fault::CutAnswer => {}
        }
        let _ = stream.shutdown(Shutdown::Both);
    }
}

/// Accepts connections on loopback, each on a thread of its own, until it is dropped.
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    pub(crate) connections: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Listening {
    pub(crate) fn start(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, connections) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let (stopped, counted, serve) =
            (Arc::clone(&stop), Arc::clone(&connections), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                counted.fetch_add(1, Ordering::SeqCst);
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(stream));
            }
        });
        Listening {
            address,
            connections,
            stop,
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers the n-th request with the n-th fault; the last one again and again.
pub(crate) struct Canned {
    listening: Listening,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Canned {
    pub(crate) fn always(fault: Fault) -> Self {
        Canned::script(vec![fault])
    }

    pub(crate) fn script(faults: Vec<Fault>) -> Self {
        Canned::start(move |_, seen| faults[seen.len().min(faults.len()) - 1].clone())
    }

    /// Answers the n-th listing with the n-th fault; the last one again and again. A computer that is asked for by its id
    /// is answered as the latest listing has it.
    pub(crate) fn listings(faults: Vec<Fault>) -> Self {
        Canned::start(move |request, seen| {
            let listings = seen.iter().filter(|seen| seen.path() == "/v1/computers");
            let latest = &faults[listings.count().clamp(1, faults.len()) - 1];
            match request.path().strip_prefix("/v1/computers/") {
                Some(id) => latest.one(id),
                None => latest.clone(),
            }
        })
    }

    /// Answers a request with what `script` says; it is the last one of those seen.
    fn start(script: impl Fn(&Request, &[Request]) -> Fault + Send + Sync + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let listening = Listening::start(move |stream| {
            let Some(request) = Request::read(&mut BufReader::new(&stream)) else {
                return;
            };
            let fault = {
                let mut log = log.lock().unwrap();
                log.push(request.clone());
                script(&request, &log)
            };
            fault.befall(stream);
        });
        Canned { listening, seen }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.listening.address)
    }

    /// Each request as one line.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen
            .lock()
            .unwrap()
            .iter()
            .map(Request::line)
            .collect()
    }
}
