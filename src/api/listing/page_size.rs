//! The page size that an API accepts: found once, and remembered for all listings of a command.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The page size requested by default, in computers: large, because an API may cap it.
const DEFAULT: u64 = 1000;
/// The sizes to try if an API rejects another one.
const USUAL: [u64; 4] = [100, 50, 20, 10];

/// The page size to request. Clones share what is known of the API.
#[derive(Debug, Clone)]
pub(in crate::api) struct PageSize {
    wanted: u64,
    /// Whether the user set it: then it is not changed, even if the API rejects it.
    is_fixed: bool,
    accepted: Arc<Accepted>,
}

/// The range of sizes that the API is not known to reject.
#[derive(Debug)]
struct Accepted {
    min: AtomicU64,
    max: AtomicU64,
}

impl Default for PageSize {
    fn default() -> Self {
        Self {
            wanted: DEFAULT,
            is_fixed: false,
            accepted: Arc::new(Accepted {
                min: AtomicU64::new(1),
                max: AtomicU64::new(DEFAULT),
            }),
        }
    }
}

impl PageSize {
    /// Returns this for a size that the user set.
    pub(in crate::api) fn fixed(&self, size: u64) -> Self {
        Self {
            wanted: size,
            is_fixed: true,
            ..self.clone()
        }
    }

    /// Returns this for a listing of which no more than `computers` are needed.
    pub(in crate::api) fn at_most(&self, computers: u64) -> Self {
        Self {
            wanted: self.wanted.min(computers),
            ..self.clone()
        }
    }

    /// Returns the size to request.
    pub(super) fn get(&self) -> u64 {
        if self.is_fixed {
            return self.wanted;
        }
        let bound = |bound: &AtomicU64| bound.load(Ordering::Relaxed);
        self.wanted
            .max(bound(&self.accepted.min))
            .min(bound(&self.accepted.max))
    }

    /// Returns other sizes to try if the API rejects this one, the likeliest first: an API has a smaller maximum or a larger
    /// minimum.
    pub(super) fn others(&self, rejected: u64) -> Vec<u64> {
        if self.is_fixed {
            return Vec::new();
        }
        let smaller = USUAL.into_iter().filter(|size| *size < rejected);
        let larger = USUAL.into_iter().rev().filter(|size| *size > rejected);
        smaller.chain(larger).collect()
    }

    /// Remembers that the API accepted a size after it rejected another one.
    pub(super) fn remember(&self, accepted: u64, rejected: u64) {
        let bound = if accepted < rejected {
            &self.accepted.max
        } else {
            &self.accepted.min
        };
        bound.store(accepted, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::PageSize;

    #[test]
    fn the_likeliest_size_is_tried_first() {
        let size = PageSize::default();
        for (rejected, others) in [
            (1000, &[100, 50, 20, 10][..]),
            (101, &[100, 50, 20, 10]),
            (50, &[20, 10, 100]),
            (30, &[20, 10, 50, 100]),
            (10, &[20, 50, 100]),
            (1, &[10, 20, 50, 100]),
        ] {
            assert_eq!(size.others(rejected), others, "{rejected}");
        }
        assert_eq!(size.fixed(1000).others(1000), [0; 0]);
    }

    #[test]
    fn an_accepted_size_is_remembered_for_the_whole_command() {
        let size = PageSize::default();
        let few = size.at_most(5);
        assert_eq!(
            (size.get(), few.get(), size.fixed(700).get()),
            (1000, 5, 700)
        );
        size.remember(50, 1000);
        few.remember(10, 5);
        assert_eq!(
            (size.get(), few.get(), size.at_most(30).get()),
            (50, 10, 30)
        );
        assert_eq!(few.fixed(700).get(), 700);
        // If the API contradicts itself, the maximum counts.
        few.remember(60, 50);
        assert_eq!((size.get(), few.get()), (50, 50));
    }
}
