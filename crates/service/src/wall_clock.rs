//! The clinic's wall clock: local days and hours, and how each language writes them.

use fhir::Lang;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::sync::OnceLock;

/// The rule of that zone (Directive 2000/84/EC), for machines without a table of zones.
const RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

const WEEKDAYS: [[&str; 7]; 3] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
];
#[rustfmt::skip]
const MONTHS: [[&str; 12]; 3] = [
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
];

/// The clinic's zone.
pub fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| {
        TimeZone::get("Europe/Paris").or_else(|_| TimeZone::posix(RULE)).unwrap_or(TimeZone::UTC)
    })
}

/// Local day and hour of a moment (ms since epoch).
pub fn local(ms: i64) -> DateTime {
    zone().to_datetime(Timestamp::from_millisecond(ms).unwrap_or_default())
}

/// A local hour of a day; one that the spring night skips is the hour after, one that comes twice is the first.
pub fn at(day: Date, time: Time) -> i64 {
    let zoned = zone().to_ambiguous_timestamp(DateTime::from_parts(day, time)).compatible();
    zoned.map_or(0, Timestamp::as_millisecond)
}

/// That many days later, or earlier.
pub fn plus(day: Date, days: i64) -> Date {
    jiff::Span::new().try_days(days).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(day)
}

fn names(lang: Lang) -> usize {
    match lang {
        Lang::Fr => 0,
        Lang::En => 1,
        Lang::De => 2,
    }
}

fn weekday(day: Date, lang: Lang) -> &'static str {
    WEEKDAYS[names(lang)][day.weekday().to_monday_zero_offset().clamp(0, 6) as usize]
}

/// `mardi 1er décembre 2026`, `Tuesday 1 December 2026`, `Dienstag, 1. Dezember 2026`.
pub fn long_day(day: Date, lang: Lang) -> String {
    let month = MONTHS[names(lang)][(day.month() - 1).clamp(0, 11) as usize];
    let (name, number, year) = (weekday(day, lang), day.day(), day.year());
    match lang {
        Lang::Fr if number == 1 => format!("{name} 1er {month} {year}"),
        Lang::De => format!("{name}, {number}. {month} {year}"),
        _ => format!("{name} {number} {month} {year}"),
    }
}

/// `mar 24/11`, `Tue 24/11`, `Die 24.11.`: for messages that are counted by letters.
pub fn short_day(day: Date, lang: Lang) -> String {
    let name: String = weekday(day, lang).chars().take(3).collect();
    match lang {
        Lang::De => format!("{name} {:02}.{:02}.", day.day(), day.month()),
        _ => format!("{name} {:02}/{:02}", day.day(), day.month()),
    }
}

/// `9 h 05` in French, `09:05` elsewhere.
pub fn hour(ms: i64, lang: Lang) -> String {
    let time = local(ms).time();
    match lang {
        Lang::Fr => format!("{} h {:02}", time.hour(), time.minute()),
        _ => format!("{:02}:{:02}", time.hour(), time.minute()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn days_and_hours_in_words() {
        let first = date(2026, 12, 1);
        assert_eq!(long_day(first, Lang::Fr), "mardi 1er décembre 2026");
        assert_eq!(long_day(first, Lang::De), "Dienstag, 1. Dezember 2026");
        assert_eq!(short_day(first, Lang::En), "Tue 01/12");
        assert_eq!(hour(at(first, time(9, 5, 0, 0)), Lang::Fr), "9 h 05");
    }

    #[test]
    fn ten_o_clock_is_ten_o_clock_on_both_sides_of_the_clock_change() {
        let ten = |day| at(day, time(10, 0, 0, 0));
        let week = ten(date(2026, 10, 26)) - ten(date(2026, 10, 19));
        assert_eq!(week, (7 * 24 + 1) * 3_600_000);
        assert_eq!(local(ten(date(2026, 3, 29))).time(), time(10, 0, 0, 0));
        assert_eq!(local(at(date(2026, 3, 29), time(2, 30, 0, 0))).time(), time(3, 30, 0, 0));
    }
}
