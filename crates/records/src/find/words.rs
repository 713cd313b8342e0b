//! The words of a text, folded, with the places where they stand.

use store::index::normalise::fold;

/// Words of one text; the rest is not found.
const WORDS_MAX: usize = 20_000;

/// What is elided before a vowel says nothing: *l'hémoglobine* is found by *hémoglobine*, and the other way round.
const ELIDED: [&str; 13] =
    ["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"];

/// One word: without case and accents, ligatures resolved; and the bytes of the text that it stands on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: Box<str>,
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (is_of_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(text, from, at, is_apostrophe(c), &mut words);
                start = None;
            }
            _ => {}
        }
        if words.len() >= WORDS_MAX {
            return words;
        }
    }
    if let Some(from) = start {
        push(text, from, text.len(), false, &mut words);
    }
    words
}

fn push(text: &str, start: usize, end: usize, elided: bool, words: &mut Vec<Word>) {
    let folded = fold(&text[start..end]);
    if folded.is_empty() || elided && ELIDED.contains(&folded.as_str()) {
        return;
    }
    words.push(Word { folded: folded.into(), start, end });
}

/// Letters and digits, and accents that stand as characters of their own.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded.into()).collect()
    }

    #[test]
    fn french_folds() {
        assert_eq!(folded("L’œdème aigu, l'Hémoglobine"), ["oedeme", "aigu", "hemoglobine"]);
        assert_eq!(folded("Aujourd'hui JUSQU'À n°3"), ["aujourd", "hui", "a", "n", "3"]);
        assert_eq!(folded("Lefe\u{300}vre-Ærø Straße"), ["lefevre", "aero", "strasse"]);
        assert_eq!(folded(" … ' ’ "), Vec::<String>::new());
        let text = "né à Orléans";
        let places: Vec<&str> = words(text).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(places, ["né", "à", "Orléans"]);
    }
}
