//! Allergies, past history and treatments, in words.

use crate::read::{all, label};
use crate::words::text;
use fhir::{Json, Lang, ResourceType};
use service::RouteCtx;
use store::Result;

/// SNOMED codes that say that there is no known allergy.
const NO_ALLERGY: [&str; 2] = ["716186003", "409137002"];
const NONE_KNOWN: [&str; 3] = ["Aucune allergie connue", "No known allergy", "Keine bekannten Allergien"];

pub(crate) struct Clinical {
    /// None: nobody has asked.
    pub allergies: Option<String>,
    pub history: Option<String>,
    /// Drug and dosage.
    pub medications: Vec<(String, String)>,
}

impl Clinical {
    pub async fn read(cx: &RouteCtx, patient: &str, lang: Lang) -> Result<Clinical> {
        let of = [("patient", format!("Patient/{patient}"))];
        let allergies = all(cx, ResourceType::ALLERGY_INTOLERANCE, &of).await?;
        let conditions = all(cx, ResourceType::CONDITION, &of).await?;
        let mut medications = Vec::new();
        for rt in [ResourceType::MEDICATION_REQUEST, ResourceType::MEDICATION_STATEMENT] {
            for found in all(cx, rt, &[("patient", of[0].1.clone()), ("status", "active".into())]).await? {
                let Some(drug) = found.json.get("medicationCodeableConcept").and_then(label) else {
                    continue;
                };
                let member =
                    if rt == ResourceType::MEDICATION_REQUEST { "dosageInstruction" } else { "dosage" };
                let dose = found.json.each(member).find_map(|d| d.get_str("text").map(String::from));
                if !medications.iter().any(|(known, _)| *known == drug) {
                    medications.push((drug, dose.unwrap_or_default()));
                }
            }
        }
        medications.sort();
        let stands = |json: &Json<'static>, name: &str| {
            let codes = json.get(name).into_iter().flat_map(|state| state.each("coding"));
            !codes.into_iter().any(|c| matches!(c.get_str("code"), Some("entered-in-error" | "refuted")))
        };
        let known = allergies.iter().filter(|a| stands(&a.json, "verificationStatus"));
        let known: Vec<String> = known.filter_map(|a| allergy(&a.json, lang)).collect();
        let past = conditions.iter().filter(|c| stands(&c.json, "verificationStatus"));
        let mut past: Vec<String> = past.filter_map(|c| c.json.get("code").and_then(label)).collect();
        past.sort();
        past.dedup();
        Ok(Clinical {
            allergies: (!known.is_empty()).then(|| known.join("\n")),
            history: (!past.is_empty()).then(|| past.join("\n")),
            medications,
        })
    }

    /// Rows of a table; the dosage is left for people where the chart does not say it.
    pub fn rows(&self) -> Option<Json<'static>> {
        let rows = self.medications.iter().map(|(drug, dose)| {
            let dose = (!dose.is_empty()).then(|| ("dose", text(dose.clone())));
            Json::object([("drug", text(drug.clone()))].into_iter().chain(dose))
        });
        (!self.medications.is_empty()).then(|| Json::array(rows))
    }
}

fn allergy(json: &Json<'static>, lang: Lang) -> Option<String> {
    let code = json.get("code")?;
    if code.each("coding").any(|c| c.get_str("code").is_some_and(|code| NO_ALLERGY.contains(&code))) {
        return Some(NONE_KNOWN[lang as usize].to_string());
    }
    let reactions = json.each("reaction").flat_map(|r| r.each("manifestation")).filter_map(label);
    let reactions = reactions.collect::<Vec<_>>().join(", ");
    let name = label(code)?;
    Some(if reactions.is_empty() { name } else { format!("{name} ({reactions})") })
}
