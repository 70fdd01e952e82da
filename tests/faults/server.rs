//! A server that does to each request what its script says, over plain sockets or TLS.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// These bytes, then the connection ends.
    Send(Vec<u8>),
    /// These bytes; the connection stays for another request.
    Keep(Vec<u8>),
    /// The connection stays open just long enough to be kept by the client, and is then reset.
    Stale(Vec<u8>),
    /// These bytes, then nothing more while the client waits.
    Stall(Vec<u8>),
    /// These bytes, then this piece again and again, with a pause before each.
    Repeat(Vec<u8>, Vec<u8>, Duration),
    /// The connection is reset before a byte of answer.
    Reset,
    /// The whole request is read, then the connection ends.
    Close,
}

impl Act {
    /// Whether the client waits until its time limit.
    pub(crate) fn never_ends(&self) -> bool {
        match self {
            Act::Stall(_) => true,
            Act::Repeat(_, _, pause) => !pause.is_zero(),
            _ => false,
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
}

/// A loopback address of this process's own where the system has many, so that a port which is free again is never asked by
/// another program's tests.
pub(crate) fn local() -> Ipv4Addr {
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    if cfg!(target_os = "linux") {
        Ipv4Addr::new(127, high | 0x80, middle, low.max(1))
    } else {
        Ipv4Addr::LOCALHOST
    }
}

type Script = dyn Fn(usize, &Asked) -> Act + Send + Sync;

/// A running server; it ends when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Asked>>>,
    connections: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Does the n-th act to the n-th request; the last one again and again.
    pub(crate) fn acting(acts: Vec<Act>) -> Self {
        Server::start(move |number, _| acts[number.min(acts.len()) - 1].clone())
    }

    /// Does what `script` says to a request and its number, from 1.
    pub(crate) fn scripted(script: impl Fn(usize, &Asked) -> Act + Send + Sync + 'static) -> Self {
        Server::start(script)
    }

    /// The same behind TLS.
    pub(crate) fn secured(config: ServerConfig, act: Act) -> Self {
        Server::secured_at(local(), config, act)
    }

    /// The same at an address that the caller chooses.
    pub(crate) fn secured_at(address: Ipv4Addr, config: ServerConfig, act: Act) -> Self {
        Server::start_at(address, Some(Arc::new(config)), move |_, _| act.clone())
    }

    fn start(script: impl Fn(usize, &Asked) -> Act + Send + Sync + 'static) -> Self {
        Server::start_at(local(), None, script)
    }

    fn start_at(
        address: Ipv4Addr,
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(usize, &Asked) -> Act + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((address, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, connections) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicUsize::new(0)),
        );
        let stop = Arc::new(AtomicBool::new(false));
        let (log, counted, stopped, script) = (
            Arc::clone(&seen),
            Arc::clone(&connections),
            Arc::clone(&stop),
            Arc::<Script>::from(Box::new(script) as Box<Script>),
        );
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                counted.fetch_add(1, Ordering::SeqCst);
                let (log, script, tls) = (Arc::clone(&log), Arc::clone(&script), tls.clone());
                thread::spawn(move || match tls {
                    None => serve(&stream, &stream, &log, &script),
                    Some(config) => {
                        let Ok(connection) = ServerConnection::new(config) else {
                            return;
                        };
                        let Ok(raw) = stream.try_clone() else { return };
                        serve(
                            Shared(Arc::new(Mutex::new(StreamOwned::new(connection, raw)))),
                            &stream,
                            &log,
                            &script,
                        );
                    }
                });
            }
        });
        Server {
            address,
            seen,
            connections,
            stop,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn seen(&self) -> Vec<Asked> {
        self.seen.lock().unwrap().clone()
    }

    /// The methods of all requests, in order.
    pub(crate) fn methods(&self) -> String {
        self.seen()
            .iter()
            .map(|asked| asked.method.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// A TLS stream that is read and written by turns.
#[derive(Clone)]
struct Shared(Arc<Mutex<StreamOwned<ServerConnection, TcpStream>>>);

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().read(into)
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap().flush()
    }
}

fn serve<S: Read + Write + Clone>(
    stream: S,
    raw: &TcpStream,
    log: &Mutex<Vec<Asked>>,
    script: &Arc<Script>,
) {
    let mut writer = stream.clone();
    let mut reader = BufReader::new(stream);
    while let Some(asked) = read(&mut reader) {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(asked.clone());
            log.len()
        };
        let mut send = |bytes: &[u8]| {
            writer
                .write_all(bytes)
                .and_then(|()| writer.flush())
                .is_ok()
        };
        match script(number, &asked) {
            Act::Keep(bytes) => {
                if send(&bytes) {
                    continue;
                }
            }
            Act::Send(bytes) => drop(send(&bytes)),
            Act::Stale(bytes) => {
                send(&bytes);
                thread::sleep(Duration::from_millis(60));
                reset(raw);
                return;
            }
            Act::Stall(bytes) => {
                send(&bytes);
                let _ = reader.read(&mut [0; 64]);
            }
            Act::Repeat(head, piece, pause) => {
                let mut goes_on = send(&head);
                while goes_on {
                    thread::sleep(pause);
                    goes_on = send(&piece);
                }
            }
            Act::Reset => return reset(raw),
            Act::Close => {}
        }
        let _ = raw.shutdown(Shutdown::Both);
        return;
    }
}

/// Ends a connection with a reset.
fn reset(stream: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
}

fn read(from: &mut impl BufRead) -> Option<Asked> {
    let first = line(from)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let header = line(from)?.to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    Some(Asked { method, target })
}

fn line(from: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    (from.read_line(&mut line).ok()? > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}
