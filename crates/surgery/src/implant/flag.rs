//! Whoever carries what was recalled has it in the record: a Flag (<https://hl7.org/fhir/R4/flag.html>), be the
//! implant recorded before the recall or after it.

use super::carriers::Wanted;
use super::device::{GTIN, identified, is_implant, is_struck, name_of};
use super::recall::{RECALL, Recall, keys, token};
use crate::perioperative::case::{all_of, created, derived, parsed, updated};
use async_trait::async_trait;
use fhir::edit::{codeable_concept, edit, identifier, period, resource};
use fhir::{Json, ResourceType};
use service::{Reaction, ReactionCtx};
use store::{FeedRow, Op, Result, Write};

pub(crate) struct CarrierFlags;

#[async_trait]
impl Reaction for CarrierFlags {
    fn name(&self) -> &'static str {
        "surgery.recall-flags"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::DETECTED_ISSUE, ResourceType::DEVICE]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        if row.op == Op::Delete {
            return Ok(Vec::new());
        }
        let mut writes = Vec::new();
        if let Some(found) = cx.current(ResourceType::DETECTED_ISSUE, &row.id).await?
            && let Some(recall) = Recall::read(&found.id, &parsed(&found)?)
        {
            let wanted = Wanted { gtin: Some(recall.gtin.clone()), lot: recall.lot.clone(), serial: None };
            let Some(query) = wanted.query() else { return Ok(writes) };
            for found in all_of(&cx.tenant, &cx.ctx, ResourceType::DEVICE, [("identifier", query)]).await? {
                let json = parsed(&found)?;
                if wanted.is(&json) {
                    writes.extend(flag(cx, &found.id, &json, &recall).await?);
                }
            }
        }
        if let Some(found) = cx.current(ResourceType::DEVICE, &row.id).await? {
            let json = parsed(&found)?;
            let Some(gtin) = identified(&json, GTIN).filter(|_| is_implant(&json)) else { return Ok(writes) };
            for key in keys(gtin, json.get_str("lotNumber")) {
                let query = [("identifier", token(RECALL, &key))];
                for recall in all_of(&cx.tenant, &cx.ctx, ResourceType::DETECTED_ISSUE, query).await? {
                    if let Some(recall) = Recall::read(&recall.id, &parsed(&recall)?) {
                        writes.extend(flag(cx, &found.id, &json, &recall).await?);
                    }
                }
            }
        }
        Ok(writes)
    }
}

/// The flag of an implant: made when it is missing, ended when the implant was recorded by mistake.
async fn flag(cx: &ReactionCtx, device: &str, json: &Json<'_>, recall: &Recall) -> Result<Option<Write>> {
    let Some(patient) = json.get("patient").filter(|_| is_implant(json)) else { return Ok(None) };
    let id = derived("recall-flag", &recall.id, device);
    let known = cx.current(ResourceType::FLAG, &id).await?;
    match (known, is_struck(json)) {
        (None, false) => {
            let new = made(&id, device, patient, json, recall, cx.ctx.clock.now_ms());
            Ok(Some(created(ResourceType::FLAG, id, &new)))
        }
        (Some(found), true) => {
            let mut flag = parsed(&found)?;
            if flag.get_str("status") != Some("active") {
                return Ok(None);
            }
            if let Some(edit) = edit(&mut flag) {
                edit.status("entered-in-error");
            }
            Ok(Some(updated(ResourceType::FLAG, &id, found.version, &flag)))
        }
        _ => Ok(None),
    }
}

fn made(
    id: &str,
    device: &str,
    patient: &Json<'_>,
    json: &Json<'_>,
    recall: &Recall,
    now: i64,
) -> Json<'static> {
    let name = name_of(json).or(recall.name.as_deref()).unwrap_or(&recall.gtin);
    let lot = json.get_str("lotNumber").map(|lot| format!(", lot {lot}")).unwrap_or_default();
    let reference = recall.reference.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
    let text = format!("Implant rappelé{reference} : {name}{lot}. {}", recall.reason);
    let mut flag = resource(ResourceType::FLAG);
    let device = format!("Device/{device}");
    if let Some(edit) = edit(&mut flag) {
        let category = "http://terminology.hl7.org/CodeSystem/flag-category";
        edit.set("id", Json::string(id.to_string()))
            .set(
                "identifier",
                Json::array([identifier(RECALL, &recall.id), identifier("urn:medhub:device", &device)]),
            )
            .status("active")
            .set("category", Json::array([codeable_concept(category, "safety", None)]))
            .set("code", Json::object([("text", Json::string(text))]))
            .set("subject", patient.clone())
            .set("period", period(Some(now), None));
    }
    flag.into_owned()
}
