//! Proxies, as the environment names them. One that can't be used is an error, never a direct connection.

use reqwest::{NoProxy, Proxy, Url};

use crate::model::error::{Error, ErrorKind};

/// The variables that name a proxy for https, the earlier first.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The proxy to use, if any; hosts that `NO_PROXY` names are reached without it.
///
/// # Errors
/// `Config` where a variable has something else than the URL of an http or https proxy. Its value is not shown, since it
/// may have a password.
pub(super) fn from_environment() -> Result<Option<Proxy>, Error> {
    let named = VARIABLES.into_iter().find_map(|name| {
        Some((
            name,
            std::env::var_os(name).filter(|value| !value.is_empty())?,
        ))
    });
    let Some((name, value)) = named else {
        return Ok(None);
    };
    let proxy = value.to_str().and_then(parse).ok_or_else(|| {
        Error::new(
            ErrorKind::Config,
            format!("{name} can't be used: it is not the URL of an http or https proxy"),
        )
        .hint(format!(
            "set {name} to something like http://proxy.example.com:3128, or unset it"
        ))
    })?;
    Ok(Some(proxy.no_proxy(NoProxy::from_env())))
}

/// A host with or without a port is an http proxy, as everywhere.
fn parse(text: &str) -> Option<Proxy> {
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let url = Url::parse(&whole)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    Proxy::all(url).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

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
}
