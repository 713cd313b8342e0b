//! What a letter seems to say of itself: days, numbers, names, who wrote it. A person confirms each of them.

use super::kinds::MailKind;
use jiff::civil::Date;
use regex_lite::Regex;
use std::sync::LazyLock;
use store::index::normalise::fold;

/// Letters are read so far.
const LOOKED: usize = 20_000;
/// Of each thing that is found.
const MOST: usize = 20;
/// A label stands at most so many letters before its value.
const LABEL: usize = 40;
/// A letter is at most so old, and nobody is older.
const YEARS: i16 = 120;

const MONTHS: [&str; 12] =
    ["janv", "fevr", "mars", "avril", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece"];

/// What stands before a name and is none.
const CIVIL: [&str; 7] = ["mme", "mlle", "m", "mr", "monsieur", "madame", "dr"];

/// A pattern of this file; the tests compile each of them. Classes of Unicode are spelled out: the engine knows none.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static NUMERIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})\b"));
static IN_WORDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(\d{1,2})(?:er)?\s+([A-Za-zÀ-ÖØ-öø-ÿŒœ]{3,9})\.?\s+(\d{4})\b"));
static BIRTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bn[éeÉ]+(?:\s?\(e\)|\.e)?\s+le|naissance|\bddn\b|\bd\.d\.n|\bborn\b|\bbirth|geb(?:oren|\.|urtsdatum))",
    )
});
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b[12]\s?\d{2}\s?\d{2}\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"));
static RECORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:ipp|n[°o]\s?(?:de\s)?(?:patient|dossier))\s*[:.]?\s*([A-Z0-9][A-Z0-9\-]{3,19})\b")
});
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\bMme|\bMlle|\bM\.|\bMr|\bMonsieur|\bMadame|\bPatiente?\s*:|\bNom\s*:)\s+([A-Za-zÀ-ÖØ-öø-ÿŒœ'’\-]+(?:[ \t]+[A-Za-zÀ-ÖØ-öø-ÿŒœ'’\-]+){0,4})",
    )
});
static WRITER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:Dr|Docteur|Professeur|Pr)\.?\s+((?:[A-ZÀ-ÖØ-ÞŒ][A-Za-zÀ-ÖØ-öø-ÿŒœ'’\-]*\.?)(?:[ \t]+[A-ZÀ-ÖØ-ÞŒ][A-Za-zÀ-ÖØ-öø-ÿŒœ'’\-]*){0,3})",
    )
});

#[derive(Debug, Default)]
pub(super) struct Found {
    pub kind: Option<&'static MailKind>,
    /// When it was written: the first day that is no birthday and not to come.
    pub written: Option<Date>,
    /// Days on which a patient may have been born, those that are said to be first.
    pub births: Vec<Date>,
    /// How many of `births` are said to be.
    pub said: usize,
    /// National and record numbers, without blanks.
    pub numbers: Vec<String>,
    /// Names after « Madame » and the like, folded, a list of words each.
    pub called: Vec<Vec<String>>,
    /// The first doctor who is named.
    pub writer: Option<String>,
    /// All words, folded, with a blank before and after.
    pub words: String,
}

pub(super) fn found(text: &str, today: Date) -> Found {
    let end = text.char_indices().nth(LOOKED).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let words = format!(" {} ", fold(text));
    let days = days(text);
    let is_birth = |at: usize| BIRTH.as_ref().is_some_and(|label| label.is_match(before(text, at)));
    let (born, other): (Vec<_>, Vec<_>) = days.into_iter().partition(|(at, _)| is_birth(*at));
    let past = |day: &Date| *day <= today && today.year() - day.year() <= YEARS;
    let mut births: Vec<Date> = Vec::new();
    for (_, day) in born.iter().filter(|(_, day)| past(day)) {
        if !births.contains(day) {
            births.push(*day);
        }
    }
    let said = births.len();
    for (_, day) in other.iter().filter(|(_, day)| past(day)) {
        if !births.contains(day) && births.len() < MOST {
            births.push(*day);
        }
    }
    Found {
        kind: MailKind::spoken(&words),
        written: other
            .iter()
            .map(|(_, day)| *day)
            .find(|day| *day <= today && today.year() - day.year() < 40),
        births,
        said,
        numbers: numbers(text),
        called: called(text),
        writer: first(&WRITER, text).map(|name| name.trim().to_string()),
        words,
    }
}

