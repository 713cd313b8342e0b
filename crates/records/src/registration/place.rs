//! The INSEE code of a birthplace: department and commune, or 99 and a country.

/// Whether it is such a code: 01 to 95 and 2A, 2B with three digits, 97x and 98x overseas, 99xxx abroad.
pub(super) fn is_insee(code: &str) -> bool {
    let Some((department, commune)) = code.split_at_checked(2) else { return false };
    let corsica = matches!(department, "2A" | "2B");
    let number = department.parse::<u8>().ok().filter(|_| department.bytes().all(|b| b.is_ascii_digit()));
    let known = corsica || number.is_some_and(|n| matches!(n, 1..=95 | 97..=99));
    known && commune.len() == 3 && commune.bytes().all(|b| b.is_ascii_digit()) && commune != "000"
}

#[cfg(test)]
mod tests {
    use super::is_insee;

    #[test]
    fn codes_of_communes_and_countries() {
        for code in ["69383", "2A004", "2B033", "97411", "98818", "99134", "01001", "95018"] {
            assert!(is_insee(code), "{code}");
        }
        for code in ["", "69", "6938", "693830", "2C004", "00123", "96001", "69000", "+1123", "69 38"] {
            assert!(!is_insee(code), "{code}");
        }
    }
}
