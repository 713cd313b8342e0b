//! The formats of primitive types, as <https://hl7.org/fhir/R4/datatypes.html> writes them in regular
//! expressions, by hand. Dates must also exist in the calendar.

/// A JSON number that is short and small enough to be kept exactly.
pub fn decimal(text: &str) -> bool {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    digits.len() <= 64 && exponent.parse::<i32>().is_ok_and(|e| e.abs() <= 300)
}

pub fn id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}

/// No white space at either end, and single white space inside.
pub fn code(text: &str) -> bool {
    let mut gap = true;
    for b in text.bytes() {
        let space = matches!(b, b' ' | b'\t' | b'\r' | b'\n');
        if (space && gap) || (b < 0x20 && !space) {
            return false;
        }
        gap = space;
    }
    !gap
}

pub fn uri(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b > 0x20)
}

pub fn oid(text: &str) -> bool {
    let Some((first, rest)) = text.strip_prefix("urn:oid:").and_then(|t| t.split_once('.')) else {
        return false;
    };
    matches!(first, "0" | "1" | "2")
        && rest.split('.').all(|arc| {
            !arc.is_empty()
                && arc.bytes().all(|b| b.is_ascii_digit())
                && (arc.len() == 1 || !arc.starts_with('0'))
        })
}

pub fn uuid(text: &str) -> bool {
    let Some(hex) = text.strip_prefix("urn:uuid:") else { return false };
    hex.len() == 36
        && hex.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => matches!(b, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// Groups of four characters, white space between them, padding at the end only.
pub fn base64(text: &str) -> bool {
    let mut count = 0usize;
    let mut padding = 0;
    for b in text.bytes() {
        match b {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => {}
            _ => return false,
        }
        count += 1;
    }
    count > 0 && count.is_multiple_of(4) && padding <= 2
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub fn date(text: &str) -> bool {
    calendar(text.as_bytes())
}

fn calendar(bytes: &[u8]) -> bool {
    let part = |from: usize, to: usize| bytes.get(from..to).and_then(digits);
    let dash = |at: usize| bytes.get(at) == Some(&b'-');
    let year = part(0, 4).filter(|year| *year > 0);
    match (bytes.len(), year) {
        (4, Some(_)) => true,
        (7, Some(_)) => dash(4) && part(5, 7).is_some_and(|m| (1..=12).contains(&m)),
        (10, Some(year)) => {
            let days = part(5, 7).map_or(0, |month| days_in_month(year, month));
            dash(4) && dash(7) && part(8, 10).is_some_and(|d| (1..=days).contains(&d))
        }
        _ => false,
    }
}

/// The number of days of a month, 0 when there is no such month.
pub fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

/// A date, or a date with time and zone.
pub fn date_time(text: &str) -> bool {
    calendar(text.as_bytes()) || instant(text)
}

/// `YYYY-MM-DDThh:mm:ss(.s+)?(Z|±hh:mm)`.
pub fn instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((day, rest)) = bytes.split_at_checked(10) else { return false };
    let Some(rest) = rest.strip_prefix(b"T").filter(|_| calendar(day)) else { return false };
    if let Some(clock) = rest.strip_suffix(b"Z") {
        return time_of_day(clock);
    }
    let Some((clock, zone)) = rest.len().checked_sub(6).and_then(|at| rest.split_at_checked(at)) else {
        return false;
    };
    let (hour, minute) = (digits(&zone[1..3]), digits(&zone[4..6]));
    let in_range = match (hour, minute) {
        (Some(14), Some(0)) => true,
        (Some(hour), Some(minute)) => hour < 14 && minute < 60,
        _ => false,
    };
    time_of_day(clock) && matches!(zone[0], b'+' | b'-') && zone[3] == b':' && in_range
}

pub fn time(text: &str) -> bool {
    time_of_day(text.as_bytes())
}

fn time_of_day(bytes: &[u8]) -> bool {
    let Some((clock, fraction)) = bytes.split_at_checked(8) else { return false };
    let fraction_ok = match fraction {
        [] => true,
        [b'.', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    fraction_ok
        && clock[2] == b':'
        && clock[5] == b':'
        && digits(&clock[..2]).is_some_and(|h| h < 24)
        && digits(&clock[3..5]).is_some_and(|m| m < 60)
        && digits(&clock[6..]).is_some_and(|s| s <= 60)
}

/// `type/subtype` with parameters, or a bare type word as some systems write.
pub fn mime(text: &str) -> bool {
    let kind = text.split(';').next().unwrap_or(text).trim();
    let token =
        |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&b));
    kind.split_once('/').is_none_or(|(a, b)| token(a) && token(b)) && kind.bytes().all(|b| b > 0x20)
}

/// A BCP 47 tag by its form: subtags of 1 to 8 letters or digits.
pub fn language(text: &str) -> bool {
    let mut subtags = text.split('-');
    subtags
        .next()
        .is_some_and(|first| (1..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

pub fn currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(check: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(check(text), "{text:?} should pass");
        }
        for text in bad {
            assert!(!check(text), "{text:?} should not pass");
        }
    }

    #[test]
    fn dates_and_times() {
        all(
            date,
            &["2026", "2026-11", "2024-02-29"],
            &["", "0000", "2026-13", "2025-02-29", "2026-1-1", "2026-11-22T"],
        );
        all(
            date_time,
            &["2026", "2026-11-22T10:00:00Z", "2026-11-22T23:59:60.123+01:00", "2026-01-01T00:00:00-14:00"],
            &[
                "2026-11-22T10:00:00",
                "2026-11-22T10:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T10:00:00+14:30",
                "2026-11-22 10:00:00Z",
            ],
        );
        all(
            instant,
            &["2026-11-22T10:00:00.5Z"],
            &["2026-11-22", "é026-11-22T10:00:00Z", "2026-11-22T10:00:00.Z"],
        );
        all(time, &["10:00:00", "10:00:00.001"], &["10:00", "25:00:00", "10:00:00Z"]);
    }

    #[test]
    fn words() {
        all(id, &["a", "A-1.b"], &["", "a_b", "é", &"x".repeat(65)]);
        all(code, &["a", "a b", "<="], &["", " a", "a ", "a  b", "a\u{1}"]);
        all(uri, &["http://a/b", "urn:x", "é"], &["", "a b", "a\n"]);
        all(
            oid,
            &["urn:oid:1.2.250.1", "urn:oid:2.0"],
            &["1.2", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.02", "urn:oid:1..2"],
        );
        all(
            uuid,
            &["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"],
            &["c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520"],
        );
        all(base64, &["YQ==", "YWJj\nYWJj", "YWI="], &["", "YQ=", "Y===", "YQ==YQ==", "Yé=="]);
        all(decimal, &["1.10", "-0.0", "1e3"], &["1e999", "1e99999999999", &"1".repeat(65)]);
        all(language, &["fr", "fr-FR", "x-klingon"], &["", "fr_FR", "12", "a-"]);
        all(
            mime,
            &["application/pdf", "text/plain; charset=utf-8", "application/fhir+json"],
            &["a b", "/x", "text/"],
        );
    }
}
