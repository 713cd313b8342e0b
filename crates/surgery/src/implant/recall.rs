//! A recall of a product or of one lot: a DetectedIssue (<https://hl7.org/fhir/R4/detectedissue.html>) about no
//! patient. Whom it concerns is found by lot, whenever it is asked.

use super::code::Device;
use super::device::{GTIN, LOT, extension, identified};
use crate::perioperative::case::{all, derived, parsed};
use crate::perioperative::person;
use fhir::edit::{codeable_concept, edit, identifier, resource};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

/// System of what is recalled: `{gtin}` all of it, `{gtin}:{lot}` one lot.
pub(super) const RECALL: &str = "urn:medhub:recall";
const REFERENCE: &str = "urn:medhub:recall-reference";
const NAME: &str = "urn:medhub:recall-name";

pub(crate) struct Recall {
    pub id: String,
    pub gtin: String,
    pub lot: Option<String>,
    pub name: Option<String>,
    /// The number under which the maker or the agency published it.
    pub reference: Option<String>,
    pub reason: String,
    pub at: String,
    pub by: Json<'static>,
}

/// What is recalled when this product, or this lot of it, is.
pub(super) fn keys(gtin: &str, lot: Option<&str>) -> Vec<String> {
    [Some(gtin.to_string()), lot.map(|lot| format!("{gtin}:{lot}"))].into_iter().flatten().collect()
}

impl Recall {
    pub fn id(gtin: &str, lot: Option<&str>) -> String {
        derived("recall", gtin, lot.unwrap_or_default())
    }

    fn key(&self) -> String {
        self.lot.as_ref().map_or_else(|| self.gtin.clone(), |lot| format!("{}:{lot}", self.gtin))
    }

    /// Whether a device is among what is recalled.
    pub fn covers(&self, gtin: &str, lot: Option<&str>) -> bool {
        self.gtin == gtin && (self.lot.is_none() || self.lot.as_deref() == lot)
    }

    pub fn json(&self) -> Json<'static> {
        let key = self.key();
        let mut ids = vec![identifier(RECALL, &key), identifier(GTIN, &self.gtin)];
        ids.extend(self.lot.as_ref().map(|lot| identifier(LOT, lot)));
        let extension = |url: &'static str, text: &Option<String>| {
            let value = Json::string(text.clone()?);
            Some(Json::object([("url", Json::string(url)), ("valueString", value)]))
        };
        let extensions = [extension(REFERENCE, &self.reference), extension(NAME, &self.name)];
        let extensions: Vec<Json<'static>> = extensions.into_iter().flatten().collect();
        let mut json = resource(ResourceType::DETECTED_ISSUE);
        if let Some(edit) = edit(&mut json) {
            edit.set("id", Json::string(self.id.clone()))
                .set_or_remove("extension", (!extensions.is_empty()).then_some(Json::Array(extensions)))
                .set("identifier", Json::Array(ids))
                .status("final")
                .set(
                    "code",
                    codeable_concept("urn:medhub:detected-issue", "recall", Some("Rappel de dispositif")),
                )
                .set("severity", Json::string("high"))
                .set("identifiedDateTime", Json::string(self.at.clone()))
                .set_or_remove("author", self.by.get("reference").map(|_| self.by.clone()))
                .set("detail", Json::string(self.reason.clone()));
        }
        json.into_owned()
    }

    pub fn read(id: &str, json: &Json<'_>) -> Option<Recall> {
        identified(json, RECALL)?;
        if json.get_str("status") == Some("entered-in-error") {
            return None;
        }
        let own = |url: &str| extension(json, url, "valueString").and_then(|v| v.as_str()).map(String::from);
        Some(Recall {
            id: id.to_string(),
            gtin: identified(json, GTIN)?.to_string(),
            lot: identified(json, LOT).map(String::from),
            name: own(NAME),
            reference: own(REFERENCE),
            reason: json.get_str("detail").unwrap_or_default().to_string(),
            at: json.get_str("identifiedDateTime").unwrap_or_default().to_string(),
            by: json.get("author").map_or(Json::Null, |by| by.clone().into_owned()),
        })
    }

    pub fn told(&self) -> Vec<(&'static str, Json<'static>)> {
        let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::string);
        vec![
            ("id", Json::string(self.id.clone())),
            ("gtin", Json::string(self.gtin.clone())),
            ("lot", text(&self.lot)),
            ("name", text(&self.name)),
            ("reference", text(&self.reference)),
            ("reason", Json::string(self.reason.clone())),
            ("at", Json::string(self.at.clone())),
            ("by", person::told(&self.by)),
        ]
    }
}

/// The recalls of a device.
///
/// # Errors
/// The store's.
pub(crate) async fn of(cx: &RouteCtx, label: &Device) -> Result<Vec<Recall>> {
    let keys = keys(&label.gtin, label.lot.as_deref()).into_iter().map(|key| token(RECALL, &key));
    let query = [("identifier", keys.collect::<Vec<_>>().join(","))];
    read_all(cx, query).await
}

/// All recalls there are.
pub(crate) async fn every(cx: &RouteCtx) -> Result<Vec<Recall>> {
    read_all(cx, [("identifier", format!("{RECALL}|"))]).await
}

async fn read_all(cx: &RouteCtx, query: [(&'static str, String); 1]) -> Result<Vec<Recall>> {
    let mut recalls = Vec::new();
    for found in all(cx, ResourceType::DETECTED_ISSUE, query).await? {
        recalls.extend(Recall::read(&found.id, &parsed(&found)?));
    }
    Ok(recalls)
}

/// A token of a search: letters that mean something there are told apart.
pub(crate) fn token(system: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|").replace('$', "\\$");
    format!("{system}|{value}")
}
