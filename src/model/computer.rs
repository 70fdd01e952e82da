//! A computer as the API sent it: its JSON text, kept to the letter, of which single properties can be read.

use std::borrow::Cow;

use serde_json::value::RawValue;
use uuid::Uuid;

use crate::model::property::{Lookup, PropertyPath, first, plain};

/// The text of one JSON object. Borrowed from a page's body, or on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computer<'json>(Cow<'json, str>);

/// By what a computer is known from one page or listing to the next: its `id`, its `_id` where it has none, else all of its
/// text.
pub type Key<'text> = (Option<usize>, Cow<'text, str>);

impl<'json> Computer<'json> {
    /// Takes the text of a JSON object that has been parsed once already.
    pub fn new(text: impl Into<Cow<'json, str>>) -> Self {
        Self(text.into())
    }

    /// The text, to the letter.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The same computer without the page it came in.
    pub fn into_owned(self) -> Computer<'static> {
        Computer(Cow::Owned(self.0.into_owned()))
    }

    /// One property as a person reads it.
    pub fn property(&self, path: &PropertyPath) -> Option<Cow<'_, str>> {
        self.raw(path).map(plain)
    }

    /// One property's JSON text.
    pub fn raw(&self, path: &PropertyPath) -> Option<&RawValue> {
        Lookup::new([path])
            .find(&self.0)
            .into_iter()
            .next()
            .flatten()
    }

    /// The `id` that names the computer in API URLs. Only a UUID is one, whoever it came from.
    pub fn id(&self) -> Option<Uuid> {
        self.uuid("id")
    }

    /// The `_id` that names the computer on Reemo's signal servers.
    pub fn underscore_id(&self) -> Option<Uuid> {
        self.uuid("_id")
    }

    /// What tells it from others.
    pub fn key(&self) -> Key<'_> {
        match first(&self.0, &["id", "_id"]) {
            Some((name, id)) if !id.is_empty() => (Some(name), id),
            _ => (None, Cow::Borrowed(&*self.0)),
        }
    }

    /// The name, where it has one.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        self.property(&PropertyPath::new("name"))
    }

    /// The host name, where it has one.
    pub fn hostname(&self) -> Option<Cow<'_, str>> {
        self.property(&PropertyPath::new("hostname"))
    }

    fn uuid(&self, property: &str) -> Option<Uuid> {
        Uuid::try_parse(&self.property(&PropertyPath::new(property))?).ok()
    }
}
