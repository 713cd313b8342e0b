//! Times as hospitals write them: ISO 8601, day or month first, bare clock times, numbers.

/// Whether the day or the month comes first in 03/04/2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// A time, as far as the text says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stamp {
    /// Minutes since 1970-01-01 in universal time: the text had an offset.
    Absolute(f64),
    /// Minutes since 1970-01-01 on the wall clock of the hospital.
    Local(f64),
    /// Minutes since midnight of some day.
    Clock(f64),
    /// A number of unknown unit.
    Number(f64),
}

/// Minutes in one step of a bare number.
pub(super) type Unit = f64;

const DAY: f64 = 1440.0;

/// The order that the dates of a column have: the month is never above 12. The day is first if nothing tells.
pub(super) fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Order {
    for text in texts {
        let mut parts =
            text.trim().split(['/', '.', '-', ' ', 'T']).map(|part| part.parse::<u32>().unwrap_or(0));
        let (first, second) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        if first <= 12 && (13..=31).contains(&second) {
            return Order::MonthFirst;
        }
        if (13..=31).contains(&first) {
            return Order::DayFirst;
        }
    }
    Order::DayFirst
}

/// Reads one time.
pub(super) fn stamp(text: &str, order: Order) -> Option<Stamp> {
    let text = text.trim();
    if let Ok(number) = text.replace(',', ".").parse::<f64>() {
        return number.is_finite().then_some(Stamp::Number(number));
    }
    let (date, rest) = match text.find(['T', ' ']) {
        Some(at) if text[..at].contains(['-', '/', '.']) => (&text[..at], text[at + 1..].trim()),
        _ if text.contains([':', 'h', 'H']) => return clock(text).map(|(minutes, _)| Stamp::Clock(minutes)),
        _ => (text, ""),
    };
    let days = date_of(date, order)?;
    let (minutes, offset) = if rest.is_empty() { (0.0, None) } else { clock(rest)? };
    let local = days as f64 * DAY + minutes;
    Some(offset.map_or(Stamp::Local(local), |offset| Stamp::Absolute(local - offset)))
}

