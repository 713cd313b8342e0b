//! Weekly hours, and what lies outside them.

use crate::closure::{Pattern, Weeks, written};
use jiff::civil::Time;

const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const DAY: i64 = 24 * 60;

/// Minutes of the day; the midnight after it as an end.
fn span(row: &Pattern) -> (i64, i64) {
    let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let until = minutes(row.until);
    (minutes(row.from), if until == 0 { DAY } else { until })
}

/// Whether a row lies within its day: what goes past midnight is said as two.
pub(super) fn is_whole(row: &Pattern) -> bool {
    let (from, until) = span(row);
    from < until && row.from.second() == 0 && row.until.second() == 0
}

/// The patterns of the time outside these hours, each with the hours of its day, spoken. Nothing without hours.
pub(super) fn outside(rows: &[Pattern]) -> Vec<(Pattern, String)> {
    let mut out = Vec::new();
    if rows.is_empty() {
        return out;
    }
    for weekday in 1..=7 {
        let (odd, even) = (of_day(rows, weekday, Weeks::Odd), of_day(rows, weekday, Weeks::Even));
        if odd == even {
            out.extend(gaps(&odd, weekday, Weeks::All));
        } else {
            out.extend(gaps(&odd, weekday, Weeks::Odd));
            out.extend(gaps(&even, weekday, Weeks::Even));
        }
    }
    out
}

/// When one works on that day of such weeks: in order, joined where they meet.
fn of_day(rows: &[Pattern], weekday: i8, weeks: Weeks) -> Vec<(i64, i64)> {
    let on = |row: &&Pattern| row.weekday == weekday && (row.weeks == Weeks::All || row.weeks == weeks);
    let mut spans: Vec<(i64, i64)> = rows.iter().filter(on).map(span).collect();
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

fn gaps(works: &[(i64, i64)], weekday: i8, weeks: Weeks) -> Vec<(Pattern, String)> {
    let spoken = spoken(works, weekday, weeks);
    let mut out = Vec::new();
    let mut at = 0;
    for (from, until) in works.iter().copied().chain([(DAY, DAY)]) {
        if at < from {
            let pattern = Pattern { weekday, from: time(at), until: time(from), weeks, release: 0 };
            out.push((pattern, spoken.clone()));
        }
        at = until;
    }
    out
}

/// `mardi 08:00–13:00, semaines paires`.
fn spoken(works: &[(i64, i64)], weekday: i8, weeks: Weeks) -> String {
    let day = WEEKDAYS[usize::from((weekday - 1).clamp(0, 6).unsigned_abs())];
    let hour = |minutes: i64| if minutes == DAY { "24:00".to_string() } else { written(time(minutes)) };
    let each: Vec<String> =
        works.iter().map(|(from, until)| format!("{}–{}", hour(*from), hour(*until))).collect();
    let hours = if each.is_empty() { "aucune".to_string() } else { each.join(", ") };
    let weeks = match weeks {
        Weeks::All => "",
        Weeks::Odd => ", semaines impaires",
        Weeks::Even => ", semaines paires",
    };
    format!("heures de travail, {day} : {hours}{weeks}")
}

/// The hours of the day that `spoken` wrote, such as `08:00–12:00, 13:00–17:00`; nothing on a day without.
pub(super) fn heard(comment: &str) -> String {
    let is_hours = |word: &&str| word.contains('–') && word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = comment.split([' ', ',']).filter(is_hours).collect();
    words.join(", ")
}

/// The hour of the clock; the midnight after the day is 00:00.
fn time(minutes: i64) -> Time {
    let minutes = minutes.rem_euclid(DAY);
    let part = |n: i64| i8::try_from(n).unwrap_or_default();
    Time::constant(part(minutes / 60), part(minutes % 60), 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::hour;
    use crate::zone::{self, MINUTE};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn row(weekday: i8, from: &str, until: &str, weeks: Weeks) -> Pattern {
        Pattern { weekday, from: hour(from).unwrap(), until: hour(until).unwrap(), weeks, release: 0 }
    }

    #[test]
    fn the_rest_of_the_week_is_outside() {
        let rows = [row(1, "08:00", "12:00", Weeks::All), row(1, "13:00", "17:00", Weeks::Even)];
        let found = outside(&rows);
        let monday: Vec<String> = found
            .iter()
            .filter(|(p, _)| p.weekday == 1)
            .map(|(p, _)| format!("{} {}-{}", p.weeks.as_str(), written(p.from), written(p.until)))
            .collect();
        let expected = [
            "odd 00:00-08:00",
            "odd 12:00-00:00",
            "even 00:00-08:00",
            "even 12:00-13:00",
            "even 17:00-00:00",
        ];
        assert_eq!(monday, expected);
        assert_eq!(found.len(), 5 + 6, "six days without hours");
        assert_eq!(found[2].1, "heures de travail, lundi : 08:00–12:00, 13:00–17:00, semaines paires");
        assert_eq!(heard(&found[2].1), "08:00–12:00, 13:00–17:00");
        assert_eq!(heard(&found[10].1), "", "{}", found[10].1);
        assert!(outside(&[]).is_empty(), "who gave no hours is not bound to any");
    }

    #[test]
    fn a_night_is_two_rows() {
        assert!(!is_whole(&row(1, "20:00", "06:00", Weeks::All)));
        assert!(is_whole(&row(1, "20:00", "00:00", Weeks::All)));
        assert!(!is_whole(&row(1, "08:00", "08:00", Weeks::All)));
        assert!(is_whole(&row(1, "00:00", "00:00", Weeks::All)), "the whole day");
    }

    proptest! {
        /// Every minute of a fortnight is either in the hours or outside them, and never both.
        #[test]
        fn hours_and_what_is_outside_are_the_whole_week(
            rows in proptest::collection::vec((1i8..=7, 0i64..95, 1i64..95, 0usize..3), 1..8),
            minute in 0i64..(14 * DAY),
        ) {
            let weeks = [Weeks::All, Weeks::Odd, Weeks::Even];
            let rows: Vec<Pattern> = rows
                .into_iter()
                .map(|(weekday, from, lasts, w)| Pattern {
                    weekday,
                    from: time(from * 15),
                    until: time((from + lasts).min(96) * 15),
                    weeks: weeks[w],
                    release: 0,
                })
                .collect();
            prop_assume!(rows.iter().all(is_whole));
            // From Monday of week 3 of 2026: no night of the clock change within.
            let at = zone::midnight(date(2026, 1, 12)) + minute * MINUTE;
            let day = zone::day_of(at);
            let has = |p: &Pattern| p.on(day).is_some_and(|(from, until)| from <= at && at < until);
            let inside = rows.iter().any(has);
            let outside = outside(&rows).iter().filter(|(p, _)| has(p)).count();
            prop_assert_eq!(outside, usize::from(!inside));
        }
    }
}
