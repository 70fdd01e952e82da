//! Finds properties in the JSON text of an object without decoding the rest of it.

use std::borrow::Cow;

pub(crate) use crate::model::json_reader::Names;
use crate::model::json_reader::{decode, elements, members};

/// The path of a property: a name, or names and positions joined by dots (`screens.0.w`), possibly under several spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PropertyPath {
    alternatives: Vec<Vec<String>>,
    /// Whether a property of the name in another case is found, if there is none of the exact name.
    any_case: bool,
}

impl PropertyPath {
    /// Creates a path as the user spelled it. A property whose own name has dots is found too.
    pub(crate) fn new(spelled: impl Into<String>) -> Self {
        let spelled = spelled.into();
        let mut alternatives = vec![vec![spelled.clone()]];
        if spelled.contains('.') {
            alternatives.push(spelled.split('.').map(str::to_owned).collect());
        }
        Self {
            alternatives,
            any_case: false,
        }
    }

    /// Finds a property whose last name differs in case too, if there is none with the exact name.
    #[must_use]
    pub(crate) fn in_any_case(self) -> Self {
        Self {
            any_case: true,
            ..self
        }
    }

    /// Adds a spelling, for objects that have no property with an earlier one.
    #[must_use]
    pub(crate) fn or(mut self, other: &str) -> Self {
        self.alternatives
            .extend(PropertyPath::new(other).alternatives);
        self
    }

    /// Returns the path within the object that is the property `outer`.
    #[must_use]
    pub(crate) fn within(mut self, outer: &str) -> Self {
        for alternative in &mut self.alternatives {
            alternative.insert(0, outer.to_owned());
        }
        self
    }
}

impl From<&str> for PropertyPath {
    fn from(spelled: &str) -> Self {
        Self::new(spelled)
    }
}

/// Several paths, looked up in one pass over an object's text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup {
    /// For each path its alternatives: the place of the outermost name in `heads`, then the names below it.
    paths: Vec<Vec<(usize, Vec<String>)>>,
    /// The paths whose last name is looked for ignoring case, by their positions.
    any_case: Vec<Option<Vec<String>>>,
    heads: Names,
}

impl Lookup {
    /// Prepares the lookup of these paths.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a PropertyPath>) -> Self {
        let paths: Vec<&PropertyPath> = paths.into_iter().collect();
        let split = || {
            paths.iter().map(|path| {
                path.alternatives
                    .iter()
                    .filter_map(|names| names.split_first())
            })
        };
        let heads = Names::new(split().flatten().map(|(head, _)| head));
        let placed =
            |(head, below): (&String, &[String])| Some((heads.place(head)?, below.to_vec()));
        Self {
            paths: split()
                .map(|alternatives| alternatives.filter_map(placed).collect())
                .collect(),
            any_case: paths
                .iter()
                .map(|path| path.alternatives.first().filter(|_| path.any_case).cloned())
                .collect(),
            heads,
        }
    }

    /// Whether one of the paths begins with the property of this name.
    pub(crate) fn reads(&self, name: &str) -> bool {
        self.heads.place(name).is_some()
    }

    /// Returns the JSON texts of the values, in the order of the paths. `None` for a property that the object does not have.
    pub(crate) fn find<'json>(&self, object: &'json str) -> Vec<Option<&'json str>> {
        let members = self.heads.find(object);
        let at = |(head, below): &(usize, Vec<String>)| {
            let outermost = members.get(*head).copied().flatten()?;
            below
                .iter()
                .try_fold(outermost, |value, name| descend(value, name))
        };
        let found = |(alternatives, any_case): (&Vec<_>, &Option<Vec<String>>)| {
            let value = alternatives.iter().find_map(at);
            value.or_else(|| find_in_any_case(object, any_case.as_deref()?))
        };
        self.paths.iter().zip(&self.any_case).map(found).collect()
    }
}

/// Returns the value of the first property that has the last name of the path ignoring case.
fn find_in_any_case<'json>(object: &'json str, path: &[String]) -> Option<&'json str> {
    let (name, outer) = path.split_last()?;
    let inner = outer
        .iter()
        .try_fold(object, |value, name| descend(value, name))?;
    members(inner)
        .find(|(member, _)| member.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Returns a JSON value as text for people and filters: a string without its quotes, and nothing for `null`.
pub(crate) fn display_text(value: &str) -> Cow<'_, str> {
    match value.as_bytes().first() {
        Some(b'"') => decode(value).unwrap_or(Cow::Borrowed(value)),
        Some(b'n') => Cow::Borrowed(""),
        _ => Cow::Borrowed(value),
    }
}

