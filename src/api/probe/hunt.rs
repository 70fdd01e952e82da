//! Finding the one name among several that has an effect.

/// What a search for a name came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found<T> {
    /// This one, which the answers prove.
    Is(T),
    /// None of those that were tried, which the answers prove.
    Nothing,
    /// The answers prove nothing.
    Unknown,
}

/// Returns the name for which `works`, which says `None` if its answer proves nothing.
///
/// If several names can be tried `together`, all of them are, then halves: few requests find the one.
pub(super) fn hunt<'name>(
    names: &[&'name str],
    together: bool,
    works: &mut dyn FnMut(&[&str]) -> Option<bool>,
) -> Found<&'name str> {
    if together {
        return by_halves(names, works);
    }
    let mut nothing = Found::Nothing;
    for name in names {
        match works(&[*name]) {
            Some(true) => return Found::Is(name),
            Some(false) => {}
            None => nothing = Found::Unknown,
        }
    }
    nothing
}

fn by_halves<'name>(
    names: &[&'name str],
    works: &mut dyn FnMut(&[&str]) -> Option<bool>,
) -> Found<&'name str> {
    let mut left = names;
    let mut is_proven = match works(left) {
        Some(true) => true,
        Some(false) => return Found::Nothing,
        None => return Found::Unknown,
    };
    while left.len() > 1 {
        let (first, second) = left.split_at(left.len().div_ceil(2));
        (left, is_proven) = match works(first) {
            Some(true) => (first, true),
            Some(false) => (second, false),
            None => return Found::Unknown,
        };
    }
    match left {
        [name] if is_proven || works(left) == Some(true) => Found::Is(name),
        _ => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, hunt};

    const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

    #[test]
    fn every_name_is_found_either_way() {
        for name in NAMES {
            for (together, most) in [(true, 5), (false, 7)] {
                let mut asked = 0;
                let found = hunt(&NAMES, together, &mut |tried| {
                    asked += 1;
                    Some(tried.contains(&name))
                });
                assert_eq!(found, Found::Is(name));
                assert!(asked <= most, "{name}: {asked} requests");
            }
        }
    }

    #[test]
    fn what_is_not_proven_is_not_found() {
        for together in [true, false] {
            assert_eq!(hunt(&NAMES, together, &mut |_| Some(false)), Found::Nothing);
            assert_eq!(hunt(&NAMES, together, &mut |_| None), Found::Unknown);
        }
        // Two names that only work together are none of them.
        let both = |tried: &[&str]| Some(tried.contains(&"a") && tried.contains(&"g"));
        assert_eq!(hunt(&NAMES, true, &mut { both }), Found::Unknown);
    }
}
