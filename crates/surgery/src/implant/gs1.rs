//! GS1 element strings (GS1 General Specifications, section 3 and 7.8) as scanners send them: raw with the separator
//! ASCII 29, with a symbology prefix such as `]d2`, or as people write them, with the identifiers in brackets.

use super::code::{Device, ScanError};

/// Between elements of variable length.
const SEPARATOR: char = '\u{1d}';
/// A DataMatrix holds at most 2,335 letters; no element string of a device comes near.
const LETTERS_MAX: usize = 500;
/// What readers put in front of the data: GS1 DataMatrix, GS1-128, GS1 QR Code, GS1 DataBar, DotCode.
const PREFIXES: [&str; 6] = ["]d2", "]C1", "]Q3", "]e0", "]J1", "]d1"];

/// How long the value of an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Fixed(usize),
    UpTo(usize),
}

/// The identifiers that stand on devices, and those of fixed length, without which the next cannot be found.
fn length(ai: &str) -> Option<Length> {
    let digits = ai.as_bytes();
    let (first, second) = (*digits.first()?, *digits.get(1)?);
    Some(match (first, second) {
        (b'0', b'0') => Length::Fixed(18),
        (b'0', b'1' | b'2' | b'3') => Length::Fixed(14),
        (b'1', b'1' | b'2' | b'3' | b'5' | b'6' | b'7') => Length::Fixed(6),
        (b'2', b'0') => Length::Fixed(2),
        (b'1', b'0') | (b'2', b'1' | b'2') => Length::UpTo(20),
        (b'3', b'0' | b'7') => Length::UpTo(8),
        (b'2', b'4' | b'5') | (b'7', b'0' | b'1') | (b'4', b'0') if ai.len() >= 3 => Length::UpTo(30),
        (b'4', b'1') if ai.len() >= 3 => Length::Fixed(13),
        (b'3', b'1'..=b'6') if ai.len() >= 4 => Length::Fixed(6),
        (b'8', b'0') if ai.len() >= 4 => Length::UpTo(70),
        (b'9', b'0') => Length::UpTo(30),
        (b'9', b'1'..=b'9') => Length::UpTo(90),
        _ => return None,
    })
}

/// How many digits name an identifier that begins like that.
fn name_length(rest: &str) -> Option<usize> {
    let digits = rest.as_bytes();
    let pair = (*digits.first()?, *digits.get(1)?);
    let wanted = match pair {
        (b'2', b'4' | b'5') | (b'4', b'0' | b'1') | (b'7', b'1') => 3,
        (b'3', b'1'..=b'6') | (b'8', b'0') | (b'7', b'0') => 4,
        _ => 2,
    };
    let named = rest.get(..wanted)?;
    named.bytes().all(|b| b.is_ascii_digit()).then_some(wanted)
}

/// Whether a text may be an element string at all.
pub(super) fn is_likely(text: &str) -> bool {
    let text = strip(text);
    text.starts_with('(')
        || name_length(text).is_some_and(|n| text.get(..n).is_some_and(|ai| length(ai).is_some()))
}

fn strip(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c == ' ' || c == '\r' || c == '\n' || c == '\t');
    let text = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    text.trim_start_matches(SEPARATOR)
}

/// What an element string says of a device.
///
/// # Errors
/// It is none, or an element of it is wrong.
pub(super) fn parse(text: &str) -> Result<Device, ScanError> {
    if text.chars().count() > LETTERS_MAX {
        return Err(ScanError::TooLong);
    }
    let text = strip(text);
    let elements = if text.starts_with('(') { bracketed(text)? } else { raw(text)? };
    let mut device = Device::default();
    for (ai, value) in &elements {
        take(&mut device, ai, value)?;
    }
    if device.gtin.is_empty() {
        return Err(ScanError::NoGtin);
    }
    device.udi = elements.iter().map(|(ai, value)| format!("({ai}){value}")).collect();
    Ok(device)
}

