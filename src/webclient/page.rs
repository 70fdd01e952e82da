//! The HTML of the page, and the content security policy that goes with it.

use serde_json::json;
use url::Url;

/// What the page does in the browser. It reads `page`, which is defined before it.
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// A page that connects to one computer.
#[derive(Debug, Clone)]
pub(crate) struct WebClientPage {
    /// The computer's name, as data: nothing in it is interpreted by the browser.
    pub title: String,
    /// The URL of the vendor's script.
    pub script: Url,
    /// Further hosts that the script may use, such as `signal.example.com` or `*.example.com`.
    pub hosts: Vec<String>,
}

impl WebClientPage {
    /// Returns the HTML. `key` is known to the page's script alone, and `nonce` is that of [`Self::policy`].
    pub(super) fn html(&self, key: &str, nonce: &str) -> String {
        let data = json!({ "key": key, "script": self.script.as_str(), "title": self.title });
        let data = escape_for_script(&data.to_string());
        format!(
            "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<link rel=\"icon\" href=\"data:,\">
<title>reemo</title>
<style>{STYLE}</style>
<div id=\"webclient\"></div>
<p id=\"message\" role=\"status\" hidden></p>
<script nonce=\"{nonce}\">const page = {data};
{SCRIPT}</script>
"
        )
    }

    /// Returns the content security policy: scripts with the nonce, and the script's origin, its siblings and
    /// [`Self::hosts`] for whatever the script loads.
    pub(super) fn policy(&self, nonce: &str) -> String {
        let sources = self.sources().join(" ");
        format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval' {sources}; connect-src 'self' {sources}; \
             style-src 'unsafe-inline' {sources}; img-src data: blob: {sources}; media-src blob: {sources}; \
             font-src data: {sources}; worker-src blob: {sources}; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        )
    }

    fn sources(&self) -> Vec<String> {
        let origin = self.script.origin().ascii_serialization();
        let socket = origin.replacen("http", "ws", 1);
        let siblings = self.script.domain().and_then(parent_domain);
        let siblings = siblings.map(|domain| format!("*.{domain}"));
        let hosts = siblings.iter().chain(&self.hosts);
        let hosts = hosts.flat_map(|host| [format!("https://{host}"), format!("wss://{host}")]);
        [origin, socket].into_iter().chain(hosts).collect()
    }
}

/// Returns the domain that a host shares with its siblings: `reemo.io` for `static.reemo.io`. `None` if that may be a public
/// suffix, under which strangers have their hosts.
fn parent_domain(host: &str) -> Option<&str> {
    let (_, parent) = host.split_once('.')?;
    let is_shared = parent == "reemo.io" || parent.ends_with(".reemo.io");
    is_shared.then_some(parent)
}

/// Escapes JSON so that a browser reads it as a literal inside a script element, whatever text it contains.
fn escape_for_script(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{WebClientPage, escape_for_script};

    fn page(script: &str, hosts: &[&str]) -> WebClientPage {
        WebClientPage {
            title: String::new(),
            script: script.parse().unwrap(),
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        }
    }

    #[test]
    fn json_in_a_script_can_not_end_it() {
        assert_eq!(
            escape_for_script("\"</script><!--&\u{2028}\u{2029}é\""),
            r#""\u003c/script\u003e\u003c!--\u0026\u2028\u2029é""#
        );
    }

    #[test]
    fn the_policy_allows_the_script_its_siblings_and_the_hosts_of_the_setting() {
        for (script, hosts, sources) in [
            (
                "https://static.reemo.io/reemo.min.js",
                &["*.example.com"][..],
                "https://static.reemo.io wss://static.reemo.io https://*.reemo.io wss://*.reemo.io https://*.example.com wss://*.example.com",
            ),
            (
                "https://cdn.example.com:8443/r.js",
                &[],
                "https://cdn.example.com:8443 wss://cdn.example.com:8443",
            ),
            (
                "http://127.0.0.1:4000/r.js",
                &[],
                "http://127.0.0.1:4000 ws://127.0.0.1:4000",
            ),
        ] {
            let policy = page(script, hosts).policy("N");
            assert!(
                policy.contains(&format!("connect-src 'self' {sources};")),
                "{policy}"
            );
            assert!(
                policy.contains(&format!(
                    "script-src 'nonce-N' 'wasm-unsafe-eval' {sources};"
                )),
                "{policy}"
            );
        }
    }
}
