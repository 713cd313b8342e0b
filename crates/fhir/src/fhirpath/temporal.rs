//! Dates, dateTimes and times with their precision (<https://hl7.org/fhirpath/N1/#datetime-equality>).

use crate::date::{civil_from_days, days_from_civil};
use crate::validate::days_in_month;
use std::cmp::Ordering;
use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemporalKind {
    Date,
    DateTime,
    Time,
}

/// How far a date or time says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

/// A date, dateTime or time; what the precision does not reach is at its least value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Temporal {
    pub kind: TemporalKind,
    pub precision: Precision,
    pub year: i32,
    pub month: u32,
    pub day: u32,
    /// Milliseconds since midnight.
    pub clock: u32,
    /// Minutes east of UTC, when the text says it.
    pub offset: Option<i32>,
}

const MINUTE: u32 = 60_000;
const HOUR: u32 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR as i64;

impl Temporal {
    /// What follows the `@` of a literal; a dateTime of less than an hour ends in `T`.
    pub fn literal(text: &str) -> Option<Temporal> {
        match text.strip_prefix('T') {
            Some(clock) => Temporal::time(clock),
            None if text.contains('T') => Temporal::date_time(text),
            None => Temporal::date(text),
        }
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn date(text: &str) -> Option<Temporal> {
        let mut parts = text.split('-');
        let mut temporal = Temporal {
            kind: TemporalKind::Date,
            precision: Precision::Year,
            year: number(parts.next()?, 4)?.cast_signed(),
            month: 1,
            day: 1,
            clock: 0,
            offset: None,
        };
        if let Some(month) = parts.next() {
            temporal.month = number(month, 2).filter(|m| (1..=12).contains(m))?;
            temporal.precision = Precision::Month;
        }
        if let Some(day) = parts.next() {
            let most = days_in_month(temporal.year.cast_unsigned(), temporal.month);
            temporal.day = number(day, 2).filter(|d| (1..=most).contains(d))?;
            temporal.precision = Precision::Day;
        }
        parts.next().is_none().then_some(temporal)
    }

    /// A date with a time of any precision, and a zone or none.
    pub fn date_time(text: &str) -> Option<Temporal> {
        let (day, rest) = text.split_once('T').unwrap_or((text, ""));
        let mut temporal = Temporal { kind: TemporalKind::DateTime, ..Temporal::date(day)? };
        if rest.is_empty() {
            return Some(temporal);
        }
        if temporal.precision != Precision::Day {
            return None;
        }
        let zone_at = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone_at);
        let time = Temporal::time(clock)?;
        (temporal.clock, temporal.precision) = (time.clock, time.precision);
        temporal.offset = match zone {
            "" => None,
            "Z" => Some(0),
            _ => Some(offset(zone)?),
        };
        Some(temporal)
    }

    /// `hh`, `hh:mm`, `hh:mm:ss` or with a fraction.
    pub fn time(text: &str) -> Option<Temporal> {
        let mut parts = text.split(':');
        let mut clock = number(parts.next()?, 2).filter(|h| *h < 24)? * HOUR;
        let mut precision = Precision::Hour;
        if let Some(minute) = parts.next() {
            clock += number(minute, 2).filter(|m| *m < 60)? * MINUTE;
            precision = Precision::Minute;
        }
        if let Some(second) = parts.next() {
            let (whole, fraction) = second.split_once('.').map_or((second, None), |(w, f)| (w, Some(f)));
            clock += number(whole, 2).filter(|s| *s < 61)? * 1000;
            precision = Precision::Second;
            if let Some(fraction) = fraction {
                let plain = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
                let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
                clock += number(&digits, 3).filter(|_| plain)?;
                precision = Precision::Millisecond;
            }
        }
        parts.next().is_none().then_some(Temporal {
            kind: TemporalKind::Time,
            precision,
            year: 1,
            month: 1,
            day: 1,
            clock,
            offset: None,
        })
    }

    /// A moment in milliseconds since 1970 as a dateTime at an offset in minutes.
    pub fn from_instant(ms: i64, offset: i32) -> Temporal {
        let local = ms.saturating_add(i64::from(offset) * 60_000);
        Temporal {
            kind: TemporalKind::DateTime,
            precision: Precision::Millisecond,
            offset: Some(offset),
            ..at_local(local)
        }
    }

    /// The date of a dateTime.
    pub fn date_part(self) -> Temporal {
        let precision = self.precision.min(Precision::Day);
        Temporal { kind: TemporalKind::Date, precision, clock: 0, offset: None, ..self }
    }

    /// The time of a dateTime.
    pub fn time_part(self) -> Option<Temporal> {
        let time = Temporal { kind: TemporalKind::Time, year: 1, month: 1, day: 1, offset: None, ..self };
        (self.precision >= Precision::Hour).then_some(time)
    }

    /// Milliseconds since 1970 of the wall clock.
    fn local(self) -> i64 {
        days_from_civil(i64::from(self.year), self.month, self.day) * DAY + i64::from(self.clock)
    }

