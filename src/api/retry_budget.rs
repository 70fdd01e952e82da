//! The retries that the requests of one command share.
//!
//! A request of a bulk command may be retried more often than a single one, since among thousands some fail several times in
//! a row. So that an API that is down does not get thousands of retries, each costs tokens, and only responses earn new ones.

use std::sync::{Mutex, PoisonError};

/// What one retry costs, in tokens.
const RETRY_COST: u32 = 20;
/// What one response earns, in tokens: while fewer than one request in five fails, there are always retries left.
const RESPONSE_REWARD: u32 = 4;
/// The tokens at the start, and the most there can be.
const MAX_TOKENS: u32 = 40 * RETRY_COST;

/// Tokens for retries, shared by all requests of a command.
#[derive(Debug)]
pub(super) struct RetryBudget(Mutex<u32>);

impl RetryBudget {
    pub(super) fn new() -> Self {
        Self(Mutex::new(MAX_TOKENS))
    }

    /// Records that a response came.
    pub(super) fn earn(&self) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *tokens = (*tokens + RESPONSE_REWARD).min(MAX_TOKENS);
    }

    /// Pays for a retry. Returns whether there were enough tokens.
    pub(super) fn spend(&self) -> bool {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_enough = *tokens >= RETRY_COST;
        if is_enough {
            *tokens -= RETRY_COST;
        }
        is_enough
    }
}

#[cfg(test)]
mod tests {
    use super::RetryBudget;

    #[test]
    fn retries_end_if_the_api_is_down_but_not_if_some_requests_fail() {
        let down = RetryBudget::new();
        assert_eq!((0..1000).filter(|_| down.spend()).count(), 40);
        let unreliable = RetryBudget::new();
        for request in 0..10_000 {
            if request % 6 == 0 {
                assert!(unreliable.spend(), "{request}");
            } else {
                unreliable.earn();
            }
        }
    }
}
