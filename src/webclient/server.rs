//! The socket of the page, and the page's requests as events.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::Interval;

use crate::webclient::guard::{Allowed, Guard};
use crate::webclient::page::WebClientPage;
use crate::webclient::peer;

/// The random bits in the page's path, and in its key.
const SECRET_BITS: usize = 192;
/// The largest report of the page, in bytes.
const MAX_REPORT_BYTES: usize = 16 * 1024;
/// The largest number of open connections. A browser opens six at most; the others are those of whoever tries to keep it out.
const MAX_CONNECTIONS: usize = 256;
/// How long the head of a request may take to arrive. An idle connection is closed after that too.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// How often something is written to a page that keeps its request open, which shows whether it is still there.
const ALIVE_INTERVAL: Duration = Duration::from_secs(5);
/// The pause after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// Headers of every response: nothing is stored, embedded, or read by another origin.
const HEADERS: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

type ResponseBody = UnsyncBoxBody<Bytes, Infallible>;

/// What the page did.
#[derive(Debug)]
pub(crate) enum PageEvent {
    /// It was loaded.
    Opened,
    /// It began to keep its request open.
    Alive,
    /// It asks for a computer with fresh tokens.
    Connect(Reply),
    /// It reports what happened in the browser.
    Reported(BrowserReport),
    /// It was closed, or its browser has gone.
    Closed,
    /// Not the page's: the program is to end.
    Stopped,
}

/// Where the answer to [`PageEvent::Connect`] goes.
#[derive(Debug)]
pub(crate) struct Reply(oneshot::Sender<Result<String, Refusal>>);

#[derive(Debug)]
struct Refusal {
    message: String,
    is_final: bool,
}

impl Reply {
    /// Hands the computer over, as JSON.
    pub(crate) fn computer(self, json: String) {
        // A page that has gone needs no answer.
        let _ = self.0.send(Ok(json));
    }

    /// Has the page show why there is no computer. After a final refusal it ends, and [`PageEvent::Closed`] follows.
    pub(crate) fn refuse(self, message: String, is_final: bool) {
        let _ = self.0.send(Err(Refusal { message, is_final }));
    }
}

/// What happened in the browser, in the page's words. They are not trusted: the vendor's script may have chosen them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BrowserReport {
    /// The state of the WebClient has changed.
    State {
        /// The new state.
        state: Option<String>,
        /// Why.
        error: Option<String>,
    },
    /// The user pressed the WebClient's button to go back.
    Back,
    /// The user pressed the WebClient's button to try again.
    Retry,
    /// The content security policy kept something from being loaded.
    Blocked {
        /// The directive of the policy, such as `connect-src`.
        directive: String,
        /// The host, or a word such as `inline`.
        source: String,
    },
    /// Something went wrong in the page.
    Error {
        /// What.
        message: String,
    },
}

impl BrowserReport {
    fn read(json: &[u8]) -> Option<Self> {
        let report: Value = serde_json::from_slice(json).ok()?;
        let text = |name: &str| report[name].as_str().map(str::to_owned);
        Some(match report["event"].as_str()? {
            "state" => Self::State {
                state: text("state"),
                error: text("error"),
            },
            "back" => Self::Back,
            "retry" => Self::Retry,
            "blocked" => Self::Blocked {
                directive: text("directive")?,
                source: text("source")?,
            },
            "error" => Self::Error {
                message: text("message")?,
            },
            _ => return None,
        })
    }
}

/// A page that is being served. Dropping this closes its port and its connections.
#[derive(Debug)]
pub(crate) struct PageServer {
    /// The URL at which the page can be loaded once.
    pub url: String,
    /// The port.
    pub port: u16,
    events: Receiver<PageEvent>,
    sender: Sender<PageEvent>,
    stop: Option<oneshot::Sender<()>>,
    stopped: Receiver<()>,
}

impl PageServer {
    /// Serves a page on a free port of 127.0.0.1, on a thread of its own.
    ///
    /// # Errors
    /// Any error of the socket, or of the system's source of random numbers.
    pub(crate) fn start(page: &WebClientPage) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let (sender, events) = mpsc::channel();
        let guard = Guard {
            host: format!("127.0.0.1:{port}"),
            path: format!("/{}", random_text()?),
            key: random_text()?,
        };
        let url = format!("http://{}{}", guard.host, guard.path);
        let nonce = random_text()?;
        let service = Arc::new(Service {
            html: page.html(&guard.key, &nonce),
            policy: page.policy(&nonce),
            guard,
            is_opened: AtomicBool::new(false),
            is_alive: AtomicBool::new(false),
            events: sender.clone(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let (stop, stopping) = oneshot::channel();
        let (ended, stopped) = mpsc::channel();
        let serve = move || {
            runtime.block_on(async {
                if let Ok(listener) = TcpListener::from_std(listener) {
                    tokio::spawn(accept(listener, service));
                    // A message and the end of the sender both mean to stop.
                    let _ = stopping.await;
                }
            });
            drop(runtime);
            drop(ended);
        };
        thread::Builder::new()
            .name("page".to_owned())
            .spawn(serve)?;
        Ok(Self {
            url,
            port,
            events,
            sender,
            stop: Some(stop),
            stopped,
        })
    }

    /// Returns what sends [`PageEvent::Stopped`].
    pub(crate) fn sender(&self) -> Sender<PageEvent> {
        self.sender.clone()
    }

    /// Waits for the next event, until `deadline` if there is one. Returns `None` if none came in time.
    pub(crate) fn next(&self, deadline: Option<Instant>) -> Option<PageEvent> {
        match deadline {
            None => self.events.recv().ok(),
            Some(deadline) => {
                let left = deadline.saturating_duration_since(Instant::now());
                self.events.recv_timeout(left).ok()
            }
        }
    }
}

impl Drop for PageServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.stopped.recv_timeout(Duration::from_secs(1));
    }
}

