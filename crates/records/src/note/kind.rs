//! The kinds of notes and their sections: `data/note_kinds.json`.

use fhir::{Json, Lang};
use std::sync::OnceLock;

/// System of the kinds, in `Composition.category`: what has one is a note of ours.
pub(crate) const KINDS: &str = "urn:medhub:note-kind";
/// System of the sections' codes.
pub(crate) const SECTIONS: &str = "urn:medhub:note-section";
pub(crate) const LOINC: &str = "http://loinc.org";

/// A text in the order of `Lang`.
pub(crate) struct Words([String; 3]);

impl Words {
    pub fn read(json: Option<&Json<'_>>) -> Words {
        let word = |lang: &str| json.and_then(|j| j.get_str(lang)).unwrap_or_default().to_string();
        Words([word("fr"), word("en"), word("de")])
    }

    pub fn tell(&self, lang: Lang) -> &str {
        &self.0[lang as usize]
    }
}

/// A kind of note: what it is called, and its sections in their order.
pub(crate) struct Kind {
    pub name: String,
    pub loinc: String,
    pub title: Words,
    pub sections: Vec<SectionKind>,
}

pub(crate) struct SectionKind {
    pub code: String,
    pub loinc: Option<String>,
    pub title: Words,
}

/// What has a code and a name.
pub(crate) struct Named {
    pub code: String,
    pub title: Words,
}

pub(crate) struct Kinds {
    pub kinds: Vec<Kind>,
    pub specialties: Vec<Named>,
    pub variables: Vec<Named>,
}

pub(crate) fn all() -> &'static Kinds {
    static KINDS: OnceLock<Kinds> = OnceLock::new();
    KINDS.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../../data/note_kinds.json")).unwrap_or(Json::Null);
        let named = |list: &str, code: &str| -> Vec<Named> {
            let one = |j: &Json<'_>| Named {
                code: j.get_str(code).unwrap_or_default().to_string(),
                title: Words::read(j.get("title")),
            };
            json.each(list).map(one).collect()
        };
        Kinds {
            kinds: json.each("kinds").map(read).collect(),
            specialties: named("specialties", "code"),
            variables: named("variables", "name"),
        }
    })
}

pub(crate) fn find(name: &str) -> Option<&'static Kind> {
    all().kinds.iter().find(|kind| kind.name == name)
}

/// The kind of a Composition; `None` for one that is no note of ours.
pub(crate) fn of(composition: &Json<'_>) -> Option<&'static Kind> {
    let codings = composition.each("category").flat_map(|category| category.each("coding"));
    let mut codes = codings.filter(|c| c.get_str("system") == Some(KINDS)).filter_map(|c| c.get_str("code"));
    codes.find_map(find)
}

/// Whether a Composition says that it is a note of ours, be it of a kind that does not exist.
pub(crate) fn is_claimed(composition: &Json<'_>) -> bool {
    let mut codings = composition.each("category").flat_map(|category| category.each("coding"));
    codings.any(|coding| coding.get_str("system") == Some(KINDS))
}

impl Kind {
    pub fn section(&self, code: &str) -> Option<&SectionKind> {
        self.sections.iter().find(|section| section.code == code)
    }
}

fn read(json: &Json<'_>) -> Kind {
    let text = |json: &Json<'_>, name: &str| json.get_str(name).unwrap_or_default().to_string();
    let section = |json: &Json<'_>| SectionKind {
        code: text(json, "code"),
        loinc: json.get_str("loinc").map(String::from),
        title: Words::read(json.get("title")),
    };
    Kind {
        name: text(json, "kind"),
        loinc: text(json, "loinc"),
        title: Words::read(json.get("title")),
        sections: json.each("sections").map(section).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_complete() {
        let names: Vec<&str> = all().kinds.iter().map(|k| k.name.as_str()).collect();
        let wanted = ["soap", "consultation", "progress", "discharge", "operative", "radiology", "pathology"];
        assert_eq!(names, wanted);
        for kind in &all().kinds {
            assert!(!kind.loinc.is_empty() && kind.sections.len() >= 4);
            for lang in [Lang::Fr, Lang::En, Lang::De] {
                assert!(!kind.title.tell(lang).is_empty());
                assert!(kind.sections.iter().all(|s| !s.title.tell(lang).is_empty()), "{}", kind.name);
            }
            let mut codes: Vec<&str> = kind.sections.iter().map(|s| s.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), kind.sections.len());
        }
    }
}
