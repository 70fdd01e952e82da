//! What a failed attempt was, decided on types: the sources of an error, the status of an answer.

use std::error::Error as StdError;
use std::time::Duration;

use crate::api::body::{LARGEST, LARGEST_TOGETHER, Unread};
use crate::api::request::Effect;
use crate::api::response::Response;
use crate::api::retry::Attempt;
use crate::model::error::{Error, ErrorKind, RequestInfo};
use crate::model::hint::{CommandLine, Hint};

/// Sorts an error of the transport by whether the request can have reached the API.
pub(super) fn transport(
    error: &reqwest::Error,
    asked: RequestInfo,
    timeout: Duration,
    through_proxy: bool,
) -> Attempt {
    let host = host_of(&asked.url);
    if let Some(tls) = source::<rustls::Error>(error) {
        let failure = Error::new(
            ErrorKind::Tls,
            format!("no trustworthy connection to {host}: {}", tls_text(tls)),
        );
        let failure = failure.asked(asked);
        return match tls {
            rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer) => {
                Attempt::Final(
                    failure.hint(
                        Hint::new("if the instance uses a private CA, trust it: ")
                            .command(CommandLine::reemo("config set ca_file /path/to/ca.pem")),
                    ),
                )
            }
            rustls::Error::InvalidCertificate(_) => Attempt::Final(failure),
            _ if error.is_connect() => Attempt::NotSent(failure),
            _ => Attempt::Maybe(failure),
        };
    }
    if error.is_timeout() {
        let late = |what: &str| {
            Error::new(
                ErrorKind::TimedOut,
                format!("{host} {what} within {timeout:?}"),
            )
            .asked(asked)
        };
        return if error.is_connect() {
            Attempt::NotSent(late("could not be connected to"))
        } else {
            Attempt::Maybe(late("did not answer"))
        };
    }
    if source::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        let why = format!("the API's answer makes no sense: {}", innermost(error));
        return Attempt::Maybe(Error::new(ErrorKind::InvalidResponse, why).asked(asked));
    }
    if error.is_builder() {
        return Attempt::Final(
            Error::new(ErrorKind::Unexpected, "the request can't be built")
                .detail(innermost(error))
                .asked(asked),
        );
    }
    let (kind, way) = if through_proxy {
        (ErrorKind::Proxy, " through the proxy")
    } else {
        (ErrorKind::Unreachable, "")
    };
    let failure = Error::new(
        kind,
        format!("{host} can't be reached{way}: {}", innermost(error)),
    )
    .asked(asked);
    if error.is_connect() {
        Attempt::NotSent(failure)
    } else {
        Attempt::Maybe(failure)
    }
}

/// An answer with 2xx whose body could not be had: a change was made, but what came of it is unknown.
pub(super) fn unread(
    unread: &Unread,
    effect: Effect,
    asked: RequestInfo,
    timeout: Duration,
) -> Attempt {
    let why = match unread {
        Unread::TooLate => {
            let late = format!("the answer was not complete within {timeout:?}");
            return Attempt::Lost(Error::new(ErrorKind::TimedOut, late).asked(asked));
        }
        Unread::TooLarge => format!("it is larger than {} MiB", LARGEST / 1024 / 1024),
        Unread::Crowded if effect == Effect::Read => return Attempt::Final(crowded(asked)),
        Unread::Crowded => "there is no room for it".to_owned(),
        Unread::Cut(error) => format!("it was cut off ({})", innermost(error)),
        Unread::NotText => "it is not UTF-8 text".to_owned(),
    };
    let failure = Error::new(
        ErrorKind::InvalidResponse,
        format!("the API's answer makes no sense: {why}"),
    )
    .asked(asked);
    match (unread, effect) {
        // Whole answers, and the same ones the next time.
        (Unread::TooLarge | Unread::NotText, Effect::Read) => Attempt::Final(failure),
        _ => Attempt::Lost(failure),
    }
}