/// Days in the order in which they stand, with their place.
fn days(text: &str) -> Vec<(usize, Date)> {
    let mut days = Vec::new();
    for (regex, in_words) in [(&NUMERIC, false), (&IN_WORDS, true)] {
        for found in regex.iter().flat_map(|regex| regex.captures_iter(text)).take(10 * MOST) {
            let part = |n: usize| found.get(n).map_or("", |part| part.as_str());
            let month = if in_words { month(part(2)) } else { part(2).parse().ok() };
            let day = part(1).parse().ok().zip(month).zip(part(3).parse().ok());
            let day = day.and_then(|((day, month), year)| Date::new(year, month, day).ok());
            days.extend(found.get(0).map(|whole| whole.start()).zip(day));
        }
    }
    days.sort_by_key(|(at, _)| *at);
    days
}

fn month(word: &str) -> Option<i8> {
    let folded = fold(word);
    let at = MONTHS
        .iter()
        .position(|month| folded.starts_with(month) || folded.len() > 2 && month.starts_with(&*folded))?;
    i8::try_from(at + 1).ok()
}

/// What stands before a place, on its line or the one above.
fn before(text: &str, at: usize) -> &str {
    let from = text[..at].char_indices().rev().nth(LABEL).map_or(0, |(from, _)| from);
    let part = &text[from..at];
    // A day in between takes the label for itself.
    let last = NUMERIC.as_ref().and_then(|regex| regex.find_iter(part).last()).map_or(0, |day| day.end());
    &part[last..]
}

fn numbers(text: &str) -> Vec<String> {
    let national = NUMBER.iter().flat_map(|regex| regex.find_iter(text));
    let national = national.map(|found| found.as_str().split_whitespace().collect::<String>());
    let record = RECORD.iter().flat_map(|regex| regex.captures_iter(text));
    let record = record.filter_map(|found| found.get(1).map(|part| part.as_str().to_string()));
    let mut numbers: Vec<String> = Vec::new();
    for number in national.chain(record) {
        if !numbers.contains(&number) && numbers.len() < MOST {
            numbers.push(number);
        }
    }
    numbers
}

fn called(text: &str) -> Vec<Vec<String>> {
    let all = CALLED.iter().flat_map(|regex| regex.captures_iter(text));
    let names = all.filter_map(|found| found.get(1).map(|part| fold(part.as_str())));
    let bare =
        |name: String| name.split(' ').filter(|word| !CIVIL.contains(word)).map(String::from).collect();
    names.take(MOST).map(bare).collect()
}

fn first(regex: &LazyLock<Option<Regex>>, text: &str) -> Option<String> {
    let found = regex.as_ref()?.captures(text)?;
    found.get(1).map(|part| part.as_str().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const LETTER: &str = "Centre d’imagerie du Parc\nDr Hélène Vasseur-Roy\n\nLyon, le 1er décembre 2025\n\n\
        Patiente : Mme LEFÈVRE Jeanne\nNée le : 12/03/1956   N° dossier : IPP-000123\n\
        NIR 2 56 03 69 123 456 78\n\nIRM de hanche gauche du 28.11.2025, contrôle le 15/01/2027.";

    #[test]
    fn a_letter_says_who_when_and_what() {
        for one in [&NUMERIC, &IN_WORDS, &BIRTH, &NUMBER, &RECORD, &CALLED, &WRITER] {
            assert!(one.is_some());
        }
        let found = found(LETTER, date(2026, 11, 22));
        assert_eq!(found.kind.unwrap().code, "imaging");
        assert_eq!(found.written, Some(date(2025, 12, 1)));
        assert_eq!((found.births[0], found.said), (date(1956, 3, 12), 1));
        assert!(found.births.contains(&date(2025, 11, 28)) && !found.births.contains(&date(2027, 1, 15)));
        assert_eq!(found.numbers, ["256036912345678", "IPP-000123"]);
        assert!(found.called.contains(&vec!["lefevre".to_string(), "jeanne".into()]), "{:?}", found.called);
        assert_eq!(found.writer.as_deref(), Some("Hélène Vasseur-Roy"));
    }

    #[test]
    fn days_that_do_not_exist_are_no_days() {
        let found =
            found("le 31/02/2020, le 45 mars 2020, le 3 truc 2020, né le 1/1/1800", date(2026, 11, 22));
        assert_eq!((found.written, found.births.len()), (None, 0));
        assert_eq!(month("févr"), Some(2));
        assert_eq!(month("août"), Some(8));
        assert_eq!((month("Juin"), month("juillet"), month("octobre")), (Some(6), Some(7), Some(10)));
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_read_stops_it(text in ".{0,400}") {
            found(&text, date(2026, 11, 22));
        }
    }
}
