//! Properties that were asked for and that no computer has: most likely a typing error, so it is told.

use crate::api::wire;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::property::Lookup;

/// The properties asked for, and which of them were seen.
pub(super) struct Unknown {
    /// Those not seen yet.
    names: Vec<String>,
    lookup: Lookup,
    any: bool,
}

impl Unknown {
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let lookup = Lookup::new(
            &names
                .iter()
                .map(|name| wire::filter_key(name).path)
                .collect::<Vec<_>>(),
        );
        Self {
            names,
            lookup,
            any: false,
        }
    }

    /// Looks at one computer, while there is anything left to look for.
    pub(super) fn look(&mut self, computer: &Computer) {
        self.any = true;
        if self.names.is_empty() {
            return;
        }
        let found = self.lookup.find(computer.text());
        if found.iter().any(Option::is_some) {
            let left = self
                .names
                .iter()
                .zip(found)
                .filter(|(_, found)| found.is_none())
                .map(|(name, _)| name.as_str());
            *self = Self {
                any: true,
                ..Self::new(left.collect::<Vec<_>>())
            };
        }
    }

    /// Says what was never seen.
    pub(super) fn tell(&self, context: &Context) {
        if self.any {
            for name in &self.names {
                context.terminal.note(
                    "unknown_property",
                    &format!("no computer has the property {name:?}"),
                );
            }
        }
    }
}
