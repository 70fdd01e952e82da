//! What has changed in the demo fleet since it was new: the content of a state file. The fleet itself is never
//! written, so the file is as large as the changes, not as the fleet.
//! It knows the file's form and what makes one believable; not where it lies, nor the rules for a change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::computer::Computer;
use super::demo::{self, Which};

/// The form that this program reads and writes.
const FORM: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    form: u32,
    /// Demo computers that are no longer as new, by number.
    pub(super) changed: BTreeMap<u32, Computer>,
    /// Numbers of the demo computers that were deleted.
    pub(super) deleted: BTreeSet<u32>,
    /// Computers that were added, the oldest first.
    pub(super) reserved: Vec<Computer>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            form: FORM,
            changed: BTreeMap::new(),
            deleted: BTreeSet::new(),
            reserved: Vec::new(),
        }
    }
}

impl State {
    /// Reads a state of a fleet of `size` demo computers; the error says what is wrong with it.
    pub(super) fn parse(bytes: &[u8], size: u32) -> Result<Self, String> {
        let state: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if state.form != FORM {
            return Err(format!(
                "its form is {}, this program knows {FORM}",
                state.form
            ));
        }
        for (&index, computer) in &state.changed {
            let ids = (demo::id(index, Which::Id), demo::id(index, Which::SignalId));
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
