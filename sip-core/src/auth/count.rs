//! Which counts of which nonces have been used.

use std::collections::BTreeMap;

use callwright_runtime::Time;

use super::nonce::NonceId;

/// How far behind the highest count one may come, once, where datagrams have
/// overtaken each other.
const WINDOW: u32 = u64::BITS;

/// The counts of nonces that have come with a right answer, so that none is
/// taken twice (RFC 7616 section 5.12; `nc`, section 3.4).
///
/// There are never more nonces here than `capacity`. Beyond it the oldest is
/// forgotten, and with it every nonce that was made no later is refused as
/// stale from then on: what is not remembered must not be used again.
#[derive(Debug, Clone)]
pub(super) struct NonceCounts {
    capacity: usize,
    windows: BTreeMap<NonceId, Window>,
    /// Nonces made at this time or before are refused.
    forgotten: Option<Time>,
}

impl NonceCounts {
    pub(super) fn new(capacity: usize) -> NonceCounts {
        NonceCounts {
            capacity: capacity.max(1),
            windows: BTreeMap::new(),
            forgotten: None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.windows.len()
    }

    /// Whether the nonce may be used at all.
    pub(super) fn allows(&self, id: &NonceId) -> bool {
        self.forgotten.is_none_or(|time| id.made > time)
    }

    /// Writes down that this count of the nonce has been used, or the nonce
    /// itself where there is no count. `false` where it had been.
    ///
    /// What was made before `expired` is let go: nobody may use it any more.
    pub(super) fn admit(&mut self, id: NonceId, count: Option<u32>, expired: Time) -> bool {
        self.drop_before(expired);
        if id.made < expired || !self.allows(&id) {
            return false;
        }
        if let Some(window) = self.windows.get_mut(&id) {
            return count.is_some_and(|count| window.admit(count));
        }
        if self.windows.len() >= self.capacity && !self.forget_one_older_than(&id) {
            return false;
        }
        self.windows
            .insert(id, count.map_or(Window::CLOSED, Window::new));
        true
    }

    fn drop_before(&mut self, expired: Time) {
        while let Some(oldest) = self.windows.first_entry() {
            if oldest.key().made >= expired {
                return;
            }
            oldest.remove();
        }
    }

    fn forget_one_older_than(&mut self, id: &NonceId) -> bool {
        match self.windows.first_entry() {
            Some(oldest) if oldest.key() < id => {
                self.forgotten = Some(oldest.key().made);
                oldest.remove();
                self.allows(id)
            }
            _ => false,
        }
    }
}

/// The counts of one nonce: the highest, and which of those just below it.
#[derive(Debug, Clone, Copy)]
struct Window {
    highest: u32,
    /// The lowest bit is the highest count, the next the one below it, and so on.
    seen: u64,
}

impl Window {
    /// Of a nonce that was used without a count: all are taken.
    const CLOSED: Window = Window {
        highest: u32::MAX,
        seen: u64::MAX,
    };

    fn new(count: u32) -> Window {
        Window {
            highest: count,
            seen: 1,
        }
    }

    fn admit(&mut self, count: u32) -> bool {
        if let Some(ahead) = count.checked_sub(self.highest).filter(|ahead| *ahead > 0) {
            self.seen = self.seen.checked_shl(ahead).unwrap_or(0) | 1;
            self.highest = count;
            return true;
        }
        let behind = self.highest.saturating_sub(count);
        let bit = 1_u64.checked_shl(behind).unwrap_or(0);
        let new = behind < WINDOW && self.seen & bit == 0;
        self.seen |= bit;
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::nonce::NonceKey;
    use callwright_runtime::{Random, Seed};
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn ids(times: &[u64]) -> Vec<NonceId> {
        let key = NonceKey::new(&Seed::from_u64(1), 0, b"r");
        let mut random = Random::new(Seed::from_u64(1));
        times
            .iter()
            .map(|time| {
                let nonce = key.make(Time::from_nanos(*time), &mut random);
                key.read(nonce.as_bytes()).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_count_is_taken_once_and_late_ones_within_the_window() {
        let id = ids(&[5])[0];
        let mut counts = NonceCounts::new(2);
        for (count, taken) in [
            (3, true),
            (3, false),
            (1, true),
            (1, false),
            (2, true),
            (100, true),
            (37, true),
            (37, false),
            (36, false),
            (99, true),
            (u32::MAX, true),
            (u32::MAX, false),
            (100, false),
            (u32::MAX - 63, true),
            (u32::MAX - 64, false),
        ] {
            let admitted = counts.admit(id, Some(count), Time::ZERO);
            assert_eq!(admitted, taken, "{count}");
        }
        assert_eq!(counts.len(), 1);
    }

    #[test]
    fn without_a_count_a_nonce_is_good_for_one_answer() {
        let ids = ids(&[5, 6]);
        let mut counts = NonceCounts::new(2);
        assert!(counts.admit(ids[0], None, Time::ZERO));
        assert!(!counts.admit(ids[0], None, Time::ZERO));
        assert!(!counts.admit(ids[0], Some(7), Time::ZERO));
        assert!(counts.admit(ids[1], Some(1), Time::ZERO));
        assert!(!counts.admit(ids[1], None, Time::ZERO));
    }

    #[test]
    fn the_oldest_is_forgotten_and_never_taken_again() {
        let ids = ids(&[5, 6, 6, 7, 4, 8]);
        let mut counts = NonceCounts::new(2);
        assert!(counts.admit(ids[0], Some(1), Time::ZERO));
        assert!(counts.admit(ids[3], Some(1), Time::ZERO));
        // Older than all that is remembered: there is no room to remember it.
        assert!(!counts.admit(ids[4], Some(1), Time::ZERO));
        assert!(counts.admit(ids[1], Some(1), Time::ZERO));
        assert!(!counts.admit(ids[0], Some(2), Time::ZERO));
        // Made at the same moment as one that is forgotten.
        assert!(counts.admit(ids[5], Some(1), Time::ZERO));
        assert!(!counts.allows(&ids[2]) && !counts.admit(ids[2], Some(1), Time::ZERO));
        assert!(counts.admit(ids[3], Some(2), Time::ZERO));
        assert_eq!(counts.len(), 2);
    }

    #[test]
    fn what_has_expired_makes_room_and_nothing_stale() {
        let ids = ids(&[5, 6, 7]);
        let mut counts = NonceCounts::new(2);
        assert!(counts.admit(ids[0], Some(1), Time::ZERO));
        assert!(counts.admit(ids[1], Some(1), Time::ZERO));
        assert!(counts.admit(ids[2], Some(1), Time::from_nanos(6)));
        assert!(!counts.admit(ids[0], Some(2), Time::from_nanos(6)));
        assert!(counts.admit(ids[1], Some(2), Time::from_nanos(6)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_count_of_a_nonce_is_ever_taken_twice(
            uses in proptest::collection::vec((0..6_usize, 1..200_u32), 1..300),
            capacity in 1..5_usize,
        ) {
            let ids = ids(&[1, 2, 2, 3, 4, 5]);
            let mut counts = NonceCounts::new(capacity);
            let mut taken = HashSet::new();
            for (nonce, count) in uses {
                if counts.admit(ids[nonce], Some(count), Time::ZERO) {
                    prop_assert!(taken.insert((nonce, count)));
                }
                prop_assert!(counts.len() <= capacity);
            }
        }
    }
}
