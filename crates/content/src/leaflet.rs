//! Information leaflets on acts: `data/leaflets.json`. A published version never changes; a new one is added.

use crate::words::Words;
use fhir::{Json, Lang};
use std::sync::OnceLock;

const TEXTS: [&str; 13] = [
    "title",
    "course",
    "benefit",
    "frequent",
    "serious",
    "alternatives",
    "refusal",
    "after",
    "pain",
    "wound",
    "activity",
    "alert",
    "food",
];

pub(crate) struct Leaflet {
    /// CCAM code of the act.
    pub code: String,
    pub version: String,
    texts: Vec<(&'static str, Words)>,
}

impl Leaflet {
    pub fn tell(&self, name: &str, lang: Lang) -> Option<&str> {
        let (_, words) = self.texts.iter().find(|(known, _)| *known == name)?;
        Some(words.tell(lang)).filter(|text| !text.is_empty())
    }

    pub fn json(&self, lang: Lang) -> Json<'static> {
        let texts =
            self.texts.iter().map(|(name, words)| (*name, Json::string(words.tell(lang).to_string())));
        let own =
            [("code", Json::string(self.code.clone())), ("version", Json::string(self.version.clone()))];
        Json::object(own.into_iter().chain(texts))
    }
}

/// The newest leaflet on an act.
pub(crate) fn of(ccam: Option<&str>) -> Option<&'static Leaflet> {
    static LEAFLETS: OnceLock<Vec<Leaflet>> = OnceLock::new();
    let all = LEAFLETS.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../data/leaflets.json")).unwrap_or(Json::Null);
        let read = |j: &Json<'_>| {
            Some(Leaflet {
                code: j.get_str("code")?.to_string(),
                version: j.get_str("version")?.to_string(),
                texts: TEXTS.iter().map(|name| (*name, Words::read(j.get(name)))).collect(),
            })
        };
        json.each("leaflets").filter_map(read).collect()
    });
    all.iter().filter(|leaflet| Some(leaflet.code.as_str()) == ccam).max_by(|a, b| a.version.cmp(&b.version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaflets_say_everything_in_three_languages() {
        for code in ["NEKA020", "NFKA007", "HMFC004", "BFGA427", "AHPA009"] {
            let leaflet = of(Some(code)).unwrap();
            for name in TEXTS.iter().filter(|name| **name != "food") {
                for lang in [Lang::Fr, Lang::En, Lang::De] {
                    assert!(leaflet.tell(name, lang).is_some(), "{code} {name}");
                }
            }
        }
        assert!(of(None).is_none());
    }
}
