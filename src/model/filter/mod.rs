//! Filters: `KEY=VALUE`, `KEY!=VALUE`, `KEY~REGEX`, comparisons such as `KEY<VALUE`, and texts; and what they mean together.

mod comparison;

use std::borrow::Cow;
use std::str::FromStr;

use regex_lite::{Regex, RegexBuilder};

use crate::model::computer::Computer;
use crate::model::filter::comparison::Comparison;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// The properties in which a text is looked for.
const TEXT_PROPERTIES: [&str; 5] = ["name", "hostname", "ip", "id", "_id"];

/// One `--filter` as typed.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    key: String,
    test: Test,
}

/// Where the property of a filter is found, and how its value is compared.
#[derive(Debug, Clone)]
pub(crate) struct FilterKey {
    /// Where it is found.
    pub path: PropertyPath,
    /// Whether its value is compared ignoring case.
    pub ignores_case: bool,
}

#[derive(Debug, Clone)]
enum Test {
    Is(Pattern),
    IsNot(Pattern),
    Matches(Regex),
    Compares(Comparison),
}

/// A value in which `*` matches any text and `?` any one character, unless a backslash precedes them.
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
        let usage = "expected KEY=VALUE, KEY!=VALUE, KEY~REGEX, KEY<VALUE, KEY<=VALUE, KEY>VALUE or KEY>=VALUE, \
                     such as status=OFFLINE";
        let at = text.find(['=', '~', '!', '<', '>']).ok_or(usage)?;
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
        } else if rest.starts_with(['<', '>']) {
            Test::Compares(rest.parse()?)
        } else {
            return Err(usage.to_owned());
        };
        Ok(Self { key, test })
    }
}

impl Test {
    /// Returns the test that a value ignoring case passes, if it is applied to the value in lower case.
    fn in_any_case(self) -> Self {
        match self {
            Self::Is(pattern) => Self::Is(pattern.to_lowercase()),
            Self::IsNot(pattern) => Self::IsNot(pattern.to_lowercase()),
            Self::Matches(regex) => {
                let any_case = RegexBuilder::new(regex.as_str())
                    .case_insensitive(true)
                    .build();
                Self::Matches(any_case.unwrap_or(regex))
            }
            comparison => comparison,
        }
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

    /// Returns the only text that matches, if there are no wildcards.
    fn exact(&self) -> Option<String> {
        let character = |piece: &Piece| match piece {
            Piece::Character(character) => Some(*character),
            _ => None,
        };
        self.0.iter().map(character).collect()
    }

    fn to_lowercase(&self) -> Self {
        let mut pieces = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Character(character) => {
                    pieces.extend(character.to_lowercase().map(Piece::Character));
                }
                wildcard => pieces.push(*wildcard),
            }
        }
        Self(pieces)
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

/// All filters of a command. The same key with `=` again means *or*, everything else means *and*.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filters {
    keys: Vec<KeyTests>,
    /// Texts that must be found in one of [`TEXT_PROPERTIES`], in lower case.
    texts: Vec<String>,
    lookup: Lookup,
}

/// The tests of one key.
#[derive(Debug, Clone)]
struct KeyTests {
    key: String,
    ignores_case: bool,
    tests: Vec<Test>,
}

impl Filters {
    /// Joins filters and texts, each of which must be found, ignoring case, in the name, hostname, ip, id or `_id`. `locate`
    /// says where a key is found, and how its value is compared.
    pub(crate) fn new(
        filters: Vec<Filter>,
        texts: &[String],
        locate: impl Fn(&str) -> FilterKey,
    ) -> Self {
        let mut keys: Vec<KeyTests> = Vec::new();
        let mut paths: Vec<PropertyPath> = Vec::new();
        for Filter { key, test } in filters {
            let position = match keys.iter().position(|known| known.key == key) {
                Some(position) => position,
                None => {
                    let FilterKey { path, ignores_case } = locate(&key);
                    paths.push(path);
                    keys.push(KeyTests {
                        key,
                        ignores_case,
                        tests: Vec::new(),
                    });
                    keys.len() - 1
                }
            };
            let key = &mut keys[position];
            key.tests.push(if key.ignores_case {
                test.in_any_case()
            } else {
                test
            });
        }
        if !texts.is_empty() {
            paths.extend(TEXT_PROPERTIES.map(PropertyPath::new));
        }
        Self {
            keys,
            texts: texts.iter().map(|text| text.to_lowercase()).collect(),
            lookup: Lookup::new(&paths),
        }
    }

