use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

use super::{Filter, FilterKey, Filters, Pattern, Piece};
use crate::model::computer::Computer;
use crate::model::samples;

/// A key whose value is compared exactly.
pub(super) fn exact_key(key: &str) -> FilterKey {
    FilterKey {
        path: key.into(),
        ignores_case: false,
    }
}

/// What a pattern means, said in the plainest way; takes exponential time.
fn fits(pattern: &[Piece], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Piece::AnyText, after @ ..], _) => {
            fits(after, text) || (!text.is_empty() && fits(pattern, &text[1..]))
        }
        ([Piece::AnyCharacter, after @ ..], [_, rest @ ..]) => fits(after, rest),
        ([Piece::Character(wanted), after @ ..], [first, rest @ ..]) => {
            wanted == first && fits(after, rest)
        }
        _ => false,
    }
}

/// Few letters, so that matches happen.
fn short(u: &mut Unstructured<'_>, letters: &[char], most: usize) -> Result<String> {
    (0..u.int_in_range(0..=most)?)
        .map(|_| u.choose(letters).copied())
        .collect()
}

#[test]
fn wildcards_mean_what_the_plain_model_says() {
    arbtest(|u| {
        let pattern = Pattern::new(&short(u, &['a', 'b', 'é', '*', '*', '?', '\\'], 8)?);
        let text = short(u, &['a', 'b', 'é', '*', '\\'], 8)?;
        let characters: Vec<char> = text.chars().collect();
        assert_eq!(
            pattern.fits(&text),
            fits(&pattern.0, &characters),
            "{pattern:?} on {text:?}"
        );
        if let Some(only) = pattern.exact() {
            assert_eq!(pattern.fits(&text), only == text);
        }
        Ok(())
    });
}

#[test]
fn any_text_with_its_signs_escaped_fits_itself_alone() {
    arbtest(|u| {
        let (text, other) = (samples::text(u, 12)?, samples::text(u, 12)?);
        let escaped = text
            .replace('\\', "\\\\")
            .replace('*', "\\*")
            .replace('?', "\\?");
        let pattern = Pattern::new(&escaped);
        assert_eq!(pattern.exact().as_ref(), Some(&text));
        assert!(pattern.fits(&text));
        assert_eq!(pattern.fits(&other), other == text);
        Ok(())
    });
}

#[test]
fn a_hostile_pattern_takes_no_time() {
    let pattern = Pattern::new(&format!("{}b", "*a".repeat(400)));
    assert!(!pattern.fits(&"a".repeat(4000)));
}

#[test]
fn the_same_key_means_or_and_all_else_means_and() {
    const VALUES: [&str; 4] = ["", "a", "b", "ab"];
    const KEYS: [&str; 3] = ["k", "l", "m"];
    arbtest(|u| {
        // A value for each key, and filters as (key, sign, value).
        let computer: Vec<&str> = KEYS
            .iter()
            .map(|_| u.choose(&VALUES).copied())
            .collect::<Result<_>>()?;
        let one = |u: &mut Unstructured<'_>| {
            Ok((
                u.choose_index(3)?,
                *u.choose(&["=", "!=", "~"])?,
                *u.choose(&VALUES)?,
            ))
        };
        let typed = (0..u.int_in_range(0..=6)?)
            .map(|_| one(u))
            .collect::<Result<Vec<(usize, &str, &str)>>>()?;
        let wanted = (0..3).all(|key| {
            let of_key = |sign: &str| {
                typed
                    .iter()
                    .filter(|(of, is, _)| *of == key && *is == sign)
                    .map(|(_, _, value)| *value)
                    .collect::<Vec<_>>()
            };
            let is = of_key("=");
            (is.is_empty() || is.contains(&computer[key]))
                && !of_key("!=").contains(&computer[key])
                && of_key("~").iter().all(|part| computer[key].contains(part))
        });
        let parsed = typed.iter().map(|(key, sign, value)| {
            format!("{}{sign}{value}", KEYS[*key])
                .parse::<Filter>()
                .unwrap()
        });
        let filters = Filters::new(parsed.collect(), &[], exact_key);
        let members: Vec<String> = KEYS
            .iter()
            .zip(&computer)
            .map(|(key, value)| format!("\"{key}\":\"{value}\""))
            .collect();
        let json = format!("{{{}}}", members.join(","));
        assert_eq!(
            filters.fit(&Computer::new(json.as_str())),
            wanted,
            "{typed:?} on {json}"
        );
        Ok(())
    });
}

#[test]
fn any_text_is_a_filter_or_an_error() {
    arbtest(|u| {
        let (typed, json) = (samples::text(u, 16)?, samples::json(u, 2)?);
        if let Ok(filter) = typed.parse::<Filter>() {
            let filters = Filters::new(vec![filter], &[], exact_key);
            assert_eq!(filters.keys().count(), 1);
            filters.fit(&Computer::new(json.as_str()));
        }
        Ok(())
    });
}
