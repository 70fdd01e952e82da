//! `test`, `match`, `capture`, `scan`, `split`, `sub` and `gsub`, by the engine of `--filter KEY~REGEX`.
//!
//! The library defines them all by the three functions here.

use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Cv, RunPtr};
use jaq_json::{Error, Val};
use regex_lite::{Captures, Regex, RegexBuilder};

use crate::output::jq::program::Data;

/// The letters behind a regex, in jq's meaning.
struct RegexFlags<'text>(&'text str);

impl RegexFlags<'_> {
    fn has(&self, letters: &[char]) -> bool {
        self.0.contains(letters)
    }

    fn build(&self, pattern: &str) -> Result<Regex, Error> {
        if let Some(unknown) = self.0.chars().find(|letter| !"gnimslxp".contains(*letter)) {
            return Err(Error::str(format!("a regex has no flag {unknown}")));
        }
        RegexBuilder::new(pattern)
            .case_insensitive(self.has(&['i']))
            .multi_line(self.has(&['m', 'p']))
            .dot_matches_new_line(self.has(&['s', 'p']))
            .swap_greed(self.has(&['l']))
            .ignore_whitespace(self.has(&['x']))
            .build()
            .map_err(|error| Error::str(format!("the regex can't be used: {error}")))
    }
}

/// What of a text is wanted: what lies between the matches, the matches, or both in turn.
#[derive(Clone, Copy)]
struct Wanted {
    between: bool,
    matches: bool,
}

pub(super) fn functions() -> impl Iterator<Item = Fun<Data>> {
    let functions: [(&'static str, RunPtr<Data>); 3] = [
        ("matches", |cv| {
            bome(search(
                cv,
                Wanted {
                    between: false,
                    matches: true,
                },
            ))
        }),
        ("split_matches", |cv| {
            bome(search(
                cv,
                Wanted {
                    between: true,
                    matches: true,
                },
            ))
        }),
        ("split_", |cv| {
            bome(search(
                cv,
                Wanted {
                    between: true,
                    matches: false,
                },
            ))
        }),
    ];
    functions
        .into_iter()
        .map(|(name, function)| run::<Data>((name, v(2), function)))
}

fn search(mut cv: Cv<'_, Data>, wanted: Wanted) -> Result<Val, Error> {
    let flags = text(&cv.0.pop_var())?;
    let pattern = text(&cv.0.pop_var())?;
    let subject = text(&cv.1)?;
    let flags = RegexFlags(&flags);
    let regex = flags.build(&pattern)?;
    let mut found: Vec<Val> = Vec::new();
    let mut end = 0;
    for captures in regex.captures_iter(&subject) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if flags.has(&['n']) && whole.is_empty() {
            continue;
        }
        if wanted.between {
            found.push(owned(&subject[end..whole.start()]));
            end = whole.end();
        }
        if wanted.matches {
            found.push(groups(&regex, &captures, &subject));
        }
        if !flags.has(&['g']) {
            break;
        }
    }
    if wanted.between {
        found.push(owned(&subject[end..]));
    }
    Ok(found.into_iter().collect())
}

/// The whole match and the groups that took part in it; offsets and lengths count characters.
fn groups(regex: &Regex, captures: &Captures<'_>, subject: &str) -> Val {
    let group = |(place, name): (usize, Option<&str>)| {
        let group = captures.get(place)?;
        let mut fields = vec![
            (
                owned("offset"),
                Val::from(subject[..group.start()].chars().count()),
            ),
            (owned("length"), Val::from(group.as_str().chars().count())),
            (owned("string"), owned(group.as_str())),
        ];
        fields.extend(name.map(|name| (owned("name"), owned(name))));
        Some(Val::obj(fields.into_iter().collect()))
    };
    regex
        .capture_names()
        .enumerate()
        .filter_map(group)
        .collect()
}

fn owned(text: &str) -> Val {
    Val::from(text.to_owned())
}

fn text(value: &Val) -> Result<String, Error> {
    match value {
        Val::TStr(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        other => Err(Error::typ(other.clone(), "string")),
    }
}
