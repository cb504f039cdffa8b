//! Pauses between retries.

/// The longest pause between two attempts.
const MOST_MINUTES: i64 = 60;

/// A pause that doubles with each failure. Times are whole minutes of one clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    not_before: i64,
    pause: i64,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            not_before: i64::MIN,
            pause: 1,
        }
    }
}

impl Backoff {
    /// Whether an attempt may begin. It may after a clock was set back by more than the longest
    /// pause.
    #[must_use]
    pub fn is_due(self, now: i64) -> bool {
        now >= self.not_before || self.not_before - now > MOST_MINUTES
    }

    /// Whether the last attempt failed.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.pause > 1
    }

    /// The state after a failure at `now`. The first pause is a minute, each further one
    /// twice as long, at most an hour.
    #[must_use]
    pub fn after_failure(self, now: i64) -> Self {
        Self {
            not_before: now + self.pause,
            pause: (self.pause * 2).min(MOST_MINUTES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_ends_a_pause() {
        let backoff = Backoff::default().after_failure(1_000_000);
        assert!(!backoff.is_due(1_000_000));
        assert!(backoff.is_due(1_000_000 - 2 * MOST_MINUTES));
        assert!(Backoff::default().is_due(i64::MAX));
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        let mut backoff = Backoff::default();
        assert!(backoff.is_due(0));
        for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
            backoff = backoff.after_failure(100);
            assert!(!backoff.is_due(100 + pause - 1), "{pause}");
            assert!(backoff.is_due(100 + pause), "{pause}");
        }
    }
}
