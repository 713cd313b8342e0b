//! Scores and decisions of the recovery room as Observations (<https://hl7.org/fhir/R4/observation.html>).

use super::scale::{FIT, Scale};
use crate::perioperative::case::{Case, all, parsed};
use crate::perioperative::observation::RECORD;
use crate::perioperative::person;
use fhir::edit::{coding, edit, reference, resource};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

const SHEET: &str = "recovery";
const ENTRY: &str = "urn:medhub:record-entry";
const FIELD: &str = "urn:medhub:record-field";
const DISCHARGE: &str = "discharge";
const LOINC: &str = "http://loinc.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

pub(super) struct Score {
    pub id: String,
    pub scale: &'static Scale,
    pub time: String,
    /// In the order of the scale.
    pub items: Vec<i64>,
    pub author: Json<'static>,
}

impl Score {
    pub fn total(&self) -> i64 {
        self.items.iter().sum()
    }

    pub fn is_fit(&self) -> bool {
        self.total() >= FIT
    }

    pub fn json(&self, case: &Case) -> Json<'static> {
        let part = |code: &'static str, value: i64| {
            let code = Json::object([("coding", Json::array([coding(FIELD, code, None)]))]);
            Json::object([("code", code), ("valueInteger", Json::integer(value))])
        };
        let items = self.scale.items.iter().zip(&self.items).map(|(item, value)| part(item.code, *value));
        let mut json = base(&self.id, self.scale.name, &self.time, &self.author, case);
        if let Some(edit) = edit(&mut json) {
            edit.set("valueInteger", Json::integer(self.total())).set("component", Json::array(items));
        }
        json
    }

    pub fn told(&self) -> Json<'static> {
        let items = self.scale.items.iter().zip(&self.items);
        Json::object([
            ("id", Json::string(self.id.clone())),
            ("scale", Json::string(self.scale.name)),
            ("time", Json::string(self.time.clone())),
            ("items", Json::object(items.map(|(item, value)| (item.code, Json::integer(*value))))),
            ("total", Json::integer(self.total())),
            ("fit", Json::Bool(self.is_fit())),
            ("author", person::told(&self.author)),
            ("status", Json::string("final")),
        ])
    }
}

pub(super) struct Discharge {
    pub id: String,
    pub from: String,
    pub to: String,
    pub time: String,
    pub by: Json<'static>,
    pub note: Option<String>,
    pub override_reason: Option<String>,
}

impl Discharge {
    pub fn json(&self, case: &Case) -> Json<'static> {
        let part = |code: &'static str, text: &str| {
            let code = Json::object([("coding", Json::array([coding(FIELD, code, None)]))]);
            Json::object([("code", code), ("valueString", Json::string(text.to_string()))])
        };
        let parts = [
            Some(part("from", &self.from)),
            Some(part("to", &self.to)),
            self.override_reason.as_ref().map(|why| part("overrideReason", why)),
        ];
        let note = self.note.clone().map(|text| Json::array([Json::object([("text", Json::string(text))])]));
        let mut json = base(&self.id, DISCHARGE, &self.time, &self.by, case);
        if let Some(edit) = edit(&mut json) {
            edit.set("valueString", Json::string(self.to.clone()))
                .set_or_remove("note", note)
                .set("component", Json::array(parts.into_iter().flatten()));
        }
        json
    }

    pub fn told(&self) -> Json<'static> {
        let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::string);
        Json::object([
            ("id", Json::string(self.id.clone())),
            ("from", Json::string(self.from.clone())),
            ("to", Json::string(self.to.clone())),
            ("time", Json::string(self.time.clone())),
            ("by", person::told(&self.by)),
            ("note", text(&self.note)),
            ("overrideReason", text(&self.override_reason)),
        ])
    }
}

