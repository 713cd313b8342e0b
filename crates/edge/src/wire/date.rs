//! Dates of HTTP headers, IMF-fixdate (RFC 9110 §5.6.7), without a calendar library on the hot path.

use fhir::date::{civil_from_days, days_from_civil};
use http::HeaderValue;

const DAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];
const MONTHS: [&[u8; 3]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// `Sun, 22 Nov 2026 14:55:00 GMT` for a time in ms since epoch, cut to the second.
pub fn format(ms: i64) -> [u8; 29] {
    let seconds = ms.div_euclid(1000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, month_day) = civil_from_days(day);
    let mut out = *b"Thu, 01 Jan 1970 00:00:00 GMT";
    out[..3].copy_from_slice(DAYS[day.rem_euclid(7) as usize]);
    two(&mut out, 5, i64::from(month_day));
    out[8..11].copy_from_slice(MONTHS[month as usize - 1]);
    two(&mut out, 12, (year / 100).rem_euclid(100));
    two(&mut out, 14, year.rem_euclid(100));
    two(&mut out, 17, second / 3600);
    two(&mut out, 20, second / 60 % 60);
    two(&mut out, 23, second % 60);
    out
}

/// The same as a header's value.
pub fn header(ms: i64) -> HeaderValue {
    HeaderValue::from_bytes(&format(ms)).unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
}

/// Seconds since epoch; `None` for any other form, which a server then ignores.
pub fn parse(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 29 || &bytes[25..] != b" GMT" || &bytes[3..5] != b", " {
        return None;
    }
    let number = |at: usize, len: usize| text.get(at..at + len)?.parse::<i64>().ok();
    let month = 1 + MONTHS.iter().position(|m| m[..] == bytes[8..11])? as u32;
    let day = days_from_civil(number(12, 4)?, month, number(5, 2)? as u32);
    Some(day * 86_400 + number(17, 2)? * 3600 + number(20, 2)? * 60 + number(23, 2)?)
}

fn two(out: &mut [u8; 29], at: usize, number: i64) {
    out[at] = b'0' + (number / 10) as u8;
    out[at + 1] = b'0' + (number % 10) as u8;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_and_reads_back() {
        assert_eq!(&format(784_111_777_999), b"Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(&format(0), b"Thu, 01 Jan 1970 00:00:00 GMT");
        for day in (-400_000..400_000).step_by(97) {
            let seconds = day * 86_400 + 3_723;
            let text = format(seconds * 1000);
            let text = std::str::from_utf8(&text).unwrap();
            if (1000..9999).contains(&civil_from_days(day).0) {
                assert_eq!(parse(text), Some(seconds), "{text}");
            }
        }
        assert_eq!(parse("yesterday"), None);
    }
}
