//! Who writes.

use fhir::view::{HumanName, View};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

/// The caller as a Reference: the professional with the name, else the account's name alone.
///
/// # Errors
/// The store's.
pub(crate) async fn author(cx: &RouteCtx) -> Result<Json<'static>> {
    let Some(person) = cx.ctx.actor.person.as_deref() else {
        return Ok(Json::object([("display", Json::string(cx.ctx.actor.name.clone()))]));
    };
    // Who may not look into the directory is named by the reference alone.
    let name = name_of(cx, person).await.unwrap_or_default();
    let name = name.map(|name| ("display", Json::string(name)));
    Ok(Json::object([("reference", Json::string(person.to_string()))].into_iter().chain(name)))
}

/// The name behind `Practitioner/…` and the like.
///
/// # Errors
/// The store's.
pub(crate) async fn name_of(cx: &RouteCtx, reference: &str) -> Result<Option<String>> {
    let (kind, id) = reference.split_once('/').ok_or(store::Error::NotFound)?;
    let kind = ResourceType::parse(kind).ok_or(store::Error::NotFound)?;
    let found = cx.tenant.read(&cx.ctx, kind, id).await?;
    let json = fhir::json::parse(&found.body).ok();
    Ok(json.as_ref().and_then(name))
}

pub(crate) fn name(json: &Json<'_>) -> Option<String> {
    if let Some(name) = json.get_str("name") {
        return Some(name.to_string());
    }
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let name = HumanName::wrap(best);
    let parts: Vec<&str> = name.prefix().chain(name.given()).chain(name.family()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `{reference, name}` of a Reference, as the web app reads people.
pub(crate) fn told(reference: &Json<'_>) -> Json<'static> {
    let members = [("reference", "reference"), ("display", "name")];
    Json::object(members.into_iter().filter_map(|(from, to)| {
        let text = reference.get_str(from)?;
        Some((to, Json::string(text.to_string())))
    }))
}
