//! The clinic's calendar and wall clock, in the words of a language.

use fhir::Lang;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::sync::OnceLock;

/// The rule of that zone (Directive 2000/84/EC), for machines without a table of zones.
const RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

const MONTHS: [[&str; 12]; 3] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
];

fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| {
        TimeZone::get("Europe/Paris").or_else(|_| TimeZone::posix(RULE)).unwrap_or(TimeZone::UTC)
    })
}

pub(crate) fn local(ms: i64) -> DateTime {
    zone().to_datetime(Timestamp::from_millisecond(ms).unwrap_or_default())
}

/// The first millisecond of a day.
pub(crate) fn midnight(day: Date) -> i64 {
    day.to_zoned(zone().clone()).map(|at| at.timestamp().as_millisecond()).unwrap_or_default()
}

pub(crate) fn day_of(ms: i64) -> Date {
    local(ms).date()
}

/// A FHIR date or time as a day of the clinic's calendar; none of less than a day.
pub(crate) fn day(text: &str) -> Option<Date> {
    let moment = fhir::date::parse(text)?;
    if moment.precision < fhir::date::Precision::Day {
        return None;
    }
    if moment.zoned { Some(day_of(moment.lo_ms)) } else { text.get(..10)?.parse().ok() }
}

/// `23 novembre 2026`.
pub(crate) fn long(day: Date, lang: Lang) -> String {
    let month = MONTHS[lang as usize].get(usize::from(day.month().unsigned_abs()).saturating_sub(1));
    let month = month.copied().unwrap_or_default();
    match (lang, day.day()) {
        (Lang::Fr, 1) => format!("1er {month} {}", day.year()),
        (Lang::De, n) => format!("{n}. {month} {}", day.year()),
        (_, n) => format!("{n} {month} {}", day.year()),
    }
}

/// `23 novembre 2026` of a FHIR date or time.
pub(crate) fn told(text: &str, lang: Lang) -> Option<String> {
    day(text).map(|day| long(day, lang))
}

/// `08:05`, `8 h 05` in French.
pub(crate) fn hour(ms: i64, lang: Lang) -> String {
    let time = local(ms).time();
    match lang {
        Lang::Fr => format!("{} h {:02}", time.hour(), time.minute()),
        _ => format!("{:02}:{:02}", time.hour(), time.minute()),
    }
}

pub(crate) fn moment(ms: i64, lang: Lang) -> String {
    let (day, hour) = (long(day_of(ms), lang), hour(ms, lang));
    match lang {
        Lang::Fr => format!("{day} à {hour}"),
        Lang::En => format!("{day}, {hour}"),
        Lang::De => format!("{day}, {hour} Uhr"),
    }
}

/// Milliseconds of a FHIR date or time.
pub(crate) fn ms(text: &str) -> Option<i64> {
    fhir::date::parse(text).map(|moment| moment.lo_ms)
}

/// Whole years between two days.
pub(crate) fn years(from: Date, to: Date) -> i32 {
    let before = (to.month(), to.day()) < (from.month(), from.day());
    i32::from(to.year()) - i32::from(from.year()) - i32::from(before)
}