fn date_of(text: &str, order: Order) -> Option<i64> {
    let parts: Vec<i64> = text.split(['-', '/', '.']).map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = match order {
        _ if a > 31 => (a, b, c),
        Order::DayFirst => (c, b, a),
        Order::MonthFirst => (c, a, b),
    };
    let year = if (0..70).contains(&year) { year + 2000 } else { year };
    ((1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| days_from_civil(year, month, day))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Minutes since midnight and, if there is one, the offset from universal time.
fn clock(text: &str) -> Option<(f64, Option<f64>)> {
    let upper = text.trim().to_ascii_uppercase();
    let (upper, afternoon) = match (upper.strip_suffix("PM"), upper.strip_suffix("AM")) {
        (Some(rest), _) => (rest.trim().to_string(), Some(true)),
        (_, Some(rest)) => (rest.trim().to_string(), Some(false)),
        _ => (upper.clone(), None),
    };
    let (time, offset) = match upper.find(['Z', '+', '-']) {
        None => (upper.as_str(), None),
        Some(at) if upper[at..].starts_with('Z') => (&upper[..at], Some(0.0)),
        Some(at) => {
            let sign = if upper[at..].starts_with('-') { -1.0 } else { 1.0 };
            let digits: String = upper[at + 1..].chars().filter(char::is_ascii_digit).collect();
            let hours: f64 = digits.get(..2)?.parse().ok()?;
            let minutes: f64 = digits.get(2..4).map_or(Some(0.0), |m| m.parse().ok())?;
            (&upper[..at], Some(sign * (hours * 60.0 + minutes)))
        }
    };
    let mut parts = time.trim().split([':', 'H']);
    let mut hours: f64 = parts.next()?.trim().parse().ok()?;
    let minutes: f64 = parts.next()?.trim().parse().ok()?;
    let seconds: f64 = parts.next().map_or(Some(0.0), |s| s.trim().parse().ok())?;
    if let Some(afternoon) = afternoon {
        hours = hours % 12.0 + if afternoon { 12.0 } else { 0.0 };
    }
    let right =
        (0.0..=24.0).contains(&hours) && (0.0..60.0).contains(&minutes) && (0.0..61.0).contains(&seconds);
    right.then_some((hours * 60.0 + minutes + seconds / 60.0, offset))
}

/// The unit of bare numbers, by the middle of their differences: few operations last less than ten minutes, or
/// more than ten hours.
pub(super) fn unit(pairs: impl Iterator<Item = (Stamp, Stamp)>) -> Unit {
    let mut apart: Vec<f64> = pairs
        .filter_map(|(start, end)| match (start, end) {
            (Stamp::Number(start), Stamp::Number(end)) if end > start => Some(end - start),
            _ => None,
        })
        .collect();
    apart.sort_by(f64::total_cmp);
    match apart.get(apart.len() / 2) {
        // Days, as spreadsheets count.
        Some(middle) if *middle < 1.0 => DAY,
        Some(middle) if *middle < 600.0 => 1.0,
        Some(middle) if *middle < 200_000.0 => 1.0 / 60.0,
        Some(_) => 1.0 / 60_000.0,
        None => 1.0,
    }
}

/// Minutes from start to end, and whether the clock went back between them. None if the two are not of a kind.
pub(super) fn minutes_between(start: Stamp, end: Stamp, unit: Unit) -> Option<(f64, bool)> {
    match (start, end) {
        (Stamp::Absolute(a), Stamp::Absolute(b)) => Some((b - a, false)),
        (Stamp::Number(a), Stamp::Number(b)) => Some(((b - a) * unit, false)),
        // Over midnight.
        (Stamp::Clock(a), Stamp::Clock(b)) => Some((if b < a { b + DAY - a } else { b - a }, false)),
        (Stamp::Local(a), Stamp::Clock(b)) => {
            let clock = a.rem_euclid(DAY);
            Some((if b < clock { b + DAY - clock } else { b - clock }, false))
        }
        (Stamp::Local(a), Stamp::Local(b)) => {
            // In that night, an hour comes twice: an end before its start is one of the second time.
            let back = b <= a && a - b < 60.0 && is_autumn_night(a) && is_autumn_night(b);
            Some((b - a + if back { 60.0 } else { 0.0 }, back))
        }
        _ => None,
    }
}

/// Whether the wall clock shows 0 to 4 h on a last Sunday of October, or a first Sunday of November: the nights
/// in which clocks go back in Europe and in North America.
fn is_autumn_night(minutes: f64) -> bool {
    let day = (minutes / DAY).floor() as i64;
    // 1970-01-01 was a Thursday.
    if (day + 4).rem_euclid(7) != 0 || minutes.rem_euclid(DAY) > 240.0 {
        return false;
    }
    let year = 1970 + day / 366 - 1;
    (year..=year + 2).any(|year| {
        let november = days_from_civil(year, 11, 1);
        (november - 7..november + 7).contains(&day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(start: &str, end: &str) -> Option<f64> {
        let order = order([start, end].into_iter());
        let (a, b) = (stamp(start, order)?, stamp(end, order)?);
        minutes_between(a, b, unit([(a, b)].into_iter())).map(|m| m.0)
    }

    #[test]
    fn reads_what_hospitals_write() {
        for (start, end, expected) in [
            ("2025-03-04 08:00", "2025-03-04 09:30", 90.0),
            ("2025-03-04T23:30:00Z", "2025-03-05T02:00:00+01:00", 90.0),
            ("04/03/2025 08:00:00", "04/03/2025 09:30:00", 90.0),
            ("04.03.25 08:00", "04.03.25 09:30", 90.0),
            ("03/14/2025 11:00 PM", "03/15/2025 12:30 AM", 90.0),
            ("08:00", "09:30", 90.0),
            ("23:30", "01:00", 90.0),
            ("8h15", "9h45", 90.0),
            ("1668", "7068", 90.0),
            ("45000.25", "45000.3125", 90.0),
            ("2024-02-28 23:00", "2024-03-01 00:30", 1530.0),
            ("2025-03-04 09:30", "2025-03-04 08:00", -90.0),
        ] {
            let found = minutes(start, end);
            assert!(found.is_some_and(|m| (m - expected).abs() < 0.01), "{start} {end}: {found:?}");
        }
        for (start, end) in [("soon", "later"), ("2025-13-40 08:00", "2025-13-40 09:00"), ("25:99", "26:00")]
        {
            assert_eq!(minutes(start, end), None, "{start}");
        }
    }

    #[test]
    fn the_hour_that_comes_twice() {
        assert_eq!(minutes("2025-10-26 02:50", "2025-10-26 02:10"), Some(20.0));
        assert_eq!(minutes("2025-11-02 01:50", "2025-11-02 01:10"), Some(20.0));
        assert_eq!(minutes("2025-10-25 02:50", "2025-10-25 02:10"), Some(-40.0));
        assert_eq!(minutes("2025-10-26 12:50", "2025-10-26 12:10"), Some(-40.0));
    }
}
