//! What people and operations are called, for all tasks of an answer at once.

use super::search::by_ids;
use crate::element::refers;
use crate::instance::{Case, StepTask};
use fhir::view::{HumanName, View};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::Result;

#[derive(Default)]
pub(super) struct People {
    known: HashMap<String, String>,
    operations: HashMap<String, Operation>,
}

/// What a list says of an operation, so that two of one patient are told apart.
pub(super) struct Operation {
    pub act: Option<String>,
    /// `right`, `left`, `both`, or nothing.
    pub side: Option<&'static str>,
}

impl People {
    /// Those whom the caller may know, and the operations that the caller may see.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(cx: &RouteCtx, tasks: &[StepTask]) -> Result<People> {
        let mut people = People::default();
        for (rt, member) in [(ResourceType::PATIENT, "for"), (ResourceType::PRACTITIONER, "owner")] {
            let prefix = format!("{rt}/");
            let ids = tasks.iter().filter_map(|task| refers(&task.json, member)?.strip_prefix(&prefix));
            for (id, json) in by_ids(cx, rt, ids.map(String::from).collect()).await? {
                people.known.extend(name(&json).map(|name| (format!("{prefix}{id}"), name)));
            }
        }
        let cases = tasks.iter().filter_map(|task| task.case().map(String::from));
        for (id, json) in by_ids(cx, ResourceType::SERVICE_REQUEST, cases.collect()).await? {
            // What is closed to the caller in part may be no operation any more to look at: then nothing is said.
            let Some(case) = Case::of(&id, json) else { continue };
            let operation = Operation { act: act(&case.json), side: case.side() };
            people.operations.insert(id, operation);
        }
        Ok(people)
    }

    pub fn operation(&self, case: &str) -> Option<&Operation> {
        self.operations.get(case)
    }

    pub fn name(&self, reference: &str) -> Option<&str> {
        self.known.get(reference).map(String::as_str)
    }
}

/// Who acts, as a reference with a name.
pub(super) async fn myself(cx: &RouteCtx) -> Json<'static> {
    let actor = &cx.ctx.actor;
    let Some(person) = actor.person.as_deref() else {
        return Json::object([("display", Json::string(actor.name.clone()))]);
    };
    let known = match person.split_once('/').and_then(|(kind, id)| Some((ResourceType::parse(kind)?, id))) {
        // A name that cannot be read now is no reason not to act.
        Some((rt, id)) => cx.tenant.read(&cx.ctx, rt, id).await.ok(),
        None => None,
    };
    let known = known.and_then(|found| fhir::json::parse(&found.body).ok().and_then(|json| name(&json)));
    let shown = known.unwrap_or_else(|| actor.name.clone());
    Json::object([("reference", Json::string(person.to_string())), ("display", Json::string(shown))])
}

/// The operation in words: its own, else those of the first code that has some.
fn act(case: &Json<'_>) -> Option<String> {
    let code = case.get("code")?;
    let coded = || code.each("coding").find_map(|coding| coding.get_str("display"));
    code.get_str("text").or_else(coded).map(String::from)
}

fn name(json: &Json<'_>) -> Option<String> {
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let name = HumanName::wrap(best);
    let parts: Vec<&str> = name.prefix().chain(name.given()).chain(name.family()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
