//! Which requests are answered: those of the page that this program made, opened by the user, and no others.
//!
//! Any program and any web page on this machine can send requests to a loopback port. A web page can't choose `Host`, `Origin`
//! and `Sec-Fetch-Site`, and no one else knows the page's path and key.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN, UPGRADE};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

/// The header in which the page's script sends its key.
const PAGE_KEY: HeaderName = HeaderName::from_static("x-page-key");
/// Where the browser says how a request came about.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What requests are checked against.
#[derive(Debug)]
pub(super) struct Guard {
    /// The host and port of the page, as `Host` names them.
    pub host: String,
    /// The path of the page, with its slash.
    pub path: String,
    /// The key of the page's script.
    pub key: String,
}

/// A request that is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// The page itself.
    Page,
    /// The page asks for a computer with fresh tokens.
    Connect,
    /// The page reports an event.
    Event,
    /// The page keeps this request open for as long as it is there.
    Alive,
}

impl Guard {
    /// Returns what a request asks for.
    ///
    /// # Errors
    /// The status that refuses it, and a sentence that says why.
    pub(super) fn check(&self, head: &Parts) -> Result<Allowed, (StatusCode, &'static str)> {
        let authority = head.uri.authority();
        if value(&head.headers, &HOST) != Some(&self.host)
            || authority.is_some_and(|authority| authority.as_str() != self.host)
        {
            let why = "This address serves one page of reemo, under the host that reemo printed.";
            return Err((StatusCode::MISDIRECTED_REQUEST, why));
        }
        let is_page = head.uri.path() == self.path && head.uri.query().is_none();
        let allowed = match (&head.method, head.uri.path()) {
            (&Method::GET, _) if is_page => {
                return if is_opened_by_user(&head.headers) {
                    Ok(Allowed::Page)
                } else {
                    let why = "Open this page by its address: no other page may load it.";
                    Err((StatusCode::FORBIDDEN, why))
                };
            }
            (&Method::POST, "/connect") => Allowed::Connect,
            (&Method::POST, "/event") => Allowed::Event,
            (&Method::POST, "/alive") => Allowed::Alive,
            _ => return Err((StatusCode::NOT_FOUND, "There is nothing here.")),
        };
        if self.is_from_page(&head.headers) {
            Ok(allowed)
        } else {
            Err((StatusCode::FORBIDDEN, "Only the page itself may do this."))
        }
    }

    fn is_from_page(&self, headers: &HeaderMap) -> bool {
        let origin = value(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        origin == Some(&self.host)
            && value(headers, &SEC_FETCH_SITE) == Some("same-origin")
            && value(headers, &PAGE_KEY) == Some(&self.key)
    }
}

/// Whether the user typed or clicked the address outside of any page. A WebSocket of another page has an `Origin`.
fn is_opened_by_user(headers: &HeaderMap) -> bool {
    let is_foreign =
        headers.contains_key(SEC_FETCH_SITE) && value(headers, &SEC_FETCH_SITE) != Some("none");
    !is_foreign && !headers.contains_key(ORIGIN) && !headers.contains_key(UPGRADE)
}

/// Returns the value of a header that is there once.
fn value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::{Allowed, Guard};

    const HOST: (&str, &str) = ("host", "127.0.0.1:4000");
    const ORIGIN: (&str, &str) = ("origin", "http://127.0.0.1:4000");
    const SITE: (&str, &str) = ("sec-fetch-site", "same-origin");
    const KEY: (&str, &str) = ("x-page-key", "k");

    fn check(method: &str, uri: &str, headers: &[(&str, &str)]) -> Result<Allowed, u16> {
        let guard = Guard {
            host: "127.0.0.1:4000".to_owned(),
            path: "/secret".to_owned(),
            key: "k".to_owned(),
        };
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        guard.check(&head).map_err(|(status, _)| status.as_u16())
    }

    #[test]
    fn the_page_is_for_its_user_alone() {
        for (headers, expected) in [
            (&[HOST][..], Ok(Allowed::Page)),
            (&[HOST, ("sec-fetch-site", "none")], Ok(Allowed::Page)),
            (&[HOST, ("sec-fetch-site", "cross-site")], Err(403)),
            (&[HOST, ("sec-fetch-site", "same-site")], Err(403)),
            (&[HOST, SITE], Err(403)),
            (&[HOST, ORIGIN], Err(403)),
            (&[HOST, ("upgrade", "websocket")], Err(403)),
            (
                &[HOST, ("sec-fetch-site", "none"), ("sec-fetch-site", "none")],
                Err(403),
            ),
            (&[("host", "localhost:4000")], Err(421)),
            (&[("host", "rebound.example:4000")], Err(421)),
            (&[HOST, HOST], Err(421)),
            (&[], Err(421)),
        ] {
            assert_eq!(check("GET", "/secret", headers), expected, "{headers:?}");
        }
        for (method, uri, expected) in [
            ("GET", "http://127.0.0.1:4000/secret", Ok(Allowed::Page)),
            ("GET", "http://other:4000/secret", Err(421)),
            ("GET", "/secret?x", Err(404)),
            ("GET", "/", Err(404)),
            ("GET", "/connect", Err(404)),
            ("HEAD", "/secret", Err(404)),
            ("POST", "/secret", Err(404)),
            ("OPTIONS", "/connect", Err(404)),
        ] {
            assert_eq!(check(method, uri, &[HOST]), expected, "{method} {uri}");
        }
    }

    #[test]
    fn the_rest_is_for_the_pages_own_script() {
        let all = [HOST, ORIGIN, SITE, KEY];
        for (path, allowed) in [
            ("/connect", Allowed::Connect),
            ("/event", Allowed::Event),
            ("/alive", Allowed::Alive),
        ] {
            assert_eq!(check("POST", path, &all), Ok(allowed));
            for missing in 1..all.len() {
                let mut headers = all.to_vec();
                headers.remove(missing);
                assert_eq!(check("POST", path, &headers), Err(403), "{headers:?}");
            }
        }
        for wrong in [
            ("origin", "http://localhost:4000"),
            ("origin", "null"),
            ("origin", "https://127.0.0.1:4000"),
            ("sec-fetch-site", "cross-site"),
            ("x-page-key", "K"),
            ("x-page-key", ""),
        ] {
            let headers = all.map(|header| if header.0 == wrong.0 { wrong } else { header });
            assert_eq!(check("POST", "/connect", &headers), Err(403), "{wrong:?}");
        }
    }
}
