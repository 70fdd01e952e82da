//! The fleet as it is now: the demo computers, less those deleted, with those changed, and those reserved after them.
//! Looking up, in memory. The rules for changing it are in `changes`.

use std::borrow::Cow;

use uuid::Uuid;

use super::computer::Computer;
use super::demo::{self, Which};
use super::error::SandboxError;
use super::state::State;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fleet {
    pub(super) size: u32,
    pub(super) state: State,
}

/// Where a computer is kept: its number in the demo fleet, or its place among the reserved ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Demo(u32),
    Reserved(usize),
}

impl Fleet {
    pub(super) fn new(size: u32, state: State) -> Self {
        Self { size, state }
    }

    /// The number of computers.
    pub(super) fn count(&self) -> usize {
        self.size as usize - self.state.deleted.len() + self.state.reserved.len()
    }

    /// Every computer's slot, in the order of a listing, from the one at `offset` on.
    pub(super) fn slots(&self, offset: usize) -> impl Iterator<Item = Slot> + '_ {
        let demos = self.size as usize - self.state.deleted.len();
        let first = self.nth_demo(offset.min(demos));
        (first..self.size)
            .filter(|index| !self.state.deleted.contains(index))
            .map(Slot::Demo)
            .chain((offset.saturating_sub(demos)..self.state.reserved.len()).map(Slot::Reserved))
    }

    /// The number of the demo computer that has `offset` undeleted ones before it.
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
            Slot::Reserved(place) => self.state.reserved.get(place).map(Cow::Borrowed),
        }
    }

    pub(super) fn find(&self, id: Uuid, which: Which) -> Option<Slot> {
        let demo = demo::index_of(id, which);
        let alive = |index: &u32| *index < self.size && !self.state.deleted.contains(index);
        let reserved = |computer: &Computer| match which {
            Which::Id => computer.id == id,
            Which::SignalId => computer.signal_id == id,
        };
        demo.filter(alive).map(Slot::Demo).or_else(|| {
            self.state
                .reserved
                .iter()
                .position(reserved)
                .map(Slot::Reserved)
        })
    }

    /// The slot and the computer with this `id`.
    pub(super) fn by_id(&self, id: Uuid) -> Result<(Slot, Cow<'_, Computer>), SandboxError> {
        self.find(id, Which::Id)
            .and_then(|slot| Some((slot, self.get(slot)?)))
            .ok_or_else(|| SandboxError::NotFound(format!("no computer has the id {id}")))
    }
}

#[cfg(test)]
mod tests;
