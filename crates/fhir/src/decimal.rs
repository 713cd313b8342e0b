//! The precision of decimals: in FHIR, `100` and `100.00` say different things.

/// The implied range `[lo, hi)` of a decimal in a search value
/// (<https://hl7.org/fhir/R4/search.html#number>): half a unit of the last digit to each side, so `100` is
/// 99.5 to 100.5. With an exponent, the specification counts one digit more: its `1e2` is 95 to 105.
/// None for what is no decimal or has no finite value.
pub fn implied_range(text: &str) -> Option<(f64, f64)> {
    let value = parse(text)?;
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()? - 1),
        None => (text, 0),
    };
    let fraction = mantissa.split_once('.').map_or(0, |(_, f)| f.len());
    let digits = i32::try_from(fraction).ok()?;
    let half = 0.5 * 10f64.powi(exponent.saturating_sub(digits));
    Some((value - half, value + half))
}

/// The value of a decimal's text; strict as FHIR, but a leading `+` or zeros are let through.
pub fn parse(text: &str) -> Option<f64> {
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    if text.is_empty() || text.len() > 64 || !text.bytes().all(numeric) {
        return None;
    }
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_tells_the_range() {
        assert_eq!(implied_range("100"), Some((99.5, 100.5)));
        assert_eq!(implied_range("100.00"), Some((99.995, 100.005)));
        assert_eq!(implied_range("1e2"), Some((95.0, 105.0)));
        assert_eq!(implied_range("-5.4"), Some((-5.45, -5.3500000000000005)));
        assert_eq!(implied_range("nan"), None);
        assert_eq!(implied_range("1e999"), None);
        assert_eq!(implied_range("inf"), None);
        assert_eq!(implied_range("é"), None);
    }
}
