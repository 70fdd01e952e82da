//! A computer as the API sent it: its JSON text, kept unchanged, from which single properties can be read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use uuid::Uuid;

use crate::model::property::{Lookup, PropertyPath, display_text, first};

/// The text of one JSON object: a slice of its page's body, which it keeps alive, or a text of its own.
#[derive(Debug, Clone)]
pub(crate) struct Computer {
    page: Arc<String>,
    range: Range<usize>,
}

/// What identifies a computer from one page or listing to the next: its `id`, its `_id` where it has none, else its whole
/// text. The number tells which of them it is.
pub(crate) type Key<'text> = (Option<usize>, Cow<'text, str>);

/// The [`Key`] of the computer with this text.
pub(crate) fn key(text: &str) -> Key<'_> {
    match first(text, &["id", "_id"]) {
        Some((name, id)) if !id.is_empty() => (Some(name), id),
        _ => (None, Cow::Borrowed(text)),
    }
}

impl Computer {
    /// Takes the text of a JSON object that has been parsed once already.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            range: 0..text.len(),
            page: Arc::new(text),
        }
    }

    /// The computer whose text is that part of a page. A range outside of the page is an empty text.
    pub(crate) fn in_page(page: &Arc<String>, range: Range<usize>) -> Self {
        Self {
            page: Arc::clone(page),
            range,
        }
    }

    /// The text, unchanged.
    pub(crate) fn text(&self) -> &str {
        self.page.get(self.range.clone()).unwrap_or_default()
    }

    /// The same computer with a text of its own, for keeping it longer than the page it came in.
    #[must_use]
    pub(crate) fn detached(&self) -> Self {
        Self::new(self.text())
    }

    /// One property as a person reads it.
    pub(crate) fn property(&self, path: &PropertyPath) -> Option<Cow<'_, str>> {
        self.raw(path).map(display_text)
    }

    /// One property's JSON text.
    pub(crate) fn raw(&self, path: &PropertyPath) -> Option<&str> {
        Lookup::new([path])
            .find(self.text())
            .into_iter()
            .next()
            .flatten()
    }

    /// The `id` that names the computer in API URLs. Only a UUID is one, whoever it came from.
    pub(crate) fn id(&self) -> Option<Uuid> {
        self.uuid("id")
    }

    /// The `_id` that names the computer on Reemo's signal servers.
    pub(crate) fn underscore_id(&self) -> Option<Uuid> {
        self.uuid("_id")
    }

    /// What tells it from others.
    pub(crate) fn key(&self) -> Key<'_> {
        key(self.text())
    }

    /// The name, where it has one.
    pub(crate) fn name(&self) -> Option<Cow<'_, str>> {
        self.property(&PropertyPath::new("name"))
    }

    /// The host name, where it has one.
    pub(crate) fn hostname(&self) -> Option<Cow<'_, str>> {
        self.property(&PropertyPath::new("hostname"))
    }

    fn uuid(&self, property: &str) -> Option<Uuid> {
        Uuid::try_parse(&self.property(&PropertyPath::new(property))?).ok()
    }
}

impl PartialEq for Computer {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Computer {}
