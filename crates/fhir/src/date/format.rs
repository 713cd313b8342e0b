//! Writes instants and dates, always in UTC.

use super::{DAY, civil_from_days};

/// `2026-11-22T14:05:00.123Z`. Moments outside the years 1 to 9999, which FHIR cannot write, are moved to
/// the nearest that it can.
pub fn instant_format(ms: i64) -> String {
    const FIRST: i64 = -62_135_596_800_000;
    const LAST: i64 = 253_402_300_799_999;
    let ms = ms.clamp(FIRST, LAST);
    let (days, of_day) = (ms.div_euclid(DAY), ms.rem_euclid(DAY));
    let (year, month, day) = civil_from_days(days);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// The UTC day of a moment: `2026-11-22`.
pub fn date_format(ms: i64) -> String {
    let mut text = instant_format(ms);
    text.truncate(10);
    text
}
