//! Reads single values from JSON text that is known to be valid, without decoding the rest of it.
//!
//! Knows nothing about the properties of computers. Every row of a listing is read here, so strings are skipped by `memchr`
//! instead of byte by byte; that takes a third of the time of a serde visitor.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer as _, Visitor};

/// Up to this many names are compared one by one, which is faster than a search among sorted ones.
const MAX_LINEAR_NAMES: usize = 16;
/// How many of a name's bytes its fingerprint has.
const FINGERPRINT_BYTES: usize = 7;

/// Returns an object's members in their order, each as its name and the JSON text of its value. There are none if the text
/// is not an object.
pub(crate) fn members(object: &str) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
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

/// Returns the position after the string that begins at `open`.
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

/// Returns the tokens of JSON text, each with its position in bytes. Text that is not valid has some tokens too.
pub(crate) fn tokens(json: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = json.as_bytes();
    let mut position = 0;
    std::iter::from_fn(move || {
        while bytes.get(position).is_some_and(u8::is_ascii_whitespace) {
            position += 1;
        }
        let start = position;
        match bytes.get(position)? {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => position += 1,
            b'"' => position = string_end(bytes, position),
            _ => {
                while bytes
                    .get(position)
                    .is_some_and(|byte| !b"{}[],:\" \t\r\n".contains(byte))
                {
                    position += 1;
                }
            }
        }
        Some((start, json.get(start..position)?))
    })
}

/// Iterates over the values on one level of an object or an array.
struct Scanner<'json> {
    json: &'json str,
    position: usize,
}

impl<'json> Scanner<'json> {
    /// Starts after the bracket, or at the end if the text does not begin with it.
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

/// Returns the position after the value that starts at `start`, if one does.
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

/// Returns the text of a JSON string, or `None` if it is not one. A lone surrogate (`"\ud800"`) is valid JSON but not valid
/// text, so each becomes one U+FFFD.
pub(crate) fn decode(string: &str) -> Option<Cow<'_, str>> {
    let [b'"', inside @ .., b'"'] = string.as_bytes() else {
        return None;
    };
    if memchr::memchr(b'\\', inside).is_none() {
        return string.get(1..string.len() - 1).map(Cow::Borrowed);
    }
    // serde_json rejects a lone surrogate in a string. As bytes, it returns three bytes for it, as in WTF-8.
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
/// `String::from_utf8_lossy` would insert one for each of a surrogate's three bytes.
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

/// A set of names to look up, stored in one string: a million of them take little more memory than their letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<usize>,
    /// The [`fingerprint`] of each name, which differs from that of most other names.
    fingerprints: Vec<u64>,
    /// The positions of the names, sorted by [`order`].
    sorted: Vec<usize>,
}

impl Names {
    /// Creates the set. Of a name that appears twice, the first position counts.
    pub(crate) fn new<Name: AsRef<str>>(names: impl IntoIterator<Item = Name>) -> Self {
        let mut all = Self::default();
        for name in names {
            all.push(name.as_ref());
        }
        all.unique()
    }

    /// Adds a name, which may be a duplicate. [`Self::unique`] must be called before any lookup.
    pub(crate) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
        self.fingerprints.push(fingerprint(name));
    }

    /// Removes duplicates and prepares for lookups.
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

    /// Returns the name at a position, or an empty one.
    pub(crate) fn name(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(place).copied());
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// Returns the position of a name.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        if self.len() <= MAX_LINEAR_NAMES {
            let wanted = fingerprint(name);
            let mut fingerprints = self.fingerprints.iter().enumerate();
            // The fingerprint of a short name is the name.
            let is_whole = name.len() <= FINGERPRINT_BYTES;
            return fingerprints
                .find(|(place, known)| **known == wanted && (is_whole || self.name(*place) == name))
                .map(|(place, _)| place);
        }
        self.sorted
            .binary_search_by(|place| order(self.name(*place)).cmp(&order(name)))
            .ok()
            .map(|at| self.sorted[at])
    }

    /// Returns the JSON texts of the values of these properties of an object, in their order. If a property appears twice, the
    /// last one counts, as JSON parsers have it.
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

/// Returns the first seven bytes of a name and its length, as one number.
fn fingerprint(name: &str) -> u64 {
    let first = name.bytes().take(FINGERPRINT_BYTES);
    let bytes = first.fold(0, |bytes, byte| bytes << 8 | u64::from(byte));
    bytes << 8 | u64::from(u8::try_from(name.len()).unwrap_or(u8::MAX))
}

/// Sorts shorter names first: most names differ in length, which is compared without reading their letters.
fn order(name: &str) -> (usize, &str) {
    (name.len(), name)
}
