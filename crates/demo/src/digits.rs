//! Check digits of French identifiers.

/// The Luhn digit to put after these digits (RPPS: 10 + 1, FINESS: 8 + 1, SIREN: 8 + 1).
/// Characters that are no digits count as nothing.
pub fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(i, d)| match (i % 2 == 0, d * 2) {
            (true, twice) if twice > 9 => twice - 9,
            (true, twice) => twice,
            (false, _) => d,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The two-digit key of the 13 characters of a NIR: 97 − (N mod 97), where the Corsican departments
/// 2A and 2B count as 19 and 18. `None` if the text is no NIR.
pub fn nir_key(nir: &str) -> Option<u32> {
    if nir.len() != 13 {
        return None;
    }
    let plain = nir.replace("2A", "19").replace("2B", "18");
    let number: u64 = plain.parse().ok()?;
    Some(97 - (number % 97) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpps_and_finess() {
        assert_eq!(luhn("1000000191"), 6);
        assert_eq!(luhn("1000123456"), 5);
        assert_eq!(luhn("59006403"), 6);
        assert_eq!(luhn("75012345"), 7);
    }

    #[test]
    fn nir_keys_with_corsica() {
        for (nir, key) in [
            ("2550814168025", 38),
            ("2790351215189", 89),
            ("190012A123456", 15),
            ("190012B123456", 42),
            ("1850575123456", 73),
        ] {
            assert_eq!(nir_key(nir), Some(key), "{nir}");
        }
        assert_eq!(nir_key("12"), None);
    }
}
