//! HIBC supplier labels (ANSI/HIBC 2.6): `+`, four letters of the labeller, the product, a digit of the unit, then
//! `/` and lot or serial with a date, and a check letter modulo 43 at the end.

use super::code::{Device, ScanError};

const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
const LETTERS_MAX: usize = 120;

pub(super) fn is_likely(text: &str) -> bool {
    let text = text.trim().trim_matches('*');
    text.starts_with('+') && text.len() > 8 && text.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase)
}

/// What a label says of a device. The primary identifier stands where a GTIN would.
///
/// # Errors
/// The check letter is wrong, or a date.
pub(super) fn parse(text: &str) -> Result<Device, ScanError> {
    let text = text.trim().trim_matches('*');
    if text.len() > LETTERS_MAX {
        return Err(ScanError::TooLong);
    }
    let (body, check) = text.split_at_checked(text.len().saturating_sub(1)).ok_or(ScanError::NotGs1)?;
    let place = |b: u8| LETTERS.iter().position(|letter| *letter == b);
    let sum = body.bytes().map(place).sum::<Option<usize>>().ok_or(ScanError::NotGs1)?;
    if check.bytes().next().and_then(place) != Some(sum % 43) {
        return Err(ScanError::CheckDigit);
    }
    let mut parts = body.trim_start_matches('+').split('/');
    let primary = parts.next().filter(|p| (6..=23).contains(&p.len())).ok_or(ScanError::NotGs1)?;
    let mut device =
        Device { gtin: primary.to_string(), udi: text.to_string(), hibc: true, ..Device::default() };
    for part in parts {
        secondary(&mut device, part)?;
    }
    Ok(device)
}

fn secondary(device: &mut Device, part: &str) -> Result<(), ScanError> {
    if let Some(serial) = part.strip_prefix("$$+") {
        device.serial = dated(device, serial)?;
    } else if let Some(lot) = part.strip_prefix("$$") {
        device.lot = dated(device, lot)?;
    } else if let Some(serial) = part.strip_prefix("$+").or_else(|| part.strip_prefix('S')) {
        device.serial = Some(serial.to_string()).filter(|s| !s.is_empty());
    } else if let Some(lot) = part.strip_prefix('$') {
        device.lot = Some(lot.to_string()).filter(|s| !s.is_empty());
    } else if let Some(day) = part.strip_prefix("14D") {
        device.expiry = Some(day8(day)?);
    } else if let Some(day) = part.strip_prefix("16D") {
        device.produced = Some(day8(day)?);
    }
    Ok(())
}

/// `MMYY…`, `2MMDDYY…`, `3YYMMDD…`, `5YYJJJ…`, `7…` without a date.
fn dated(device: &mut Device, text: &str) -> Result<Option<String>, ScanError> {
    let take = |from: usize, to: usize| {
        text.get(from..to).and_then(|t| t.parse::<i16>().ok()).ok_or(ScanError::Date)
    };
    let (date, from) = match text.as_bytes().first() {
        Some(b'2') => (civil(take(5, 7)?, take(1, 3)?, take(3, 5)?)?, 7),
        Some(b'3') => (civil(take(1, 3)?, take(3, 5)?, take(5, 7)?)?, 7),
        Some(b'5') => {
            let first = jiff::civil::Date::new(2000 + take(1, 3)?, 1, 1).map_err(|_| ScanError::Date)?;
            let days = i64::from(take(3, 6)? - 1);
            (first.checked_add(jiff::Span::new().days(days)).map_err(|_| ScanError::Date)?, 6)
        }
        Some(b'7') => return Ok(text.get(1..).filter(|t| !t.is_empty()).map(String::from)),
        Some(b'0' | b'1') => {
            let (month, year) = (take(0, 2)?, take(2, 4)?);
            (civil(year, month, 1)?.last_of_month(), 4)
        }
        _ => return Err(ScanError::Date),
    };
    device.expiry = Some(date.to_string());
    Ok(text.get(from..).filter(|t| !t.is_empty()).map(String::from))
}

fn civil(year: i16, month: i16, day: i16) -> Result<jiff::civil::Date, ScanError> {
    let small = |n: i16| i8::try_from(n).map_err(|_| ScanError::Date);
    jiff::civil::Date::new(2000 + year, small(month)?, small(day)?).map_err(|_| ScanError::Date)
}

fn day8(text: &str) -> Result<String, ScanError> {
    let part = |from: usize, to: usize| {
        text.get(from..to).and_then(|t| t.parse::<i16>().ok()).ok_or(ScanError::Date)
    };
    Ok(civil(part(0, 4)?.checked_sub(2000).ok_or(ScanError::Date)?, part(4, 6)?, part(6, 8)?)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The label with its check letter.
    fn label(body: &str) -> String {
        let sum: usize = body.bytes().map(|b| LETTERS.iter().position(|l| *l == b).unwrap()).sum();
        format!("{body}{}", char::from(LETTERS[sum % 43]))
    }

    #[test]
    fn lots_serials_and_dates_are_read() {
        let device = parse(&label("+A999BJ6581/$$3271130LOT7")).unwrap();
        assert_eq!((device.gtin.as_str(), device.lot.as_deref()), ("A999BJ6581", Some("LOT7")));
        assert_eq!(device.expiry.as_deref(), Some("2027-11-30"));
        let device = parse(&label("+A999BJ6581/$$0228B2/S77/16D20260105")).unwrap();
        assert_eq!((device.expiry.as_deref(), device.serial.as_deref()), (Some("2028-02-29"), Some("77")));
        assert_eq!(device.produced.as_deref(), Some("2026-01-05"));
        assert_eq!(parse("+A999BJ6581/$LOT!"), Err(ScanError::CheckDigit));
        assert_eq!(parse(&label("+A999BJ6581/$$3271340X")), Err(ScanError::Date));
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_breaks_it(text in any::<String>(), body in "\\+[A-Z0-9$/+]{5,40}") {
            let _ = parse(&text);
            let _ = parse(&label(&body));
        }
    }
}
