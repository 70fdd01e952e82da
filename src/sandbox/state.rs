//! The changes to the demo fleet, which are the content of a state file. The fleet itself is never written, so the size of
//! the file depends on the changes and not on the fleet.
//! It knows the file's format and which content is valid, but not where the file is, nor the rules for a change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::computer::Computer;
use super::demo::{self, IdKind};

/// The format that this program reads and writes.
const FORMAT_VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedState {
    #[serde(rename = "form")]
    format_version: u32,
    /// Changed demo computers, by number.
    pub(super) changed: BTreeMap<u32, Computer>,
    /// Numbers of the deleted demo computers.
    pub(super) deleted: BTreeSet<u32>,
    /// Reserved computers, the oldest first.
    pub(super) reserved: Vec<Computer>,
}

impl Default for SavedState {
    fn default() -> Self {
        Self {
            format_version: FORMAT_VERSION,
            changed: BTreeMap::new(),
            deleted: BTreeSet::new(),
            reserved: Vec::new(),
        }
    }
}

impl SavedState {
    /// Reads the state of a fleet of `size` demo computers. The error says what is wrong with it.
    pub(super) fn parse(bytes: &[u8], size: u32) -> Result<Self, String> {
        let state: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if state.format_version != FORMAT_VERSION {
            return Err(format!(
                "its format version is {}, but this program reads version {FORMAT_VERSION}",
                state.format_version
            ));
        }
        for (&index, computer) in &state.changed {
            let ids = (
                demo::id(index, IdKind::Id),
                demo::id(index, IdKind::SignalId),
            );
            if index >= size || (computer.id, computer.signal_id) != ids {
                return Err(format!("computer {index} is not one of the fleet"));
            }
            if state.deleted.contains(&index) {
                return Err(format!("computer {index} is both changed and deleted"));
            }
        }
        match state.deleted.last() {
            Some(&last) if last >= size => Err(format!("computer {last} is not one of the fleet")),
            _ => Ok(state),
        }
    }

    pub(super) fn to_json(&self) -> Result<Vec<u8>, String> {
        serde_json::to_vec(self).map_err(|error| error.to_string())
    }
}