/// `(01)…(17)…(10)…`: a bracket in a value that does not open an identifier belongs to the value.
fn bracketed(text: &str) -> Result<Vec<(String, String)>, ScanError> {
    let mut elements = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.strip_prefix('(') {
        let (ai, after) = open.split_once(')').ok_or(ScanError::NotGs1)?;
        let length = Some(ai)
            .filter(|ai| (2..=4).contains(&ai.len()) && ai.bytes().all(|b| b.is_ascii_digit()))
            .and_then(length)
            .ok_or_else(|| ScanError::unknown(ai))?;
        let end =
            after.match_indices('(').map(|(at, _)| at).find(|at| opens(&after[*at..])).unwrap_or(after.len());
        let value = after[..end].trim_matches(|c: char| c == ' ' || c == SEPARATOR);
        check(ai, value, length)?;
        elements.push((ai.to_string(), value.to_string()));
        rest = &after[end..];
    }
    if rest.is_empty() { Ok(elements) } else { Err(ScanError::NotGs1) }
}

fn opens(text: &str) -> bool {
    let Some((ai, _)) = text.strip_prefix('(').and_then(|t| t.split_once(')')) else { return false };
    (2..=4).contains(&ai.len()) && ai.bytes().all(|b| b.is_ascii_digit()) && length(ai).is_some()
}

fn raw(text: &str) -> Result<Vec<(String, String)>, ScanError> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let named = name_length(rest).ok_or(ScanError::NotGs1)?;
        let (ai, after) = rest.split_at(named);
        let length = length(ai).ok_or_else(|| ScanError::unknown(ai))?;
        let end = match length {
            Length::Fixed(n) => n,
            Length::UpTo(_) => after.find(SEPARATOR).unwrap_or(after.len()),
        };
        let value = after.get(..end).ok_or(ScanError::Short { ai: ai.to_string() })?;
        check(ai, value, length)?;
        elements.push((ai.to_string(), value.to_string()));
        rest = after[end..].trim_start_matches(SEPARATOR);
    }
    Ok(elements)
}

fn check(ai: &str, value: &str, length: Length) -> Result<(), ScanError> {
    let fits = match length {
        Length::Fixed(n) => value.len() == n,
        Length::UpTo(n) => !value.is_empty() && value.len() <= n,
    };
    // Of the letters of GS1's character set 82, all are printable ASCII without the space.
    let printable = value.bytes().all(|b| b.is_ascii_graphic());
    if fits && printable { Ok(()) } else { Err(ScanError::Short { ai: ai.to_string() }) }
}

fn take(device: &mut Device, ai: &str, value: &str) -> Result<(), ScanError> {
    match ai {
        "01" => {
            if !has_check_digit(value) {
                return Err(ScanError::CheckDigit);
            }
            set(&mut device.gtin, value)?;
        }
        "10" => set_once(&mut device.lot, value)?,
        "21" => set_once(&mut device.serial, value)?,
        "240" | "241" if device.reference.is_none() => device.reference = Some(value.to_string()),
        "11" => device.produced = Some(date(value)?),
        "17" => set_once(&mut device.expiry, &date(value)?)?,
        _ => {}
    }
    Ok(())
}

/// The same element twice with two values says nothing that one may rely on.
fn set(slot: &mut String, value: &str) -> Result<(), ScanError> {
    if !slot.is_empty() && slot != value {
        return Err(ScanError::Twice);
    }
    *slot = value.to_string();
    Ok(())
}

fn set_once(slot: &mut Option<String>, value: &str) -> Result<(), ScanError> {
    if slot.as_deref().is_some_and(|known| known != value) {
        return Err(ScanError::Twice);
    }
    *slot = Some(value.to_string());
    Ok(())
}

/// The last digit of a GTIN: weights 3 and 1 from the right (GS1 General Specifications, 7.9).
pub(super) fn has_check_digit(gtin: &str) -> bool {
    let digits = gtin.as_bytes();
    let lengths = matches!(digits.len(), 8 | 12 | 13 | 14);
    if !lengths || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let weighted = digits.iter().rev().enumerate();
    let sum: u32 = weighted.map(|(n, digit)| u32::from(digit - b'0') * if n % 2 == 1 { 3 } else { 1 }).sum();
    sum.is_multiple_of(10)
}

