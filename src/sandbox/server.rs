//! Sockets and the thread that serves them. It passes each request to `api` and knows nothing of computers.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};

use super::api::Api;
use super::connections::{Connection, Connections};
use super::listing::Lister;
use super::store::Store;

/// How long a stop waits for the requests that are being answered.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);
/// The pause after a connection could not be accepted, for example because no file descriptors are left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);
/// The largest number of open connections: a fraction of the file descriptors that systems usually allow a process.
const MAX_CONNECTIONS: usize = 256;

/// How a sandbox is served.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The address to listen on; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The delay of each response. Requests are delayed concurrently.
    pub latency: Duration,
    /// The fraction of requests, from 0 to 1, that fail and change nothing: the same ones in each run.
    pub fail: f64,
    /// The HTTP status of the failing requests, from 400 to 599.
    pub fail_status: u16,
    /// How long the head of a request may take to arrive, and then its body. A connection on which none arrives is
    /// closed as well.
    pub request_timeout: Duration,
}

impl Default for ServerOptions {
    /// Listens on a free port of 127.0.0.1, without latency or failures, and waits for requests for 10 seconds. The status of
    /// failures is 503.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            latency: Duration::ZERO,
            fail: 0.0,
            fail_status: 503,
            request_timeout: Duration::from_secs(10),
        }
    }
}

/// A sandbox that is being served. Dropping this closes its port and its connections.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
    stop: Option<oneshot::Sender<()>>,
    /// In a mutex so that the server can be shared between threads.
    stopped: Mutex<Receiver<()>>,
}

/// Serves the store on a thread of its own. Connections are accepted from the moment at which this returns.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for options out of their range, and any other error for an address that can't be listened
/// on.
pub fn start(store: Store, options: ServerOptions) -> io::Result<Server> {
    let api = Arc::new(api(store, &options)?);
    let listener = std::net::TcpListener::bind(options.listen)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?;
    let (stop, stopping) = oneshot::channel();
    let (ended, stopped) = mpsc::channel();
    let serve = move || {
        runtime.block_on(async {
            if let Ok(listener) = TcpListener::from_std(listener) {
                tokio::spawn(accept(listener, api));
                // A message and the end of the sender both mean to stop.
                let _ = stopping.await;
            }
        });
        // Changes in progress get some time to finish. One that waits for the lock of another process is not waited for.
        runtime.shutdown_timeout(STOP_TIMEOUT);
        drop(ended);
    };
    let thread = thread::Builder::new()
        .name("sandbox".to_owned())
        .spawn(serve)?;
    Ok(Server {
        address,
        thread: Some(thread),
        stop: Some(stop),
        stopped: Mutex::new(stopped),
    })
}

fn api(store: Store, options: &ServerOptions) -> io::Result<Api> {
    let invalid = |text| Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    if !(0.0..=1.0).contains(&options.fail) {
        return invalid("the fraction of failures must be from 0 to 1");
    }
    let fail_status = match StatusCode::from_u16(options.fail_status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => status,
        _ => return invalid("the status of failures must be from 400 to 599"),
    };
    Ok(Api {
        store: Arc::new(store),
        changes: Arc::new(Semaphore::new(1)),
        request_timeout: options.request_timeout,
        latency: options.latency,
        fail: options.fail,
        fail_status,
        lister: Lister::default(),
        requests: AtomicU64::new(0),
    })
}

async fn accept(listener: TcpListener, api: Arc<Api>) {
    let connections = Connections::new(MAX_CONNECTIONS);
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let connection = Arc::new(connections.open().await);
            let task = serve_connection(stream, Arc::clone(&api), Arc::clone(&connection));
            connection.set_task(tokio::spawn(task).abort_handle());
        } else {
            connections.close_idle();
            tokio::time::sleep(ACCEPT_PAUSE).await;
        }
    }
}

/// Serves the requests of one connection, one after the other. It is no error if the client goes away.
async fn serve_connection(stream: TcpStream, api: Arc<Api>, connection: Arc<Connection>) {
    let _ = stream.set_nodelay(true);
    let request_timeout = api.request_timeout;
    let service = service_fn(move |request: Request<Incoming>| {
        let (api, connection) = (Arc::clone(&api), Arc::clone(&connection));
        async move {
            let (head, body) = request.into_parts();
            let body = api.read_body(body).await;
            connection.busy();
            let response = api.respond(&head, body).await;
            connection.idle();
            Ok::<_, Infallible>(response)
        }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(request_timeout)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Returns the URL of the stand-in for the vendor's WebClient that a sandbox with this base URL serves.
#[must_use]
pub fn webclient_url(api_url: &str) -> String {
    format!("{api_url}/webclient.js")
}

impl Server {
    /// The API's base URL, such as `http://127.0.0.1:4747/v1`.
    #[must_use]
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("http://{address}/v1")
    }

    /// The URL of the stand-in for the vendor's WebClient, which draws a picture of the computer.
    #[must_use]
    pub fn webclient_url(&self) -> String {
        webclient_url(&self.url())
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // An error is a panic of that thread, which has been reported already.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        // Returns at once when the thread has dropped its end. The thread is not joined, since it may be searching a large
        // fleet.
        let stopped = self
            .stopped
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let _ = stopped.recv_timeout(STOP_TIMEOUT);
    }
}
