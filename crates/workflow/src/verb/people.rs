//! What people are called, for all tasks of an answer at once.

use super::search::by_ids;
use crate::element::refers;
use crate::instance::StepTask;
use fhir::view::{HumanName, View};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::Result;

#[derive(Default)]
pub(super) struct People {
    known: HashMap<String, String>,
}

impl People {
    /// Those whom the caller may know.
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
        Ok(people)
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

fn name(json: &Json<'_>) -> Option<String> {
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let name = HumanName::wrap(best);
    let parts: Vec<&str> = name.prefix().chain(name.given()).chain(name.family()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
