//! Seconds, and how PDF and X.509 write them.

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

const DAY: i64 = 86_400;
/// 0001-01-01 and 9999-12-31T23:59:59: what four digits can say.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;
/// 2050-01-01, from which X.509 writes four digits of a year (RFC 5280, 4.1.2.5), and 1950-01-01.
const LONG_FROM: i64 = 2_524_608_000;
const SHORT_FROM: i64 = -631_152_000;

impl Moment {
    /// `20261123081500`, whatever is outside four-digit years at its edge.
    pub(crate) fn digits(self) -> String {
        let seconds = self.0.clamp(FIRST, LAST);
        let (year, month, day) = civil(seconds.div_euclid(DAY));
        let rest = seconds.rem_euclid(DAY);
        format!("{year:04}{month:02}{day:02}{:02}{:02}{:02}", rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// Whether X.509 writes this moment as a UTCTime.
    pub(crate) fn is_short(self) -> bool {
        (SHORT_FROM..LONG_FROM).contains(&self.0)
    }

    /// Reads `YYYYMMDDHHMMSS`.
    pub(crate) fn from_digits(text: &[u8]) -> Option<Self> {
        let text = text.get(..14).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
        let number = |from: usize, until: usize| -> Option<i64> {
            Some(text.get(from..until)?.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
        };
        let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
        let (hour, minute, second) = (number(8, 10)?, number(10, 12)?, number(12, 14)?);
        let days = days(year, month, day);
        let exists = (1..=12).contains(&month) && civil(days) == (year, month, day);
        if !exists || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        Some(Self(days * DAY + hour * 3600 + minute * 60 + second))
    }

    /// Reads a date of a PDF (ISO 32000-1, 7.9.4): `D:20261123081500Z` or with `+01'00'`.
    pub(crate) fn from_pdf(text: &[u8]) -> Option<Self> {
        let text = text.strip_prefix(b"D:").unwrap_or(text);
        let local = Self::from_digits(text)?;
        let sign = match text.get(14) {
            None | Some(b'Z') => return Some(local),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        let zone: Vec<i64> = text
            .get(15..)?
            .iter()
            .filter(|c| c.is_ascii_digit())
            .take(4)
            .map(|c| i64::from(c - b'0'))
            .collect();
        let part = |at: usize| zone.get(at).copied().unwrap_or(0);
        let ahead = (part(0) * 10 + part(1)) * 3600 + (part(2) * 10 + part(3)) * 60;
        Some(Self(local.0 - sign * ahead))
    }
}

/// Days since 1970 of a day of the Gregorian calendar; months outside 1–12 give some day.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads() {
        assert_eq!(Moment(0).digits(), "19700101000000");
        assert_eq!(Moment(1_795_421_700).digits(), "20261123081500");
        for seconds in [FIRST, -1, 0, 951_782_400, 1_795_421_700, 4_102_444_800, LAST] {
            assert_eq!(Moment::from_digits(Moment(seconds).digits().as_bytes()), Some(Moment(seconds)));
        }
        assert_eq!(Moment::from_digits(b"20260229000000"), None);
        assert_eq!(Moment::from_digits(b"20261301000000"), None);
        assert_eq!(Moment::from_digits(b"2026112308"), None);
    }

    #[test]
    fn reads_zones_of_pdf() {
        let utc = Moment::from_pdf(b"D:20261123081500Z");
        assert_eq!(utc, Some(Moment(1_795_421_700)));
        assert_eq!(Moment::from_pdf(b"D:20261123091500+01'00'"), utc);
        assert_eq!(Moment::from_pdf(b"D:20261123031500-05'00"), utc);
        assert_eq!(Moment::from_pdf(b"D:2026"), None);
    }
}
