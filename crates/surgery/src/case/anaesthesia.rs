//! Kinds of anaesthesia: a code of ours with its words.

use super::element::{concept, label};
use fhir::Json;

const SYSTEM: &str = "urn:medhub:anaesthesia";
pub(crate) const KINDS: [(&str, &str); 6] = [
    ("general", "Anesthésie générale"),
    ("spinal", "Rachianesthésie"),
    ("regional", "Anesthésie locorégionale"),
    ("local", "Anesthésie locale"),
    ("sedation", "Sédation"),
    ("none", "Sans anesthésie"),
];

pub(crate) fn make(code: &str) -> Option<Json<'static>> {
    KINDS.iter().find(|(kind, _)| *kind == code).map(|(code, shown)| concept(SYSTEM, code, shown))
}

/// The kind of a CodeableConcept, by its code or, of other systems, by its words.
pub(crate) fn of(json: &Json<'_>) -> &'static str {
    let mut codes = json.each("coding").filter(|c| c.get_str("system") == Some(SYSTEM));
    if let Some(code) = codes.find_map(|c| c.get_str("code")) {
        return KINDS.iter().find(|(kind, _)| *kind == code).map_or("", |(kind, _)| kind);
    }
    let words = label(json).unwrap_or_default().to_lowercase();
    let table = [
        ("génér", "general"),
        ("rachi", "spinal"),
        ("topique", "local"),
        ("locorég", "regional"),
        ("bloc", "regional"),
        ("sédation", "sedation"),
        ("locale", "local"),
    ];
    table.iter().find(|(word, _)| words.contains(word)).map_or("", |(_, kind)| kind)
}
