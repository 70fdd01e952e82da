//! Properties named on the command line that no computer has: most likely typing errors, so a note tells of them.

use std::collections::BTreeSet;

use crate::api::wire;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::json_reader::members;
use crate::model::property::Lookup;

/// The names of this many computers' properties are remembered for suggestions.
const MAX_REMEMBERED_COMPUTERS: usize = 100;
/// So many names are remembered at most.
const MAX_REMEMBERED_NAMES: usize = 1000;
/// How like a name must be to be suggested, from 0 to 1.
const MIN_LIKENESS: f64 = 0.8;

/// The properties that were named, and which of them no computer had so far.
pub(super) struct UnknownProperties {
    /// Those not seen yet.
    names: Vec<String>,
    lookup: Lookup,
    computers: usize,
    /// Properties that computers have.
    known: BTreeSet<String>,
}

impl UnknownProperties {
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        Self {
            lookup: lookup(&names),
            names,
            computers: 0,
            known: BTreeSet::new(),
        }
    }

    /// Looks at one computer, while any of the names was not seen.
    pub(super) fn look(&mut self, computer: &Computer) {
        self.computers += 1;
        if self.names.is_empty() {
            return;
        }
        let found = self.lookup.find(computer.text());
        if found.iter().any(Option::is_some) {
            let mut found = found.iter();
            self.names
                .retain(|_| found.next().is_some_and(Option::is_none));
            self.lookup = lookup(&self.names);
        }
        if self.computers <= MAX_REMEMBERED_COMPUTERS && !self.names.is_empty() {
            let room = MAX_REMEMBERED_NAMES.saturating_sub(self.known.len());
            let names = members(computer.text()).take(room);
            self.known.extend(names.map(|(name, _)| name.into_owned()));
        }
    }

    /// Tells of the names that were never seen, unless there were no computers at all.
    pub(super) fn tell(&self, context: &Context) {
        for name in self.names.iter().filter(|_| self.computers > 0) {
            let mut text = format!("no computer has the property {name:?}");
            if let Some(near) = self.near(name) {
                text.push_str(&format!("; did you mean {near:?}?"));
            }
            context.terminal.note("unknown_property", &text);
        }
    }

    /// Returns the property that is most like the name.
    fn near(&self, name: &str) -> Option<&str> {
        let likeness =
            |known: &str| strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase());
        let near = self.known.iter().map(|known| (likeness(known), known));
        near.filter(|(likeness, _)| *likeness > MIN_LIKENESS)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, known)| known.as_str())
    }
}

fn lookup(names: &[String]) -> Lookup {
    let paths = names.iter().map(|name| wire::filter_key(name).path);
    Lookup::new(&paths.collect::<Vec<_>>())
}