fn base(id: &str, code: &'static str, time: &str, author: &Json<'static>, case: &Case) -> Json<'static> {
    let concept = |codings: Vec<Json<'static>>| Json::object([("coding", Json::Array(codings))]);
    let mut codes = vec![coding(ENTRY, code, None)];
    if code == "aldrete" {
        codes.push(coding(LOINC, "9159-5", Some("Aldrete score")));
    }
    let mut json = resource(ResourceType::OBSERVATION);
    if let Some(edit) = edit(&mut json) {
        edit.set("id", Json::string(id.to_string()))
            .set("basedOn", Json::array([reference(ResourceType::SERVICE_REQUEST, &case.id)]))
            .set("partOf", Json::array([reference(ResourceType::PROCEDURE, &case.procedure_id())]))
            .status("final")
            .set(
                "category",
                Json::array([
                    concept(vec![coding(CATEGORY, "survey", None)]),
                    concept(vec![coding(RECORD, SHEET, None)]),
                ]),
            )
            .set("code", concept(codes))
            .set("subject", reference(ResourceType::PATIENT, &case.patient))
            .set("effectiveDateTime", Json::string(time.to_string()))
            .set("performer", Json::array([author.clone()]));
    }
    json
}

/// What the recovery room has of a case: scores, the oldest first, and decisions.
pub(super) struct Recovery {
    pub scores: Vec<Score>,
    pub discharges: Vec<Discharge>,
}

impl Recovery {
    pub async fn read(cx: &RouteCtx, case: &Case) -> Result<Recovery> {
        let query = [("based-on", case.reference()), ("category", format!("{RECORD}|{SHEET}"))];
        let mut recovery = Recovery { scores: Vec::new(), discharges: Vec::new() };
        for found in all(cx, ResourceType::OBSERVATION, query).await? {
            let json = parsed(&found)?;
            if json.get_str("status") == Some("entered-in-error") {
                continue;
            }
            recovery.scores.extend(score(&found.id, &json));
            recovery.discharges.extend(discharge(&found.id, &json));
        }
        let at = |time: &str| fhir::date::instant(time).map_or(0, |moment| moment.lo_ms);
        recovery.scores.sort_by(|a, b| (at(&a.time), &a.id).cmp(&(at(&b.time), &b.id)));
        recovery.discharges.sort_by(|a, b| (at(&a.time), &a.id).cmp(&(at(&b.time), &b.id)));
        Ok(recovery)
    }

    /// The newest of a scale.
    pub fn last(&self, scale: &str) -> Option<&Score> {
        self.scores.iter().rev().find(|score| score.scale.name == scale)
    }
}

fn code<'j>(json: &'j Json<'_>, system: &str) -> Option<&'j str> {
    json.get("code")?.each("coding").find(|c| c.get_str("system") == Some(system))?.get_str("code")
}

fn part<'j>(json: &'j Json<'_>, name: &str, value: &str) -> Option<&'j Json<'j>> {
    let found: &'j Json<'j> =
        json.each("component").find(|part| code(part, FIELD) == Some(name))?.get(value)?;
    Some(found)
}

fn author(json: &Json<'_>) -> Json<'static> {
    json.each("performer").next().map_or(Json::Null, |author| author.clone().into_owned())
}

fn score(id: &str, json: &Json<'_>) -> Option<Score> {
    let scale = Scale::find(code(json, ENTRY)?)?;
    let item = |code: &str| part(json, code, "valueInteger")?.as_number()?.parse().ok();
    let items = scale.items.iter().map(|i| item(i.code)).collect::<Option<Vec<i64>>>()?;
    let time = json.get_str("effectiveDateTime")?.to_string();
    Some(Score { id: id.to_string(), scale, time, items, author: author(json) })
}

fn discharge(id: &str, json: &Json<'_>) -> Option<Discharge> {
    if code(json, ENTRY) != Some(DISCHARGE) {
        return None;
    }
    let text = |name: &str| part(json, name, "valueString").and_then(|v| v.as_str()).map(String::from);
    Some(Discharge {
        id: id.to_string(),
        from: text("from")?,
        to: text("to")?,
        time: json.get_str("effectiveDateTime")?.to_string(),
        by: author(json),
        note: json.each("note").next().and_then(|note| note.get_str("text")).map(String::from),
        override_reason: text("overrideReason"),
    })
}
