//! How long someone was at work, told from the moments at which they did something.

/// A longer time without doing anything does not count: nobody was there.
pub const IDLE_AFTER_MS: u64 = 60_000;

/// Adds up the time between one activity and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActivityClock {
    /// The last activity: milliseconds since 1970 in UTC.
    last_ms: Option<u64>,
    active_ms: u64,
}

impl ActivityClock {
    /// Someone did something. A clock that was put back counts for nothing. O(1).
    pub fn note(&mut self, now_ms: u64) {
        let since = self.last_ms.and_then(|last_ms| now_ms.checked_sub(last_ms));
        self.active_ms += since.filter(|since| *since <= IDLE_AFTER_MS).unwrap_or(0);
        self.last_ms = Some(now_ms);
    }

    /// The time since it was last taken, in milliseconds; what comes after counts anew.
    pub fn take(&mut self) -> u32 {
        u32::try_from(std::mem::take(&mut self.active_ms)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{ActivityClock, IDLE_AFTER_MS};

    #[test]
    fn time_between_activities_counts_unless_nobody_was_there() {
        const GAP: u64 = IDLE_AFTER_MS;
        for (moments, expected) in [
            (&[][..], 0),
            (&[5_000], 0),
            (&[5_000, 6_000], 1_000),
            (&[5_000, 6_000, 6_000, 9_000], 4_000),
            (&[5_000, 5_000 + GAP], GAP),
            (&[5_000, 5_001 + GAP], 0),
            (&[5_000, 6_000, 90_000, 91_000], 2_000),
            // The clock of the computer was put back.
            (&[5_000, 6_000, 1_000, 1_500], 1_500),
        ] {
            let mut clock = ActivityClock::default();
            moments.iter().for_each(|moment| clock.note(*moment));
            assert_eq!(u64::from(clock.take()), expected, "{moments:?}");
            assert_eq!(clock.take(), 0, "{moments:?}: taken twice");
        }
    }

    #[test]
    fn what_was_taken_does_not_end_the_work() {
        let mut clock = ActivityClock::default();
        clock.note(1_000);
        clock.note(3_000);
        assert_eq!(clock.take(), 2_000);
        clock.note(3_500);
        assert_eq!(clock.take(), 500);
    }
}
