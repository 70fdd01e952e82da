//! `--filter`: `KEY=VALUE`, `KEY!=VALUE`, `KEY~REGEX`, and what they mean together.

use std::borrow::Cow;
use std::str::FromStr;

use regex_lite::Regex;

use crate::model::computer::Computer;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// One `--filter` as typed.
#[derive(Debug, Clone)]
pub struct Filter {
    key: String,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    Is(Pattern),
    IsNot(Pattern),
    Matches(Regex),
}

/// A value in which `*` stands for any text and `?` for any one character; a backslash takes their meaning away.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Character(char),
    AnyCharacter,
    AnyText,
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let usage = "expected KEY=VALUE, KEY!=VALUE or KEY~REGEX, such as status=OFFLINE";
        let at = text.find(['=', '~', '!']).ok_or(usage)?;
        let (key, rest) = text.split_at(at);
        let key = key.trim().to_owned();
        if key.is_empty() {
            return Err(format!("the property's name is missing; {usage}"));
        }
        let test = if let Some(value) = rest.strip_prefix("!=") {
            Test::IsNot(Pattern::new(value))
        } else if let Some(value) = rest.strip_prefix('=') {
            Test::Is(Pattern::new(value))
        } else if let Some(value) = rest.strip_prefix('~') {
            Test::Matches(
                Regex::new(value).map_err(|error| format!("not a regular expression: {error}"))?,
            )
        } else {
            return Err(usage.to_owned());
        };
        Ok(Self { key, test })
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            pieces.push(match character {
                '*' => Piece::AnyText,
                '?' => Piece::AnyCharacter,
                '\\' => match characters.clone().next() {
                    Some(next @ ('*' | '?' | '\\')) => {
                        characters.next();
                        Piece::Character(next)
                    }
                    _ => Piece::Character('\\'),
                },
                other => Piece::Character(other),
            });
        }
        Self(pieces)
    }

    /// The text that alone fits, where there are no wildcards.
    fn exact(&self) -> Option<String> {
        let character = |piece: &Piece| {
            if let Piece::Character(character) = piece {
                Some(*character)
            } else {
                None
            }
        };
        self.0.iter().map(character).collect()
    }

    /// Greedy matching with one point to return to, so the time is at most length times length.
    fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut piece, mut position) = (0, 0);
        let mut resume = None;
        while position < text.len() {
            match self.0.get(piece) {
                Some(Piece::AnyText) => {
                    piece += 1;
                    resume = Some((piece, position));
                    continue;
                }
                Some(Piece::AnyCharacter) => {}
                Some(Piece::Character(character)) if *character == text[position] => {}
                _ => {
                    let Some((after, taken)) = resume else {
                        return false;
                    };
                    position = taken + 1;
                    piece = after;
                    resume = Some((after, position));
                    continue;
                }
            }
            (piece, position) = (piece + 1, position + 1);
        }
        self.0[piece..].iter().all(|piece| *piece == Piece::AnyText)
    }
}

/// All filters of a command: the same key with `=` again means *or*, everything else means *and*.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Each key with its tests, in the order typed.
    keys: Vec<(String, Vec<Test>)>,
    lookup: Lookup,
}

impl Filters {
    /// Joins filters; `path` says where a key is found, since some properties have several spellings.
    pub fn new(filters: Vec<Filter>, path: impl Fn(&str) -> PropertyPath) -> Self {
        let mut keys: Vec<(String, Vec<Test>)> = Vec::new();
        for Filter { key, test } in filters {
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, tests)) => tests.push(test),
                None => keys.push((key, vec![test])),
            }
        }
        let paths: Vec<PropertyPath> = keys.iter().map(|(key, _)| path(key)).collect();
        Self {
            keys,
            lookup: Lookup::new(&paths),
        }
    }

    /// The keys, in the order typed.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(key, _)| key.as_str())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a computer satisfies all of them. A property that is absent reads as empty.
    pub fn fit(&self, computer: &Computer) -> bool {
        self.is_empty() || self.first_misfit(computer).is_none()
    }

    /// The first key that a computer does not satisfy, with the value that it has.
    pub fn misfit(&self, computer: &Computer) -> Option<(&str, String)> {
        let (place, value) = self.first_misfit(computer)?;
        Some((&self.keys[place].0, value.into_owned()))
    }

    /// The place of the first key that is not satisfied.
    fn first_misfit<'a>(&self, computer: &'a Computer) -> Option<(usize, Cow<'a, str>)> {
        let values = self.lookup.find(computer.text());
        self.keys
            .iter()
            .zip(values)
            .map(|((_, tests), value)| (tests, value.map(display_text).unwrap_or_default()))
            .enumerate()
            .find(|(_, (tests, value))| !all_pass(tests, value))
            .map(|(place, (_, value))| (place, value))
    }

    /// The keys that ask for one exact, non-empty value: what an API could be asked to look for.
    pub fn exact(&self) -> impl Iterator<Item = (&str, String)> {
        self.keys.iter().filter_map(|(key, tests)| {
            let mut values = tests.iter().filter_map(|test| {
                if let Test::Is(pattern) = test {
                    Some(pattern.exact())
                } else {
                    None
                }
            });
            let value = values.next()??;
            (values.next().is_none() && !value.is_empty()).then_some((key.as_str(), value))
        })
    }
}

