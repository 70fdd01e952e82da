//! The rules for each change to the fleet, in memory. A change that fails leaves the fleet unmodified.
//! No files, no HTTP.

use uuid::Uuid;

use super::computer::Computer;
use super::demo::{self, IdKind};
use super::error::SandboxError;
use super::fleet::{Fleet, Slot};
use super::timestamp::Timestamp;

impl Fleet {
    pub(super) fn reserve(
        &mut self,
        signal_id: Uuid,
        name: Option<String>,
        now: Timestamp,
    ) -> Result<Computer, SandboxError> {
        if self.find(signal_id, IdKind::SignalId).is_some() {
            return Err(SandboxError::Refused(format!(
                "the _id {signal_id} is already in use"
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
            Slot::Reserved(index) => {
                self.state.reserved.remove(index);
            }
        }
        Ok(())
    }

    /// The Reemo Service starts with this `_id`.
    pub(super) fn register(
        &mut self,
        signal_id: Uuid,
        now: Timestamp,
    ) -> Result<Computer, SandboxError> {
        let slot = self.find(signal_id, IdKind::SignalId).ok_or_else(|| {
            SandboxError::NotFound(format!("no computer has the _id {signal_id}"))
        })?;
        self.switch(slot, true, now)
    }

    /// Switches a computer ONLINE or OFFLINE. A reserved one that comes ONLINE for the first time gets a hostname, an ip
    /// and a system.
    pub(super) fn switch(
        &mut self,
        slot: Slot,
        online: bool,
        now: Timestamp,
    ) -> Result<Computer, SandboxError> {
        let deleted = || SandboxError::NotFound("the computer is deleted".to_owned());
        let mut computer = self.get(slot).ok_or_else(deleted)?.into_owned();
        if online && computer.hostname.is_none() {
            demo::install(&mut computer);
        }
        computer.switch(online, now);
        Ok(self.put(slot, computer))
    }

    /// Stores the computer in its slot, unless it is equal to the one that is there: then the state remains the same.
    fn put(&mut self, slot: Slot, computer: Computer) -> Computer {
        if self.get(slot).as_deref() != Some(&computer) {
            match slot {
                Slot::Demo(index) => {
                    self.state.changed.insert(index, computer.clone());
                }
                Slot::Reserved(index) => {
                    if let Some(stored) = self.state.reserved.get_mut(index) {
                        stored.clone_from(&computer);
                    }
                }
            }
        }
        computer
    }
}
