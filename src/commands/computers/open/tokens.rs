//! The tokens that the page was given: what it reports must not repeat them.

use url::{Url, form_urlencoded};

use crate::model::computer::Computer;
use crate::model::json_reader::{decode, elements, members};

/// Shorter texts are no tokens, and would be found in the middle of words.
const MIN_BYTES: usize = 8;
/// What stands in place of a token.
const MASK: &str = "[token]";

/// Texts that may be tokens.
#[derive(Debug, Default)]
pub(super) struct Tokens(Vec<String>);

impl Tokens {
    /// Adds the texts that a computer has since access to it was granted, but neither words nor plain addresses of servers.
    pub(super) fn add(&mut self, before: &Computer, connected: &Computer) {
        self.add_from(connected.text(), before.text());
    }

    fn add_from(&mut self, json: &str, before: &str) {
        match json.as_bytes().first() {
            Some(b'{') => members(json).for_each(|(_, value)| self.add_from(value, before)),
            Some(b'[') => elements(json).for_each(|value| self.add_from(value, before)),
            Some(b'"') => {
                let text = decode(json).unwrap_or_default();
                let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
                if text.len() >= MIN_BYTES
                    && has_digit
                    && !before.contains(&*text)
                    && !is_plain_url(&text)
                {
                    self.push(form_urlencoded::byte_serialize(text.as_bytes()).collect());
                    self.push(text.into_owned());
                }
            }
            _ => {}
        }
    }

    /// Adds a text before those that it may contain.
    fn push(&mut self, text: String) {
        let is_shorter = |other: &String| other.len() < text.len();
        let place = self.0.iter().position(is_shorter);
        self.0.insert(place.unwrap_or(self.0.len()), text);
    }

    /// Returns a text without the tokens.
    pub(super) fn mask(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, token| text.replace(token, MASK))
    }
}

fn is_plain_url(text: &str) -> bool {
    let is_plain = |url: Url| {
        let has_user = !url.username().is_empty() || url.password().is_some();
        url.has_host() && !has_user && url.query().is_none() && url.fragment().is_none()
    };
    Url::parse(text).is_ok_and(is_plain)
}

#[cfg(test)]
mod tests {
    use super::Tokens;
    use crate::model::computer::Computer;

    #[test]
    fn what_is_new_is_masked_also_where_a_url_contains_it() {
        let before = Computer::new(r#"{"id":"1","name":"Reception Paris"}"#);
        let connected = Computer::new(
            r#"{"id":"1","name":"Reception Paris","token":"ab+cd/ef0=","role":"operators","short":"abc1","ttl":1e400,
            "signals":[{"url":"wss://signal.example/v2"},{"url":"wss://signal.example/?t=1234"},"ab+cd/ef0=.more"]}"#,
        );
        let mut tokens = Tokens::default();
        tokens.add(&before, &connected);
        for (text, masked) in [
            (
                "Reception Paris: ab+cd/ef0=, abc1, operators",
                "Reception Paris: [token], abc1, operators",
            ),
            ("x?t=ab%2Bcd%2Fef0%3D&y", "x?t=[token]&y"),
            ("ab+cd/ef0=.more", "[token]"),
            ("wss://signal.example/v2", "wss://signal.example/v2"),
            ("wss://signal.example/?t=1234", "[token]"),
        ] {
            assert_eq!(tokens.mask(text), masked);
        }
    }
}
