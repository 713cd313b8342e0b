//! Milestones onto the Procedure: its status and its period follow from them.

use super::{Code, Mark, time_of};
use crate::case::element::{self, MILESTONE, instant, link, put, text};
use crate::case::whole::Whole;
use fhir::{Json, ResourceType};
use store::Write;

/// A change of the Procedure (and of the request when it is over) to these milestones.
pub(super) fn writes(case: &Whole, marks: &[Mark]) -> Vec<Write> {
    let (id, version, mut procedure) = match &case.procedure {
        Some(found) => (found.id.clone(), Some(found.version), found.json.clone()),
        None => (element::derived("procedure", &case.id), None, begun(case)),
    };
    put(&mut procedure, MILESTONE, None);
    let kept = procedure.each("extension").cloned().collect::<Vec<_>>();
    let all: Vec<Json<'static>> = kept.into_iter().chain(marks.iter().map(extension)).collect();
    let done = is_over(case, marks);
    let status = match time_of(marks, Code::In) {
        _ if done => "completed",
        Some(_) => "in-progress",
        None => "preparation",
    };
    if let Some(object) = procedure.as_object_mut() {
        object.remove("extension");
        if !all.is_empty() {
            object.set("extension", Json::Array(all));
        }
        object.set("status", text(status));
        object.remove("performedPeriod");
        if let Some(start) = time_of(marks, Code::In) {
            let end = time_of(marks, Code::Out).map(|end| ("end", instant(end)));
            object.set("performedPeriod", Json::object([("start", instant(start))].into_iter().chain(end)));
        }
    }
    let mut writes = vec![element::write(ResourceType::PROCEDURE, &id, version, &procedure)];
    let was_done = case.json.get_str("status") == Some("completed");
    if done != was_done {
        let mut request = case.json.clone();
        if let Some(object) = request.as_object_mut() {
            object.set("status", text(if done { "completed" } else { "active" }));
        }
        writes.push(element::write(ResourceType::SERVICE_REQUEST, &case.id, Some(case.version), &request));
    }
    writes
}

/// Over when the patient leaves recovery; without anaesthesia that asks for one, when the room is clean.
fn is_over(case: &Whole, marks: &[Mark]) -> bool {
    let no_recovery = matches!(case.anaesthesia(), "local" | "none");
    let cleaned = time_of(marks, Code::Cleaned).is_some() && time_of(marks, Code::RecoveryIn).is_none();
    time_of(marks, Code::RecoveryOut).is_some() || no_recovery && cleaned
}

fn begun(case: &Whole) -> Json<'static> {
    let based = link(&format!("ServiceRequest/{}", case.id), None);
    let mut members = vec![
        ("resourceType", text("Procedure")),
        ("id", text(element::derived("procedure", &case.id))),
        ("basedOn", Json::array([based])),
        ("status", text("preparation")),
    ];
    for (name, from) in [("category", "category"), ("code", "code"), ("subject", "subject")] {
        let found = case.json.get(from).cloned();
        // A request has several categories, a Procedure one.
        let found = if name == "category" { found.and_then(|c| c.items().next().cloned()) } else { found };
        members.extend(found.map(|value| (name, value)));
    }
    for name in ["reasonReference", "reasonCode", "bodySite"] {
        members.extend(case.json.get(name).cloned().map(|value| (name, value)));
    }
    if let Some(room) = case.room() {
        members.push(("location", link(&room.0, Some(&room.1))));
    }
    let team = case.team().into_iter().map(|member| {
        let function = Json::object([("text", text(member.role))]);
        Json::object([("function", function), ("actor", link(&member.what, Some(&member.name)))])
    });
    let team: Vec<Json<'static>> = team.collect();
    if !team.is_empty() {
        members.push(("performer", Json::Array(team)));
    }
    Json::object(members)
}

fn extension(mark: &Mark) -> Json<'static> {
    let part = |url: &'static str, member: &'static str, value: Json<'static>| {
        Json::object([("url", text(url)), (member, value)])
    };
    let mut parts = vec![
        part("code", "valueCode", text(mark.code.as_str())),
        part("time", "valueInstant", instant(mark.time)),
    ];
    if let Some(by) = &mark.by {
        parts.push(part("by", "valueReference", link(by, mark.by_name.as_deref())));
    }
    parts.extend(mark.key.as_ref().map(|key| part("key", "valueString", text(key))));
    parts.extend(mark.recorded.map(|at| part("recorded", "valueInstant", instant(at))));
    parts.extend(mark.reason.as_ref().map(|reason| part("reason", "valueString", text(reason))));
    Json::object([("url", text(MILESTONE)), ("extension", Json::Array(parts))])
}
