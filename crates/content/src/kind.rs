//! The types of documents: `data/types.json`. Each has a template, fields that people fill in, and what of the chart
//! it cannot do without.

use crate::field::Field;
use crate::words::{Words, language};
use fhir::{Json, Lang};
use std::sync::OnceLock;

/// System of the types, in `DocumentReference.category`: what has one was made here.
pub(crate) const KINDS: &str = "urn:medhub:document-type";
pub(crate) const LOINC: &str = "http://loinc.org";

/// Who signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    Professional,
    Patient,
}

impl Signer {
    pub const ALL: [(&'static str, Signer); 2] =
        [("professional", Signer::Professional), ("patient", Signer::Patient)];

    pub fn as_str(self) -> &'static str {
        Signer::ALL.into_iter().find(|(_, s)| *s == self).map_or("", |(name, _)| name)
    }
}

/// When a document belongs to the package of a surgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Before,
    /// Once the patient has left the room.
    After,
    /// Once something was implanted.
    Implants,
}

pub(crate) struct Kind {
    pub code: String,
    pub title: Words,
    pub loinc: String,
    pub languages: Vec<Lang>,
    pub audience: String,
    pub needs_case: bool,
    pub signers: Vec<Signer>,
    pub in_package: bool,
    pub when: When,
    /// What of the chart must be known: names of `missing::LACKS`.
    pub needs: Vec<String>,
    pub fields: Vec<Field>,
    pub template: &'static str,
}

const TEMPLATES: [(&str, &str); 20] = [
    ("consent", include_str!("../templates/consent.typ")),
    ("operative-report", include_str!("../templates/operative-report.typ")),
    ("discharge-letter", include_str!("../templates/discharge-letter.typ")),
    ("gp-letter", include_str!("../templates/gp-letter.typ")),
    ("consultation-report", include_str!("../templates/consultation-report.typ")),
    ("prescription", include_str!("../templates/prescription.typ")),
    ("preadmission", include_str!("../templates/preadmission.typ")),
    ("discharge-instructions", include_str!("../templates/discharge-instructions.typ")),
    ("implant-card", include_str!("../templates/implant-card.typ")),
    ("certificate", include_str!("../templates/certificate.typ")),
    ("quote", include_str!("../templates/quote.typ")),
    ("prescription-ald", include_str!("../templates/prescription-ald.typ")),
    ("prescription-narcotics", include_str!("../templates/prescription-narcotics.typ")),
    ("imaging-order", include_str!("../templates/imaging-order.typ")),
    ("lab-order", include_str!("../templates/lab-order.typ")),
    ("transport", include_str!("../templates/transport.typ")),
    ("sick-leave", include_str!("../templates/sick-leave.typ")),
    ("implant-sheet", include_str!("../templates/implant-sheet.typ")),
    ("wristband", include_str!("../templates/wristband.typ")),
    ("labels", include_str!("../templates/labels.typ")),
];

impl Kind {
    fn read(json: &Json<'_>) -> Option<Kind> {
        let code = json.get_str("code")?;
        let template = TEMPLATES.iter().find(|(name, _)| *name == code)?.1;
        let names = |list: &str| -> Vec<String> {
            json.each(list).filter_map(Json::as_str).map(String::from).collect()
        };
        let signer = |name: &String| Signer::ALL.into_iter().find(|(n, _)| n == name).map(|(_, s)| s);
        Some(Kind {
            code: code.to_string(),
            title: Words::read(json.get("title")),
            loinc: json.get_str("loinc")?.to_string(),
            languages: names("languages").iter().filter_map(|code| language(code)).collect(),
            audience: json.get_str("audience")?.to_string(),
            needs_case: json.get("needsCase").and_then(Json::as_bool)?,
            signers: names("signers").iter().filter_map(signer).collect(),
            in_package: json.get("inPackage").and_then(Json::as_bool)?,
            when: match json.get_str("when") {
                Some("post") => When::After,
                Some("implants") => When::Implants,
                _ => When::Before,
            },
            needs: names("needs"),
            fields: json.each("fields").filter_map(Field::read).collect(),
            template,
        })
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

pub(crate) fn all() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../data/types.json")).unwrap_or(Json::Null);
        json.each("types").filter_map(Kind::read).collect()
    })
}

pub(crate) fn find(code: &str) -> Option<&'static Kind> {
    all().iter().find(|kind| kind.code == code)
}

/// The type of a DocumentReference; `None` for one that was not made here.
pub(crate) fn of(document: &Json<'_>) -> Option<&'static Kind> {
    let codings = document.each("category").flat_map(|category| category.each("coding"));
    let mut codes = codings.filter(|c| c.get_str("system") == Some(KINDS)).filter_map(|c| c.get_str("code"));
    codes.find_map(find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_whole() {
        assert_eq!(all().len(), TEMPLATES.len());
        for kind in all() {
            assert!(kind.languages.contains(&Lang::Fr), "{}", kind.code);
            for lang in [Lang::Fr, Lang::En, Lang::De] {
                assert!(!kind.title.tell(lang).is_empty(), "{}", kind.code);
                assert!(kind.fields.iter().all(|field| !field.label.tell(lang).is_empty()), "{}", kind.code);
            }
            for need in &kind.needs {
                assert!(crate::missing::LACKS.iter().any(|(code, _)| code == need), "{need}");
            }
        }
    }
}
