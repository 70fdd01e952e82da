//! The rules for each change to the fleet, in memory: a change is whole, or an error that left the fleet as it was.
//! No files, no HTTP.

use uuid::Uuid;

use super::clock::Moment;
use super::computer::Computer;
use super::demo::{self, Which};
use super::error::SandboxError;
use super::fleet::{Fleet, Slot};

impl Fleet {
    pub(super) fn reserve(
        &mut self,
        signal_id: Uuid,
        name: Option<String>,
        now: Moment,
    ) -> Result<Computer, SandboxError> {
        if self.find(signal_id, Which::SignalId).is_some() {
            return Err(SandboxError::Refused(format!(
                "the _id {signal_id} is taken"
            )));
        }
        let computer = Computer::reserved(Uuid::new_v4(), signal_id, name, now);
        self.state.reserved.push(computer.clone());
        Ok(computer)
    }

    pub(super) fn rename(&mut self, id: Uuid, name: String) -> Result<Computer, SandboxError> {
        let (slot, computer) = self.by_id(id)?;
        let renamed = Computer {
            name: Some(name),
            ..computer.into_owned()
        };
        Ok(self.put(slot, renamed))
    }

    pub(super) fn delete(&mut self, id: Uuid) -> Result<(), SandboxError> {
        let (slot, computer) = self.by_id(id)?;
        if computer.is_online() {
            let text = format!("computer {id} is ONLINE; only an OFFLINE computer can be deleted");
            return Err(SandboxError::Refused(text));
        }
        match slot {
            Slot::Demo(index) => {
                self.state.changed.remove(&index);
                self.state.deleted.insert(index);
            }
            Slot::Reserved(place) => {
                self.state.reserved.remove(place);
            }
        }
        Ok(())
    }

    /// The Reemo Service comes up with this `_id`.
    pub(super) fn register(
        &mut self,
        signal_id: Uuid,
        now: Moment,
    ) -> Result<Computer, SandboxError> {
        let slot = self.find(signal_id, Which::SignalId).ok_or_else(|| {
            SandboxError::NotFound(format!("no computer has the _id {signal_id}"))
        })?;
        self.switch(slot, true, now)
    }

    /// Comes ONLINE or goes OFFLINE. A reserved computer that comes ONLINE for the first time is a machine from then on.
    pub(super) fn switch(
        &mut self,
        slot: Slot,
        online: bool,
        now: Moment,
    ) -> Result<Computer, SandboxError> {
        let gone = || SandboxError::NotFound("the computer is gone".to_owned());
        let mut computer = self.get(slot).ok_or_else(gone)?.into_owned();
        if online && computer.hostname.is_none() {
            demo::install(&mut computer);
        }
        computer.switch(online, now);
        Ok(self.put(slot, computer))
    }

    /// Keeps the computer in its slot, unless it is the same as the one that is there.
    fn put(&mut self, slot: Slot, computer: Computer) -> Computer {
        if self.get(slot).as_deref() != Some(&computer) {
            match slot {
                Slot::Demo(index) => {
                    self.state.changed.insert(index, computer.clone());
                }
                Slot::Reserved(place) => {
                    if let Some(kept) = self.state.reserved.get_mut(place) {
                        kept.clone_from(&computer);
                    }
                }
            }
        }
        computer
    }
}
