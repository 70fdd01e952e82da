//! The secret key, as a type that can't be printed by accident, and its removal from text.

use std::borrow::Cow;
use std::fmt;

use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::model::error::{Error, ErrorKind};
use crate::model::json_reader::{decode, string_end};

/// A secret key: printable ASCII, hidden by `Debug`, without `Display`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretKey(String);

impl SecretKey {
    /// Parses the text of a key. White space around it is removed. `from` names the source for messages, which never contain
    /// any of the text.
    ///
    /// # Errors
    /// [`ErrorKind::NoCredentials`] if it is empty, [`ErrorKind::Config`] if it has a character that no HTTP header can contain.
    pub(crate) fn parse(text: &str, from: &str) -> Result<Self, Error> {
        let key = text.trim();
        if key.is_empty() {
            let message = format!("the secret key from {from} is empty");
            return Err(Error::new(ErrorKind::NoCredentials, message));
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = format!(
                "the secret key from {from} has characters other than printable ASCII, so it can't be a Reemo key"
            );
            return Err(Error::new(ErrorKind::Config, message)
                .hint("copy the key once more, on one line and without quotes"));
        }
        Ok(Self(key.to_owned()))
    }

    /// Parses the secret value of a header, which may have spaces in it. Returns `None` if no header can contain it.
    pub(crate) fn from_header_value(text: &str) -> Option<Self> {
        let is_printable = text
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic());
        let is_valid = is_printable && !text.is_empty() && text.trim() == text;
        is_valid.then(|| Self(text.to_owned()))
    }

    /// Returns the key itself, for the `Authorization` header and the config file only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Returns the first 8 hexadecimal digits of the key's SHA-256. They distinguish two keys and reveal neither, because keys
    /// are random and too long to be guessed.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = digest(&SHA256, self.0.as_bytes());
        let digits = hash.as_ref().iter().take(4);
        format!(
            "sha256:{}",
            digits.map(|byte| format!("{byte:02x}")).collect::<String>()
        )
    }

    /// Returns a text with every occurrence of the key replaced.
    pub(crate) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        // Every body is searched, and this search is many times as fast as that of the standard library.
        let is_there = memchr::memmem::find(text.as_bytes(), self.0.as_bytes()).is_some();
        if is_there {
            text.replace(&self.0, REDACTED).into()
        } else {
            text.into()
        }
    }

    /// Returns a text that may be JSON with every occurrence of the key replaced, also where it is written with escapes such as
    /// `\u0073k_…`.
    pub(crate) fn redact_json<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.may_be_escaped(text) {
            return self.redact(text);
        }
        let (mut redacted, mut rest) = (String::new(), text);
        while let Some((before, string, behind)) = next_string(rest) {
            redacted.push_str(before);
            match decode(string).filter(|text| string.contains('\\') && text.contains(&self.0)) {
                Some(text) => redacted.push_str(&Value::from(self.redact(&text)).to_string()),
                None => redacted.push_str(string),
            }
            rest = behind;
        }
        redacted.push_str(rest);
        Cow::Owned(self.redact(&redacted).into_owned())
    }

    /// Whether any escape stands for a character that a key can have. Every body is checked, and most of the escapes in one
    /// are quotes and accents in names.
    fn may_be_escaped(&self, text: &str) -> bool {
        memchr::memchr_iter(b'\\', text.as_bytes()).any(|position| {
            match &text.as_bytes()[position + 1..] {
                // Printable ASCII.
                [b'u', b'0', b'0', b'2'..=b'7', ..] => true,
                [escaped @ (b'"' | b'\\' | b'/'), ..] => self.0.as_bytes().contains(escaped),
                _ => false,
            }
        })
    }
}

/// Returns the first string in a JSON text, quotes included, with what is before and after it.
fn next_string(json: &str) -> Option<(&str, &str, &str)> {
    let start = json.find('"')?;
    let end = string_end(json.as_bytes(), start);
    Some((json.get(..start)?, json.get(start..end)?, json.get(end..)?))
}

/// Replaces every word that begins like a key, `sk_…`. For messages, where it is more important to hide a misplaced key than
/// to show a name that begins like one.
pub(crate) fn mask_keys(text: &str) -> Cow<'_, str> {
    mask(text, |_| true)
}

/// Replaces every word that is very likely a key. For data, where a name such as `sk_bratislava` must not change.
pub(crate) fn mask_likely_keys(text: &str) -> Cow<'_, str> {
    mask(text, |secret| {
        secret.starts_with("live_")
            || secret.starts_with("test_")
            || secret.split(['_', '-']).any(|run| run.len() >= 16)
    })
}

const PREFIX: &str = "sk_";

/// Replaces the words for which `is_key`, which gets what follows the prefix, returns true.
fn mask(text: &str, is_key: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut copied = 0;
    for (start, _) in text.match_indices(PREFIX) {
        let secret = &text[start + PREFIX.len()..];
        let end = secret
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .unwrap_or(secret.len());
        if start >= copied && end > 0 && begins_word(&text[..start]) && is_key(&secret[..end]) {
            masked.push_str(&text[copied..start]);
            masked.push_str(REDACTED);
            copied = start + PREFIX.len() + end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}

/// Whether a word can begin after this text. In JSON it can after an escape such as `\n`, whose letter belongs to no word.
fn begins_word(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some('n' | 'r' | 't' | 'b' | 'f') if back.next() == Some('\\') => true,
        Some(last) => !last.is_alphanumeric() && last != '_',
        None => true,
    }
}

/// What is shown instead of a key.
pub(crate) const REDACTED: &str = "sk_…";

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{SecretKey, mask_keys, mask_likely_keys};

    #[test]
    fn words_that_look_like_keys_are_masked() {
        for (text, in_messages, in_data) in [
            ("sk_live_1", "sk_…", "sk_…"),
            (
                "'sk_live_a-b' and --key=sk_test_2.",
                "'sk_…' and --key=sk_….",
                "'sk_…' and --key=sk_….",
            ),
            ("sk_bratislava_01", "sk_…", "sk_bratislava_01"),
            ("sk_0123456789abcdef", "sk_…", "sk_…"),
            (
                r#"{"a":"x\nsk_live_3"}"#,
                r#"{"a":"x\nsk_…"}"#,
                r#"{"a":"x\nsk_…"}"#,
            ),
            ("sk_sk_live_4", "sk_…", "sk_sk_live_4"),
            (
                "desk_live_12 risk_0123456789abcdef",
                "desk_live_12 risk_0123456789abcdef",
                "desk_live_12 risk_0123456789abcdef",
            ),
            ("sk_… sk_ é", "sk_… sk_ é", "sk_… sk_ é"),
        ] {
            assert_eq!(mask_keys(text), in_messages);
            assert_eq!(mask_likely_keys(text), in_data);
        }
    }

    #[test]
    fn a_key_behind_escapes_is_found() {
        let key = SecretKey::parse("sk_\"1", "a test").unwrap();
        for (text, shown) in [
            (
                r#"{"a":"x\u0073k_\"1\n","b":"\u00e9"}"#,
                r#"{"a":"xsk_…\n","b":"\u00e9"}"#,
            ),
            (r#"["sk_\u00221"]"#, r#"["sk_…"]"#),
            (r#"["\\","\ud800","#, r#"["\\","\ud800","#),
            ("it is sk_\"1 \\", "it is sk_… \\"),
            ("\"\\", "\"\\"),
            ("é\"é\\é", "é\"é\\é"),
        ] {
            assert_eq!(key.redact_json(text), shown);
        }
    }
}
