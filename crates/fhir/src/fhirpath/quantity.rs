//! Quantities: an exact value with a UCUM unit or a calendar unit (<https://hl7.org/fhirpath/N1/#quantity>).

use super::temporal::Precision;
use crate::ucum;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;
use std::cmp::Ordering;

#[derive(Clone, Debug, PartialEq)]
pub struct Quantity<'a> {
    pub value: Decimal,
    pub unit: Unit<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit<'a> {
    /// A UCUM code; `1` for a plain number.
    Ucum(Cow<'a, str>),
    /// A word such as `days`, kept in the singular.
    Calendar(&'static str),
}

/// The calendar words, with the UCUM code that is equal or nearly so.
const CALENDAR: [(&str, &str, &str); 8] = [
    ("year", "years", "a"),
    ("month", "months", "mo"),
    ("week", "weeks", "wk"),
    ("day", "days", "d"),
    ("hour", "hours", "h"),
    ("minute", "minutes", "min"),
    ("second", "seconds", "s"),
    ("millisecond", "milliseconds", "ms"),
];

/// The unit that a calendar word names.
pub fn calendar_unit(word: &str) -> Option<Unit<'static>> {
    let found = CALENDAR.iter().find(|(one, many, _)| *one == word || *many == word)?;
    Some(Unit::Calendar(found.0))
}

impl<'a> Unit<'a> {
    /// The UCUM code; calendar years and months have one of about the same length.
    pub fn code(&self) -> &str {
        match self {
            Unit::Ucum(code) => code,
            Unit::Calendar(word) => {
                CALENDAR.iter().find(|(one, ..)| one == word).map_or("1", |(_, _, code)| code)
            }
        }
    }

    /// The steps to take on a calendar for one such unit, if it is one of time. Years and months of UCUM
    /// are fixed spans of seconds, not calendar steps.
    pub fn calendar_step(&self) -> Option<(i64, Precision)> {
        let word = match self {
            Unit::Calendar(word) => word,
            Unit::Ucum(code) => {
                let found =
                    CALENDAR.iter().find(|(one, many, ucum)| [one, many, ucum].contains(&&&**code))?;
                if matches!(&**code, "a" | "mo") {
                    return None;
                }
                &found.0
            }
        };
        Some(match *word {
            "year" => (1, Precision::Year),
            "month" => (1, Precision::Month),
            "week" => (7, Precision::Day),
            "day" => (1, Precision::Day),
            "hour" => (1, Precision::Hour),
            "minute" => (1, Precision::Minute),
            "second" => (1, Precision::Second),
            _ => (1, Precision::Millisecond),
        })
    }

    pub fn into_owned(self) -> Unit<'static> {
        match self {
            Unit::Ucum(code) => Unit::Ucum(Cow::Owned(code.into_owned())),
            Unit::Calendar(word) => Unit::Calendar(word),
        }
    }
}

impl<'a> Quantity<'a> {
    pub fn ucum_unit(code: impl Into<Cow<'a, str>>) -> Unit<'a> {
        Unit::Ucum(code.into())
    }

    pub fn one(value: Decimal) -> Self {
        Quantity { value, unit: Unit::Ucum(Cow::Borrowed("1")) }
    }

    /// The order of two quantities of the same dimension. A calendar year or month is comparable with
    /// another such, but not exactly with a UCUM span.
    pub fn compare(&self, other: &Quantity<'_>, nearly: bool) -> Option<Ordering> {
        let long = |unit: &Unit<'_>| matches!(unit, Unit::Calendar("year" | "month"));
        if !nearly && long(&self.unit) != long(&other.unit) {
            return None;
        }
        if self.unit.code() == other.unit.code() {
            return Some(self.value.cmp(&other.value));
        }
        if long(&self.unit) && long(&other.unit) {
            let months = |q: &Quantity<'_>| match q.unit {
                Unit::Calendar("year") => q.value.checked_mul(Decimal::from(12)),
                _ => Some(q.value),
            };
            return Some(months(self)?.cmp(&months(other)?));
        }
        let (left, right) = (ucum::unit(self.unit.code())?, ucum::unit(other.unit.code())?);
        if left.base() != right.base() {
            return None;
        }
        let (a, b) = (left.to_base(self.value.to_f64()?), right.to_base(other.value.to_f64()?));
        a.partial_cmp(&b)
    }

    /// This quantity in another unit of the same dimension.
    pub fn in_unit(&self, target: &Unit<'_>) -> Option<Decimal> {
        if self.unit.code() == target.code() {
            return Some(self.value);
        }
        let (from, to) = (ucum::unit(self.unit.code())?, ucum::unit(target.code())?);
        if from.base() != to.base() {
            return None;
        }
        let (from, to) = (from.to_base(self.value.to_f64()?), to.to_base(1.0));
        (to != 0.0).then(|| Decimal::try_from(from / to).ok())?
    }

    /// `value 'unit'`, or `value word`.
    pub fn text(&self) -> String {
        match &self.unit {
            Unit::Ucum(code) => format!("{} '{code}'", self.value),
            Unit::Calendar(word) if self.value == Decimal::ONE => format!("{} {word}", self.value),
            Unit::Calendar(word) => format!("{} {word}s", self.value),
        }
    }

    /// Reads `4 days`, `4 'mg'` or `4`.
    pub fn parse(text: &str) -> Option<Quantity<'static>> {
        let text = text.trim();
        let end =
            text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return None;
        }
        let value = Decimal::from_str_exact(number.trim_start_matches('+')).ok()?;
        let word = unit.trim_start();
        let unit = if unit.is_empty() {
            Unit::Ucum(Cow::Borrowed("1"))
        } else if let Some(code) = word.strip_prefix('\'').and_then(|w| w.strip_suffix('\'')) {
            Unit::Ucum(Cow::Owned(code.to_string()))
        } else if unit.starts_with(char::is_whitespace) {
            calendar_unit(word)?
        } else {
            return None;
        };
        Some(Quantity { value, unit })
    }

    pub fn into_owned(self) -> Quantity<'static> {
        Quantity { value: self.value, unit: self.unit.into_owned() }
    }
}
