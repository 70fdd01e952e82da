//! Takes single values out of JSON text that is known to be valid, without decoding the rest of it.
//!
//! Knows JSON alone: what the properties are called and mean is for `property` to say. Every row of a listing passes here,
//! so strings are skipped by `memchr` instead of byte by byte; this takes a third of the time of a serde visitor.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer as _, Visitor};

/// Up to this many names are compared one by one, which is faster than a search among sorted ones.
const MAX_LINEAR_NAMES: usize = 16;

/// Returns an object's members in their order, each as its name and the JSON text of its value. There are none if the text
/// is not an object.
pub(super) fn members(object: &str) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
    let mut scanner = Scanner::open(object, b'{');
    std::iter::from_fn(move || {
        let name = scanner.value()?;
        Some((
            decode(name).unwrap_or(Cow::Borrowed(name)),
            scanner.value()?,
        ))
    })
}

/// Returns the JSON texts of an array's elements. There are none if the text is not an array.
pub(crate) fn elements(array: &str) -> impl Iterator<Item = &str> {
    let mut scanner = Scanner::open(array, b'[');
    std::iter::from_fn(move || scanner.value())
}

/// Returns the position behind the string that opens at `open`.
pub(crate) fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut position = open + 1;
    while let Some(found) = bytes
        .get(position..)
        .and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
    {
        position += found + 1;
        if bytes[position - 1] == b'"' {
            return position;
        }
        position += 1;
    }
    bytes.len()
}

/// Walks over the values on one level of an object or an array.
struct Scanner<'json> {
    json: &'json str,
    position: usize,
}

impl<'json> Scanner<'json> {
    /// Starts behind the bracket, or at the end if the text does not begin with it.
    fn open(json: &'json str, bracket: u8) -> Self {
        let blanks = json.len() - json.trim_start().len();
        let position = match json.as_bytes().get(blanks) {
            Some(first) if *first == bracket => blanks + 1,
            _ => json.len(),
        };
        Self { json, position }
    }

    /// Returns the next value, or the next name of an object.
    fn value(&mut self) -> Option<&'json str> {
        let bytes = self.json.as_bytes();
        while matches!(
            bytes.get(self.position),
            Some(b',' | b':' | b' ' | b'\n' | b'\r' | b'\t')
        ) {
            self.position += 1;
        }
        let start = self.position;
        self.position = value_end(bytes, start)?;
        self.json.get(start..self.position)
    }
}

/// Returns the position behind the value that starts at `start`; nothing if no value starts there.
fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    match rest.first()? {
        b'}' | b']' => None,
        b'"' => Some(string_end(bytes, start)),
        b'{' | b'[' => Some(nested_end(bytes, start)),
        _ => {
            let is_end =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
            Some(start + rest.iter().position(is_end).unwrap_or(rest.len()))
        }
    }
}

fn nested_end(bytes: &[u8], open: usize) -> usize {
    let (mut depth, mut position) = (0_usize, open);
    while let Some(byte) = bytes.get(position) {
        position += 1;
        match byte {
            b'"' => position = string_end(bytes, position - 1),
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return position,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Returns the text of a JSON string; nothing if it is not one. A lone surrogate (`"\ud800"`) is valid JSON but has no
/// place in text, so each one becomes one U+FFFD.
pub(crate) fn decode(string: &str) -> Option<Cow<'_, str>> {
    let inside = string.strip_prefix('"')?.strip_suffix('"')?;
    if !inside.as_bytes().contains(&b'\\') {
        return Some(Cow::Borrowed(inside));
    }
    // As a string, serde_json would reject a lone surrogate. As bytes, it hands it over in three bytes, as WTF-8 does.
    serde_json::Deserializer::from_str(string)
        .deserialize_bytes(Text)
        .ok()
        .map(Cow::Owned)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<String, E> {
        Ok(replace_lone_surrogates(bytes))
    }
}

/// Returns WTF-8 as text, with one U+FFFD for each surrogate.
///
/// `String::from_utf8_lossy` would put one for each of a surrogate's three bytes.
fn replace_lone_surrogates(wtf8: &[u8]) -> String {
    let mut text = String::with_capacity(wtf8.len());
    for chunk in wtf8.utf8_chunks() {
        text.push_str(chunk.valid());
        // Only the first of the three bytes can begin a character; the other two are chunks of their own.
        let is_continuation = |byte: &u8| byte & 0xc0 == 0x80;
        if chunk
            .invalid()
            .first()
            .is_some_and(|byte| !is_continuation(byte))
        {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

/// Names to look for, each once, in one text: a million of them take little more room than their letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<usize>,
    /// The [`fingerprint`] of each name, by which most others are told from it.
    fingerprints: Vec<u64>,
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
        self.fingerprints.push(fingerprint(name));
    }

    /// Returns each name once, at its first place, ready to be looked for.
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

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the name at a place; an empty one if there is none.
    pub(crate) fn name(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(place).copied());
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// Returns the name's place among the others, if it is one of them.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        if self.len() <= MAX_LINEAR_NAMES {
            let wanted = fingerprint(name);
            let mut fingerprints = self.fingerprints.iter().enumerate();
            return fingerprints
                .find(|(place, known)| **known == wanted && self.name(*place) == name)
                .map(|(place, _)| place);
        }
        self.sorted
            .binary_search_by(|place| order(self.name(*place)).cmp(&order(name)))
            .ok()
            .map(|at| self.sorted[at])
    }

    /// Returns the JSON texts of the values that an object has under these names, in their order. Of a name that appears
    /// twice the last one counts, as everywhere with JSON.
    pub(crate) fn find<'json>(&self, object: &'json str) -> Vec<Option<&'json str>> {
        let mut found = vec![None; self.len()];
        for (name, value) in members(object) {
            if let Some(place) = self.place(&name) {
                found[place] = Some(value);
            }
        }
        found
    }
}

/// The first seven bytes of a name and its length.
fn fingerprint(name: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = name.len().min(7);
    bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
    bytes[7] = name.len().to_le_bytes()[0];
    u64::from_le_bytes(bytes)
}

/// Shorter names come first: most names differ in length, which is seen without a look at their letters.
fn order(name: &str) -> (usize, &str) {
    (name.len(), name)
}
