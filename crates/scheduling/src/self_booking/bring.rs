//! What a patient brings, in the clinic's own words: a short text in each language, none of them asked for.

use crate::element::maybe;
use fhir::Json;

/// Letters of one text.
const MAX: usize = 500;
const LANGUAGES: [&str; 3] = ["fr", "en", "de"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bring([Option<String>; 3]);

impl Bring {
    /// `{fr, en, de}`, each a text or absent; `None` for what is none.
    pub fn of(json: Option<&Json<'_>>) -> Option<Bring> {
        let Some(json) = json.filter(|json| !matches!(json, Json::Null)) else {
            return Some(Bring::default());
        };
        let members = json.as_object()?;
        if members.iter().any(|(name, _)| !LANGUAGES.contains(&name)) {
            return None;
        }
        let mut out = Bring::default();
        for (kept, language) in out.0.iter_mut().zip(LANGUAGES) {
            let Some(said) = json.get(language).filter(|said| !matches!(said, Json::Null)) else { continue };
            let said = said.as_str()?.trim();
            if said.chars().count() > MAX || said.chars().any(|c| c.is_control() && c != '\n') {
                return None;
            }
            *kept = Some(said.to_string()).filter(|said| !said.is_empty());
        }
        Some(out)
    }

    /// All languages, so that who reads may change to another; null when nothing is said.
    pub fn json(&self) -> Json<'static> {
        if self.0.iter().all(Option::is_none) {
            return Json::Null;
        }
        Json::object(
            LANGUAGES.into_iter().zip(&self.0).map(|(language, said)| (language, maybe(said.as_deref()))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<Bring> {
        Bring::of(Some(&fhir::json::parse(body.as_bytes()).unwrap()))
    }

    #[test]
    fn short_texts_in_known_languages() {
        let said = of(r#"{"fr":" Carte Vitale\nOrdonnances ","de":""}"#).unwrap();
        assert_eq!(said.json().get_str("fr"), Some("Carte Vitale\nOrdonnances"));
        assert_eq!(said.json().get("de"), Some(&Json::Null));
        assert_eq!(Bring::of(Some(&said.json())), Some(said));
        assert_eq!(of("{}").unwrap().json(), Json::Null);
        assert_eq!(Bring::of(None), Some(Bring::default()));
        let long = format!(r#"{{"en":"{}"}}"#, "x".repeat(MAX + 1));
        for wrong in [r#""Carte""#, r#"{"it":"Tessera"}"#, r#"{"fr":1}"#, "{\"fr\":\"a\\u0007\"}", &long] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
