//! Which rows were seen: a set of hashes in little more than 5 bytes each, since a million rows must fit beside everything
//! else in 16 MiB.

use std::collections::BTreeSet;
use std::ops::Range;

/// The last bits of a hash are kept, sorted; those before name the bucket that they are kept in, and the first are not used.
const KEPT: u32 = 40;
const BUCKETS: usize = 1 << 16;

/// So many hashes are taken in at once: one by one, most of the set would be moved for each.
const AT_ONCE: usize = 4 * 1024;

/// A set of hashes. At a million rows the chance that two rows share one is one in 140,000; the listing would
/// then be called not proven whole, and no row be lost in silence.
pub(super) struct Seen {
    /// All buckets in one piece of memory, which grows by what it needs: separate ones would leave gaps between them.
    settled: Vec<[u8; 5]>,
    /// Where each bucket ends in it.
    ends: Vec<u32>,
    /// Hashes that are not taken in yet.
    recent: BTreeSet<u64>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self {
            settled: Vec::new(),
            ends: vec![0; BUCKETS],
            recent: BTreeSet::new(),
        }
    }

    /// How many different hashes were inserted.
    pub(super) fn count(&self) -> u64 {
        (self.settled.len() + self.recent.len()) as u64
    }

    /// Inserts a hash; whether it is new.
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        let bucket = &self.settled[self.range(bucket(hash))];
        let is_there = bucket
            .get(place(bucket, hash))
            .is_some_and(|known| number(known) == kept(hash));
        let is_new = !is_there && self.recent.insert(hash & USED);
        if self.recent.len() == AT_ONCE {
            self.settle();
        }
        is_new
    }

    fn range(&self, bucket: usize) -> Range<usize> {
        bucket
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize)..self.ends[bucket] as usize
    }

    /// Takes in what is recent, the greatest first: what is greater than it moves up to where there is room.
    fn settle(&mut self) {
        let recent = std::mem::take(&mut self.recent);
        let (mut from, mut to) = (self.settled.len(), self.settled.len() + recent.len());
        self.settled.reserve_exact(recent.len());
        self.settled.resize(to, [0; 5]);
        for hash in recent.iter().rev() {
            let range = self.range(bucket(*hash));
            let place = range.start + place(&self.settled[range.start..range.end.min(from)], *hash);
            to -= from - place;
            self.settled.copy_within(place..from, to);
            from = place;
            to -= 1;
            let [_, _, _, rest @ ..] = hash.to_be_bytes();
            self.settled[to] = rest;
        }
        let mut buckets = recent.into_iter().map(bucket).peekable();
        let mut added = 0;
        for (bucket, end) in self.ends.iter_mut().enumerate() {
            while buckets.next_if_eq(&bucket).is_some() {
                added += 1;
            }
            *end += added;
        }
    }
}

/// Where a hash is, or belongs, among those of its bucket. Hashes are spread evenly, so it is close to where its value says:
/// to halve the bucket again and again would touch more of a memory that no cache holds.
fn place(bucket: &[[u8; 5]], hash: u64) -> usize {
    let (wanted, length) = (kept(hash), bucket.len());
    let mut place = ((u128::from(wanted) * length as u128) >> KEPT) as usize;
    while bucket
        .get(place)
        .is_some_and(|known| number(known) < wanted)
    {
        place += 1;
    }
    while place
        .checked_sub(1)
        .is_some_and(|before| number(&bucket[before]) >= wanted)
    {
        place -= 1;
    }
    place
}

/// The bits of a hash that count.
const USED: u64 = ((BUCKETS as u64) << KEPT) - 1;

fn bucket(hash: u64) -> usize {
    ((hash & USED) >> KEPT) as usize
}

fn kept(hash: u64) -> u64 {
    hash & ((1 << KEPT) - 1)
}

fn number([a, b, c, d, e]: &[u8; 5]) -> u64 {
    u64::from_be_bytes([0, 0, 0, *a, *b, *c, *d, *e])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Seen;

    #[test]
    fn it_is_a_set() {
        let (mut seen, mut model) = (Seen::new(), HashSet::new());
        let mut hash = 1_u64;
        for _ in 0..20_000 {
            hash = hash
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let repeated = hash >> 8 & 0x00ff_0000_0000_03ff;
            assert_eq!(seen.insert(repeated), model.insert(repeated));
        }
        assert_eq!(seen.count(), model.len() as u64);
    }

    #[test]
    fn it_agrees_with_the_standard_set_on_any_hashes() {
        arbtest::arbtest(|u| {
            let (mut seen, mut model) = (Seen::new(), HashSet::new());
            // Few different bytes at both ends, so that buckets fill and hashes come again.
            while u.len() >= 2 {
                let [first, last] = u.arbitrary::<[u8; 2]>()?;
                let hash = u64::from_be_bytes([0, first % 3, 0, 0, 0, 0, last >> 7, last]);
                if first >= 240 {
                    seen.settle();
                }
                assert_eq!(seen.insert(hash), model.insert(hash), "{hash:x}");
                assert_eq!(seen.count(), model.len() as u64);
            }
            Ok(())
        });
    }
}
