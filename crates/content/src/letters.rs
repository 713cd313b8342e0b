//! Numbers in French words, as orders of narcotics say quantities: a digit is easily added, a word is not.

const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];
const TENS: [&str; 7] = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];

/// `28` → `vingt-huit`; up to 9999.
pub(crate) fn letters(number: u16) -> String {
    let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
    let mut words = Vec::new();
    match thousands {
        0 => {}
        1 => words.push("mille".to_string()),
        many => words.push(format!("{} mille", below_hundred(many, false))),
    }
    match hundreds {
        0 => {}
        1 => words.push("cent".into()),
        // Hundreds take an s where nothing follows.
        many => {
            words.push(format!("{} cent{}", below_hundred(many, false), if rest == 0 { "s" } else { "" }))
        }
    }
    if rest > 0 || words.is_empty() {
        words.push(below_hundred(rest, true));
    }
    words.join(" ")
}

fn below_hundred(number: u16, is_last: bool) -> String {
    let small = |n: u16| SMALL.get(usize::from(n)).copied().unwrap_or_default();
    match number {
        0..=16 => small(number).to_string(),
        17..=19 => format!("dix-{}", small(number - 10)),
        71 => "soixante et onze".into(),
        70..=79 => format!("soixante-{}", below_hundred(number - 60, is_last)),
        80 => {
            if is_last {
                "quatre-vingts".into()
            } else {
                "quatre-vingt".into()
            }
        }
        81..=99 => format!("quatre-vingt-{}", below_hundred(number - 80, is_last)),
        _ => {
            let ten = TENS.get(usize::from(number / 10)).copied().unwrap_or_default();
            match number % 10 {
                0 => ten.to_string(),
                1 => format!("{ten} et un"),
                unit => format!("{ten}-{}", small(unit)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_school_teaches() {
        for (number, words) in [
            (0, "zéro"),
            (1, "un"),
            (16, "seize"),
            (17, "dix-sept"),
            (21, "vingt et un"),
            (28, "vingt-huit"),
            (60, "soixante"),
            (70, "soixante-dix"),
            (71, "soixante et onze"),
            (77, "soixante-dix-sept"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (100, "cent"),
            (180, "cent quatre-vingts"),
            (200, "deux cents"),
            (201, "deux cent un"),
            (1000, "mille"),
            (2028, "deux mille vingt-huit"),
            (9999, "neuf mille neuf cent quatre-vingt-dix-neuf"),
        ] {
            assert_eq!(letters(number), words, "{number}");
        }
    }

    #[test]
    fn no_two_numbers_read_the_same() {
        let all: std::collections::HashSet<String> = (0..10_000).map(letters).collect();
        assert_eq!(all.len(), 10_000);
    }
}
