//! The NIR (national number of registration, INSEE): 13 characters and a key of two digits.
//!
//! `S YY MM DD CCC OOO KK`: sex, year and month of birth, department, commune, order. The key is
//! 97 − (N mod 97); the departments 2A and 2B of Corsica count as 19 and 18.

/// What a number says of its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nir {
    pub male: bool,
    /// Last two digits of the year of birth.
    pub year: u8,
    /// 1 to 12; `None` for the special values of those whose month of birth is not known.
    pub month: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has not 15 characters of the right kinds.
    Shape,
    /// The key does not fit: a typing error.
    Key,
}

/// The number without the spaces and points that people write.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-'))
        .collect::<String>()
        .to_uppercase()
}

/// Reads a number of 15 characters.
pub(super) fn read(number: &str) -> Result<Nir, Fault> {
    if number.len() != 15 || !number.is_ascii() {
        return Err(Fault::Shape);
    }
    let (stem, key) = number.split_at(13);
    let key: u64 = digits(key).ok_or(Fault::Shape)?;
    if expected_key(stem).ok_or(Fault::Shape)? != key {
        return Err(Fault::Key);
    }
    let sex = stem.as_bytes()[0];
    let month = digits(&stem[3..5]).ok_or(Fault::Shape)?;
    if !matches!(sex, b'1' | b'2' | b'3' | b'4' | b'7' | b'8') || !matches!(month, 1..=12 | 20..=99) {
        return Err(Fault::Shape);
    }
    Ok(Nir {
        male: matches!(sex, b'1' | b'3' | b'7'),
        year: digits(&stem[1..3]).ok_or(Fault::Shape)? as u8,
        month: (1..=12).contains(&month).then_some(month as u8),
    })
}

/// The key of 13 characters; `None` if they are no NIR.
fn expected_key(stem: &str) -> Option<u64> {
    let department = match &stem[5..7] {
        "2A" => "19",
        "2B" => "18",
        other => other,
    };
    let number = digits(&format!("{}{department}{}", &stem[..5], &stem[7..]))?;
    Some(97 - number % 97)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_with_corsica() {
        for number in
            ["255081416802538", "279035121518989", "190012A12345615", "190012B12345642", "185057512345673"]
        {
            assert!(read(number).is_ok(), "{number}");
            let wrong = format!("{}{:02}", &number[..13], (number[13..].parse::<u32>().unwrap() + 1) % 98);
            assert_eq!(read(&wrong), Err(Fault::Key), "{wrong}");
        }
        // A digit mistyped, and two exchanged.
        assert_eq!(read("255081416802638"), Err(Fault::Key));
        assert_eq!(read("255081461802538"), Err(Fault::Key));
    }

    #[test]
    fn says_what_it_knows() {
        let nir = read("255081416802538").unwrap();
        assert_eq!(nir, Nir { male: false, year: 55, month: Some(8) });
        assert_eq!(plain(" 2 55 08 14 168 025 38"), "255081416802538");
        for bad in ["", "25508141680253", "255081416802A38", "2550814168025380", "é55081416802538"] {
            assert_eq!(read(bad), Err(Fault::Shape), "{bad}");
        }
    }
}
