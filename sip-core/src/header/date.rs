//! The date and time of a message.

use super::shapes::write_number;
use super::{HeaderName, TypedHeader};
use crate::grammar::{self, Parsed, decode, octet};
use crate::{Fault, ParseConfig, Rule};
use nom::Parser;
use nom::bytes::complete::{tag, take, take_while_m_n};
use nom::sequence::{preceded, terminated};

/// When a message was first sent, in GMT, to the second (RFC 3261
/// section 20.17).
///
/// ```
/// use sip_core::header::{Date, TypedHeader};
/// use sip_core::ParseConfig;
/// let text = b"Sat, 13 Nov 2010 23:29:00 GMT";
/// let (date, _) = Date::decode(text, &ParseConfig::DEFAULT).unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2010, 11, 13));
/// assert_eq!(date.weekday().name(), "Sat");
/// assert_eq!(date.unix_seconds(), 1_289_690_940);
/// assert_eq!(Date::from_unix_seconds(1_289_690_940), Some(date));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names say it
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

const DAY: i64 = 86_400;

impl Weekday {
    const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The day's name as it stands in a date: `Mon` to `Sun`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Mon",
            Weekday::Tuesday => "Tue",
            Weekday::Wednesday => "Wed",
            Weekday::Thursday => "Thu",
            Weekday::Friday => "Fri",
            Weekday::Saturday => "Sat",
            Weekday::Sunday => "Sun",
        }
    }
}

impl Date {
    /// That day, at midnight; month and day count from 1. `None` where there
    /// is no such day, or the year is above 9,999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let sound = year <= 9_999 && day >= 1 && day <= days_of(year, month)?;
        sound.then_some(Date {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        })
    }

    /// The same day at that time of 00:00:00 to 23:59:59. `None` where there
    /// is no such time.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: u8) -> Option<Date> {
        (hour < 24 && minute < 60 && second < 60).then_some(Date {
            hour,
            minute,
            second,
            ..self
        })
    }

    /// The date and time that many seconds after 1970 began, leap seconds not
    /// counted. `None` outside the years 0 to 9,999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Date> {
        let (year, month, day) = civil(seconds.div_euclid(DAY))?;
        let second = seconds.rem_euclid(DAY);
        let part = |value: i64| u8::try_from(value).ok();
        Date::new(year, month, day)?.at(
            part(second / 3_600)?,
            part(second / 60 % 60)?,
            part(second % 60)?,
        )
    }

    /// Seconds since 1970 began, leap seconds not counted.
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        let minutes = i64::from(self.hour)
            .saturating_mul(60)
            .saturating_add(i64::from(self.minute));
        self.unix_days()
            .saturating_mul(DAY)
            .saturating_add(minutes.saturating_mul(60))
            .saturating_add(i64::from(self.second))
    }

    /// The year, 0 to 9,999.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(&self) -> u8 {
        self.day
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(&self) -> u8 {
        self.minute
    }

    /// The second, 0 to 59.
    #[must_use]
    pub fn second(&self) -> u8 {
        self.second
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(&self) -> Weekday {
        // 1970 began on a Thursday.
        let index = self.unix_days().saturating_add(3).rem_euclid(7);
        let weekday = usize::try_from(index).ok();
        let weekday = weekday.and_then(|index| Weekday::ALL.get(index));
        weekday.copied().unwrap_or(Weekday::Monday)
    }

    /// Days since 1970 began. Years are counted from March on, so that a leap
    /// day is the last of its year.
    fn unix_days(&self) -> i64 {
        let early = i64::from(self.month <= 2);
        let year = i64::from(self.year).saturating_sub(early);
        let month = i64::from(self.month)
            .saturating_sub(3)
            .saturating_add(early.saturating_mul(12));
        let leap_days = year
            .div_euclid(4)
            .saturating_sub(year.div_euclid(100))
            .saturating_add(year.div_euclid(400));
        year.saturating_mul(365)
            .saturating_add(leap_days)
            .saturating_add(days_before(month))
            .saturating_add(i64::from(self.day))
            .saturating_sub(MARCH_OF_YEAR_0)
    }
}

