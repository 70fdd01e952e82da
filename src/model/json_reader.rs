//! Readers that take single things out of JSON text and pass over the rest, by serde's visitors.
//!
//! Knows JSON alone: what the things are called and mean is for `property` to say.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// Reads with one of the readers below; `None` where the text does not fit it.
pub(super) fn read<'json, Seed: DeserializeSeed<'json>>(
    json: &'json str,
    seed: Seed,
) -> Option<Seed::Value> {
    seed.deserialize(&mut serde_json::Deserializer::from_str(json))
        .ok()
}

/// So many names are looked at one by one in less time than it takes to search among them.
const FEW: usize = 16;

/// Names to look for, sorted: however many they are, one is soon found among them.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted(Vec<String>);

impl Wanted {
    pub(super) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable_by(|one, next| order(one).cmp(&order(next)));
        names.dedup();
        Self(names)
    }

    /// The name's place among the others, where it is one of them.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        if self.0.len() <= FEW {
            return self.0.iter().position(|wanted| wanted == name);
        }
        self.0
            .binary_search_by(|wanted| order(wanted).cmp(&order(name)))
            .ok()
    }
}

/// Shorter names come first: most names differ in length, which is seen without a look at their letters.
fn order(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// Reads an object's members of certain names, each to its place; of a name that appears twice the last counts, as
/// everywhere with JSON.
pub(super) struct Members<'names> {
    pub(super) wanted: &'names Wanted,
}

impl<'json> DeserializeSeed<'json> for Members<'_> {
    type Value = Vec<Option<&'json RawValue>>;

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'json> Visitor<'json> for Members<'_> {
    type Value = Vec<Option<&'json RawValue>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = vec![None; self.wanted.0.len()];
        while let Some(name) = map.next_key_seed(Text)? {
            match self.wanted.place(&name) {
                Some(place) => found[place] = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// Reads all of an object's members in their order.
pub(super) struct All;

impl<'json> DeserializeSeed<'json> for All {
    type Value = Vec<(Cow<'json, str>, &'json RawValue)>;

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'json> Visitor<'json> for All {
    type Value = Vec<(Cow<'json, str>, &'json RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(Text)? {
            members.push((name, map.next_value()?));
        }
        Ok(members)
    }
}

/// Reads the element of an array at one position.
pub(super) struct Element {
    pub(super) position: usize,
}

impl<'json> DeserializeSeed<'json> for Element {
    type Value = Option<&'json RawValue>;

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'json> Visitor<'json> for Element {
    type Value = Option<&'json RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'json>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        let mut position = 0;
        while let Some(element) = sequence.next_element::<&'json RawValue>()? {
            if position == self.position {
                found = Some(element);
            }
            position += 1;
        }
        Ok(found)
    }
}

/// Reads a string. A lone surrogate (`"\ud800"`) is valid JSON but has no place in text, so each one becomes one U+FFFD.
pub(super) struct Text;

impl<'json> DeserializeSeed<'json> for Text {
    type Value = Cow<'json, str>;

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // As a string, serde_json would reject a lone surrogate. As bytes, it hands it over in three bytes, as WTF-8 does.
        deserializer.deserialize_bytes(self)
    }
}

impl<'json> Visitor<'json> for Text {
    type Value = Cow<'json, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'json [u8]) -> Result<Self::Value, E> {
        Ok(replace_lone_surrogates(bytes))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(replace_lone_surrogates(bytes).into_owned()))
    }
}

/// Returns WTF-8 as text, with one U+FFFD for each surrogate.
///
/// `String::from_utf8_lossy` would put one for each of a surrogate's three bytes.
fn replace_lone_surrogates(wtf8: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(wtf8) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(wtf8.len());
    for chunk in wtf8.utf8_chunks() {
        text.push_str(chunk.valid());
        // Only the first of the three bytes can begin a character; the other two are chunks of their own.
        if chunk
            .invalid()
            .first()
            .is_some_and(|byte| !is_continuation(*byte))
        {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Cow::Owned(text)
}

/// Whether this byte continues a character that an earlier byte began.
fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Reads the first of several members, the earlier name before the later; stops reading when there is no better one.
pub(super) struct First<'a, 'json> {
    pub(super) names: &'a [&'a str],
    pub(super) found: &'a mut Option<(usize, &'json RawValue)>,
}

impl<'json> DeserializeSeed<'json> for First<'_, 'json> {
    type Value = ();

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'json> Visitor<'json> for First<'_, 'json> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Text)? {
            match self.names.iter().position(|wanted| *wanted == name) {
                Some(position) if self.found.is_none_or(|(known, _)| position < known) => {
                    *self.found = Some((position, map.next_value()?));
                    if position == 0 {
                        return Err(A::Error::custom("found"));
                    }
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}
