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

/// Names to look for, each once, in one text: a million of them take little more room than their letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<usize>,
    /// The places of the names, sorted by [`order`].
    sorted: Vec<usize>,
}

impl Names {
    /// Takes names, in this order; of one that comes twice the first counts.
    pub(crate) fn new<Name: AsRef<str>>(names: impl IntoIterator<Item = Name>) -> Self {
        let mut all = Self::default();
        for name in names {
            all.push(name.as_ref());
        }
        all.unique()
    }

    /// Adds a name, which may be there already: [`Self::unique`] comes before anything is looked for.
    pub(crate) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// Each name once, at its first place, ready to be looked for.
    #[must_use]
    pub(crate) fn unique(mut self) -> Self {
        let mut sorted: Vec<usize> = (0..self.len()).collect();
        sorted.sort_unstable_by_key(|place| (order(self.name(*place)), *place));
        sorted.dedup_by(|next, one| self.name(*next) == self.name(*one));
        if sorted.len() == self.len() {
            self.sorted = sorted;
            return self;
        }
        sorted.sort_unstable();
        let mut unique = Self::default();
        for place in sorted {
            unique.push(self.name(place));
        }
        unique.unique()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The name at a place; an empty one where there is none.
    pub(crate) fn name(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(place).copied());
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// The name's place among the others, where it is one of them.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        if self.len() <= FEW {
            return (0..self.len()).find(|place| self.name(*place) == name);
        }
        self.sorted
            .binary_search_by(|place| order(self.name(*place)).cmp(&order(name)))
            .ok()
            .map(|at| self.sorted[at])
    }

    /// The values that an object has under these names, in their order; `None` where it has none of that name.
    pub(crate) fn find<'json>(&self, object: &'json str) -> Vec<Option<&'json RawValue>> {
        read(object, Members { wanted: self }).unwrap_or_else(|| vec![None; self.len()])
    }
}

/// Shorter names come first: most names differ in length, which is seen without a look at their letters.
fn order(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// Reads an object's members of certain names, each to its place; of a name that appears twice the last counts, as
/// everywhere with JSON.
pub(super) struct Members<'names> {
    pub(super) wanted: &'names Names,
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
        let mut found = vec![None; self.wanted.len()];
        while let Some(name) = map.next_key_seed(Text)? {
            match self.wanted.place(&name) {
                Some(place) => found[place] = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// Passes on each of an object's members, in their order.
pub(super) struct Each<'a, 'json> {
    pub(super) pass_on: &'a mut dyn FnMut(Cow<'json, str>, &'json RawValue),
}

impl<'json> DeserializeSeed<'json> for Each<'_, 'json> {
    type Value = ();

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'json> Visitor<'json> for Each<'_, 'json> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Text)? {
            (self.pass_on)(name, map.next_value()?);
        }
        Ok(())
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
