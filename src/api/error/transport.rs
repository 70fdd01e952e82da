//! Errors of requests without a response: connections, TLS handshakes, proxies and timeouts.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::CertificateError;

use crate::api::error::source::{find, innermost, is_closed};
use crate::api::retry::{AttemptError, AttemptOutcome};
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::hint::{CommandLine, Hint};

/// Classifies an error of the HTTP client by whether the request can have reached the API. `proxy` is the host of the proxy
/// in use, if there is one.
pub(in crate::api) fn classify(
    error: &reqwest::Error,
    request: RequestInfo,
    timeout: Duration,
    proxy: Option<&str>,
) -> AttemptError {
    if error.is_builder() {
        let failure = Error::new(ErrorKind::Unexpected, "the request can't be built");
        let failure = failure.detail(innermost(error)).request(request);
        return AttemptError::new(AttemptOutcome::Final, failure);
    }
    let route = Route {
        api: host_of(&request.url),
        proxy,
        fails_at_proxy: proxy.is_some() && fails_at_proxy(error),
    };
    let is_parse = find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse);
    let failure = if let Some(tls) = find::<rustls::Error>(error) {
        let failure = route.tls_failure(tls).request(request);
        if matches!(tls, rustls::Error::InvalidCertificate(_)) {
            return AttemptError::new(AttemptOutcome::Final, failure);
        }
        failure
    } else if error.is_timeout() {
        route
            .timed_out(error.is_connect(), timeout)
            .request(request)
    } else if is_parse {
        let why = innermost(error);
        Error::invalid_response(format!("it is not valid HTTP ({why})")).request(request)
    } else {
        let why = if is_closed(error) && !route.fails_at_proxy {
            "the connection was closed before a response arrived".to_owned()
        } else {
            innermost(error)
        };
        let refused = route.refused_by_proxy(&why);
        refused
            .unwrap_or_else(|| route.unreachable(&why))
            .request(request)
    };
    let outcome = if error.is_connect() {
        AttemptOutcome::NotDone(None)
    } else {
        AttemptOutcome::Maybe
    };
    AttemptError::new(outcome, failure)
}

/// Returns the error of a TLS handshake with a host.
pub(in crate::api) fn tls_error(host: &str, error: &(dyn StdError + 'static)) -> Error {
    let Some(error) = find::<rustls::Error>(error) else {
        let message = format!("no secure connection to {host}: {}", innermost(error));
        return Error::new(ErrorKind::Tls, message);
    };
    let route = Route {
        api: host.to_owned(),
        proxy: None,
        fails_at_proxy: false,
    };
    route.tls_failure(error)
}

/// Returns whether a proxied connection failed before the proxy opened the tunnel to the API. Such an error is wrapped in that
/// of the tunnel; a failed handshake with the API, inside the tunnel, is a plain I/O error of the connection.
fn fails_at_proxy(error: &reqwest::Error) -> bool {
    let connector = find::<hyper_util::client::legacy::Error>(error);
    let cause = connector.and_then(StdError::source);
    error.is_connect() && cause.is_some_and(|cause| !cause.is::<io::Error>())
}

/// The route to the API, and where on it a connection failed.
struct Route<'a> {
    api: String,
    proxy: Option<&'a str>,
    fails_at_proxy: bool,
}

impl Route<'_> {
    fn through(&self) -> String {
        self.proxy
            .map_or_else(String::new, |proxy| format!(" through the proxy {proxy}"))
    }

    fn unreachable(&self, why: &str) -> Error {
        let kind = if self.fails_at_proxy {
            ErrorKind::Proxy
        } else {
            ErrorKind::Unreachable
        };
        let message = format!("{} can't be reached{}: {why}", self.api, self.through());
        Error::new(kind, message)
    }

    /// Returns the error of a proxy that answered, but opened no tunnel. The library that opens tunnels has a type for these
    /// errors, but hands out their texts alone, and keeps no status.
    fn refused_by_proxy(&self, why: &str) -> Option<Error> {
        let api = &self.api;
        let proxy = self.proxy.filter(|_| self.fails_at_proxy)?;
        let (message, hint) = match why {
            "tunnel error: proxy authorization required" => (
                format!(
                    "the proxy {proxy} asks for a user name and a password that it accepts (status 407)"
                ),
                "put them into the URL in HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT".to_owned(),
            ),
            "tunnel error: unsuccessful" => (
                format!("the proxy {proxy} refused to connect to {api}"),
                format!(
                    "ask whoever runs the proxy to allow {api}; NO_PROXY lists hosts to reach without it"
                ),
            ),
            "tunnel error: unexpected end of file" => (
                format!("the proxy {proxy} closed the connection without an answer"),
                "check that HTTPS_PROXY names an http proxy, and its port".to_owned(),
            ),
            _ => return None,
        };
        Some(Error::new(ErrorKind::Proxy, message).hint(hint))
    }

    fn timed_out(&self, is_connect: bool, timeout: Duration) -> Error {
        let (api, through) = (&self.api, self.through());
        let message = if is_connect {
            format!("could not connect to {api}{through} within {timeout:?}")
        } else {
            format!("{api} did not respond within {timeout:?}")
        };
        Error::new(ErrorKind::TimedOut, message)
    }

    fn tls_failure(&self, tls: &rustls::Error) -> Error {
        let (kind, peer) = match self.proxy {
            Some(proxy) if self.fails_at_proxy => (ErrorKind::Proxy, format!("the proxy {proxy}")),
            _ => (ErrorKind::Tls, format!("{}{}", self.api, self.through())),
        };
        let message = format!("no secure connection to {peer}: {}", tls_text(tls));
        let failure = Error::new(kind, message);
        match (tls, self.fails_at_proxy) {
            (rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer), at_proxy) => {
                let peer = if at_proxy { "proxy" } else { "instance" };
                failure.hint(
                    Hint::new(format!("if the {peer} uses a private CA, trust it: "))
                        .command(CommandLine::reemo("config set ca_file /path/to/ca.pem")),
                )
            }
            (rustls::Error::InvalidMessage(_), true) => {
                failure.hint("if it is an http proxy, change the https:// in its URL to http://")
            }
            _ => failure,
        }
    }
}

fn tls_text(error: &rustls::Error) -> String {
    use CertificateError as Certificate;
    match error {
        rustls::Error::InvalidCertificate(
            Certificate::Expired | Certificate::ExpiredContext { .. },
        ) => "its certificate has expired".to_owned(),
        rustls::Error::InvalidCertificate(Certificate::UnknownIssuer) => {
            "its certificate was issued by an authority that is not trusted".to_owned()
        }
        rustls::Error::InvalidCertificate(
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. },
        ) => "its certificate is for another name".to_owned(),
        rustls::Error::InvalidCertificate(
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. },
        ) => "its certificate is not valid yet".to_owned(),
        rustls::Error::InvalidCertificate(Certificate::BadSignature) => {
            "the signature of its certificate is not valid".to_owned()
        }
        rustls::Error::InvalidCertificate(certificate) => {
            format!("its certificate can't be used ({certificate})")
        }
        rustls::Error::InvalidMessage(_) => "the server does not speak TLS".to_owned(),
        other => other.to_string(),
    }
}

fn host_of(url: &str) -> String {
    reqwest::Url::parse(url).map_or_else(|_| "the API".to_owned(), |url| host_and_port(&url))
}

/// Returns a URL's host, and its port unless it is the scheme's own.
pub(in crate::api) fn host_and_port(url: &reqwest::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
