//! The sentence of each rule, in `definitions/sentences.tsv`: rule (or `rule@path` where one key has
//! several meanings), French, English, German.

use crate::issue::Text;
use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../definitions/sentences.tsv");

/// For a rule that has no sentence.
pub const FALLBACK: Text = Text {
    key: "rule",
    fr: "La règle {rule} de FHIR n'est pas respectée.",
    en: "The rule {rule} of FHIR is not kept.",
    de: "Die Regel {rule} von FHIR ist nicht eingehalten.",
};

pub fn find(key: &'static str, path: &str) -> Text {
    static TEXTS: OnceLock<HashMap<&'static str, Text>> = OnceLock::new();
    let texts =
        TEXTS.get_or_init(|| TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(text).collect());
    let found = texts.get(&*format!("{key}@{path}")).or_else(|| texts.get(key));
    let found = found.or_else(|| texts.get("*-0").filter(|_| key.ends_with("-0")));
    found.map_or(FALLBACK, |text| Text { key, ..*text })
}

fn text(line: &'static str) -> Option<(&'static str, Text)> {
    let mut fields = line.split('\t');
    let (key, fr, en, de) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    Some((key, Text { key, fr, en, de }))
}
