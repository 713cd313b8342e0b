//! The RequestGroup of an instance (<https://hl7.org/fhir/R4/requestgroup.html>). Its actions are the plan as it was
//! when the instance began: a newer version of the template does not change what is under way.

use super::case::Case;
use super::id::task_id;
use crate::element::{ROLE, concept, named, text};
use crate::template::{Step, Template};
use fhir::edit::instant;
use fhir::{Json, ResourceType};

const UCUM: &str = "http://unitsofmeasure.org";

/// A new one, without its status.
pub(super) fn group(id: &str, case: &Case, template: &Template, now: i64) -> Json<'static> {
    let coded = |url: &'static str, code: &'static str| {
        Json::object([("url", Json::string(url)), ("valueCode", Json::string(code))])
    };
    Json::object([
        ("resourceType", Json::string(ResourceType::REQUEST_GROUP.name())),
        ("id", text(id)),
        ("extension", Json::array([coded("urn:medhub:workflow:starts", template.starts.as_str())])),
        ("instantiatesCanonical", Json::array([text(template.canonical())])),
        ("basedOn", Json::array([named(format!("ServiceRequest/{}", case.id))])),
        ("status", Json::string("active")),
        ("intent", Json::string("order")),
        ("subject", named(&*case.patient)),
        ("authoredOn", instant(now)),
        ("action", Json::array(template.steps.iter().map(|step| action(id, step)))),
    ])
}

fn action(group: &str, step: &Step) -> Json<'static> {
    let coded = |url: &'static str, code: &'static str| {
        Json::object([("url", Json::string(url)), ("valueCode", Json::string(code))])
    };
    let mut extensions = vec![coded("urn:medhub:workflow:opens", step.opens)];
    extensions.extend(step.roles.iter().map(|role| coded(ROLE, role.as_str())));
    extensions.extend(step.done_by.map(|proof| coded("urn:medhub:workflow:done-by", proof.as_str())));
    extensions.extend(step.of_surgeon.then(|| coded("urn:medhub:workflow:owner", "case-performer")));
    let minutes = [
        ("value", Json::integer(step.minutes)),
        ("unit", Json::string("min")),
        ("system", Json::string(UCUM)),
        ("code", Json::string("min")),
    ];
    let mut out = vec![
        ("id", text(Step::action(&step.id))),
        ("extension", Json::Array(extensions)),
        ("title", text(&*step.title)),
        ("code", Json::array([concept(super::STEP, &step.id)])),
    ];
    if let Some(condition) = &step.condition {
        let said = Json::object([
            ("description", text(&*condition.reason)),
            ("language", Json::string("text/fhirpath")),
            ("expression", text(&*condition.expression)),
        ]);
        let one = Json::object([("kind", Json::string("applicability")), ("expression", said)]);
        out.push(("condition", Json::array([one])));
    }
    if !step.after.is_empty() {
        let related = step.after.iter().map(|id| {
            Json::object([("actionId", text(Step::action(id))), ("relationship", Json::string("after-end"))])
        });
        out.push(("relatedAction", Json::array(related)));
    }
    out.push(("timingDuration", Json::object(minutes)));
    out.push(("resource", named(format!("Task/{}", task_id(group, &step.id)))));
    Json::object(out)
}
