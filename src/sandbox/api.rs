//! From a request to its response: the host, the key, the path, the method, the body, and injected failures.
//! What an endpoint does is in `endpoints`; sockets are in `server`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::AUTHORIZATION;
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::SECRET_KEY;
use super::endpoints::{self, EndpointResult};
use super::error::SandboxError;
use super::host;
use super::listing::Lister;
use super::random;
use super::response::JsonResponse;
use super::state_file::LOCK_TIMEOUT;
use super::store::Store;

/// The largest body, in bytes.
const MAX_BODY_BYTES: usize = 1 << 20;
/// How much of a body that is too large is still read, in bytes, so that its sender gets to read the response.
const MAX_DRAINED_BYTES: usize = 64 << 20;

/// The stand-in for the vendor's WebClient. A page loads it as a script, which carries no key.
const WEBCLIENT: &str = include_str!("webclient.js");

/// The API for one fleet, with the failures that the server's options ask for.
pub(super) struct Api {
    pub(super) store: Arc<Store>,
    /// Has one permit: the changes of this process are made one by one, in the order in which they arrived.
    pub(super) changes: Arc<Semaphore>,
    pub(super) request_timeout: Duration,
    pub(super) latency: Duration,
    pub(super) fail: f64,
    pub(super) fail_status: StatusCode,
    pub(super) lister: Lister,
    /// How many requests have arrived.
    pub(super) requests: AtomicU64,
}

/// The body of a request, or the response to one whose body can't be used.
pub(super) type Body = Result<Vec<u8>, JsonResponse>;

impl Api {
    /// Waits for the body of a request, for as long as the server's options say.
    pub(super) async fn read_body(&self, body: Incoming) -> Body {
        let too_slow = |_| {
            let text = "the body did not arrive in time";
            Err(JsonResponse::error(StatusCode::REQUEST_TIMEOUT, text))
        };
        tokio::time::timeout(self.request_timeout, read(body))
            .await
            .unwrap_or_else(too_slow)
    }

    pub(super) async fn respond(&self, head: &Parts, body: Body) -> Response<Full<Bytes>> {
        let request_id = Uuid::new_v4();
        let fails = self.fails();
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let response = match host::check(head) {
            Err(misdirected) => misdirected,
            Ok(()) if fails => JsonResponse::error(
                self.fail_status,
                "a failure injected by the sandbox; nothing was changed",
            ),
            Ok(()) => self.route(head, body).await.unwrap_or_else(|error| error),
        };
        response.into_http(request_id)
    }

    async fn route(&self, head: &Parts, body: Body) -> Result<JsonResponse, JsonResponse> {
        let path = head.uri.path();
        if path == "/v1/webclient.js" && head.method == Method::GET {
            return Ok(JsonResponse::script(WEBCLIENT));
        }
        check_key(head)?;
        let body = body?;
        let decode = |segment| percent_decode_str(segment).decode_utf8_lossy();
        let segments: Vec<_> = path.split('/').skip(1).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(|segment| &**segment).collect();
        match segments[..] {
            ["v1", "computers"] => self.collection(head, body).await,
            ["v1", "computers", id] if !id.is_empty() => self.computer(head, id, body).await,
            ["v1", "computers", id, "connect"] if !id.is_empty() => match head.method {
                Method::POST => Ok(endpoints::connect(&self.store, id)?),
                _ => Err(JsonResponse::method_not_allowed("POST")),
            },
            _ => Err(JsonResponse::error(
                StatusCode::NOT_FOUND,
                &format!("the API has no path {path:?}"),
            )),
        }
    }

    async fn collection(&self, head: &Parts, body: Vec<u8>) -> Result<JsonResponse, JsonResponse> {
        let query = head.uri.query().unwrap_or_default();
        match head.method {
            Method::GET => Ok(endpoints::list(&self.store, &self.lister, query)?),
            Method::POST => {
                let reserve =
                    move |store: &Store, deadline| endpoints::reserve(store, deadline, &body);
                Ok(self.change(reserve).await?)
            }
            _ => Err(JsonResponse::method_not_allowed("GET, POST")),
        }
    }

    async fn computer(
        &self,
        head: &Parts,
        id: &str,
        body: Vec<u8>,
    ) -> Result<JsonResponse, JsonResponse> {
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
            _ => Err(JsonResponse::method_not_allowed("GET, PUT, DELETE")),
        }
    }

    /// Makes a change on a thread of its own, since it may have to wait for another process. Meanwhile other requests are
    /// answered.
    async fn change(
        &self,
        apply: impl FnOnce(&Store, Instant) -> EndpointResult + Send + 'static,
    ) -> EndpointResult {
        let deadline = Instant::now() + LOCK_TIMEOUT;
        let turn = Arc::clone(&self.changes).acquire_owned();
        let Ok(turn) = tokio::time::timeout_at(deadline.into(), turn).await else {
            return Err(self.store.locked());
        };
        let store = Arc::clone(&self.store);
        let change = move || {
            let result = apply(&store, deadline);
            drop(turn);
            result
        };
        let failed = |error| SandboxError::State(format!("the change failed: {error}"));
        tokio::task::spawn_blocking(change)
            .await
            .unwrap_or_else(|error| Err(failed(error)))
    }

    /// Whether this request is one of those that are to fail: the same ones in each run.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are exactly what an f64 holds"
    )]
    fn fails(&self) -> bool {
        let count = self
            .requests
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_add(1);
        let draw = random::hash(count) >> 11;
        (draw as f64) < self.fail * (1_u64 << 53) as f64
    }
}

/// Checks that the request has one `Authorization` header, and that it is the secret key and nothing else.
fn check_key(head: &Parts) -> Result<(), JsonResponse> {
    let mut values = head.headers.get_all(AUTHORIZATION).iter();
    let text = match (values.next(), values.next()) {
        (Some(key), None) if key.as_bytes() == SECRET_KEY.as_bytes() => return Ok(()),
        (Some(_), _) => {
            "the secret key is refused; the header is `Authorization: <secret key>`, the bare key"
        }
        (None, _) => "no secret key: send the header `Authorization: <secret key>`",
    };
    Err(JsonResponse::error(StatusCode::UNAUTHORIZED, text))
}

async fn read(mut body: Incoming) -> Body {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(JsonResponse::error(
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
        return Err(JsonResponse::error(StatusCode::PAYLOAD_TOO_LARGE, &text));
    }
    Ok(bytes)
}
