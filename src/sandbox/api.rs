//! From a request to its answer: the key, the path, the method, the size of a body, and the mishaps that were asked for.
//! What a call does is in `endpoints`; sockets are `server`'s.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::AUTHORIZATION;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use uuid::Uuid;

use super::SECRET_KEY;
use super::dice::mix;
use super::endpoints;
use super::listing::Listings;
use super::query::decode;
use super::reply::Reply;
use super::store::Store;

/// The largest body, in bytes.
const BODY: usize = 1 << 20;
/// How much of a body that is too large is still taken in, so that its sender gets to read the answer.
const DRAIN: usize = 64 << 20;

/// The API over one fleet, with its mishaps.
pub(super) struct Api {
    pub(super) store: Store,
    pub(super) latency: Duration,
    pub(super) fail: f64,
    pub(super) fail_status: StatusCode,
    pub(super) listings: Listings,
    pub(super) requests: AtomicU64,
}

/// A body, or the answer to one that can't be used.
type Body = Result<Vec<u8>, Reply>;

impl Api {
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let request_id = Uuid::new_v4();
        let fails = self.fails();
        let (head, body) = request.into_parts();
        let body = read(body).await;
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let reply = if fails {
            Reply::error(
                self.fail_status,
                "a mishap of the sandbox, as asked for; nothing was changed",
            )
        } else {
            self.route(&head, body).unwrap_or_else(|reply| reply)
        };
        reply.into_response(request_id)
    }

    fn route(&self, head: &Parts, body: Body) -> Result<Reply, Reply> {
        authorise(head)?;
        let body = body?;
        let path = head.uri.path();
        let segments: Vec<String> = path.split('/').skip(1).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (store, method) = (&self.store, &head.method);
        let answer = match segments[..] {
            ["v1", "computers"] => match *method {
                Method::GET => {
                    endpoints::list(store, &self.listings, head.uri.query().unwrap_or_default())
                }
                Method::POST => endpoints::reserve(store, &body),
                _ => return Err(Reply::wrong_method("GET, POST")),
            },
            ["v1", "computers", id] if !id.is_empty() => match *method {
                Method::GET => endpoints::get(store, id),
                Method::PUT => endpoints::rename(store, id, &body),
                Method::DELETE => endpoints::delete(store, id),
                _ => return Err(Reply::wrong_method("GET, PUT, DELETE")),
            },
            ["v1", "computers", id, "connect"] if !id.is_empty() => match *method {
                Method::POST => endpoints::connect(store, id),
                _ => return Err(Reply::wrong_method("POST")),
            },
            _ => {
                return Err(Reply::error(
                    StatusCode::NOT_FOUND,
                    &format!("the API has no path {path:?}"),
                ));
            }
        };
        answer.map_err(Reply::from)
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
        if length <= BODY {
            bytes.extend_from_slice(data);
        } else if length > DRAIN {
            break;
        }
    }
    if length > BODY {
        let text = format!("the body is larger than {BODY} bytes");
        return Err(Reply::error(StatusCode::PAYLOAD_TOO_LARGE, &text));
    }
    Ok(bytes)
}
