//! Dates and times of FHIR (<https://hl7.org/fhir/R4/datatypes.html#dateTime>): a text of any precision is a
//! span of milliseconds since 1970-01-01T00:00:00Z, both ends included.
//!
//! A text without a zone (every plain date, and times in search values) is taken at the offset that the
//! caller gives; [`parse`] takes UTC. The store indexes dates in UTC, so that two tenants, two nodes and two
//! years agree; an offset is for callers who know the clinic's wall clock.

mod calendar;
mod format;
mod scan;

pub use calendar::{civil_from_days, days_from_civil};
pub use format::{date_format, instant_format};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// How much of the moment the text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
    /// Tenths to milliseconds; finer digits are cut.
    Fraction,
}

/// What a date or time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The first millisecond.
    pub lo_ms: i64,
    /// The last millisecond, included.
    pub hi_ms: i64,
    pub precision: Precision,
    /// Whether the text named its zone.
    pub zoned: bool,
}

/// A date or time of any precision, at UTC if it names no zone. More lenient than a resource may be
/// (minutes without seconds, time without zone), because search values are.
pub fn parse(text: &str) -> Option<Moment> {
    parse_at(text, 0)
}

/// Like [`parse`]; a text without zone is at `offset_minutes` east of UTC.
pub fn parse_at(text: &str, offset_minutes: i32) -> Option<Moment> {
    scan::moment(text.as_bytes(), offset_minutes)
}

/// A `date`: year, month or day, never a time.
pub fn date(text: &str) -> Option<Moment> {
    parse(text).filter(|m| m.precision <= Precision::Day)
}

/// A `dateTime`: a date, or a time with seconds and zone.
pub fn date_time(text: &str) -> Option<Moment> {
    parse(text).filter(|m| m.precision <= Precision::Day || (m.precision >= Precision::Second && m.zoned))
}

/// An `instant`: at least seconds, with zone.
pub fn instant(text: &str) -> Option<Moment> {
    parse(text).filter(|m| m.precision >= Precision::Second && m.zoned)
}

/// A `time` of the day such as `14:05:00`: its first and last millisecond since midnight.
pub fn time(text: &str) -> Option<(u32, u32)> {
    scan::time_only(text.as_bytes())
}

#[cfg(test)]
mod tests;