/// There is no room for an answer beside others.
pub(super) fn crowded(asked: RequestInfo) -> Error {
    let room = LARGEST_TOGETHER / 1024 / 1024;
    let why = format!(
        "the API's answer makes no sense: pages fetched at once are larger than {room} MiB together"
    );
    Error::new(ErrorKind::InvalidResponse, why)
        .hint("fetch fewer at once: --concurrency 1")
        .asked(asked)
}

/// The failure that an answer with a status other than 2xx stands for.
pub(super) fn status(answer: &Response) -> Error {
    let status = answer.status;
    let (kind, what) = match status {
        401 => (
            ErrorKind::CredentialsRefused,
            "the API refused the secret key",
        ),
        403 => (
            ErrorKind::CredentialsRefused,
            "the API denies this to the secret key",
        ),
        404 => (ErrorKind::NotFound, "the API knows no such thing"),
        409 => (ErrorKind::Conflict, "the API refused, in the present state"),
        429 => (ErrorKind::RateLimited, "the API is asked too often"),
        300..=399 => (
            ErrorKind::Redirected,
            "the API answered with a redirect, which is never followed",
        ),
        400..=499 => (ErrorKind::Rejected, "the API rejected the request"),
        500..=599 => (ErrorKind::ServerError, "the API failed"),
        _ => (
            ErrorKind::InvalidResponse,
            "the API answered with a status that makes no sense",
        ),
    };
    let message = match answer.error_text() {
        Some(text) => format!("{what}: {text}"),
        None => format!("{what} (status {status})"),
    };
    let asked = RequestInfo {
        answered_in_json: answer.json().is_ok(),
        ..answer.asked.clone()
    };
    let mut failure = Error::new(kind, message).asked(asked);
    if (300..400).contains(&status)
        && let Some(location) = answer.header("location")
    {
        failure = failure.detail(format!(
            "location: {}",
            crate::model::sanitize::escape(&location)
        ));
    }
    failure
}

/// The first error of a type among an error and its sources. Certificate errors arrive dressed as I/O or connect errors.
fn source<'a, Wanted: StdError + 'static>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a Wanted> {
    let mut current = Some(error);
    while let Some(one) = current {
        if let Some(wanted) = one.downcast_ref::<Wanted>() {
            return Some(wanted);
        }
        if let Some(inner) = one
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            && let Some(wanted) = source::<Wanted>(inner)
        {
            return Some(wanted);
        }
        current = one.source();
    }
    None
}

/// The text of the innermost source, which says most and repeats nothing.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut current = error;
    loop {
        let inner = current.downcast_ref::<std::io::Error>().and_then(|error| {
            error
                .get_ref()
                .map(|inner| inner as &(dyn StdError + 'static))
        });
        match inner.or_else(|| current.source()) {
            Some(next) => current = next,
            None => return crate::model::sanitize::escape(&current.to_string()).into_owned(),
        }
    }
}

fn tls_text(error: &rustls::Error) -> String {
    use rustls::CertificateError as Certificate;
    match error {
        rustls::Error::InvalidCertificate(
            Certificate::Expired | Certificate::ExpiredContext { .. },
        ) => "its certificate has expired".to_owned(),
        rustls::Error::InvalidCertificate(Certificate::UnknownIssuer) => {
            "its certificate is from an authority that is not trusted here".to_owned()
        }
        rustls::Error::InvalidCertificate(
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. },
        ) => "its certificate is for another name".to_owned(),
        rustls::Error::InvalidCertificate(certificate) => {
            format!("its certificate can't be used ({certificate})")
        }
        rustls::Error::InvalidMessage(_) => "what answers there does not speak TLS".to_owned(),
        other => other.to_string(),
    }
}

fn host_of(url: &str) -> String {
    reqwest::Url::parse(url)
        .ok()
        .and_then(|url| {
            let host = url.host_str()?.to_owned();
            Some(
                url.port()
                    .map_or(host.clone(), |port| format!("{host}:{port}")),
            )
        })
        .unwrap_or_else(|| "the API".to_owned())
}