/// Days from 29 February of the year 0 to the first of 1970.
const MARCH_OF_YEAR_0: i64 = 719_469;

/// Days between the first of March and the first of that month, counted from
/// March as 0: months of 31, 30, 31, 30 and 31 days, over and over.
fn days_before(month: i64) -> i64 {
    month.saturating_mul(153).saturating_add(2).div_euclid(5)
}

/// Year, month and day of that day after 1970 began.
fn civil(days: i64) -> Option<(u16, u8, u8)> {
    // A guess at the year that is at most one too high, then the day in it.
    let since_march = days.checked_add(MARCH_OF_YEAR_0)?.checked_sub(1)?;
    let start = |year: i64| {
        let first = Date {
            year: u16::try_from(year).ok()?,
            month: 3,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
        };
        Some(first.unix_days())
    };
    if since_march < 0 {
        // January and February of the year 0.
        let day_of_year = since_march.checked_add(60)?;
        let (month, day) = match day_of_year {
            0..=30 => (1, day_of_year.checked_add(1)?),
            31..=59 => (2, day_of_year.checked_sub(30)?),
            _ => return None,
        };
        return Some((0, month, u8::try_from(day).ok()?));
    }
    let mut year = since_march.checked_mul(400)?.div_euclid(146_097);
    while start(year)? > days {
        year = year.checked_sub(1)?;
    }
    while start(year.checked_add(1)?)? <= days {
        year = year.checked_add(1)?;
    }
    let day_of_year = days.checked_sub(start(year)?)?;
    let month = day_of_year.checked_mul(5)?.checked_add(2)?.div_euclid(153);
    let day = day_of_year
        .checked_sub(days_before(month))?
        .checked_add(1)?;
    let (year, month) = match month {
        0..=9 => (year, month.checked_add(3)?),
        _ => (year.checked_add(1)?, month.checked_sub(9)?),
    };
    Some((
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    ))
}

/// How many days that month has; `None` where there is no such month.
fn days_of(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

impl TypedHeader for Date {
    type Value<'m> = Date;
    const NAME: HeaderName<'static> = HeaderName::DATE;

    fn decode<'m>(input: &'m [u8], _: &ParseConfig) -> Result<(Self::Value<'m>, &'m [u8]), Fault> {
        decode(rfc1123_date(input))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        let month = usize::from(self.month).saturating_sub(1);
        out.extend_from_slice(self.weekday().name().as_bytes());
        out.extend_from_slice(b", ");
        write_two(self.day, out);
        out.push(b' ');
        out.extend_from_slice(MONTHS.get(month).copied().unwrap_or_default());
        out.push(b' ');
        for (limit, zeros) in [(10, b"000".as_slice()), (100, b"00"), (1_000, b"0")] {
            if self.year < limit {
                out.extend_from_slice(zeros);
                break;
            }
        }
        write_number(u64::from(self.year), out);
        for (before, value) in [(b' ', self.hour), (b':', self.minute), (b':', self.second)] {
            out.push(before);
            write_two(value, out);
        }
        out.extend_from_slice(b" GMT");
    }
}

fn write_two(value: u8, out: &mut Vec<u8>) {
    if value < 10 {
        out.push(b'0');
    }
    write_number(u64::from(value), out);
}

