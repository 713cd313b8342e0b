//! The texts that patients agree to, by kind and version: `data/consent_texts.json`.

use super::kind::Kind;
use fhir::{Json, Lang};
use std::sync::OnceLock;

/// What `Consent.policy.uri` begins with; kind and version follow.
const URI: &str = "urn:medhub:consent-text:";

/// A published text: it never changes, a new version is added.
pub(crate) struct ConsentText {
    pub kind: Kind,
    /// Versions sort as texts.
    pub version: String,
    /// Day of publication.
    pub date: String,
    title: [String; 3],
    text: [String; 3],
}

impl ConsentText {
    pub fn title(&self, lang: Lang) -> &str {
        &self.title[lang as usize]
    }

    pub fn text(&self, lang: Lang) -> &str {
        &self.text[lang as usize]
    }

    pub fn uri(&self) -> String {
        format!("{URI}{}:{}", self.kind.as_str(), self.version)
    }
}

/// All texts, each kind's oldest version first.
pub(crate) fn all() -> &'static [ConsentText] {
    static TEXTS: OnceLock<Vec<ConsentText>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../../data/consent_texts.json"));
        let mut texts: Vec<ConsentText> =
            json.iter().flat_map(|json| json.each("texts")).filter_map(read).collect();
        texts.sort_by(|a, b| a.version.cmp(&b.version));
        texts
    })
}

/// The text in force of a kind; none for oppositions, which say what they say.
pub(crate) fn current(kind: Kind) -> Option<&'static ConsentText> {
    all().iter().rev().find(|text| text.kind == kind)
}

pub(crate) fn version(kind: Kind, version: &str) -> Option<&'static ConsentText> {
    all().iter().find(|text| text.kind == kind && text.version == version)
}

/// The text that a Consent names.
pub(crate) fn of(consent: &Json<'_>) -> Option<&'static ConsentText> {
    let mut uris = consent.each("policy").filter_map(|policy| policy.get_str("uri"));
    uris.find_map(|uri| all().iter().find(|text| text.uri() == uri))
}

/// Whether a policy claims to be one of our texts.
pub(crate) fn is_ours(uri: &str) -> bool {
    uri.starts_with(URI)
}

fn read(json: &Json<'_>) -> Option<ConsentText> {
    let three = |name: &str| -> Option<[String; 3]> {
        let texts = json.get(name)?;
        // In the order of `Lang`.
        Some([texts.get_str("fr")?.into(), texts.get_str("en")?.into(), texts.get_str("de")?.into()])
    };
    Some(ConsentText {
        kind: Kind::parse(json.get_str("kind")?)?,
        version: json.get_str("version")?.to_string(),
        date: json.get_str("date")?.to_string(),
        title: three("title")?,
        text: three("text")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_text_in_three_languages() {
        let json = fhir::json::parse(include_bytes!("../../data/consent_texts.json")).unwrap();
        assert_eq!(json.each("texts").count(), all().len(), "a text is not complete");
        for (name, kind) in Kind::ASKED {
            let text = current(kind).expect(name);
            assert!([Lang::Fr, Lang::En, Lang::De].iter().all(|lang| text.text(*lang).len() > 50));
            assert!(fhir::date::date(&text.date).is_some());
        }
        assert_eq!(current(Kind::Processing).map(|t| t.version.as_str()), Some("2026-03"));
        assert!(current(Kind::Opposition).is_none());
        let german = current(Kind::Research).unwrap();
        assert!(german.text(Lang::De).starts_with("Ich bin") && german.text(Lang::En).starts_with("I agree"));
    }
}
