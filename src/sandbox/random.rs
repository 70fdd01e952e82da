//! Pseudorandom numbers that are the same on every machine and in every release, which no library promises, and a
//! permutation of 32-bit numbers with its inverse. They make a demo fleet and are never used for secrets.

const SEED: u64 = 0x0072_6565_6d6f;
/// The increment of `SplitMix64`: 2^64 divided by the golden ratio.
const INCREMENT: u64 = 0x9e37_79b9_7f4a_7c15;

/// The `SplitMix64` generator by Steele, Lea and Flood.
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator whose sequence depends on `start` alone.
    pub(super) fn new(start: u64) -> Self {
        Self(mix(start ^ SEED))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(INCREMENT);
        mix(self.0)
    }

    /// Returns a number from 0 to just under `bound`, which is at least 1.
    pub(super) fn below(&mut self, bound: i64) -> i64 {
        (self.next() >> 1).cast_signed() % bound.max(1)
    }

    /// Returns a number from 0 to just under `bound`, which is at least 1.
    pub(super) fn byte_below(&mut self, bound: u8) -> u8 {
        u8::try_from(self.below(i64::from(bound))).unwrap_or_default()
    }

    /// Returns one of `choices`, which must not be empty.
    pub(super) fn choose<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.next() % choices.len() as u64).unwrap_or_default()]
    }
}

/// Returns a number that depends on `index` alone.
pub(super) const fn hash(index: u64) -> u64 {
    mix(index.wrapping_mul(INCREMENT))
}

/// The finalizer of `SplitMix64`: every bit of the input affects every bit of the output.
const fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

const FACTOR: u32 = 0x85eb_ca6b;
const FACTOR_INVERSE: u32 = inverse(FACTOR);

/// A permutation of the 32-bit numbers.
pub(super) fn scramble(n: u32) -> u32 {
    let n = n.wrapping_mul(FACTOR);
    (n ^ (n >> 16)).wrapping_mul(FACTOR)
}

/// The inverse of [`scramble`].
pub(super) fn unscramble(n: u32) -> u32 {
    let n = n.wrapping_mul(FACTOR_INVERSE);
    (n ^ (n >> 16)).wrapping_mul(FACTOR_INVERSE)
}

/// The inverse of an odd number modulo 2^32, by Newton's method: each step doubles the number of correct bits, of which
/// there are 3 at first.
const fn inverse(odd: u32) -> u32 {
    let mut guess = odd;
    let mut step = 0;
    while step < 4 {
        guess = guess.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(guess)));
        step += 1;
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unscramble_is_the_inverse_of_scramble() {
        for n in (0..1_000).chain([u32::MAX, u32::MAX / 2, 0x8000_0000]) {
            assert_eq!(unscramble(scramble(n)), n);
        }
    }
}
