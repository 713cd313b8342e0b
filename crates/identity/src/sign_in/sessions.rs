//! `DELETE account/sessions/{id}`: ends one of my sessions. `DELETE account/sessions`: ends all others.

use super::desk::{self, Desk};
use super::session;
use service::{RouteCtx, RouteReply, RouteRequest, SessionChange};
use std::sync::Arc;
use store::Result;

pub async fn end_one(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    // Ending what should not go on must not wait for a factor.
    let caller = desk::person(&cx)?;
    let id = request.param("id");
    session::end(&cx, caller.actor.id, id).await?;
    cx.tenant.audit_sign_in(&cx.ctx, "session-ended", true).await?;
    let own = caller.family.is_some_and(|family| family.to_string() == id);
    Ok(RouteReply::empty(204).session(if own { SessionChange::End } else { SessionChange::Keep }))
}

pub async fn end_others(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    session::end_all(&cx.hub, &caller.tenant, caller.actor.id, caller.family).await?;
    cx.tenant.audit_sign_in(&cx.ctx, "other-sessions-ended", true).await?;
    Ok(RouteReply::empty(204))
}
