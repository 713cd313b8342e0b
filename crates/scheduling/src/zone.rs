//! The clinic's wall clock: days, hours and what daylight saving does to them.

use fhir::{Code, Issue, Text};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::sync::OnceLock;

pub(crate) const NAME: &str = "Europe/Paris";
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

const SKIPPED: Text = Text {
    key: "scheduling.hour-skipped",
    fr: "Cette heure n'existe pas : cette nuit-là, on passe de 2 h à 3 h. Choisissez une autre heure.",
    en: "This hour does not exist: the clock goes from 2 to 3 in that night. Choose another hour.",
    de: "Diese Stunde gibt es nicht: In dieser Nacht springt die Uhr von 2 auf 3. Wählen Sie eine andere Zeit.",
};
const UNREADABLE: Text = Text {
    key: "scheduling.time-unreadable",
    fr: "Une heure s'écrit AAAA-MM-JJThh:mm (heure de la clinique), ou avec les secondes et le fuseau.",
    en: "A time is written YYYY-MM-DDThh:mm (the clinic's clock), or with seconds and zone.",
    de: "Eine Zeit wird JJJJ-MM-TTThh:mm geschrieben (Ortszeit der Klinik) oder mit Sekunden und Zeitzone.",
};
const DAY_UNREADABLE: Text = Text {
    key: "scheduling.day-unreadable",
    fr: "Un jour s'écrit AAAA-MM-JJ.",
    en: "A day is written YYYY-MM-DD.",
    de: "Ein Tag wird JJJJ-MM-TT geschrieben.",
};

/// The rule of that zone (Directive 2000/84/EC), for machines without a table of zones.
const RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The clinic's zone.
pub(crate) fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| TimeZone::get(NAME).or_else(|_| TimeZone::posix(RULE)).unwrap_or(TimeZone::UTC))
}

/// The first moment of a local day.
pub(crate) fn midnight(day: Date) -> i64 {
    at(day, Time::midnight())
}

/// A local hour of a day; one that the spring night skips is the hour after.
pub(crate) fn at(day: Date, time: Time) -> i64 {
    let zoned = zone().to_ambiguous_timestamp(DateTime::from_parts(day, time)).compatible();
    zoned.map_or(0, Timestamp::as_millisecond)
}

pub(crate) fn local(ms: i64) -> DateTime {
    let stamp = Timestamp::from_millisecond(ms).unwrap_or_default();
    zone().to_datetime(stamp)
}

pub(crate) fn day_of(ms: i64) -> Date {
    local(ms).date()
}

/// That many days later.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    jiff::Span::new().try_days(days).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(day)
}

/// From one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    let number = |d: Date| fhir::date::days_from_civil(i64::from(d.year()), d.month() as u32, d.day() as u32);
    number(to) - number(from)
}

/// A moment as a person writes it: with a zone, or in the clinic's time.
///
/// # Errors
/// An issue at `place` for what is no time, and for an hour that the spring night skips.
pub(crate) fn moment(text: &str, place: &str) -> Result<i64, Issue> {
    if let Some(found) = fhir::date::parse(text).filter(|m| m.zoned) {
        return Ok(found.lo_ms);
    }
    let unreadable = || Issue::error(Code::Value, UNREADABLE).at(place);
    if !text.contains('T') {
        return Err(unreadable());
    }
    let found: DateTime = text.parse().map_err(|_| unreadable())?;
    let found = zone().to_ambiguous_timestamp(found);
    if matches!(found.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(Issue::error(Code::Value, SKIPPED).at(place));
    }
    found.compatible().map(Timestamp::as_millisecond).map_err(|_| unreadable())
}

/// # Errors
/// An issue at `place` for what is no day.
pub(crate) fn day(text: &str, place: &str) -> Result<Date, Issue> {
    text.parse().map_err(|_| Issue::error(Code::Value, DAY_UNREADABLE).at(place))
}

/// `09:05` of a moment.
pub(crate) fn hour(ms: i64) -> String {
    let time = local(ms).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

const WEEKDAYS: [[&str; 7]; 3] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
];

/// `mardi 24/11` in a language.
pub(crate) fn spoken(day: Date, lang: fhir::Lang) -> String {
    let names = match lang {
        fhir::Lang::Fr => WEEKDAYS[0],
        fhir::Lang::En => WEEKDAYS[1],
        fhir::Lang::De => WEEKDAYS[2],
    };
    let name = names[day.weekday().to_monday_zero_offset().clamp(0, 6) as usize];
    match lang {
        fhir::Lang::De => format!("{name} {:02}.{:02}.", day.day(), day.month()),
        _ => format!("{name} {:02}/{:02}", day.day(), day.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_nights_of_the_clock_change() {
        let spring = moment("2026-03-29T02:30", "start").unwrap_err();
        assert_eq!(spring.text.key, "scheduling.hour-skipped");
        // The hour that comes twice is the first one.
        assert_eq!(moment("2026-10-25T02:30", "start").ok(), ms("2026-10-25T00:30:00Z"));
        assert_eq!(midnight(date(2026, 10, 26)) - midnight(date(2026, 10, 25)), 25 * 60 * MINUTE);
        assert_eq!(midnight(date(2026, 3, 30)) - midnight(date(2026, 3, 29)), 23 * 60 * MINUTE);
        assert_eq!(moment("2026-11-23T08:00", "start").ok(), ms("2026-11-23T07:00:00Z"));
        for text in ["", "demain", "2026-11-23", "2026-13-01T08:00", "08:00"] {
            assert!(moment(text, "start").is_err(), "{text}");
        }
        assert_eq!(days_between(date(2026, 3, 28), date(2026, 3, 30)), 2);
    }

    fn ms(text: &str) -> Option<i64> {
        crate::element::ms(text)
    }
}
