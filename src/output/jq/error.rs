//! What is wrong with an expression, and where; what went wrong with a value, and what kind of value it was.
//!
//! A value itself is not shown, unless it is short and no text: it came from the API, and may hold a token.

use jaq_core::load::{self, lex, parse, span};
use jaq_core::{Exn, compile};
use jaq_json::Val;
use serde_json::value::RawValue;

/// The most of a message that is shown, in characters.
const LONGEST: usize = 200;

/// How messages of the library begin that go on with a value.
const STARTS: [&str; 6] = [
    "cannot use ",
    "cannot index ",
    "cannot calculate ",
    "cannot parse ",
    "cannot convert ",
    "invalid path expression with input ",
];

/// What could not be read.
pub(super) fn load(expression: &str, wrong: load::Errors<&str, ()>) -> String {
    let first = wrong.into_iter().next().map(|(_, error)| error);
    let (text, place) = match first {
        Some(load::Error::Lex(errors)) => match errors.into_iter().next() {
            Some((lex::Expect::Delim(open), found)) => {
                (format!("expected {}", closing(open)), found)
            }
            Some((expected, found)) => (format!("expected a {}", expected.as_str()), found),
            None => return unreadable(),
        },
        Some(load::Error::Parse(errors)) => match errors.into_iter().next() {
            Some((parse::Expect::Nothing, found)) => ("expected nothing more".to_owned(), found),
            Some((parse::Expect::Term, found)) => ("expected a filter".to_owned(), found),
            Some((expected, found)) => (format!("expected {}", expected.as_str()), found),
            None => return unreadable(),
        },
        Some(load::Error::Io(errors)) => match errors.into_iter().next() {
            Some((path, _)) => ("nothing can be imported here".to_owned(), path),
            None => return unreadable(),
        },
        None => return unreadable(),
    };
    format!("{text} {}", at(expression, place))
}

/// What there is not.
pub(super) fn compile(expression: &str, wrong: compile::Errors<&str, ()>) -> String {
    let Some((name, undefined)) = wrong.into_iter().flat_map(|(_, errors)| errors).next() else {
        return unreadable();
    };
    let name_and_arity = match undefined {
        compile::Undefined::Filter(0) => format!("filter {name}"),
        compile::Undefined::Filter(arity) => format!("filter {name} with {arity} arguments"),
        other => format!("{} {name}", other.as_str()),
    };
    format!("there is no {name_and_arity} {}", at(expression, name))
}

/// What ends what was opened.
fn closing(open: &str) -> &str {
    match open {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        same => same,
    }
}

fn unreadable() -> String {
    "the expression can't be read".to_owned()
}

fn at(expression: &str, place: &str) -> String {
    let start = span(expression, place).start;
    match expression.get(..start) {
        Some(before) if start < expression.len() => {
            format!("at character {}", before.chars().count() + 1)
        }
        _ => "at the end".to_owned(),
    }
}

/// A failure while running.
pub(super) fn run(exception: Exn<'_, Val>) -> String {
    let Ok(error) = exception.get_err() else {
        return "the filter ended itself".to_owned();
    };
    let text = match error.into_val() {
        Val::TStr(bytes) => by_kind(&String::from_utf8_lossy(&bytes)),
        other => format!("the filter failed with {}", kind(&other.to_string())),
    };
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The message with kinds in the place of values, where the library put a value into it.
fn by_kind(message: &str) -> String {
    for start in STARTS {
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
            // A property's name, which is the expression's own as a rule.
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

/// The JSON value that the text begins with, and what follows it.
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
