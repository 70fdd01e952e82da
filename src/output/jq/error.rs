//! Messages for a jq expression that does not compile, with the position, and for one that fails on a value.
//!
//! A value itself is not shown unless it is short and not text: it came from the API and may contain a token.

use jaq_core::load::{self, lex, parse, span};
use jaq_core::{Exn, compile};
use jaq_json::Val;
use serde_json::value::RawValue;

/// A longer message is cut. In characters.
const MAX_MESSAGE: usize = 200;

const UNREADABLE: &str = "the expression can't be read";

/// The beginnings of the library's messages that continue with a value.
const BEFORE_VALUE: [&str; 6] = [
    "cannot use ",
    "cannot index ",
    "cannot calculate ",
    "cannot parse ",
    "cannot convert ",
    "invalid path expression with input ",
];

/// Returns the message for an expression with a syntax error.
pub(super) fn load(expression: &str, errors: load::Errors<&str, ()>) -> String {
    match first_error(errors) {
        Some((text, found)) => format!("{text} {}", position(expression, found)),
        None => UNREADABLE.to_owned(),
    }
}

/// Returns what was expected, and the rest of the expression that was found instead.
fn first_error(errors: load::Errors<&str, ()>) -> Option<(String, &str)> {
    Some(match errors.into_iter().next()?.1 {
        load::Error::Lex(errors) => match errors.into_iter().next()? {
            (lex::Expect::Delim(open), found) => (format!("expected {}", closing(open)), found),
            (expected, found) => (format!("expected a {}", expected.as_str()), found),
        },
        load::Error::Parse(errors) => match errors.into_iter().next()? {
            (parse::Expect::Nothing, found) => ("expected nothing more".to_owned(), found),
            (parse::Expect::Term, found) => ("expected a filter".to_owned(), found),
            (expected, found) => (format!("expected {}", expected.as_str()), found),
        },
        load::Error::Io(errors) => {
            let (path, _) = errors.into_iter().next()?;
            ("nothing can be imported here".to_owned(), path)
        }
    })
}

/// Returns the message for an expression that uses something undefined.
pub(super) fn compile(expression: &str, errors: compile::Errors<&str, ()>) -> String {
    let Some((name, undefined)) = errors.into_iter().flat_map(|(_, errors)| errors).next() else {
        return UNREADABLE.to_owned();
    };
    let name_and_arity = match undefined {
        compile::Undefined::Filter(0) => format!("filter {name}"),
        compile::Undefined::Filter(arity) => format!("filter {name} with {arity} arguments"),
        other => format!("{} {name}", other.as_str()),
    };
    format!(
        "there is no {name_and_arity} {}",
        position(expression, name)
    )
}

/// Returns the bracket that closes another one. A quote closes itself.
fn closing(open: &str) -> &str {
    match open {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        same => same,
    }
}

fn position(expression: &str, part: &str) -> String {
    let start = span(expression, part).start;
    match expression.get(..start) {
        Some(before) if start < expression.len() => {
            format!("at character {}", before.chars().count() + 1)
        }
        _ => "at the end".to_owned(),
    }
}

/// Returns the message for an error at run time.
pub(super) fn run(exception: Exn<'_, Val>) -> String {
    let Ok(error) = exception.get_err() else {
        return "the filter ended itself".to_owned();
    };
    let text = match error.into_val() {
        Val::TStr(bytes) => without_values(&String::from_utf8_lossy(&bytes)),
        other => format!("the filter failed with {}", kind(&other.to_string())),
    };
    let mut shown: String = text.chars().take(MAX_MESSAGE).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Returns a message of the library with types in place of the values in it.
fn without_values(message: &str) -> String {
    for start in BEFORE_VALUE {
        let Some((first, rest)) = message.strip_prefix(start).and_then(value) else {
            continue;
        };
        let second = rest.char_indices().find_map(|(at, character)| {
            (character == ' ')
                .then(|| value(&rest[at + 1..]))
                .flatten()
                .map(|(second, rest)| (at, second, rest))
        });
        return match second {
            // A property's name, which usually comes from the expression.
            Some((at, second, "")) if start == "cannot index " => {
                format!("{start}{} {}{second}", kind(first), &rest[1..=at])
            }
            Some((at, second, "")) => {
                format!("{start}{}{} {}", kind(first), &rest[..at], kind(second))
            }
            _ => format!("{start}{}{rest}", kind(first)),
        };
    }
    message.to_owned()
}

/// Returns the JSON value that the text begins with, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let value = stream.next()?.ok()?.get();
    Some((value, &text[stream.byte_offset()..]))
}

fn kind(json: &str) -> String {
    match json.as_bytes().first() {
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "an array".to_owned(),
        Some(b'"') => "a string".to_owned(),
        Some(b't' | b'f') => format!("a boolean ({json})"),
        Some(b'n') => "null".to_owned(),
        _ => format!("a number ({json})"),
    }
}
