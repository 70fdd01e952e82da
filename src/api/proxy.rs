//! The proxy between the client and the API, as the environment names it. One that can't be used is an error, never a
//! direct connection.

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::api::error::transport::host_and_port;
use crate::model::error::{Error, ErrorKind};

/// The variables that name a proxy for https; an earlier one takes precedence over the later.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The variables that list hosts to reach directly; an earlier one takes precedence over the later.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// A proxy that requests to the API go through.
#[derive(Debug)]
pub(super) struct ProxyServer {
    /// For the HTTP client.
    pub(super) proxy: reqwest::Proxy,
    /// The proxy's host, and its port where the URL has one: for messages.
    pub(super) host: String,
    /// What is connected to: the host and the port.
    pub(super) address: (String, u16),
}

/// Returns the proxy that the environment names for an API, or `None` where the API is reached directly: because no proxy
/// is named, or because `NO_PROXY` lists the API's host.
///
/// # Errors
/// [`ErrorKind::Config`] where a variable has something else than the URL of an http or https proxy. Its value is not
/// shown, since it may have a password.
pub(super) fn between(api: &Url) -> Result<Option<ProxyServer>, Error> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let Some((name, value)) = VARIABLES
        .into_iter()
        .find_map(|name| Some((name, set(name)?)))
    else {
        return Ok(None);
    };
    let unusable = || {
        let message = format!("{name} can't be used: it is not the URL of an http or https proxy");
        Error::new(ErrorKind::Config, message).hint(format!(
            "set {name} to something like http://proxy.example.com:3128, or unset it"
        ))
    };
    let url = value.to_str().and_then(parse).ok_or_else(unusable)?;
    let exceptions = EXCEPTIONS
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    if !applies(&url, exceptions.unwrap_or_default(), api) {
        return Ok(None);
    }
    let host = host_and_port(&url);
    let bare = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = url.port_or_known_default().unwrap_or_default();
    let address = (bare.to_owned(), port);
    let proxy = reqwest::Proxy::all(url).map_err(|_| unusable())?;
    Ok(Some(ProxyServer {
        proxy,
        host,
        address,
    }))
}

/// Whether requests to the API go through the proxy, by the rules of the library that makes the connections. That library
/// applies `*` to names alone; here it stands for every host, as it does for curl.
fn applies(proxy: &Url, exceptions: String, api: &Url) -> bool {
    if exceptions.split(',').any(|entry| entry.trim() == "*") {
        return false;
    }
    let matcher = Matcher::builder()
        .all(proxy.as_str())
        .no(exceptions)
        .build();
    let api: Option<Uri> = api.as_str().parse().ok();
    api.is_none_or(|api| matcher.intercept(&api).is_some())
}

/// Reads a proxy's URL. Without a scheme it is an http proxy, as everywhere.
fn parse(text: &str) -> Option<Url> {
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    Url::parse(&whole)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::{applies, parse};

    #[test]
    fn what_can_be_a_proxy() {
        for text in [
            "http://proxy:3128",
            "proxy.example.com:3128",
            "proxy",
            "https://user:word@proxy",
            "[::1]:8080",
        ] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in [
            "socks5://proxy",
            "http://",
            "://",
            "http://a b",
            "proxy:port",
            "ftp://x",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn listed_hosts_are_reached_directly() {
        let proxy = Url::parse("http://user:word@proxy:3128").unwrap();
        for (exceptions, proxied) in [
            ("", true),
            ("other.example", true),
            ("example", false),
            (".reemo.example", false),
            ("other.example, restapi.reemo.example", false),
            ("*", false),
        ] {
            let api = Url::parse("https://restapi.reemo.example/v1").unwrap();
            assert_eq!(
                applies(&proxy, exceptions.to_owned(), &api),
                proxied,
                "{exceptions:?}"
            );
        }
        let by_address = Url::parse("https://192.168.1.7:8443/v1").unwrap();
        assert!(!applies(&proxy, "192.168.1.0/24".to_owned(), &by_address));
        assert!(applies(&proxy, "192.168.2.0/24".to_owned(), &by_address));
    }
}