/// Returns a text of [`SECRET_BITS`] random bits, in hexadecimal digits.
fn random_text() -> io::Result<String> {
    let mut bytes = [0; SECRET_BITS / 8];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| io::Error::other("the system has no random numbers"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn accept(listener: TcpListener, service: Arc<Service>) {
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let service = Arc::clone(&service);
        tokio::spawn(async move {
            serve_connection(stream, service).await;
            drop(permit);
        });
    }
}

/// Serves the requests of one connection, one after the other. It is no error if the browser goes away.
async fn serve_connection(stream: TcpStream, service: Arc<Service>) {
    let _ = stream.set_nodelay(true);
    let ends = stream
        .local_addr()
        .and_then(|local| Ok((local, stream.peer_addr()?)));
    let Ok(ends) = ends else {
        return;
    };
    let respond = service_fn(move |request| {
        let service = Arc::clone(&service);
        async move { Ok::<_, Infallible>(service.respond(request, ends).await) }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}

struct Service {
    guard: Guard,
    html: String,
    policy: String,
    is_opened: AtomicBool,
    is_alive: AtomicBool,
    events: Sender<PageEvent>,
}

impl Service {
    async fn respond(
        &self,
        request: Request<Incoming>,
        (local, remote): (SocketAddr, SocketAddr),
    ) -> Response<ResponseBody> {
        let (head, body) = request.into_parts();
        let mut response = match self.guard.check(&head) {
            Ok(_) if !peer::may_be_own(local, remote) => sentence(
                StatusCode::FORBIDDEN,
                "This page is for the user who runs reemo, and another user of this machine requests it.",
            ),
            Ok(Allowed::Page) => self.page(),
            Ok(Allowed::Connect) => self.connect().await,
            Ok(Allowed::Event) => self.event(body).await,
            Ok(Allowed::Alive) => self.alive(),
            Err((status, why)) => sentence(status, why),
        };
        for (name, value) in HEADERS {
            let name = HeaderName::from_static(name);
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        let policy = HeaderName::from_static("content-security-policy");
        response
            .headers_mut()
            .entry(policy)
            .or_insert(HeaderValue::from_static("default-src 'none'"));
        response
    }

    fn page(&self) -> Response<ResponseBody> {
        if self.is_opened.swap(true, Ordering::SeqCst) {
            let why = "This page was opened already, and is served only once. Run the command again for a new one.";
            return sentence(StatusCode::GONE, why);
        }
        let _ = self.events.send(PageEvent::Opened);
        let mut response = text(
            StatusCode::OK,
            "text/html; charset=utf-8",
            self.html.clone(),
        );
        if let Ok(policy) = HeaderValue::try_from(&self.policy) {
            let name = HeaderName::from_static("content-security-policy");
            response.headers_mut().insert(name, policy);
        }
        response
    }

    async fn connect(&self) -> Response<ResponseBody> {
        let (reply, answer) = oneshot::channel();
        let _ = self.events.send(PageEvent::Connect(Reply(reply)));
        match answer.await {
            Ok(Ok(computer)) => text(StatusCode::OK, "application/json", computer),
            Ok(Err(Refusal { message, is_final })) => {
                let body = json!({ "message": message, "final": is_final });
                text(
                    StatusCode::BAD_GATEWAY,
                    "application/json",
                    body.to_string(),
                )
            }
            Err(_) => sentence(StatusCode::SERVICE_UNAVAILABLE, "reemo is about to end."),
        }
    }

    async fn event(&self, body: Incoming) -> Response<ResponseBody> {
        let Ok(body) = Limited::new(body, MAX_REPORT_BYTES).collect().await else {
            return sentence(StatusCode::PAYLOAD_TOO_LARGE, "The report is too long.");
        };
        match BrowserReport::read(&body.to_bytes()) {
            Some(report) => {
                let _ = self.events.send(PageEvent::Reported(report));
                text(StatusCode::NO_CONTENT, "text/plain", String::new())
            }
            None => sentence(StatusCode::BAD_REQUEST, "The report can't be read."),
        }
    }

    fn alive(&self) -> Response<ResponseBody> {
        if self.is_alive.swap(true, Ordering::SeqCst) {
            return sentence(StatusCode::CONFLICT, "The page says so already.");
        }
        let _ = self.events.send(PageEvent::Alive);
        let body = AliveBody {
            ticks: tokio::time::interval(ALIVE_INTERVAL),
            events: self.events.clone(),
        };
        let mut response = Response::new(body.boxed_unsync());
        let plain = HeaderValue::from_static("text/plain");
        response.headers_mut().insert(CONTENT_TYPE, plain);
        response
    }
}

fn text(status: StatusCode, content_type: &'static str, body: String) -> Response<ResponseBody> {
    let mut response = Response::new(Full::new(Bytes::from(body)).boxed_unsync());
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

fn sentence(status: StatusCode, why: &str) -> Response<ResponseBody> {
    text(status, "text/plain; charset=utf-8", format!("{why}\n"))
}

/// A body that never ends by itself. It is dropped when the browser closes the connection.
struct AliveBody {
    ticks: Interval,
    events: Sender<PageEvent>,
}

impl Body for AliveBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.ticks
            .poll_tick(context)
            .map(|_| Some(Ok(Frame::data(Bytes::from_static(b"\n")))))
    }
}

impl Drop for AliveBody {
    fn drop(&mut self) {
        let _ = self.events.send(PageEvent::Closed);
    }
}