/// `wkday "," SP date1 SP time SP "GMT"`; its letters heed case.
fn rfc1123_date(input: &[u8]) -> Parsed<'_, Date> {
    let two = |before| preceded(octet(before), digits(2));
    let text = (
        terminated(take(3_usize), tag(&b", "[..])),
        digits(2),
        preceded(octet(b' '), take(3_usize)),
        preceded(octet(b' '), digits(4)),
        (two(b' '), two(b':'), two(b':')),
        tag(&b" GMT"[..]),
    );
    let (rest, (weekday, day, month, year, (hour, minute, second), _)) =
        grammar::rule(Rule::Date, text)(input)?;
    let month = MONTHS.iter().position(|name| *name == month);
    let date = month.and_then(|month| {
        let part = |value| u8::try_from(value).ok();
        let month = part(u16::try_from(month).ok()?)?.checked_add(1)?;
        Date::new(year, month, part(day)?)?.at(part(hour)?, part(minute)?, part(second)?)
    });
    match date {
        Some(date) if date.weekday().name().as_bytes() == weekday => Ok((rest, date)),
        _ => grammar::fail(Rule::Date, input),
    }
}

/// Exactly that many digits.
fn digits<'m>(count: usize) -> impl Parser<&'m [u8], Output = u16, Error = grammar::Broken> {
    take_while_m_n(count, count, |octet: u8| octet.is_ascii_digit()).map(|digits: &[u8]| {
        digits.iter().fold(0_u16, |value, digit| {
            let digit = u16::from(digit.wrapping_sub(b'0'));
            value.saturating_mul(10).saturating_add(digit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::round_trip::{refused, round_trip};

    #[test]
    fn a_date_has_one_form() {
        round_trip::<Date>(b"Sat, 13 Nov 2010 23:29:00 GMT");
        round_trip::<Date>(b"Sat, 15 Oct 2005 04:44:56 GMT");
        round_trip::<Date>(b"Thu, 29 Feb 2024 00:00:59 GMT");
        round_trip::<Date>(b"Sat, 01 Jan 0000 00:00:00 GMT");
        refused::<Date>(b"Fri, 01 Jan 2010 16:00:00 EST", Rule::Date, 25);
        refused::<Date>(b"Fri, 01 Jan 2010 16:00:00 gmt", Rule::Date, 25);
        refused::<Date>(b"Friday, 01-Jan-10 16:00:00 GMT", Rule::Date, 3);
        refused::<Date>(b"Fri,  1 Jan 2010 16:00:00 GMT", Rule::Date, 5);
        refused::<Date>(b"Fri, 01 Jan 2010 16:00:00 GMT+1", Rule::Trailing, 29);
        refused::<Date>(b"", Rule::Date, 0);
    }

    #[test]
    fn a_date_must_exist_and_fall_on_its_weekday() {
        refused::<Date>(b"Sat, 01 Jan 2010 16:00:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Mon, 29 Feb 2010 16:00:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Fri, 01 Foo 2010 16:00:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Fri, 00 Jan 2010 16:00:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Fri, 01 Jan 2010 24:00:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Fri, 01 Jan 2010 23:60:00 GMT", Rule::Date, 0);
        refused::<Date>(b"Fri, 01 Jan 2010 23:59:60 GMT", Rule::Date, 0);
        assert_eq!(Date::new(1900, 2, 29), None);
        assert_eq!(Date::new(10_000, 1, 1), None);
    }

    #[test]
    fn every_day_of_ten_thousand_years_is_counted() {
        let first = Date::new(0, 1, 1).unwrap();
        let mut expected = first.unix_seconds();
        assert_eq!(expected, -62_167_219_200);
        assert_eq!(Date::from_unix_seconds(expected - 1), None);
        for year in 0..=9_999 {
            for month in 1..=12 {
                for day in 1..=days_of(year, month).unwrap() {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!(date.unix_seconds(), expected);
                    assert_eq!(Date::from_unix_seconds(expected), Some(date));
                    expected += DAY;
                }
            }
        }
        assert_eq!(Date::from_unix_seconds(expected), None);
        assert_eq!(Date::from_unix_seconds(i64::MAX), None);
        assert_eq!(Date::from_unix_seconds(i64::MIN), None);
        assert_eq!(Date::from_unix_seconds(0), Date::new(1970, 1, 1));
        assert_eq!(
            Date::from_unix_seconds(-1),
            Date::new(1969, 12, 31).unwrap().at(23, 59, 59)
        );
    }
}
