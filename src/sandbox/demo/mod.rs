//! The demo fleet in its original state. Computer number `index` is computed from `index` alone, so a fleet of any size is
//! the beginning of every larger one, takes no memory, and is the same on every machine and day.
//! It knows nothing of changes.

use std::net::Ipv4Addr;

use uuid::{Builder, Uuid};

use super::catalogue::{MACOS, ROLES, SCREENS, SERVICE_VERSIONS, SITES, System, WINDOWS};
use super::computer::{Computer, Screen, Status};
use super::random::{SplitMix64, scramble, unscramble};
use super::timestamp::Timestamp;

/// 2026-03-02T08:00:00Z, the time at which the demo fleet is in its original state.
const NOW: Timestamp = Timestamp::from_unix_seconds(1_772_438_400);
/// In seconds.
const DAY: i64 = 86_400;

/// One of a computer's two ids. The value is a seed, so that the two differ.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(super) enum IdKind {
    Id = 0x1d6b_3f27,
    SignalId = 0x8c51_0ae9,
}

/// Returns the computer with this number. Names, hostnames and ips are unique up to number 1,000,000.
pub(super) fn computer(index: u32) -> Computer {
    let place = DemoMachine::of(index);
    let role = &ROLES[place.role];
    let site = &SITES[place.site];
    let mut random = SplitMix64::new(u64::from(index));
    let online = random.below(4) != 0;
    let seconds_ago = if online {
        random.below(30)
    } else {
        random.below(20 * DAY) + DAY
    };
    Computer {
        id: id(index, IdKind::Id),
        signal_id: id(index, IdKind::SignalId),
        name: Some(match place.lap {
            0 => format!("{} {}", role.name, site.name),
            lap => format!("{} {} {}", role.name, site.name, lap + 1),
        }),
        hostname: Some(format!(
            "{}-{}-{:02}",
            site.code,
            role.kind,
            place.number + 1
        )),
        ip: Some(place.ip()),
        status: if online {
            Status::Online
        } else {
            Status::Offline
        },
        os: Some(role.system.name.into()),
        os_version: Some(random.choose(role.system.versions).into()),
        service_version: Some(random.choose(&SERVICE_VERSIONS).into()),
        site: Some(site.name.into()),
        group: Some(role.group.into()),
        screens: screens(&mut random),
        created_at: NOW.plus_seconds(-30 * DAY - random.below(700 * DAY)),
        last_seen: Some(NOW.plus_seconds(-seconds_ago)),
    }
}

/// Adds what the Reemo Service reports when it first starts on a machine whose `_id` was reserved.
pub(super) fn install(computer: &mut Computer) {
    let (high, low) = computer.signal_id.as_u64_pair();
    let mut random = SplitMix64::new(high ^ low.rotate_left(32));
    let system: &System = if random.below(4) == 0 {
        &MACOS
    } else {
        &WINDOWS
    };
    let word = SplitMix64::new(low ^ high.rotate_left(32)).next() & 0x0fff_ffff;
    let prefix = if system.name == MACOS.name {
        "MAC"
    } else {
        "DESKTOP"
    };
    computer.hostname = Some(format!("{prefix}-{word:07X}"));
    computer.ip = Some(Ipv4Addr::new(
        10,
        200 + random.byte_below(50),
        random.byte_below(255),
        1 + random.byte_below(250),
    ));
    computer.os = Some(system.name.into());
    computer.os_version = Some(random.choose(system.versions).into());
    computer.service_version = Some(SERVICE_VERSIONS[0].into());
    computer.screens = screens(&mut random);
}

/// Returns an id of the computer with this number. Its first 32 bits are the number, scrambled.
pub(super) fn id(index: u32, kind: IdKind) -> Uuid {
    let mut random = SplitMix64::new(u64::from(index) ^ ((kind as u64) << 32));
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&scramble(index ^ kind as u32).to_be_bytes());
    bytes[4..12].copy_from_slice(&random.next().to_be_bytes());
    bytes[12..].copy_from_slice(&random.next().to_be_bytes()[..4]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Returns the number of the computer that has this id in the largest possible fleet; `None` for any other id.
pub(super) fn index_of(uuid: Uuid, kind: IdKind) -> Option<u32> {
    let index = unscramble(uuid.as_fields().0) ^ kind as u32;
    (id(index, kind) == uuid).then_some(index)
}

/// Where a computer is. Each round of `ROLES.len()` computers has every role once, at the site after that of the round
/// before. After a lap of `SITES.len()` rounds every role has been at every site.
struct DemoMachine {
    role: usize,
    site: usize,
    lap: usize,
    /// Unique at its site.
    number: usize,
}

impl DemoMachine {
    fn of(index: u32) -> Self {
        let index = index as usize;
        let (round, role) = (index / ROLES.len(), index % ROLES.len());
        let lap = round / SITES.len();
        let site = (ROLES[role].home + round) % SITES.len();
        Self {
            role,
            site,
            lap,
            number: lap * ROLES.len() + role,
        }
    }

    /// Returns a private address. The second byte stands for the site and the block of 256 × 250 addresses.
    fn ip(&self) -> Ipv4Addr {
        let block = self.number / 64_000 * SITES.len();
        let byte = |n: usize| u8::try_from(n % 256).unwrap_or_default();
        Ipv4Addr::new(
            10,
            byte(10 + self.site + block),
            byte(self.number / 250),
            byte(2 + self.number % 250),
        )
    }
}

fn screens(random: &mut SplitMix64) -> Vec<Screen> {
    let screens = random.choose(&SCREENS);
    screens
        .iter()
        .map(|&(w, h, scale)| Screen { w, h, scale })
        .collect()
}

#[cfg(test)]
mod tests;
