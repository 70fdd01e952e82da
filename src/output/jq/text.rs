//! Half surrogate pairs: valid as JSON escapes, but no text.

use std::borrow::Cow;

const REPLACEMENT: &str = "\\ufffd";

/// The JSON text with U+FFFD for each half of a surrogate pair that stands alone.
pub(super) fn mended(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") && !json.contains("\\uD") {
        return Cow::Borrowed(json);
    }
    let mut mended = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                mended.push_str(REPLACEMENT);
                rest = &rest[6..];
                continue;
            }
            _ => 2,
        };
        mended.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The code unit of the `\uXXXX` that the text begins with.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn halves_are_replaced_and_pairs_are_kept() {
        for (json, wanted) in [
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\uDE00é""#, r#""\ufffdé""#),
            (r#""\ud83d\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
            (r#""\\ud83d \ud83d\\""#, r#""\\ud83d \ufffd\\""#),
            (r#"{"\ud800":"\n\"\u00e9"}"#, r#"{"\ufffd":"\n\"\u00e9"}"#),
        ] {
            assert_eq!(mended(json), wanted, "{json}");
        }
    }
}
