//! The retries that many requests of one command share.
//!
//! A request in bulk work may be tried more often than one that stands alone, since among thousands some fail several
//! times in a row. So that a dead API is not asked thousands of times over, every retry costs a token, and only answers
//! earn new ones.

use std::sync::{Mutex, PoisonError};

/// Tokens at the start and at most, in twentieths of a retry.
const FULL: u32 = 40 * RETRY;
/// What a retry costs.
const RETRY: u32 = 20;
/// What an answer earns: where fewer than one request in five fails, retries go on for ever.
const ANSWER: u32 = 4;

/// A store of tokens, shared by all requests.
#[derive(Debug)]
pub(super) struct Budget(Mutex<u32>);

impl Budget {
    pub(super) fn new() -> Self {
        Self(Mutex::new(FULL))
    }

    /// An answer came.
    pub(super) fn earn(&self) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *tokens = (*tokens + ANSWER).min(FULL);
    }

    /// Takes the price of a retry; whether there was enough.
    pub(super) fn spend(&self) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = *tokens >= RETRY;
        if enough {
            *tokens -= RETRY;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn a_dead_api_ends_it_and_a_flaky_one_does_not() {
        let dead = Budget::new();
        assert_eq!((0..1000).filter(|_| dead.spend()).count(), 40);
        let flaky = Budget::new();
        for request in 0..10_000 {
            if request % 6 == 0 {
                assert!(flaky.spend(), "{request}");
            } else {
                flaky.earn();
            }
        }
    }
}
