//! What an operation used: a SupplyDelivery (<https://hl7.org/fhir/R4/supplydelivery.html>) to the patient.

use super::line::Line;
use crate::implant::device::{CLIENT, GTIN, LOT, extension, identified};
use crate::implant::recall::token;
use crate::perioperative::case::{CASE, Case, all, created, parsed};
use fhir::edit::{edit, identifier, reference, resource};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Result, Write};

const WASTED: &str = "urn:medhub:wasted";
const FROM: &str = "urn:medhub:taken-from";

#[derive(Clone)]
pub(super) struct Used {
    pub id: String,
    pub client: String,
    pub gtin: Option<String>,
    pub lot: Option<String>,
    pub name: String,
    pub quantity: i64,
    /// Of them, opened and thrown away.
    pub wasted: i64,
}

impl Used {
    pub fn write(&self, case: &Case, line: Option<&Line>, now: &str) -> Write {
        let mut ids = vec![identifier(CASE, &case.id), identifier(CLIENT, &self.client)];
        ids.extend(self.gtin.as_ref().map(|gtin| identifier(GTIN, gtin)));
        ids.extend(self.lot.as_ref().map(|lot| identifier(LOT, lot)));
        let mut extensions = vec![Json::object([
            ("url", Json::string(WASTED)),
            ("valueUnsignedInt", Json::integer(self.wasted)),
        ])];
        extensions.extend(line.map(|line| {
            let lot = reference(ResourceType::DEVICE, &line.id);
            Json::object([("url", Json::string(FROM)), ("valueReference", lot)])
        }));
        let item = Json::object([("text", Json::string(self.name.clone()))]);
        let supplied = Json::object([
            ("quantity", Json::object([("value", Json::integer(self.quantity))])),
            ("itemCodeableConcept", item),
        ]);
        let mut json = resource(ResourceType::SUPPLY_DELIVERY);
        if let Some(edit) = edit(&mut json) {
            edit.set("id", Json::string(self.id.clone()))
                .set("extension", Json::Array(extensions))
                .set("identifier", Json::Array(ids))
                .status("completed")
                .set("patient", reference(ResourceType::PATIENT, &case.patient))
                .set("suppliedItem", supplied)
                .set("occurrenceDateTime", Json::string(now.to_string()));
        }
        created(ResourceType::SUPPLY_DELIVERY, self.id.clone(), &json)
    }

    fn read(id: &str, json: &Json<'_>) -> Option<Used> {
        identified(json, CASE)?;
        if json.get_str("status") == Some("entered-in-error") {
            return None;
        }
        let item = json.get("suppliedItem")?;
        let quantity = item.get("quantity")?.get("value")?.as_number()?.parse().ok()?;
        let wasted = extension(json, WASTED, "valueUnsignedInt").and_then(|n| n.as_number()?.parse().ok());
        Some(Used {
            id: id.to_string(),
            client: identified(json, CLIENT).unwrap_or_default().to_string(),
            gtin: identified(json, GTIN).map(String::from),
            lot: identified(json, LOT).map(String::from),
            name: item.get("itemCodeableConcept")?.get_str("text")?.to_string(),
            quantity,
            wasted: wasted.unwrap_or(0),
        })
    }
}

/// Everything that a case has used.
///
/// # Errors
/// The store's.
pub(super) async fn used(cx: &RouteCtx, case: &Case) -> Result<Vec<Used>> {
    let mut used = Vec::new();
    for found in all(cx, ResourceType::SUPPLY_DELIVERY, [("identifier", token(CASE, &case.id))]).await? {
        used.extend(Used::read(&found.id, &parsed(&found)?));
    }
    Ok(used)
}