/// Whether a value passes the tests of one key.
fn all_pass(tests: &[Test], value: &str) -> bool {
    let mut alternatives = tests
        .iter()
        .filter_map(|test| {
            if let Test::Is(pattern) = test {
                Some(pattern)
            } else {
                None
            }
        })
        .peekable();
    let one_fits = alternatives.peek().is_none() || alternatives.any(|pattern| pattern.fits(value));
    one_fits
        && tests.iter().all(|test| match test {
            Test::Is(_) => true,
            Test::IsNot(pattern) => !pattern.fits(value),
            Test::Matches(regex) => regex.is_match(value),
        })
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::{Filter, Filters, Pattern};
    use crate::model::computer::Computer;
    use crate::model::property::PropertyPath;

    fn filters(texts: &[&str]) -> Filters {
        let parsed = texts
            .iter()
            .map(|text| text.parse::<Filter>().unwrap())
            .collect();
        Filters::new(parsed, |key| PropertyPath::new(key))
    }

    #[test]
    fn wildcards() {
        for (pattern, text, fits) in [
            ("PAR-*", "PAR-01", true),
            ("PAR-*", "LYO-01", false),
            ("*-0?", "PAR-01", true),
            ("*-0?", "PAR-011", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b", "abab", true),
            ("*a*b", "aba", false),
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("é?", "éü", true),
            ("a\\b", "a\\b", true),
        ] {
            assert_eq!(
                Pattern::new(pattern).fits(text),
                fits,
                "{pattern} on {text}"
            );
        }
    }

    #[test]
    fn or_and_not() {
        let computer = Computer::new(
            r#"{"name":"a","os":"Linux","screens":[{"w":1920}],"n":1.10,"note":null}"#,
        );
        for (texts, fits) in [
            (&["name=a"][..], true),
            (&["name=b", "name=a"], true),
            (&["name=b", "os=Linux"], false),
            (&["name!=b", "name!=a"], false),
            (&["os~^Lin", "os!=x"], true),
            (&["screens.0.w=1920"], true),
            (&["n=1.10"], true),
            (&["n=1.1"], false),
            (&["absent="], true),
            (&["note="], true),
            (&["absent!=x"], true),
            (&["name=a", "name=b", "name~z"], false),
        ] {
            assert_eq!(filters(texts).fit(&computer), fits, "{texts:?}");
        }
    }

    #[test]
    fn only_one_exact_value_is_worth_sending() {
        let all = filters(&[
            "name=a",
            "hostname=b*",
            "ip=1",
            "ip=2",
            "os=\\*",
            "x=",
            "y!=1",
        ]);
        assert_eq!(
            all.exact().collect::<Vec<_>>(),
            [("name", "a".to_owned()), ("os", "*".to_owned())]
        );
    }

    #[test]
    fn keys_are_told_once_in_the_order_typed() {
        let all = filters(&["b=1", "a!=2", "b=3"]);
        assert_eq!(
            (all.keys().collect::<Vec<_>>(), all.is_empty()),
            (vec!["b", "a"], false)
        );
        let none = Filters::default();
        assert_eq!(
            (
                none.keys().count(),
                none.is_empty(),
                none.fit(&Computer::new("{}"))
            ),
            (0, true, true)
        );
    }

    #[test]
    fn malformed_filters_say_what_is_expected() {
        for text in ["name", "=a", "name!a", "name~("] {
            assert!(text.parse::<Filter>().is_err(), "{text}");
        }
        // The first sign counts, so a value may contain any of them.
        assert!(filters(&["name=a!=b~c"]).fit(&Computer::new(r#"{"name":"a!=b~c"}"#)));
    }
}
