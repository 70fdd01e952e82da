//! The page size that an API grants: found once, and remembered for all listings of a command.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The page size asked for where none is given, in computers: large, since an API gives at most what it grants.
const DEFAULT: u64 = 1000;
/// The sizes that are tried where an API rejects another one.
const USUAL: [u64; 4] = [100, 50, 20, 10];

/// The page size to ask for. Clones share what is known of the API.
#[derive(Debug, Clone)]
pub(in crate::api) struct PageSize {
    wanted: u64,
    /// Whether the user chose it: then it is not changed, whatever the API says to it.
    is_fixed: bool,
    granted: Arc<Granted>,
}

/// The bounds between which the API is not known to reject a size.
#[derive(Debug)]
struct Granted {
    min: AtomicU64,
    max: AtomicU64,
}

impl Default for PageSize {
    fn default() -> Self {
        Self {
            wanted: DEFAULT,
            is_fixed: false,
            granted: Arc::new(Granted {
                min: AtomicU64::new(1),
                max: AtomicU64::new(DEFAULT),
            }),
        }
    }
}

impl PageSize {
    /// The same for a size that the user chose.
    pub(in crate::api) fn fixed(&self, size: u64) -> Self {
        Self {
            wanted: size,
            is_fixed: true,
            ..self.clone()
        }
    }

    /// The same where no more than that many computers are wanted.
    pub(in crate::api) fn at_most(&self, computers: u64) -> Self {
        Self {
            wanted: self.wanted.min(computers),
            ..self.clone()
        }
    }

    /// The size to ask for.
    pub(super) fn get(&self) -> u64 {
        if self.is_fixed {
            return self.wanted;
        }
        let bound = |bound: &AtomicU64| bound.load(Ordering::Relaxed);
        self.wanted
            .max(bound(&self.granted.min))
            .min(bound(&self.granted.max))
    }

    /// Other sizes to try where the API rejects this one, the likeliest first: an API has a maximum that is smaller, or a
    /// minimum that is larger.
    pub(super) fn others(&self, rejected: u64) -> Vec<u64> {
        if self.is_fixed {
            return Vec::new();
        }
        let smaller = USUAL.into_iter().filter(|size| *size < rejected);
        let larger = USUAL.into_iter().rev().filter(|size| *size > rejected);
        smaller.chain(larger).collect()
    }

    /// Remembers that the API grants a size after it rejected another one.
    pub(super) fn remember(&self, granted: u64, rejected: u64) {
        let bound = if granted < rejected {
            &self.granted.max
        } else {
            &self.granted.min
        };
        bound.store(granted, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::PageSize;

    #[test]
    fn other_sizes_are_tried_from_the_likeliest() {
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
    fn what_is_granted_holds_for_the_whole_command() {
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
        // No one size is granted for long: then the maximum counts.
        few.remember(60, 50);
        assert_eq!((size.get(), few.get()), (50, 50));
    }
}
