//! The acts that are known here: those of `data/acts.json` with what is usual for each, and those that the clinic
//! asked for before. `GET surgeries/acts?q=` finds them.

use super::element::{all, label, parsed, text};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use store::Result;

pub(crate) const CCAM: &str = "https://smt.esante.gouv.fr/terminologie-ccam";
const TOLD_MAX: usize = 50;
/// Words of an act after which the side has to be said, whatever its code.
const SIDED: [&str; 14] = [
    "hanche",
    "genou",
    "épaule",
    "coude",
    "poignet",
    "cheville",
    "main",
    "pied",
    "cristallin",
    "canal carpien",
    "aine",
    "sein",
    "rein",
    "varice",
];

#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub code: String,
    pub text: String,
    pub lateral: Option<bool>,
    /// As the data tells it; of an act that was only used here, code and text.
    json: Json<'static>,
}

fn known() -> &'static [Act] {
    static ACTS: OnceLock<Vec<Act>> = OnceLock::new();
    ACTS.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../../data/acts.json")).unwrap_or(Json::Null);
        json.each("acts")
            .filter_map(|act| {
                Some(Act {
                    code: act.get_str("code")?.to_string(),
                    text: act.get_str("text")?.to_string(),
                    lateral: act.get("lateral").and_then(Json::as_bool),
                    json: act.clone().into_owned(),
                })
            })
            .collect()
    })
}

pub(crate) fn act(code: &str) -> Option<&'static Act> {
    known().iter().find(|act| act.code == code)
}

/// Whether an act has a side; `None` where that is not known.
pub(crate) fn lateral(code: &str, words: &str) -> Option<bool> {
    if let Some(known) = act(code) {
        return known.lateral;
    }
    let words = words.to_lowercase();
    let mut parts = words.split(|c: char| !c.is_alphanumeric());
    let sided = parts.any(|part| SIDED.contains(&part.trim_end_matches('s')));
    (sided || words.contains("canal carpien")).then_some(true)
}

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/acts",
        summary: "Surgical acts that are known here",
        access: Access::SignedIn,
        handler: Arc::new(Acts),
    }
}

struct Acts;

#[async_trait]
impl Handler for Acts {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let wanted = folded(request.query("q").unwrap_or_default());
        let words: Vec<&str> = wanted.split_whitespace().take(8).collect();
        let fits = |act: &Act| {
            let heap = folded(&format!("{} {}", act.code, act.text));
            words.iter().all(|word| heap.contains(word))
        };
        let mut found: Vec<Act> = known().iter().filter(|act| fits(act)).cloned().collect();
        for act in used(&cx).await? {
            if found.len() < TOLD_MAX && fits(&act) && !found.iter().any(|f| f.code == act.code) {
                found.push(act);
            }
        }
        let acts = found.into_iter().take(TOLD_MAX).map(|act| act.json);
        Ok(RouteReply::json(200, &Json::object([("acts", Json::array(acts))])))
    }
}

/// Coded acts of the newest cases that the caller may see.
async fn used(cx: &RouteCtx) -> Result<Vec<Act>> {
    let query = [
        ("category", format!("{}|{}", super::element::SNOMED, super::element::SURGERY)),
        ("status", "active,draft,on-hold".to_string()),
    ];
    let mut acts: BTreeMap<String, Act> = BTreeMap::new();
    for found in all(cx, ResourceType::SERVICE_REQUEST, &query).await? {
        let json = parsed(&found)?;
        let Some(concept) = json.get("code") else { continue };
        let Some(code) = concept.each("coding").find_map(|c| c.get_str("code")) else { continue };
        if act(code).is_some() || acts.contains_key(code) {
            continue;
        }
        let shown = label(concept).unwrap_or_default();
        let side = lateral(code, &shown);
        let json = Json::object([
            ("code", text(code)),
            ("text", text(shown.clone())),
            ("lateral", side.map_or(Json::Null, Json::Bool)),
        ]);
        acts.insert(code.to_string(), Act { code: code.to_string(), text: shown, lateral: side, json });
    }
    Ok(acts.into_values().collect())
}

/// Small letters without accents.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    text.chars().take(200).collect::<String>().to_lowercase().replace('œ', "oe").chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_acts() {
        assert!(known().len() >= 15);
        assert_eq!(lateral("NEKA020", ""), Some(true));
        assert_eq!(lateral("HMFC004", "Cholécystectomie par cœlioscopie"), Some(false));
        assert_eq!(lateral("", "Arthroscopie du genou"), Some(true));
        assert_eq!(lateral("", "Greffe de rate"), None);
        assert_eq!(folded("Cœlioscopie Épaule"), "coelioscopie epaule");
    }
}