    /// Which comes first; none when the precision, or a missing zone, does not tell.
    pub fn compare(self, other: Temporal) -> Option<Ordering> {
        let is_time = |t: Temporal| t.kind == TemporalKind::Time;
        if is_time(self) != is_time(other) {
            return None;
        }
        let zoned = |t: Temporal| t.offset.filter(|_| t.precision >= Precision::Hour);
        let (left, right) = match (zoned(self), zoned(other)) {
            (Some(a), Some(b)) => (self.shifted(-a), other.shifted(-b)),
            // One side may be anywhere within a day of what it says.
            (Some(_), None) | (None, Some(_)) if other.precision.min(self.precision) >= Precision::Hour => {
                return None;
            }
            _ => (self, other),
        };
        let fields = |t: Temporal| {
            let seconds = t.clock / 1000;
            [t.year.cast_unsigned(), t.month, t.day, seconds / 3600, seconds / 60 % 60, t.clock % MINUTE]
        };
        let shared = left.precision.min(right.precision).min(Precision::Second) as usize;
        let (a, b) = (fields(left), fields(right));
        let order = a[..=shared].cmp(&b[..=shared]);
        let same = left.precision.min(Precision::Second) == right.precision.min(Precision::Second);
        (order != Ordering::Equal || same).then_some(order)
    }

    fn shifted(self, minutes: i32) -> Temporal {
        let moved = at_local(self.local() + i64::from(minutes) * 60_000);
        Temporal { kind: self.kind, precision: self.precision, offset: Some(0), ..moved }
    }

    /// Adds calendar units; finer units than the precision are cut to whole steps of it.
    pub fn plus(self, amount: i64, unit: Precision) -> Option<Temporal> {
        if amount.abs() > 4_000_000_000_000 {
            return None;
        }
        let is_time = self.kind == TemporalKind::Time;
        let (amount, unit) = self.coarser(amount, unit)?;
        let moved = match unit {
            Precision::Year | Precision::Month if is_time => return None,
            Precision::Year => self.plus_months(amount.checked_mul(12)?)?,
            Precision::Month => self.plus_months(amount)?,
            Precision::Day => self.plus_ms(amount.checked_mul(DAY)?),
            Precision::Hour => self.plus_ms(amount.checked_mul(i64::from(HOUR))?),
            Precision::Minute => self.plus_ms(amount.checked_mul(i64::from(MINUTE))?),
            Precision::Second => self.plus_ms(amount.checked_mul(1000)?),
            Precision::Millisecond => self.plus_ms(amount),
        };
        (1..=9999).contains(&moved.year).then_some(moved)
    }

    /// An amount in units no finer than what this text says.
    fn coarser(self, mut amount: i64, mut unit: Precision) -> Option<(i64, Precision)> {
        let precision =
            if self.kind == TemporalKind::Date { self.precision.min(Precision::Day) } else { self.precision };
        while unit > precision {
            (amount, unit) = match unit {
                Precision::Millisecond if precision == Precision::Second => {
                    (amount / 1000, Precision::Second)
                }
                Precision::Millisecond => (amount / 1000, Precision::Second),
                Precision::Second => (amount / 60, Precision::Minute),
                Precision::Minute => (amount / 60, Precision::Hour),
                Precision::Hour => (amount / 24, Precision::Day),
                Precision::Day => (amount / 30, Precision::Month),
                Precision::Month => (amount / 12, Precision::Year),
                Precision::Year => return None,
            };
        }
        Some((amount, unit))
    }

    fn plus_months(self, months: i64) -> Option<Temporal> {
        let total = i64::from(self.year) * 12 + i64::from(self.month) - 1 + months;
        let year = i32::try_from(total.div_euclid(12)).ok().filter(|y| (1..=9999).contains(y))?;
        let month = u32::try_from(total.rem_euclid(12)).ok()? + 1;
        let day = self.day.min(days_in_month(year.cast_unsigned(), month));
        Some(Temporal { year, month, day, ..self })
    }

    fn plus_ms(self, ms: i64) -> Temporal {
        let local = self.local().saturating_add(ms);
        if self.kind == TemporalKind::Time {
            let clock = u32::try_from(local.rem_euclid(DAY)).unwrap_or(0);
            return Temporal { clock, ..self };
        }
        Temporal { kind: self.kind, precision: self.precision, offset: self.offset, ..at_local(local) }
    }

    /// The text, as FHIR writes it.
    pub fn text(self) -> String {
        let mut out = String::with_capacity(30);
        if self.kind != TemporalKind::Time {
            let _ = write!(out, "{:04}", self.year);
            if self.precision >= Precision::Month {
                let _ = write!(out, "-{:02}", self.month);
            }
            if self.precision >= Precision::Day {
                let _ = write!(out, "-{:02}", self.day);
            }
            if self.precision < Precision::Hour {
                return out;
            }
            out.push('T');
        }
        let seconds = self.clock / 1000;
        let _ = write!(out, "{:02}", seconds / 3600);
        if self.precision >= Precision::Minute {
            let _ = write!(out, ":{:02}", seconds / 60 % 60);
        }
        if self.precision >= Precision::Second {
            let _ = write!(out, ":{:02}", seconds % 60);
        }
        if self.precision >= Precision::Millisecond {
            let _ = write!(out, ".{:03}", self.clock % 1000);
        }
        match self.offset {
            Some(0) => out.push('Z'),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let _ = write!(out, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
            }
            None => {}
        }
        out
    }
}

fn at_local(ms: i64) -> Temporal {
    let (year, month, day) = civil_from_days(ms.div_euclid(DAY));
    Temporal {
        kind: TemporalKind::DateTime,
        precision: Precision::Millisecond,
        year: i32::try_from(year).unwrap_or(0),
        month,
        day,
        clock: u32::try_from(ms.rem_euclid(DAY)).unwrap_or(0),
        offset: None,
    }
}

fn number(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let hours = number(hours, 2).filter(|h| *h <= 14)?.cast_signed();
    let minutes = number(minutes, 2).filter(|m| *m < 60)?.cast_signed();
    Some(sign * (hours * 60 + minutes))
}
