//! What people are called.

use crate::element::parsed;
use crate::read::by_params;
use fhir::view::{HumanName, View};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::{Ctx, Result, Tenant};

/// Names of patients by id, as `FAMILLE Prénom`.
///
/// # Errors
/// The store's.
pub(crate) async fn of_patients(
    tenant: &Tenant,
    ctx: &Ctx,
    ids: Vec<String>,
) -> Result<HashMap<String, String>> {
    let mut out = HashMap::new();
    for (id, json) in all(tenant, ctx, ResourceType::PATIENT, ids).await? {
        out.insert(id, patient(&json));
    }
    Ok(out)
}

/// Names of professionals by reference (`Practitioner/…`).
///
/// # Errors
/// The store's.
pub(crate) async fn names(
    tenant: &Tenant,
    ctx: &Ctx,
    references: Vec<String>,
) -> Result<HashMap<String, String>> {
    let ids =
        references.iter().filter_map(|one| one.strip_prefix("Practitioner/")).map(String::from).collect();
    let mut out = HashMap::new();
    for (id, json) in all(tenant, ctx, ResourceType::PRACTITIONER, ids).await? {
        out.extend(professional(&json).map(|name| (format!("Practitioner/{id}"), name)));
    }
    Ok(out)
}

/// Who acts, as a reference with a name.
pub(crate) async fn myself(cx: &RouteCtx) -> Json<'static> {
    let actor = &cx.ctx.actor;
    let Some(person) = actor.person.as_deref() else {
        return Json::object([("display", Json::string(actor.name.clone()))]);
    };
    // A name that cannot be read now is no reason not to act.
    let names = names(&cx.tenant, &cx.ctx, vec![person.to_string()]).await.unwrap_or_default();
    let shown = names.get(person).cloned().unwrap_or_else(|| actor.name.clone());
    Json::object([("reference", Json::string(person.to_string())), ("display", Json::string(shown))])
}

async fn all(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    mut ids: Vec<String>,
) -> Result<HashMap<String, Json<'static>>> {
    ids.sort_unstable();
    ids.dedup();
    let mut out = HashMap::new();
    for some in ids.chunks(200) {
        for found in by_params(tenant, ctx, rt, &[("_id", some.join(","))]).await? {
            let json = parsed(&found)?;
            out.insert(found.id, json);
        }
    }
    Ok(out)
}

fn patient(patient: &Json<'_>) -> String {
    let all = || patient.each("name");
    let named = |usage: &'static str| all().find(move |one| one.get_str("use") == Some(usage));
    let Some(name) = named("usual").or_else(|| named("official")).or_else(|| all().next()) else {
        return String::new();
    };
    let given = name.each("given").find_map(Json::as_str).unwrap_or_default();
    let whole = format!("{} {given}", name.get_str("family").unwrap_or_default().to_uppercase());
    match whole.trim() {
        "" => name.get_str("text").unwrap_or_default().to_string(),
        whole => whole.to_string(),
    }
}

fn professional(json: &Json<'_>) -> Option<String> {
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let name = HumanName::wrap(best);
    let parts: Vec<&str> = name.prefix().chain(name.given()).chain(name.family()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
