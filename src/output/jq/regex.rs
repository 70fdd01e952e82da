//! `test`, `match`, `capture`, `scan`, `split`, `sub` and `gsub`, by the engine of `--filter KEY~REGEX`.
//!
//! The library defines them all by the three functions here. Its own implementation of these can't be had without dates and
//! trigonometry, which are left out for their size.

use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Cv, RunPtr};
use jaq_json::{Error, Val};
use regex_lite::{Captures, Regex, RegexBuilder};

use crate::output::jq::value::Data;

pub(super) fn functions() -> impl Iterator<Item = Fun<Data>> {
    let functions: [(&'static str, RunPtr<Data>); 3] = [
        ("matches", |cv| bome(search(cv, false, true))),
        ("split_matches", |cv| bome(search(cv, true, true))),
        ("split_", |cv| bome(search(cv, true, false))),
    ];
    functions
        .into_iter()
        .map(|(name, function)| run::<Data>((name, v(2), function)))
}

/// Searches a text. Returns the parts between the matches, the matches, or both in turn.
fn search(mut cv: Cv<'_, Data>, between: bool, matches: bool) -> Result<Val, Error> {
    let flags = text(&cv.0.pop_var())?;
    let pattern = text(&cv.0.pop_var())?;
    let subject = text(&cv.1)?;
    let regex = compile(&pattern, &flags)?;
    let mut found: Vec<Val> = Vec::new();
    let mut end = 0;
    for captures in regex.captures_iter(&subject) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if flags.contains('n') && whole.is_empty() {
            continue;
        }
        if between {
            found.push(string(&subject[end..whole.start()]));
            end = whole.end();
        }
        if matches {
            found.push(groups(&regex, &captures, &subject));
        }
        if !flags.contains('g') {
            break;
        }
    }
    if between {
        found.push(string(&subject[end..]));
    }
    Ok(found.into_iter().collect())
}

/// Compiles a pattern. The flags are jq's.
fn compile(pattern: &str, flags: &str) -> Result<Regex, Error> {
    if let Some(unknown) = flags.chars().find(|flag| !"gnimslxp".contains(*flag)) {
        return Err(Error::str(format!("a regex has no flag {unknown}")));
    }
    RegexBuilder::new(pattern)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains(['m', 'p']))
        .dot_matches_new_line(flags.contains(['s', 'p']))
        .swap_greed(flags.contains('l'))
        .ignore_whitespace(flags.contains('x'))
        .build()
        .map_err(|error| Error::str(format!("the regex can't be used: {error}")))
}

/// Returns the whole match and the groups that took part in it. Offsets and lengths count characters.
fn groups(regex: &Regex, captures: &Captures<'_>, subject: &str) -> Val {
    let group = |(place, name): (usize, Option<&str>)| {
        let group = captures.get(place)?;
        let count = |text: &str| Val::from(text.chars().count());
        let mut fields = vec![
            (string("offset"), count(&subject[..group.start()])),
            (string("length"), count(group.as_str())),
            (string("string"), string(group.as_str())),
        ];
        fields.extend(name.map(|name| (string("name"), string(name))));
        Some(Val::obj(fields.into_iter().collect()))
    };
    let names = regex.capture_names().enumerate();
    names.filter_map(group).collect()
}

fn string(text: &str) -> Val {
    Val::from(text.to_owned())
}

fn text(value: &Val) -> Result<String, Error> {
    match value {
        Val::TStr(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        other => Err(Error::typ(other.clone(), "string")),
    }
}