/// `YYMMDD`; the day `00` is the last of the month. A year of two digits lies within 49 years before and 50 after
/// (GS1 General Specifications, 7.12), seen from the years that this program will know.
fn date(value: &str) -> Result<String, ScanError> {
    let number = |part: &str| part.parse::<i16>().map_err(|_| ScanError::Date);
    if !value.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ScanError::Date);
    }
    let (year, month, day) = (number(&value[..2])?, number(&value[2..4])?, number(&value[4..])?);
    let year = if year >= 77 { 1900 + year } else { 2000 + year };
    let month = i8::try_from(month).map_err(|_| ScanError::Date)?;
    let day = i8::try_from(day).map_err(|_| ScanError::Date)?;
    let first = jiff::civil::Date::new(year, month, if day == 0 { 1 } else { day });
    let date = first.map_err(|_| ScanError::Date)?;
    Ok(if day == 0 { date.last_of_month() } else { date }.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GTIN: &str = "03401234567891";

    fn gtin(head: &str) -> String {
        let known = (0..10).map(|d| format!("{head}{d}")).find(|g| has_check_digit(g));
        known.unwrap()
    }

    #[test]
    fn all_ways_of_writing_say_the_same() {
        let g = gtin(&GTIN[..13]);
        let bracketed = parse(&format!("(01){g}(17)271100(10)LOT-1(21)S/9")).unwrap();
        let raw = parse(&format!("]d201{g}1727110010LOT-1\u{1d}21S/9")).unwrap();
        let leading = parse(&format!("\u{1d}01{g}1727110010LOT-1\u{1d}21S/9\r\n")).unwrap();
        assert_eq!(bracketed, raw);
        assert_eq!(raw, leading);
        assert_eq!(raw.expiry.as_deref(), Some("2027-11-30"));
        assert_eq!((raw.lot.as_deref(), raw.serial.as_deref()), (Some("LOT-1"), Some("S/9")));
        let leap = parse(&format!("(01){g}(17)280200(240)REF(11)260131")).unwrap();
        assert_eq!(
            (leap.expiry.as_deref(), leap.produced.as_deref()),
            (Some("2028-02-29"), Some("2026-01-31"))
        );
        assert_eq!(leap.reference.as_deref(), Some("REF"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let g = gtin(&GTIN[..13]);
        let wrong = format!("{}{}", &g[..13], (g.as_bytes()[13] - b'0' + 1) % 10);
        assert_eq!(parse(&format!("(01){wrong}")), Err(ScanError::CheckDigit));
        assert_eq!(parse(&format!("(01){g}(17)271331")), Err(ScanError::Date));
        assert_eq!(parse(&format!("(01){g}(10)A(10)B")), Err(ScanError::Twice));
        assert_eq!(parse("(10)A"), Err(ScanError::NoGtin));
        assert!(matches!(parse("01123"), Err(ScanError::Short { .. })));
        for text in ["", "hello", "https://example.org", "(", "()", "(01", "99", "\u{1d}", "é1234567890123"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_printed_is_read(
            head in "[0-9]{13}",
            lot in "[A-Za-z0-9/+._-]{1,20}",
            serial in "[A-Za-z0-9/+._-]{1,20}",
            year in 0u8..76, month in 1u8..13, day in 1u8..29,
        ) {
            let g = gtin(&head);
            let text = format!("]d201{g}17{year:02}{month:02}{day:02}10{lot}\u{1d}21{serial}");
            let device = parse(&text).unwrap();
            prop_assert_eq!(&device.gtin, &g);
            prop_assert_eq!(device.lot.as_deref(), Some(lot.as_str()));
            prop_assert_eq!(device.serial.as_deref(), Some(serial.as_str()));
            let expiry = format!("20{year:02}-{month:02}-{day:02}");
            prop_assert_eq!(device.expiry.as_deref(), Some(expiry.as_str()));
            // As people write it, it is read back as the same.
            prop_assert_eq!(parse(&device.udi).unwrap(), device);
        }

        #[test]
        fn nothing_that_is_sent_breaks_it(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn nor_what_looks_like_elements(text in "[()0-9A-Z\u{1d}é\\]d]{0,60}") {
            if let Ok(device) = parse(&text) {
                prop_assert!(has_check_digit(&device.gtin) && device.gtin.len() == 14);
            }
        }
    }
}
