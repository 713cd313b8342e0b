//! The clinic's wall clock.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::sync::OnceLock;

/// The rule of that zone (Directive 2000/84/EC), for machines without a table of zones.
const RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| {
        TimeZone::get("Europe/Paris").or_else(|_| TimeZone::posix(RULE)).unwrap_or(TimeZone::UTC)
    })
}

pub(crate) fn at(day: Date, time: Time) -> i64 {
    let zoned = zone().to_ambiguous_timestamp(DateTime::from_parts(day, time)).compatible();
    zoned.map_or(0, Timestamp::as_millisecond)
}

pub(crate) fn midnight(day: Date) -> i64 {
    at(day, Time::midnight())
}

pub(crate) fn local(ms: i64) -> DateTime {
    zone().to_datetime(Timestamp::from_millisecond(ms).unwrap_or_default())
}

pub(crate) fn day_of(ms: i64) -> Date {
    local(ms).date()
}

pub(crate) fn plus(day: Date, days: i64) -> Date {
    jiff::Span::new().try_days(days).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(day)
}

/// `09:05` of a moment.
pub(crate) fn hour(ms: i64) -> String {
    let time = local(ms).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}
