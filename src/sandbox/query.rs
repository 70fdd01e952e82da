//! Reading the text of a URL: percent-encoding and the pairs of a query. Whatever was sent comes out as some text.

/// The pairs of a query, decoded, in the order in which they were sent.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let sent = query.split('&').filter(|pair| !pair.is_empty());
    sent.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let text = |part: &str| decode(&part.replace('+', " "));
        (text(name), text(value))
    })
    .collect()
}

/// Undoes percent-encoding. A `%` that begins no escape stands for itself; bytes that are not UTF-8 become `U+FFFD`.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &rest[3..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_sent_comes_out_as_text() {
        for (sent, text) in [
            ("a%20b", "a b"),
            ("%C3%A9", "é"),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz%41", "%zzA"),
            ("%ff", "\u{fffd}"),
            ("%00", "\0"),
            ("a+b", "a+b"),
        ] {
            assert_eq!(decode(sent), text);
        }
    }

    #[test]
    fn pairs_keep_their_order_and_need_no_value() {
        let expected = [("name", "a b=c"), ("name", "d"), ("x", ""), ("", "y")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs("name=a+b=c&name=d&&x&=y"), expected);
        assert!(pairs("").is_empty());
    }
}
