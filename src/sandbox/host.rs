//! Whether a request was meant for this machine.
//!
//! A web page can have its own hostname resolve to 127.0.0.1 (DNS rebinding), and its scripts may then read what this
//! server answers to them. The browser still sends that name as `Host`: so no name is accepted but those of the loopback
//! interface, which no page from elsewhere has.

use std::net::{Ipv4Addr, Ipv6Addr};

use hyper::StatusCode;
use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::http::uri::Authority;

use super::response::JsonResponse;

/// Refuses a request for another host, be it named by the `Host` header or by an absolute URL in its first line.
pub(super) fn check(head: &Parts) -> Result<(), JsonResponse> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        let text = "send the header `Host` once";
        return Err(JsonResponse::error(StatusCode::BAD_REQUEST, text));
    };
    let host = Authority::try_from(host.as_bytes());
    let is_meant = host.is_ok_and(|host| is_loopback(&host));
    if is_meant && head.uri.authority().is_none_or(is_loopback) {
        return Ok(());
    }
    Err(JsonResponse::error(
        StatusCode::MISDIRECTED_REQUEST,
        "the sandbox answers requests for localhost, 127.0.0.1 and [::1] alone",
    ))
}

/// Whether this is `localhost`, an address of 127.0.0.0/8 or `[::1]`, with or without a port.
fn is_loopback(authority: &Authority) -> bool {
    let host = authority.host();
    let ipv6 = || host.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    !authority.as_str().contains('@')
        && (host.eq_ignore_ascii_case("localhost")
            || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
            || ipv6().is_some_and(|ip: Ipv6Addr| ip.is_loopback()))
}
