//! Reads the digits. No text that is not exactly a FHIR date or time comes through.

use super::calendar::days_in_month;
use super::{DAY, MINUTE, Moment, Precision, SECOND, days_from_civil};

pub(super) fn moment(text: &[u8], offset_minutes: i32) -> Option<Moment> {
    let year = i64::from(number(text, 0, 4)?);
    if year == 0 {
        return None;
    }
    let shift = i64::from(offset_minutes) * MINUTE;
    let days = |from: i64, to: i64, precision| Moment {
        lo_ms: from * DAY - shift,
        hi_ms: to * DAY - shift - 1,
        precision,
        zoned: false,
    };
    if text.len() == 4 {
        return Some(days(days_from_civil(year, 1, 1), days_from_civil(year + 1, 1, 1), Precision::Year));
    }
    let month = part(text, 4, b'-')?;
    if !(1..=12).contains(&month) {
        return None;
    }
    if text.len() == 7 {
        let from = days_from_civil(year, month, 1);
        return Some(days(from, from + i64::from(days_in_month(year, month)), Precision::Month));
    }
    let day = part(text, 7, b'-')?;
    if !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let date = days_from_civil(year, month, day);
    if text.len() == 10 {
        return Some(days(date, date + 1, Precision::Day));
    }
    if text[10] != b'T' {
        return None;
    }
    let (from, to, precision, rest) = clock(&text[11..])?;
    let (zoned, shift) = match rest {
        b"" => (false, shift),
        b"Z" => (true, 0),
        zone => (true, i64::from(offset(zone)?) * MINUTE),
    };
    let midnight = date * DAY - shift;
    Some(Moment { lo_ms: midnight + from, hi_ms: midnight + to, precision, zoned })
}

pub(super) fn time_only(text: &[u8]) -> Option<(u32, u32)> {
    let (from, to, precision, rest) = clock(text)?;
    let whole = rest.is_empty() && precision >= Precision::Second;
    whole.then(|| Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?)))?
}

/// `hh:mm[:ss[.fff…]]` → first and last millisecond of the day, and what follows it.
fn clock(text: &[u8]) -> Option<(i64, i64, Precision, &[u8])> {
    let hour = number(text, 0, 2)?;
    let minute = part(text, 2, b':')?;
    if hour > 23 || minute > 59 {
        return None;
    }
    let from = i64::from(hour * 60 + minute) * MINUTE;
    if text.get(5) != Some(&b':') {
        return Some((from, from + MINUTE - 1, Precision::Minute, &text[5..]));
    }
    let second = number(text, 6, 2)?;
    // 60 is a leap second: it is counted as the next minute's first.
    if second > 60 {
        return None;
    }
    let from = from + i64::from(second) * SECOND;
    if text.get(8) != Some(&b'.') {
        return Some((from, from + SECOND - 1, Precision::Second, &text[8..]));
    }
    let digits = text[9..].iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let kept = digits.min(3);
    let unit = [1000, 100, 10, 1][kept];
    let from = from + i64::from(number(text, 9, kept)?) * unit;
    Some((from, from + unit - 1, Precision::Fraction, &text[9 + digits..]))
}

/// `+02:00` → minutes east of UTC, at most 14 hours.
fn offset(zone: &[u8]) -> Option<i32> {
    let sign = match zone.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = number(zone, 1, 2)?;
    let minutes = part(zone, 3, b':')?;
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (zone.len() == 6 && minutes < 60 && total <= 14 * 60).then_some(sign * total)
}

/// A separator and two digits.
fn part(text: &[u8], at: usize, separator: u8) -> Option<u32> {
    (*text.get(at)? == separator).then(|| number(text, at + 1, 2))?
}

fn number(text: &[u8], at: usize, digits: usize) -> Option<u32> {
    text.get(at..at + digits)?
        .iter()
        .try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}
