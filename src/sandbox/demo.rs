//! The demo fleet as it is when new: computer number `index` is made from `index` alone, so a fleet of any size is
//! the beginning of every larger one, costs nothing until it is looked at, and is the same on every machine and day.
//! It knows nothing of changes.

use std::net::Ipv4Addr;

use uuid::{Builder, Uuid};

use super::catalogue::{MACOS, ROLES, SCREENS, SERVICE_VERSIONS, SITES, System, WINDOWS};
use super::clock::Moment;
use super::computer::{Computer, Screen, Status};
use super::dice::{Dice, scramble, unscramble};

/// 2026-03-02T08:00:00Z, a Monday morning: "now" for the demo fleet.
const NOW: Moment = Moment::at(1_772_438_400);
const DAY: i64 = 86_400;

/// Which of a computer's two ids is meant.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(super) enum Which {
    Id = 0x1d6b_3f27,
    SignalId = 0x8c51_0ae9,
}

/// The computer with this number. Names, hostnames and ips differ from one number to any other, up to 1,000,000.
pub(super) fn computer(index: u32) -> Computer {
    let place = Place::of(index);
    let role = &ROLES[place.role];
    let site = &SITES[place.site];
    let mut dice = Dice::new(u64::from(index));
    let online = dice.below(4) != 0;
    let seen = if online {
        dice.below(30)
    } else {
        dice.below(20 * DAY) + DAY
    };
    Computer {
        id: id(index, Which::Id),
        signal_id: id(index, Which::SignalId),
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
        os_version: Some(dice.pick(role.system.versions).into()),
        service_version: Some(dice.pick(&SERVICE_VERSIONS).into()),
        site: Some(site.name.into()),
        group: Some(role.group.into()),
        screens: screens(&mut dice),
        created_at: NOW.plus(-30 * DAY - dice.below(700 * DAY)),
        last_seen: Some(NOW.plus(-seen)),
    }
}

/// What the Reemo Service reports when it comes up on a machine whose `_id` was reserved.
pub(super) fn install(computer: &mut Computer) {
    let (high, low) = computer.signal_id.as_u64_pair();
    let mut dice = Dice::new(high ^ low.rotate_left(32));
    let system: &System = if dice.below(4) == 0 { &MACOS } else { &WINDOWS };
    let word = Dice::new(low ^ high.rotate_left(32)).next() & 0x0fff_ffff;
    let prefix = if system.name == MACOS.name {
        "MAC"
    } else {
        "DESKTOP"
    };
    computer.hostname = Some(format!("{prefix}-{word:07X}"));
    computer.ip = Some(Ipv4Addr::new(
        10,
        200 + dice.octet(50),
        dice.octet(255),
        1 + dice.octet(250),
    ));
    computer.os = Some(system.name.into());
    computer.os_version = Some(dice.pick(system.versions).into());
    computer.service_version = Some(SERVICE_VERSIONS[0].into());
    computer.screens = screens(&mut dice);
}

/// An id of the computer with this number. Its first 32 bits are the number, scrambled so that no two are alike.
pub(super) fn id(index: u32, which: Which) -> Uuid {
    let mut dice = Dice::new(u64::from(index) ^ ((which as u64) << 32));
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&scramble(index ^ which as u32).to_be_bytes());
    bytes[4..12].copy_from_slice(&dice.next().to_be_bytes());
    bytes[12..].copy_from_slice(&dice.next().to_be_bytes()[..4]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The number of the computer that was made with this id, whether or not the fleet is that large.
pub(super) fn index_of(wanted: Uuid, which: Which) -> Option<u32> {
    let index = unscramble(wanted.as_fields().0) ^ which as u32;
    (id(index, which) == wanted).then_some(index)
}

/// Where a computer stands. A round places each role once; each round moves every role on to its next site;
/// a lap has brought every role to every site, so `number` and the site together are unique.
struct Place {
    role: usize,
    site: usize,
    lap: usize,
    number: usize,
}

impl Place {
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

    /// A private address: the site and the block in the second byte, 256 × 250 addresses a block.
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

fn screens(dice: &mut Dice) -> Vec<Screen> {
    let set = dice.pick(&SCREENS);
    set.iter()
        .map(|&(w, h, scale)| Screen { w, h, scale })
        .collect()
}

#[cfg(test)]
mod tests;
