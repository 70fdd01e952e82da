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

/// What identifies a computer across pages and listings: its `id`, or else its `_id`, or else its whole text. The number says
/// which of them it is.
pub(crate) type Key<'text> = (Option<usize>, Cow<'text, str>);

/// Returns the [`Key`] of the computer with this text.
pub(crate) fn key(text: &str) -> Key<'_> {
    match first(text, &["id", "_id"]) {
        Some((name, id)) if !id.is_empty() => (Some(name), id),
        _ => (None, Cow::Borrowed(text)),
    }
}

impl Computer {
    /// Creates a computer from the text of a JSON object, which must be valid.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            range: 0..text.len(),
            page: Arc::new(text),
        }
    }

    /// Creates the computer whose text is this part of a page. If the range is not in the page, its text is empty.
    pub(crate) fn in_page(page: &Arc<String>, range: Range<usize>) -> Self {
        Self {
            page: Arc::clone(page),
            range,
        }
    }

    /// Returns the text, unchanged.
    pub(crate) fn text(&self) -> &str {
        self.page.get(self.range.clone()).unwrap_or_default()
    }

    /// Returns the computer with a copy of its text, so that its page can be freed.
    #[must_use]
    pub(crate) fn detached(&self) -> Self {
        Self::new(self.text())
    }

    /// Returns a property for people.
    pub(crate) fn property(&self, path: &PropertyPath) -> Option<Cow<'_, str>> {
        self.raw(path).map(display_text)
    }

    /// Returns a property's JSON text.
    pub(crate) fn raw(&self, path: &PropertyPath) -> Option<&str> {
        Lookup::new([path])
            .find(self.text())
            .into_iter()
            .next()
            .flatten()
    }

    /// Returns the `id`, which names the computer in API URLs. Anything but a UUID is ignored.
    pub(crate) fn id(&self) -> Option<Uuid> {
        self.uuid("id")
    }

    /// Returns the `_id`, which names the computer on Reemo's signal servers.
    pub(crate) fn underscore_id(&self) -> Option<Uuid> {
        self.uuid("_id")
    }

    /// Returns what identifies the computer.
    pub(crate) fn key(&self) -> Key<'_> {
        key(self.text())
    }

    /// Returns the name.
    pub(crate) fn name(&self) -> Option<Cow<'_, str>> {
        self.property(&PropertyPath::new("name"))
    }

    /// Returns the host name.
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
