//! Numbers that look like chance and are the same on every machine: draws from a seed, and a shuffle with a way back.
//! They are for a demo fleet, never for a secret.

const SEED: u64 = 0x0072_6565_6d6f;

/// A splitmix64 sequence: the same draws for the same start.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(start: u64) -> Self {
        Self(mix(start ^ SEED))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number from 0 to just under `sides` (at least 1).
    pub(super) fn below(&mut self, sides: i64) -> i64 {
        (self.next() >> 1).cast_signed() % sides.max(1)
    }

    pub(super) fn octet(&mut self, sides: u8) -> u8 {
        u8::try_from(self.below(i64::from(sides))).unwrap_or_default()
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.next() as usize % from.len()]
    }
}

/// The finaliser of splitmix64: every bit of the input moves every bit of the output.
pub(super) const fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

const ODD: u32 = 0x85eb_ca6b;
const ODD_INVERSE: u32 = inverse(ODD);

/// A one-to-one shuffle of the 32-bit numbers, and its way back.
pub(super) fn scramble(n: u32) -> u32 {
    let n = n.wrapping_mul(ODD);
    (n ^ (n >> 16)).wrapping_mul(ODD)
}

pub(super) fn unscramble(n: u32) -> u32 {
    let n = n.wrapping_mul(ODD_INVERSE);
    (n ^ (n >> 16)).wrapping_mul(ODD_INVERSE)
}

/// The inverse of an odd number modulo 2^32, by Newton's method: each step doubles the bits that are right (3 at first).
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
    fn a_shuffled_number_finds_its_way_back() {
        for n in (0..1_000).chain([u32::MAX, u32::MAX / 2, 0x8000_0000]) {
            assert_eq!(unscramble(scramble(n)), n);
        }
    }
}
