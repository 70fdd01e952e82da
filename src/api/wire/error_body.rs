//! The text of an error response, in any of the usual forms of body.

use serde_json::value::RawValue;

use crate::model::json_reader::elements;
use crate::model::property::{Lookup, PropertyPath, display_text};
use crate::model::sanitize::escape;

/// How much of an error's text is shown, in characters.
const SHOWN: usize = 300;
/// The properties that contain a text for a person, the most specific first.
const TEXTS: &str = "error message errors error_description detail title reason msg";

/// Returns the text of an error body, escaped and shortened, or `None` if it has none for a person.
pub(crate) fn error_text(content_type: Option<&str>, body: &str) -> Option<String> {
    let body = body.trim();
    let text = match serde_json::from_str::<&RawValue>(body) {
        Ok(json) => from_json(json.get(), 0)?,
        Err(_) if is_html(content_type, body) => html_title(body)?,
        Err(_) => body.to_owned(),
    };
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = escape(&one_line);
    let cut: String = clean.chars().take(SHOWN).collect();
    match (cut.is_empty(), cut.len() < clean.len()) {
        (true, _) => None,
        (false, true) => Some(format!("{cut}…")),
        (false, false) => Some(cut),
    }
}

fn from_json(json: &str, level: usize) -> Option<String> {
    if level > 3 {
        return None;
    }
    match json.as_bytes().first()? {
        b'"' => Some(display_text(json).into_owned()),
        b'[' => {
            let texts: Vec<String> = elements(json)
                .take(5)
                .filter_map(|part| from_json(part, level + 1))
                .collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        b'{' => {
            let paths: Vec<_> = TEXTS.split(' ').map(PropertyPath::new).collect();
            let found = Lookup::new(&paths).find(json);
            found
                .into_iter()
                .flatten()
                .find_map(|value| from_json(value, level + 1))
        }
        _ => None,
    }
}

fn is_html(content_type: Option<&str>, body: &str) -> bool {
    content_type.is_some_and(|value| value.to_ascii_lowercase().contains("html"))
        || body.starts_with('<')
}

/// An HTML page is a gateway's; its title alone is worth a line.
fn html_title(body: &str) -> Option<String> {
    let lower = body.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let open = start + lower[start..].find('>')? + 1;
    let end = open + lower[open..].find("</title")?;
    let title = body[open..end].trim();
    (!title.is_empty()).then(|| format!("an HTML page, titled: {title}"))
}

#[cfg(test)]
mod tests {
    use super::error_text;

    #[test]
    fn every_form_of_error_body() {
        for (body, text) in [
            (r#"{"error":"no"}"#, Some("no")),
            (r#"{"message":"no"}"#, Some("no")),
            (r#"{"error":{"message":"no","code":7}}"#, Some("no")),
            (r#"{"errors":["a",{"message":"b"},3]}"#, Some("a; b")),
            (r#"{"error":true,"message":"no"}"#, Some("no")),
            ("plain\n text\u{1b}[1m", Some("plain text\\u{1b}[1m")),
            (
                "<html><head><TITLE>502 Bad Gateway</TITLE>",
                Some("an HTML page, titled: 502 Bad Gateway"),
            ),
            (
                "<html><title lang=\"fr\">\n 502 </title><title>b</title>",
                Some("an HTML page, titled: 502"),
            ),
            ("<html>", None),
            ("<title> </title>", None),
            ("<title>open", None),
            (r#""just text""#, Some("just text")),
            (r#"["a","b","c","d","e","f"]"#, Some("a; b; c; d; e")),
            ("[3]", None),
            ("7", None),
            (r#"{"error":{"error":{"error":"no"}}}"#, Some("no")),
            (
                r#"{"error":{"error":{"error":{"error":"too deep"}}}}"#,
                None,
            ),
            (r#"[[["no"]]]"#, Some("no")),
            (r#"[[[["too deep"]]]]"#, None),
            (r#"{"error":[[["too deep"]]],"message":"no"}"#, Some("no")),
            ("", None),
            ("{}", None),
        ] {
            assert_eq!(error_text(None, body).as_deref(), text, "{body}");
        }
        for (length, shown) in [(299, 299), (300, 300), (301, 301), (400, 301)] {
            assert_eq!(
                error_text(None, &"é".repeat(length))
                    .unwrap()
                    .chars()
                    .count(),
                shown,
                "{length}"
            );
        }
        // The content type makes a page of what does not begin like one, and text of nothing that does.
        assert_eq!(
            error_text(Some("Text/HTML; charset=x"), "a <title>b</title>").as_deref(),
            Some("an HTML page, titled: b")
        );
        assert_eq!(
            error_text(Some("text/plain"), "a <title>b</title>").as_deref(),
            Some("a <title>b</title>")
        );
        assert_eq!(
            error_text(Some("text/plain"), "<title>b</title>").as_deref(),
            Some("an HTML page, titled: b")
        );
    }
}
