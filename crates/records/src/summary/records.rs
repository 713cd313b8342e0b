//! `GET patients/{id}/records`: everything of a record that the caller may see, newest first, a page at a time.

use super::line::{when, words};
use super::{measure, other};
use crate::note;
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Lang, ResourceType, Text};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use store::search::SearchRequest;

const COUNT: usize = 50;
const COUNT_MAX: usize = 200;
/// Letters of what is told of an item.
const DETAIL: usize = 160;

/// Kinds of items, and the types of resources that they are.
const KINDS: [(&str, &str); 15] = [
    ("encounter", "Encounter"),
    ("note", "Composition"),
    ("document", "DocumentReference"),
    ("condition", "Condition"),
    ("allergy", "AllergyIntolerance"),
    ("medication", "MedicationStatement,MedicationRequest"),
    ("immunization", "Immunization"),
    ("procedure", "Procedure"),
    ("observation", "Observation"),
    ("report", "DiagnosticReport"),
    ("appointment", "Appointment"),
    ("order", "ServiceRequest"),
    ("family", "FamilyMemberHistory"),
    ("careplan", "CarePlan"),
    ("flag", "Flag"),
];

const KIND: Text = Text {
    key: "records.kind",
    fr: "Ce type d'élément n'existe pas. Choisissez parmi : {kinds}.",
    en: "There is no such kind of item. Choose among: {kinds}.",
    de: "Diese Art von Eintrag gibt es nicht. Wählen Sie aus: {kinds}.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/records",
        summary: "Everything of a patient's record that the caller may see, newest first, a page at a time",
        access: Access::SignedIn,
        handler: Arc::new(Records),
    }
}

struct Records;

#[async_trait]
impl Handler for Records {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let types = types(request.query("kind"))?;
        patient_read(&cx, id).await?;
        let count = request.query("count").and_then(|n| n.parse().ok()).unwrap_or(COUNT).clamp(1, COUNT_MAX);
        let search = SearchRequest {
            params: vec![("_type".into(), types), ("_count".into(), count.to_string())],
            compartment: Some((ResourceType::PATIENT, id.to_string())),
            page: request.query("page").map(String::from),
            ..SearchRequest::default()
        };
        let page = cx.tenant.search(&cx.ctx, &search).await?;
        let items = page.entries.iter().filter_map(|found| {
            let json = fhir::json::parse(&found.visible.body).ok()?;
            Some(item(found.visible.rt, &found.visible.id, &json, cx.ctx.lang))
        });
        let mut members = vec![("items", Json::array(items))];
        members.extend(page.next.map(|next| ("next", Json::string(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

/// `_type` of a search for these kinds, several with commas.
fn types(kinds: Option<&str>) -> Result<String> {
    let all = || KINDS.iter().map(|(_, types)| *types).collect::<Vec<_>>();
    let Some(kinds) = kinds else { return Ok(all().join(",")) };
    let find = |kind: &str| KINDS.iter().find(|(name, _)| *name == kind).map(|(_, types)| *types);
    let found: Option<Vec<&str>> = kinds.split(',').take(KINDS.len()).map(find).collect();
    found.map(|types| types.join(",")).ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        Issue::error(Code::CodeInvalid, KIND).at("kind").arg("kinds", names.join(", ")).into()
    })
}

fn item(rt: ResourceType, id: &str, json: &Json<'_>, lang: Lang) -> Json<'static> {
    let kind = KINDS.iter().find(|(_, types)| types.split(',').any(|t| t == rt.name()));
    let name = if rt == ResourceType::COMPOSITION && note::kind::of(json).is_none() {
        "document"
    } else {
        kind.map_or("document", |(kind, _)| kind)
    };
    let mut members = vec![
        ("resource", Json::string(format!("{rt}/{id}"))),
        ("kind", Json::string(name)),
        ("title", Json::string(title(rt, json).unwrap_or_else(|| rt.name().to_string()))),
    ];
    let detail =
        detail(rt, json, lang).map(|text| note::text::excerpt(&text, DETAIL)).filter(|t| !t.is_empty());
    let optional = [
        ("detail", detail),
        ("date", date(json).map(String::from)),
        ("status", status(json).map(String::from)),
    ];
    members.extend(optional.into_iter().filter_map(|(name, text)| Some((name, Json::string(text?)))));
    Json::object(members)
}

fn title(rt: ResourceType, json: &Json<'_>) -> Option<String> {
    let concept = |name: &str| json.each(name).find_map(|concept| words(Some(concept)));
    match rt {
        ResourceType::COMPOSITION => json.get_str("title").map(String::from),
        ResourceType::ENCOUNTER => {
            let class = json.get("class").and_then(|class| class.get_str("display")).map(String::from);
            concept("type").or(class)
        }
        ResourceType::APPOINTMENT => other::reason(json),
        ResourceType::FAMILY_MEMBER_HISTORY => concept("relationship"),
        ResourceType::IMMUNIZATION => concept("vaccineCode"),
        ResourceType::DOCUMENT_REFERENCE => json.get_str("description").map(String::from).or(concept("type")),
        ResourceType::CARE_PLAN => json.get_str("title").map(String::from).or(concept("category")),
        _ => concept("code").or(concept("medicationCodeableConcept")),
    }
}

fn detail(rt: ResourceType, json: &Json<'_>, lang: Lang) -> Option<String> {
    let concept = |name: &str| json.each(name).find_map(|concept| words(Some(concept)));
    match rt {
        ResourceType::ENCOUNTER => concept("reasonCode"),
        ResourceType::OBSERVATION => measure::told(json, lang),
        ResourceType::COMPOSITION => json.each("author").find_map(|a| a.get_str("display")).map(String::from),
        ResourceType::MEDICATION_STATEMENT => {
            json.each("dosage").find_map(|d| d.get_str("text")).map(String::from)
        }
        ResourceType::MEDICATION_REQUEST => {
            json.each("dosageInstruction").find_map(|d| d.get_str("text")).map(String::from)
        }
        ResourceType::DIAGNOSTIC_REPORT => json.get_str("conclusion").map(String::from),
        ResourceType::PROCEDURE | ResourceType::CONDITION => concept("bodySite"),
        ResourceType::FAMILY_MEMBER_HISTORY => {
            let diseases: Vec<String> = json.each("condition").filter_map(|c| words(c.get("code"))).collect();
            Some(diseases.join(", "))
        }
        ResourceType::ALLERGY_INTOLERANCE => {
            let reactions = json.each("reaction").flat_map(|reaction| reaction.each("manifestation"));
            let told: Vec<String> = reactions.filter_map(|m| words(Some(m))).collect();
            Some(told.join(", "))
        }
        _ => None,
    }
}

/// When it was; of what lasts, when it was recorded, by which the list is sorted.
fn date<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    if let Some(recorded) = json.get_str("recordedDate") {
        return Some(recorded);
    }
    let choices = ["effective", "performed", "occurrence", "onset"].iter().find_map(|name| when(json, name));
    let start = || json.get("period").and_then(|period| period.get_str("start").or(period.get_str("end")));
    let plain = ["authoredOn", "start", "date", "issued", "created"];
    choices.or_else(start).or_else(|| plain.iter().find_map(|name| json.get_str(name)))
}

fn status<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let clinical = || json.get("clinicalStatus")?.each("coding").find_map(|c| c.get_str("code"));
    json.get_str("status").or_else(clinical)
}
