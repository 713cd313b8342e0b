//! RPPS numbers: eleven digits whose last one is Luhn's. Examples published by the ANS fail that check, so a wrong
//! one is taken with a warning.

/// Systems under which the number is known: today's, and the one that came before.
pub(super) const SYSTEMS: [&str; 2] = ["https://rpps.esante.gouv.fr", "http://rpps.fr"];

pub(super) fn is_shaped(number: &str) -> bool {
    number.len() == 11 && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the check digit fits.
pub(super) fn checks(number: &str) -> bool {
    let digits = number.bytes().rev().map(|b| u32::from(b.wrapping_sub(b'0')));
    let sum: u32 = digits
        .enumerate()
        .map(|(n, d)| match (n % 2, d * 2) {
            (0, _) => d,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    is_shaped(number) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        assert!(["10000001916", "10001234565", "10101010105"].iter().all(|n| checks(n)));
        assert!(["10001766123", "1000000191", "1000000191x"].iter().all(|n| !checks(n)));
    }
}
