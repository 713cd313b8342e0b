//! What is looked for: words that must all be there, the last one perhaps unfinished.

use super::document::{Document, Part};
use super::words::{Word, words};
use fhir::{Code, Issue, Text};
use service::RouteRequest;
use store::Result;

const CHARS_MAX: usize = 200;
const WORDS_MAX: usize = 12;
const LIMIT: usize = 20;
const LIMIT_MAX: usize = 50;

const NOTHING: Text = Text {
    key: "find.nothing-asked",
    fr: "Écrivez de 2 à {max} caractères, dont au moins un mot de deux lettres ou un nombre (paramètre « q », {words} mots au plus).",
    en: "Write 2 to {max} characters, with at least one word of two letters or a number (parameter \"q\", {words} words at most).",
    de: "Geben Sie 2 bis {max} Zeichen ein, darunter mindestens ein Wort aus zwei Buchstaben oder eine Zahl (Parameter „q“, höchstens {words} Wörter).",
};

const BAD_LIMIT: Text = Text {
    key: "find.limit",
    fr: "« limit » est un nombre de 1 à {max}.",
    en: "\"limit\" is a number from 1 to {max}.",
    de: "„limit“ ist eine Zahl von 1 bis {max}.",
};

pub(super) struct Query {
    words: Vec<Box<str>>,
    pub limit: usize,
}

impl Query {
    /// # Errors
    /// `Refused` when `q` is missing, too long or has no word.
    pub fn read(request: &RouteRequest) -> Result<Query> {
        let bad = || {
            let issue = Issue::error(Code::Value, NOTHING).at("q");
            issue.arg("max", CHARS_MAX).arg("words", WORDS_MAX)
        };
        let text = request.query("q").unwrap_or("").trim();
        if !(2..=CHARS_MAX).contains(&text.chars().count()) {
            return Err(bad().into());
        }
        let words: Vec<Box<str>> = words(text).into_iter().map(|word| word.folded).collect();
        let telling = |word: &str| word.chars().count() > 1 || word.bytes().all(|byte| byte.is_ascii_digit());
        if words.len() > WORDS_MAX || !words.iter().any(|word| telling(word)) {
            return Err(bad().into());
        }
        let limit = match request.query("limit") {
            None => LIMIT,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=LIMIT_MAX).contains(limit))
                .ok_or_else(|| Issue::error(Code::Value, BAD_LIMIT).at("limit").arg("max", LIMIT_MAX))?,
        };
        Ok(Query { words, limit })
    }

    /// How well a document fits; `None` when a word is missing.
    pub fn score(&self, document: &Document) -> Option<u32> {
        let mut sum = 0;
        for (n, wanted) in self.words.iter().enumerate() {
            let fits = |part: &&Part| part.words.iter().any(|word| self.fits(n, wanted, word));
            sum += document.parts().filter(fits).map(|part| part.weight).max()?;
        }
        Some(sum)
    }

    /// Whether a word of a text is one of those that are looked for.
    pub fn hits(&self, word: &Word) -> bool {
        self.words.iter().enumerate().any(|(n, wanted)| self.fits(n, wanted, word))
    }

    fn fits(&self, n: usize, wanted: &str, word: &Word) -> bool {
        match n + 1 == self.words.len() {
            true => word.folded.starts_with(wanted),
            false => *word.folded == *wanted,
        }
    }
}
