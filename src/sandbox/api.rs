//! From a request to its answer: the host, the key, the path, the method, the body, and the failures that were asked for.
//! What a call does is in `endpoints`; sockets are in `server`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::AUTHORIZATION;
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::SECRET_KEY;
use super::dice::mix;
use super::disk::LOCK_TIMEOUT;
use super::endpoints::{self, Answer};
use super::error::SandboxError;
use super::host;
use super::listing::Listings;
use super::query::decode;
use super::reply::Reply;
use super::store::Store;

/// The largest body, in bytes.
const MAX_BODY_BYTES: usize = 1 << 20;
/// How much of a body that is too large is still read, in bytes, so that its sender gets to read the answer.
const MAX_DRAINED_BYTES: usize = 64 << 20;

/// The API over one fleet, with the failures that were asked for.
pub(super) struct Api {
    pub(super) store: Arc<Store>,
    /// One permit: the changes of this process wait for each other here, in the order in which they came.
    pub(super) changes: Arc<Semaphore>,
    pub(super) request_timeout: Duration,
    pub(super) latency: Duration,
    pub(super) fail: f64,
    pub(super) fail_status: StatusCode,
    pub(super) listings: Listings,
    pub(super) requests: AtomicU64,
}

/// The body of a request, or the answer to one whose body can't be used.
pub(super) type Body = Result<Vec<u8>, Reply>;

impl Api {
    /// Waits for the body of a request, for as long as the server's options say.
    pub(super) async fn read_body(&self, body: Incoming) -> Body {
        let too_slow = |_| {
            let text = "the body did not arrive in time";
            Err(Reply::error(StatusCode::REQUEST_TIMEOUT, text))
        };
        tokio::time::timeout(self.request_timeout, read(body))
            .await
            .unwrap_or_else(too_slow)
    }

    pub(super) async fn answer(&self, head: &Parts, body: Body) -> Response<Full<Bytes>> {
        let request_id = Uuid::new_v4();
        let fails = self.fails();
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let reply = match host::check(head) {
            Err(reply) => reply,
            Ok(()) if fails => Reply::error(
                self.fail_status,
                "a mishap of the sandbox, as asked for; nothing was changed",
            ),
            Ok(()) => self.route(head, body).await.unwrap_or_else(|reply| reply),
        };
        reply.into_response(request_id)
    }

    async fn route(&self, head: &Parts, body: Body) -> Result<Reply, Reply> {
        authorise(head)?;
        let body = body?;
        let path = head.uri.path();
        let segments: Vec<String> = path.split('/').skip(1).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments[..] {
            ["v1", "computers"] => self.collection(head, body).await,
            ["v1", "computers", id] if !id.is_empty() => self.computer(head, id, body).await,
            ["v1", "computers", id, "connect"] if !id.is_empty() => match head.method {
                Method::POST => Ok(endpoints::connect(&self.store, id)?),
                _ => Err(Reply::wrong_method("POST")),
            },
            _ => Err(Reply::error(
                StatusCode::NOT_FOUND,
                &format!("the API has no path {path:?}"),
            )),
        }
    }

    async fn collection(&self, head: &Parts, body: Vec<u8>) -> Result<Reply, Reply> {
        let query = head.uri.query().unwrap_or_default();
        match head.method {
            Method::GET => Ok(endpoints::list(&self.store, &self.listings, query)?),
            Method::POST => {
                let reserve =
                    move |store: &Store, deadline| endpoints::reserve(store, deadline, &body);
                Ok(self.change(reserve).await?)
            }
            _ => Err(Reply::wrong_method("GET, POST")),
        }
    }

    async fn computer(&self, head: &Parts, id: &str, body: Vec<u8>) -> Result<Reply, Reply> {
        let id = id.to_owned();
        match head.method {
            Method::GET => Ok(endpoints::get(&self.store, &id)?),
            Method::PUT => {
                let rename =
                    move |store: &Store, deadline| endpoints::rename(store, deadline, &id, &body);
                Ok(self.change(rename).await?)
            }
            Method::DELETE => {
                let delete = move |store: &Store, deadline| endpoints::delete(store, deadline, &id);
                Ok(self.change(delete).await?)
            }
            _ => Err(Reply::wrong_method("GET, PUT, DELETE")),
        }
    }

    /// Makes a change on a thread of its own, since it may have to wait for another process until the deadline. Meanwhile
    /// other requests are answered.
    async fn change(
        &self,
        apply: impl FnOnce(&Store, Instant) -> Answer + Send + 'static,
    ) -> Answer {
        let deadline = Instant::now() + LOCK_TIMEOUT;
        let turn = Arc::clone(&self.changes).acquire_owned();
        let Ok(turn) = tokio::time::timeout_at(deadline.into(), turn).await else {
            return Err(self.store.locked());
        };
        let store = Arc::clone(&self.store);
        let change = move || {
            let answer = apply(&store, deadline);
            drop(turn);
            answer
        };
        let failed = |error| SandboxError::State(format!("the change failed: {error}"));
        tokio::task::spawn_blocking(change)
            .await
            .unwrap_or_else(|error| Err(failed(error)))
    }

    /// Whether this request is one of the share that fails: the same ones in each run.
    fn fails(&self) -> bool {
        let count = self
            .requests
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_add(1);
        let draw = mix(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 11;
        (draw as f64) < self.fail * (1_u64 << 53) as f64
    }
}

/// The bare key, once, and nothing else.
fn authorise(head: &Parts) -> Result<(), Reply> {
    let mut sent = head.headers.get_all(AUTHORIZATION).iter();
    let text = match (sent.next(), sent.next()) {
        (Some(key), None) if key.as_bytes() == SECRET_KEY.as_bytes() => return Ok(()),
        (Some(_), _) => {
            "the secret key is refused; the header is `Authorization: <secret key>`, the bare key"
        }
        (None, _) => "no secret key: send the header `Authorization: <secret key>`",
    };
    Err(Reply::error(StatusCode::UNAUTHORIZED, text))
}

async fn read(mut body: Incoming) -> Body {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(Reply::error(
                StatusCode::BAD_REQUEST,
                "the body is cut short",
            ));
        };
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= MAX_BODY_BYTES {
            bytes.extend_from_slice(data);
        } else if length > MAX_DRAINED_BYTES {
            break;
        }
    }
    if length > MAX_BODY_BYTES {
        let text = format!("the body is larger than {MAX_BODY_BYTES} bytes");
        return Err(Reply::error(StatusCode::PAYLOAD_TOO_LARGE, &text));
    }
    Ok(bytes)
}
