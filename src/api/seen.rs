//! Which rows were seen: a set of hashes in little more than 6 bytes each, since a million rows must fit beside everything
//! else in 16 MiB.

/// The first bits of a hash name its bucket; its last 6 bytes are kept sorted in there, and the 4 bits between are not used. With fewer buckets, what moves to
/// make room for a hash would take longer than all else that is done for a row.
const BUCKET_BITS: u32 = 12;

/// A set of hashes. At a million rows the chance that two rows share one is below one in two million; the listing would
/// then be called not proven whole, and no row be lost in silence.
pub(super) struct Seen {
    buckets: Vec<Vec<[u8; 6]>>,
    count: u64,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { buckets: vec![Vec::new(); 1 << BUCKET_BITS], count: 0 }
    }

    /// How many different hashes were inserted.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Inserts a hash; whether it is new.
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        let [_, _, rest @ ..] = hash.to_be_bytes();
        let Some(bucket) = self.buckets.get_mut((hash >> (u64::BITS - BUCKET_BITS)) as usize) else { return false };
        let Err(position) = bucket.binary_search(&rest) else { return false };
        if bucket.len() == bucket.capacity() {
            // Doubling would waste half of the memory at the worst moment.
            bucket.reserve_exact(bucket.len() / 8 + 4);
        }
        bucket.insert(position, rest);
        self.count += 1;
        true
    }
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
            hash = hash.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let repeated = hash & 0xff00_0000_0000_03ff;
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
                let hash = u64::from_be_bytes([first % 3, 0, 0, 0, 0, 0, last >> 7, last]);
                assert_eq!(seen.insert(hash), model.insert(hash), "{hash:x}");
                assert_eq!(seen.count(), model.len() as u64);
            }
            Ok(())
        });
    }
}