    /// Returns the keys, in the order typed.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.key.as_str())
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.texts.is_empty()
    }

    /// Whether a computer satisfies all of them. A property that is absent reads as empty.
    pub(crate) fn fit(&self, computer: &Computer) -> bool {
        if self.is_empty() {
            return true;
        }
        let mut values = self.values(computer);
        let keys_pass = self
            .keys
            .iter()
            .all(|key| values.next().is_some_and(|value| key.passes(&value)));
        if !keys_pass || self.texts.is_empty() {
            return keys_pass;
        }
        let searched: Vec<String> = values.map(|value| value.to_lowercase()).collect();
        let has = |text: &String| searched.iter().any(|value| value.contains(text.as_str()));
        self.texts.iter().all(has)
    }

    /// Returns the first key that a computer does not satisfy, with the value that it has.
    pub(crate) fn misfit(&self, computer: &Computer) -> Option<(&str, String)> {
        let (key, value) = self
            .keys
            .iter()
            .zip(self.values(computer))
            .find(|(key, value)| !key.passes(value))?;
        Some((&key.key, value.into_owned()))
    }

    /// Returns the values of the keys, then those of [`TEXT_PROPERTIES`] if there are texts.
    fn values<'computer>(
        &self,
        computer: &'computer Computer,
    ) -> impl Iterator<Item = Cow<'computer, str>> {
        let values = self.lookup.find(computer.text()).into_iter();
        values.map(|value| value.map(display_text).unwrap_or_default())
    }

    /// Returns the keys that must have one exact, non-empty value, for which an API can search. A value that is compared in
    /// any case is left out, as an API may respect the case, unless it has no letters.
    pub(crate) fn exact(&self) -> impl Iterator<Item = (&str, String)> {
        self.keys.iter().filter_map(|key| {
            let mut patterns = key.tests.iter().filter_map(|test| match test {
                Test::Is(pattern) => Some(pattern),
                _ => None,
            });
            let value = patterns.next()?.exact()?;
            let has_case = key.ignores_case && value.to_lowercase() != value.to_uppercase();
            (patterns.next().is_none() && !value.is_empty() && !has_case)
                .then_some((key.key.as_str(), value))
        })
    }
}

impl KeyTests {
    fn passes(&self, value: &str) -> bool {
        let value = if self.ignores_case {
            Cow::Owned(value.to_lowercase())
        } else {
            Cow::Borrowed(value)
        };
        let (mut has_alternatives, mut one_fits) = (false, false);
        for test in &self.tests {
            let passes = match test {
                Test::Is(pattern) => {
                    has_alternatives = true;
                    one_fits = one_fits || pattern.fits(&value);
                    true
                }
                Test::IsNot(pattern) => !pattern.fits(&value),
                Test::Matches(regex) => regex.is_match(&value),
                Test::Compares(comparison) => comparison.holds(&value),
            };
            if !passes {
                return false;
            }
        }
        one_fits || !has_alternatives
    }
}

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests {
    use super::property_tests::exact_key;
    use super::{Filter, Filters, Pattern};
    use crate::model::computer::Computer;

    fn filters(texts: &[&str]) -> Filters {
        let parsed = texts
            .iter()
            .map(|text| text.parse::<Filter>().unwrap())
            .collect();
        Filters::new(parsed, &[], exact_key)
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
