//! The API's base URL: any value of this type is a URL that a key may be sent to.
//!
//! Only one spelling is accepted for each URL, so that what the user sees is where the key goes.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// The base URL of the public API, and its origin.
const DEFAULT: &str = "https://restapi.reemo.io/v1";
const DEFAULT_ORIGIN: &str = "https://restapi.reemo.io";

/// A base URL without a trailing slash: `https`, or `http` on a loopback address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiUrl {
    text: String,
    origin: String,
}

impl ApiUrl {
    /// Returns the URL, to which a path such as `/computers` is appended.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme, host and port: a key is given for these.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns host and port, as a question names them.
    pub(crate) fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }

    /// Returns a URL that nothing listens at, for the sandbox before its server is started.
    pub(super) fn placeholder() -> Self {
        Self {
            text: "http://127.0.0.1:1/v1".to_owned(),
            origin: "http://127.0.0.1:1".to_owned(),
        }
    }
}

/// The public API.
impl Default for ApiUrl {
    fn default() -> Self {
        Self {
            text: DEFAULT.to_owned(),
            origin: DEFAULT_ORIGIN.to_owned(),
        }
    }
}

impl fmt::Display for ApiUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for ApiUrl {
    type Err = String;

    /// Parses a base URL. The error does not repeat the text, which may contain a password.
    fn from_str(text: &str) -> Result<Self, String> {
        check(text)
            .map(|url| Self {
                text: url.as_str().trim_end_matches('/').to_owned(),
                origin: url.origin().ascii_serialization(),
            })
            .map_err(|message| format!("{message}; expected a URL such as {DEFAULT}"))
    }
}

fn check(text: &str) -> Result<Url, &'static str> {
    if text.len() > 2048 {
        return Err("the URL is too long");
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('\\') {
        return Err("the URL has white space, a backslash or a character that is not ASCII");
    }
    let (scheme, rest) = text
        .split_once("://")
        .ok_or("the URL does not begin with https://")?;
    if rest.contains(['?', '#']) {
        return Err("the URL has a query or a fragment");
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err("the URL has a user name or password");
    }
    let url = Url::parse(text).map_err(|_| "the URL is not valid")?;
    check_host(&url, authority)?;
    if path.trim_end_matches('/') != url.path().trim_end_matches('/') || path.contains("//") {
        return Err("the URL's path has an empty segment, or . or ..");
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("http would send the key unencrypted and is for loopback addresses only"),
        _ => Err("the URL does not begin with https://"),
    }
}

/// Checks that the host is spelled as it is interpreted: no `127.1`, no `%6c`, no trailing dot.
fn check_host(url: &Url, authority: &str) -> Result<(), &'static str> {
    let host = url.host().ok_or("the URL has no host")?;
    let port_at = authority
        .rfind(':')
        .filter(|at| !authority[*at..].contains(']'))
        .unwrap_or(authority.len());
    let (typed, port) = authority.split_at(port_at);
    let same = matches!(host, Host::Ipv6(_)) || host.to_string() == typed.to_ascii_lowercase();
    if !same || typed.ends_with('.') {
        return Err("the URL's host is not in its usual spelling");
    }
    let digits = port.strip_prefix(':');
    if digits.is_some_and(|digits| digits.is_empty() || digits.starts_with('0')) {
        return Err("the URL's port is not a number from 1 to 65535");
    }
    Ok(())
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiUrl, DEFAULT};

    fn parse(text: &str) -> Result<ApiUrl, String> {
        text.parse()
    }

    #[test]
    fn good_ones_lose_their_last_slash() {
        for (text, same) in [
            (DEFAULT, DEFAULT),
            ("https://restapi.reemo.io/v1/", DEFAULT),
            ("HTTPS://RestAPI.reemo.io:443/v1", DEFAULT),
            ("https://reemo.example", "https://reemo.example"),
            (
                "https://reemo.example:8443/a/b.c/~d",
                "https://reemo.example:8443/a/b.c/~d",
            ),
            (
                "https://xn--mnchen-3ya.example/v1",
                "https://xn--mnchen-3ya.example/v1",
            ),
            ("https://10.0.0.7/v1", "https://10.0.0.7/v1"),
            (
                "https://[2001:db8:0::1]:8443/v1",
                "https://[2001:db8::1]:8443/v1",
            ),
            ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
            ("http://127.9.8.7", "http://127.9.8.7"),
            ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
            ("http://localhost:1/v1", "http://localhost:1/v1"),
        ] {
            assert_eq!(parse(text).unwrap().as_str(), same, "{text}");
        }
    }

    #[test]
    fn odd_ones_are_refused() {
        for text in [
            "",
            "https",
            "https:",
            "https://",
            "https:///",
            "restapi.reemo.io/v1",
            "//restapi.reemo.io/v1",
            "https:restapi.reemo.io",
            "https:/restapi.reemo.io",
            "https:///restapi.reemo.io",
            "https:\\\\restapi.reemo.io",
            "https://restapi.reemo.io\\v1",
            "http://restapi.reemo.io/v1",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://0.0.0.0",
            "http://[::]",
            "http://127.1",
            "http://2130706433",
            "http://0x7f.0.0.1",
            "http://[::ffff:127.0.0.1]",
            "http://localhost.",
            "ftp://restapi.reemo.io",
            "file:///etc/passwd",
            "javascript://x",
            "httpss://x",
            "https://me@restapi.reemo.io",
            "https://me:pw@restapi.reemo.io",
            "https://@restapi.reemo.io",
            "https://a@b@c",
            "https://x/v1?a=b",
            "https://x/v1?",
            "https://x/v1#a",
            "https://x#",
            "https://x?y",
            "https://x:0",
            "https://x:",
            "https://x:0443",
            "https://x:65536",
            "https://x:-1",
            "https://x:a",
            "https://:443",
            "https://[::1",
            " https://x",
            "https://x ",
            "https://x\n",
            "https://x/a b",
            "https://x\t/v1",
            "https://x/v1\0",
            "https://x\u{7f}",
            "https://ex%61mple.com",
            "https://ｅxample.com",
            "https://münchen.example",
            "https://reemo.example.",
            "https://a\u{ad}b",
            "https://x/v1/..",
            "https://x/./v1",
            "https://x/%2e%2e/v1",
            "https://x//v1",
            "https://x/v1//",
            "https://x//",
            "https://x/ü",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert!(parse(&format!("https://x/{}", "a".repeat(2048))).is_err());
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(parse(DEFAULT), Ok(ApiUrl::default()));
        let origin = |text: &str| parse(text).unwrap().origin;
        assert_eq!(
            origin("https://REEMO.example:443/v1"),
            origin("https://reemo.example/v2")
        );
        let others = [
            "https://reemo.example:444/v1",
            "https://reemo.example.org/v1",
            "https://localhost/v1",
            "http://localhost/v1",
        ];
        for (place, other) in others.iter().enumerate() {
            assert_ne!(origin(other), origin("https://reemo.example/v1"));
            assert_eq!(
                others
                    .iter()
                    .filter(|text| origin(text) == origin(other))
                    .count(),
                1,
                "{place}"
            );
        }
    }

    #[test]
    fn the_error_does_not_echo() {
        for text in [
            "https://me:hunter2@x",
            "hunter2",
            "https://x?hunter2",
            "https://[hunter2",
            "http://hunter2",
        ] {
            assert!(!parse(text).unwrap_err().contains("hunter2"), "{text}");
        }
    }
}
