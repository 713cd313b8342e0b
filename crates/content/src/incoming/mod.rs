//! Mail that came in: a scan or a file whose patient is not known yet. It waits under a key of its own, is read by a
//! machine, and is filed by a person (decision 30).

mod discard;
mod extract;
mod file;
mod get;
mod kinds;
mod letter;
mod list;
mod media;
mod pages;
mod propose;
mod receive;
mod restore;
mod round;

pub(crate) use round::{Progress, ReadRound};

use service::{Route, RouteCtx};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result, Role};

/// Who opens a clinic's mail.
const DESK: [Role; 5] = [Role::Secretary, Role::Nurse, Role::Clinician, Role::Surgeon, Role::Anaesthetist];

pub(crate) fn routes(progress: &Arc<Progress>) -> Vec<Route> {
    vec![
        receive::route(progress.clone()),
        list::route(progress.clone()),
        get::route(progress.clone()),
        pages::route(),
        file::route(),
        discard::route(),
        restore::route(progress.clone()),
    ]
}

/// Mail belongs to no record yet, so no tie to a patient can decide; whoever works at a desk opens it. What is read is
/// recorded by the store, under their name.
///
/// # Errors
/// `Denied` for everybody else.
async fn desk(cx: &RouteCtx, verb: &str, id: &str) -> Result<Ctx> {
    let on = (!id.is_empty()).then_some((fhir::ResourceType::DOCUMENT_REFERENCE, id));
    if !cx.ctx.actor.system && !DESK.iter().any(|role| cx.ctx.actor.roles.contains(role)) {
        cx.tenant.audit_refused(&cx.ctx, verb, on).await?;
        return Err(Error::Denied);
    }
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ok(Ctx { actor: Arc::new(actor), ..cx.ctx.clone() })
}

/// The same for what moves a letter: which verb it was is recorded, too.
///
/// # Errors
/// As [`desk`].
async fn recorded(cx: &RouteCtx, verb: &str, id: &str) -> Result<Ctx> {
    let ctx = desk(cx, verb, id).await?;
    let on = (!id.is_empty()).then_some((fhir::ResourceType::DOCUMENT_REFERENCE, id));
    cx.tenant.audit_operation(&cx.ctx, verb, on).await?;
    Ok(ctx)
}
