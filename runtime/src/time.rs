//! Time as a plain number, so that it can be simulated, stored and sent.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::Duration;

const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// A moment: whole nanoseconds since an epoch that the program chooses.
///
/// Every protocol machine is told the time by its caller; none asks a clock.
/// Where the epoch lies does not matter to it, only that all moments it is
/// given count from the same one and do not run backwards. A test starts at
/// [`Time::ZERO`] and moves on as it likes. Unlike [`std::time::Instant`], a
/// `Time` can be written down as a number and read back elsewhere
/// ([`as_nanos`](Self::as_nanos), [`from_nanos`](Self::from_nanos)).
///
/// This is not the time of day: it says nothing about a `Date` header.
///
/// # Arithmetic saturates
///
/// The range is some 584 years. The operators `+` and `-` never wrap and never
/// panic: a moment later than [`Time::MAX`] is `Time::MAX`, one earlier than
/// [`Time::ZERO`] is `Time::ZERO`, and the span from a later moment to an
/// earlier one is [`Duration::ZERO`]. Where that difference matters, use the
/// `checked_` methods.
///
/// ```
/// use callwright_runtime::Time;
/// use std::time::Duration;
///
/// let sent = Time::from_nanos(1_000_000_000);
/// let retransmit = sent + Duration::from_millis(500); // RFC 3261's T1
/// assert_eq!(retransmit.as_nanos(), 1_500_000_000);
/// assert_eq!(retransmit - sent, Duration::from_millis(500));
/// assert_eq!(sent - retransmit, Duration::ZERO);
/// assert_eq!(retransmit.to_string(), "1.500000000 s");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u64);

impl Time {
    /// The epoch itself, the earliest moment there is.
    pub const ZERO: Self = Self(0);

    /// The latest moment there is, some 584 years after the epoch. As a
    /// deadline it means *never*.
    pub const MAX: Self = Self(u64::MAX);

    /// The moment `nanos` nanoseconds after the epoch.
    #[must_use]
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// Nanoseconds since the epoch.
    #[must_use]
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// The moment `span` later, or `None` if that is after [`Time::MAX`].
    #[must_use]
    pub fn checked_add(self, span: Duration) -> Option<Self> {
        self.0.checked_add(nanos(span)?).map(Self)
    }

    /// The moment `span` earlier, or `None` if that is before [`Time::ZERO`].
    #[must_use]
    pub fn checked_sub(self, span: Duration) -> Option<Self> {
        self.0.checked_sub(nanos(span)?).map(Self)
    }

    /// The moment `span` later, at most [`Time::MAX`]; what `+` does.
    #[must_use]
    pub fn saturating_add(self, span: Duration) -> Self {
        self.checked_add(span).unwrap_or(Self::MAX)
    }

    /// The moment `span` earlier, at least [`Time::ZERO`]; what `-` does.
    #[must_use]
    pub fn saturating_sub(self, span: Duration) -> Self {
        self.checked_sub(span).unwrap_or(Self::ZERO)
    }

    /// How long after `earlier` this moment is, or `None` if it is before.
    #[must_use]
    pub fn checked_since(self, earlier: Self) -> Option<Duration> {
        self.0.checked_sub(earlier.0).map(Duration::from_nanos)
    }

    /// How long after `earlier` this moment is, [`Duration::ZERO`] if it is
    /// before; what `-` between two moments does.
    #[must_use]
    pub fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

/// The span in nanoseconds, or `None` if it is longer than a [`Time`] can be.
fn nanos(span: Duration) -> Option<u64> {
    u64::try_from(span.as_nanos()).ok()
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        self.saturating_add(span)
    }
}

impl AddAssign<Duration> for Time {
    fn add_assign(&mut self, span: Duration) {
        *self = self.saturating_add(span);
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        self.saturating_sub(span)
    }
}

impl SubAssign<Duration> for Time {
    fn sub_assign(&mut self, span: Duration) {
        *self = self.saturating_sub(span);
    }
}

impl Sub for Time {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.saturating_since(earlier)
    }
}

/// Seconds since the epoch with all nine decimals, such as `1.500000000 s`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, rest) = (self.0 / NANOS_PER_SECOND, self.0 % NANOS_PER_SECOND);
        write!(f, "{seconds}.{rest:09} s")
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Time({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn arithmetic_stops_at_both_ends() {
        assert_eq!(Time::MAX + SECOND, Time::MAX);
        assert_eq!(Time::ZERO - SECOND, Time::ZERO);
        assert_eq!(Time::ZERO + Duration::MAX, Time::MAX);
        assert_eq!(Time::MAX - Duration::MAX, Time::ZERO);
        assert_eq!(Time::ZERO - Time::MAX, Duration::ZERO);

        assert_eq!(Time::MAX.checked_add(Duration::from_nanos(1)), None);
        assert_eq!(Time::ZERO.checked_sub(Duration::from_nanos(1)), None);
        assert_eq!(Time::ZERO.checked_add(Duration::MAX), None);
        assert_eq!(Time::ZERO.checked_since(Time::MAX), None);
        assert_eq!(Time::MAX.checked_add(Duration::ZERO), Some(Time::MAX));
    }

    #[test]
    fn assigning_operators_do_what_the_plain_ones_do() {
        let mut time = Time::from_nanos(5);
        time += SECOND;
        assert_eq!(time, Time::from_nanos(1_000_000_005));
        time -= SECOND;
        assert_eq!(time, Time::from_nanos(5));
        time -= SECOND;
        assert_eq!(time, Time::ZERO);
    }

    #[test]
    fn is_shown_in_seconds_with_every_nanosecond() {
        assert_eq!(Time::ZERO.to_string(), "0.000000000 s");
        assert_eq!(Time::from_nanos(1).to_string(), "0.000000001 s");
        assert_eq!(Time::MAX.to_string(), "18446744073.709551615 s");
        assert_eq!(
            format!("{:?}", Time::from_nanos(2_000_000_000)),
            "Time(2.000000000 s)"
        );
    }

    proptest! {
        #[test]
        fn a_time_written_as_a_number_reads_back_the_same(nanos: u64) {
            prop_assert_eq!(Time::from_nanos(nanos).as_nanos(), nanos);
        }

        #[test]
        fn the_span_between_two_times_leads_from_one_to_the_other(a: u64, b: u64) {
            let (earlier, later) = (Time::from_nanos(a.min(b)), Time::from_nanos(a.max(b)));
            let span = later.saturating_since(earlier);
            prop_assert_eq!(later.checked_since(earlier), Some(span));
            prop_assert_eq!(earlier.saturating_since(later), Duration::ZERO);
            prop_assert_eq!(earlier.checked_add(span), Some(later));
            prop_assert_eq!(later.checked_sub(span), Some(earlier));
        }
    }
}
