//! The present fleet: the demo computers, some of them changed or deleted, followed by the reserved ones.
//! Reading, in memory. The rules for changing it are in `changes`.

use std::borrow::Cow;

use uuid::Uuid;

use super::computer::Computer;
use super::demo::{self, IdKind};
use super::error::SandboxError;
use super::state::SavedState;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fleet {
    pub(super) size: u32,
    pub(super) state: SavedState,
}

/// Where a computer is stored: its number in the demo fleet, or its index among the reserved ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Demo(u32),
    Reserved(usize),
}

impl Fleet {
    pub(super) fn new(size: u32, state: SavedState) -> Self {
        Self { size, state }
    }

    /// Returns the number of computers.
    pub(super) fn count(&self) -> usize {
        self.size as usize - self.state.deleted.len() + self.state.reserved.len()
    }

    /// Returns every computer's slot, in the order of a listing, from the one at `offset` on.
    pub(super) fn slots(&self, offset: usize) -> impl Iterator<Item = Slot> + '_ {
        let demos = self.size as usize - self.state.deleted.len();
        let first = self.nth_demo(offset.min(demos));
        (first..self.size)
            .filter(|index| !self.state.deleted.contains(index))
            .map(Slot::Demo)
            .chain((offset.saturating_sub(demos)..self.state.reserved.len()).map(Slot::Reserved))
    }

    /// Returns the number of the demo computer with `offset` others before it that are not deleted.
    fn nth_demo(&self, offset: usize) -> u32 {
        let mut index = u32::try_from(offset).unwrap_or(self.size);
        for &deleted in &self.state.deleted {
            if deleted > index {
                break;
            }
            index += 1;
        }
        index.min(self.size)
    }

    pub(super) fn get(&self, slot: Slot) -> Option<Cow<'_, Computer>> {
        match slot {
            Slot::Demo(index) => Some(match self.state.changed.get(&index) {
                Some(changed) => Cow::Borrowed(changed),
                None => Cow::Owned(demo::computer(index)),
            }),
            Slot::Reserved(index) => self.state.reserved.get(index).map(Cow::Borrowed),
        }
    }

    pub(super) fn find(&self, id: Uuid, kind: IdKind) -> Option<Slot> {
        let demo = demo::index_of(id, kind);
        let exists = |index: &u32| *index < self.size && !self.state.deleted.contains(index);
        let reserved = |computer: &Computer| match kind {
            IdKind::Id => computer.id == id,
            IdKind::SignalId => computer.signal_id == id,
        };
        demo.filter(exists).map(Slot::Demo).or_else(|| {
            self.state
                .reserved
                .iter()
                .position(reserved)
                .map(Slot::Reserved)
        })
    }

    /// Returns the computer with this `id`, and its slot.
    pub(super) fn by_id(&self, id: Uuid) -> Result<(Slot, Cow<'_, Computer>), SandboxError> {
        self.find(id, IdKind::Id)
            .and_then(|slot| Some((slot, self.get(slot)?)))
            .ok_or_else(|| SandboxError::NotFound(format!("no computer has the id {id}")))
    }
}

#[cfg(test)]
mod tests;
