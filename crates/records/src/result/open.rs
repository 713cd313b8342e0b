//! What the verbs on one result begin with.

use super::review::{Review, id_of};
use crate::person::name_of;
use fhir::edit::instant;
use fhir::{Json, ResourceType};
use policy::{Group, Verb};
use service::RouteCtx;
use store::{Error, Result};

/// The review of a report that the caller may read and take into account: who may write in the patient's record.
///
/// # Errors
/// `NotFound` for a report that nobody is asked to look at; `Denied`.
pub(super) async fn open(cx: &RouteCtx, report: &str, verb: &str) -> Result<Review> {
    cx.tenant.read(&cx.ctx, ResourceType::DIAGNOSTIC_REPORT, report).await?;
    let id = id_of(cx.tenant.name(), report);
    let review = Review::read(&cx.tenant.read(&cx.ctx, ResourceType::TASK, &id).await?)?;
    let patient = review.patient().ok_or(Error::NotFound)?;
    if !cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(patient)).await? {
        let on = Some((ResourceType::DIAGNOSTIC_REPORT, report));
        cx.tenant.audit_refused(&cx.ctx, verb, on).await?;
        return Err(Error::Denied);
    }
    Ok(review)
}

/// Who acts, as a reference with a name.
pub(super) async fn myself(cx: &RouteCtx) -> Json<'static> {
    let actor = &cx.ctx.actor;
    let Some(person) = actor.person.as_deref() else {
        return Json::object([("display", Json::string(actor.name.clone()))]);
    };
    // A name that cannot be read now is no reason not to act.
    let name = name_of(cx, person).await.ok().flatten().unwrap_or_else(|| actor.name.clone());
    Json::object([("reference", Json::string(person.to_string())), ("display", Json::string(name))])
}

/// A note of the caller's on a Task.
pub(super) fn note(cx: &RouteCtx, who: &Json<'static>, text: String) -> Json<'static> {
    let author = match who.get("reference") {
        Some(_) => ("authorReference", who.clone()),
        None => ("authorString", who.get("display").cloned().unwrap_or(Json::Null)),
    };
    Json::object([author, ("time", instant(cx.ctx.clock.now_ms())), ("text", Json::string(text))])
}