/// Returns the first of these properties that an object has, for people, with its position in `names`. Stops at the first
/// name, without reading the rest of the object.
pub(crate) fn first<'json>(object: &'json str, names: &[&str]) -> Option<(usize, Cow<'json, str>)> {
    if let Some(text) = names.first().and_then(|name| leading(object, name)) {
        return Some((0, Cow::Borrowed(text)));
    }
    let mut found: Option<(usize, &str)> = None;
    for (name, value) in members(object) {
        if let Some(place) = names.iter().position(|wanted| *wanted == name)
            && found.is_none_or(|(known, _)| place < known)
        {
            found = Some((place, value));
            if place == 0 {
                break;
            }
        }
    }
    found.map(|(place, value)| (place, display_text(value)))
}

/// Returns the text of an object's first property if it has this name and no white space or escapes, as most APIs write it.
/// Each row of a listing is read this way, usually for a leading `id`, and it is many times as fast as a scanner.
fn leading<'json>(object: &'json str, name: &str) -> Option<&'json str> {
    let text = object
        .strip_prefix("{\"")?
        .strip_prefix(name)?
        .strip_prefix("\":\"")?;
    let end = memchr::memchr2(b'"', b'\\', text.as_bytes())?;
    text[end..].starts_with('"').then(|| &text[..end])
}

/// Returns the names of an object's own properties, in their order.
pub(crate) fn names(object: &str) -> Vec<String> {
    members(object).map(|(name, _)| name.into_owned()).collect()
}

fn descend<'json>(value: &'json str, name: &str) -> Option<&'json str> {
    match value.as_bytes().first()? {
        b'{' => members(value)
            .filter(|(member, _)| member == name)
            .last()
            .map(|(_, value)| value),
        b'[' => elements(value).nth(name.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod property_tests;

#[cfg(test)]
mod tests {
    use super::{Lookup, PropertyPath, display_text, names};

    fn look(object: &str, path: &str) -> Option<String> {
        Lookup::new([&PropertyPath::new(path)]).find(object)[0]
            .map(|value| display_text(value).into_owned())
    }

    #[test]
    fn paths_reach_into_objects_and_arrays() {
        let object = r#"{"screens":[{"w":1},{"w":1.10}],"a.b":"dotted","a":{"b":2},"n":null,"twice":1,"twice":2}"#;
        assert_eq!(look(object, "screens.1.w").as_deref(), Some("1.10"));
        assert_eq!(look(object, "a.b").as_deref(), Some("dotted"));
        assert_eq!(look(object, "n").as_deref(), Some(""));
        assert_eq!(look(object, "twice").as_deref(), Some("2"));
        assert_eq!(look(object, "screens.2.w"), None);
        assert_eq!(look(object, "screens.w"), None);
    }

    #[test]
    fn each_lone_surrogate_is_one_replacement_character() {
        for (string, text) in [
            (r"\ud800x", "\u{fffd}x"),
            (r"x\udfff", "x\u{fffd}"),
            (r"\ud83d\ud83d\ude00\ude00", "\u{fffd}😀\u{fffd}"),
            (r"é\ude00\ud83d\u00e9", "é\u{fffd}\u{fffd}é"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\ufffd", "\u{fffd}"),
        ] {
            let object = format!(r#"{{"a":"{string}"}}"#);
            assert_eq!(look(&object, "a").as_deref(), Some(text), "{string}");
        }
        assert_eq!(names(r#"{"\ud800":1}"#), ["\u{fffd}"]);
    }

    #[test]
    fn odd_but_valid_json_is_read() {
        assert_eq!(
            look(r#"{"\u0061":"é\n\u00e9","n":1e400}"#, "a").as_deref(),
            Some("é\né")
        );
        assert_eq!(look(r#"{"n":1e400}"#, "n").as_deref(), Some("1e400"));
        assert_eq!(names(r#"{"b":1,"a":{}}"#), ["b", "a"]);
    }
}
