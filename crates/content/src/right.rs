//! What a caller may do with a document.

use crate::message::FRESH_FACTOR;
use fhir::{Code, ResourceType};
use policy::{Group, Station, Verb};
use service::RouteCtx;
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result, Role};

pub(crate) const PHYSICIANS: [Role; 3] = [Role::Clinician, Role::Surgeon, Role::Anaesthetist];

/// `Practitioner/…` who acts.
pub(crate) fn professional(cx: &RouteCtx) -> Option<&str> {
    cx.ctx.actor.person.as_deref().filter(|person| person.starts_with("Practitioner/"))
}

/// That a factor was given just now.
///
/// # Errors
/// `Refused` (403, `auth.fresh-factor`): the app asks for it and repeats.
pub(crate) async fn fresh(cx: &RouteCtx, patient: &str) -> Result<()> {
    let explained = cx.tenant.explain(&cx.ctx, Verb::Sign, Group::Clinical, Some(patient)).await?;
    if cx.ctx.actor.system || explained.question.station.has(Station::FRESH_FACTOR) {
        return Ok(());
    }
    Err(Error::refused(Code::Forbidden, FRESH_FACTOR))
}

/// Whether the caller may write in the patient's record, or collect what the patient decides.
pub(crate) async fn may(cx: &RouteCtx, verb: Verb, group: Group, patient: &str) -> Result<bool> {
    cx.tenant.decide(&cx.ctx, verb, group, Some(patient)).await
}

/// The context for a step that policies close to everyone, because the document is signed, or that proves what a
/// patient decided: the verb has decided on it, and has it recorded under the caller's name; the rule holds the
/// pages.
///
/// # Errors
/// `Unavailable` when it cannot be recorded.
pub(crate) async fn on_behalf(cx: &RouteCtx, verb: &str, id: &str) -> Result<Ctx> {
    cx.tenant.audit_operation(&cx.ctx, verb, Some((ResourceType::DOCUMENT_REFERENCE, id))).await?;
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ok(Ctx { actor: Arc::new(actor), ..cx.ctx.clone() })
}

/// What is recorded when somebody may not.
pub(crate) async fn denied<T>(cx: &RouteCtx, verb: &str, id: &str) -> Result<T> {
    cx.tenant.audit_refused(&cx.ctx, verb, Some((ResourceType::DOCUMENT_REFERENCE, id))).await?;
    Err(Error::Denied)
}
